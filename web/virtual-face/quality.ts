/** How much work one picture is. */
export interface Quality {
  readonly words: string;
  /** How often the mesh is divided: 1 or 2. */
  readonly depth: number;
  /** Samples per pixel for smooth edges; 0 for none. */
  readonly samples: number;
  /** Side of the drawn picture, pixels, at most; the browser enlarges it. */
  readonly pixels: number;
  /** Pores. */
  readonly fine: boolean;
}

export const QUALITIES: readonly Quality[] = [
  { words: "Full quality.", depth: 2, samples: 4, pixels: 960, fine: true },
  { words: "Edges are drawn less smoothly, so that the face keeps up.", depth: 2, samples: 0, pixels: 720, fine: true },
  { words: "The picture is coarser, so that the face keeps up.", depth: 2, samples: 0, pixels: 540, fine: false },
  { words: "The picture is much coarser, so that the face keeps up.", depth: 1, samples: 0, pixels: 400, fine: false },
];
