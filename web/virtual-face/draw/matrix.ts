/** Column-major 4 x 4 matrices, as the graphics side wants them. */
export type Matrix = Float32Array;

/** Where the camera stands and half of the height that it sees in the plane of the face, centimetres. */
export const CAMERA = { distance: 62, height: -0.3, half: 15.3 } as const;

/** A head's turn (row-major 3 x 3), size and place, centimetres. */
export interface HeadPose { readonly turn: ArrayLike<number>; readonly size: number; readonly place: readonly [number, number, number] }

export const UPRIGHT: HeadPose = { turn: [1, 0, 0, 0, 1, 0, 0, 0, 1], size: 1, place: [0, 0, 0] };

export function headMatrix({ turn: m, size: s, place: [x, y, z] }: HeadPose): Matrix {
  return Float32Array.of(s * m[0]!, s * m[3]!, s * m[6]!, 0, s * m[1]!, s * m[4]!, s * m[7]!, 0, s * m[2]!, s * m[5]!, s * m[8]!, 0, x, y, z, 1); // nine numbers
}

/** The camera stands `distance` before the point (0, `height`, 0) and sees `half` centimetres of it up and down. */
export function cameraMatrix(distance: number, height: number, half: number, aspect: number): Matrix {
  const focal = distance / half;
  const near = distance - 24;
  const far = distance + 40;
  const a = (near + far) / (near - far);
  const b = (2 * near * far) / (near - far);
  // Projection times the step back by `distance` and down by `height`.
  return Float32Array.of(focal / aspect, 0, 0, 0, 0, focal, 0, 0, 0, 0, a, -1, 0, -focal * height, b - a * distance, distance);
}

/** Where the camera is for somebody inside the head. */
export function eyeInHead({ turn: m, size, place }: HeadPose, distance: number, height: number): [number, number, number] {
  const p = [-place[0], height - place[1], distance - place[2]];
  return [0, 1, 2].map((d) => (m[d]! * p[0]! + m[3 + d]! * p[1]! + m[6 + d]! * p[2]!) / size) as [number, number, number]; // nine numbers
}
