/**
 * Vertex numbers of the facial features in the canonical mesh. Every list is given for the subject's right
 * side and for the left, outer corner first. R is at the left of a picture that is not mirrored.
 */
export type Side = "L" | "R";
export const SIDES: readonly Side[] = ["R", "L"];

export interface EyeVertices {
  /** Free margin of the upper and lower lid without the two corners, outer to inner. */
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  readonly corners: readonly [number, number];
  /** Crease row above the upper lid and the row between crease and brow. */
  readonly upperSkin: readonly number[];
  readonly upperFold: readonly number[];
  readonly lowerSkin: readonly number[];
  readonly lowerFold: readonly number[];
  readonly browTop: readonly number[];
  readonly browEdge: readonly number[];
  readonly mouthCorner: number;
  readonly cheek: number;
}

export const EYE: Readonly<Record<Side, EyeVertices>> = {
  R: {
    upper: [246, 161, 160, 159, 158, 157, 173], lower: [7, 163, 144, 145, 153, 154, 155], corners: [33, 133],
    upperSkin: [247, 30, 29, 27, 28, 56, 190], upperFold: [113, 225, 224, 223, 222, 221, 189],
    lowerSkin: [25, 110, 24, 23, 22, 26, 112], lowerFold: [31, 228, 229, 230, 231, 232, 233],
    browTop: [70, 63, 105, 66, 107], browEdge: [46, 53, 52, 65, 55], mouthCorner: 61, cheek: 50,
  },
  L: {
    upper: [466, 388, 387, 386, 385, 384, 398], lower: [249, 390, 373, 374, 380, 381, 382], corners: [263, 362],
    upperSkin: [467, 260, 259, 257, 258, 286, 414], upperFold: [342, 445, 444, 443, 442, 441, 413],
    lowerSkin: [255, 339, 254, 253, 252, 256, 341], lowerFold: [261, 448, 449, 450, 451, 452, 453],
    browTop: [300, 293, 334, 296, 336], browEdge: [276, 283, 282, 295, 285], mouthCorner: 291, cheek: 280,
  },
};

/** Lip rows from the right corner to the left corner, corners included, outside to inside. */
export const LIPS = {
  upper: [
    [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291],
    [76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306],
    [62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292],
    [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308],
  ],
  lower: [
    [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291],
    [76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306],
    [62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292],
    [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308],
  ],
} as const;

/** Outline of the mesh, clockwise in the picture from the middle of the forehead. */
export const OUTLINE: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
  152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

export const NOSTRILS: readonly (readonly number[])[] = [[97, 99, 60, 75], [326, 328, 290, 305]];
