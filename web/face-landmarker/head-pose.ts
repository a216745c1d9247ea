import { MEDIAPIPE_REFINED } from "./mediapipe-refined";

/** Which way the head is turned, degrees, in a picture that is not mirrored; 0, 0, 0 looks at the camera. */
export interface HeadPose {
  /** Positive: turned to the patient"s left. */
  readonly yaw: number;
  /** Positive: looking up. */
  readonly pitch: number;
  /** Positive: the head"s top leans to the viewer"s right. */
  readonly roll: number;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The canonical points about their mean, in the picture"s directions (x right, y down, z away), and their inverse scatter. */
const CANONICAL = centred(MEDIAPIPE_REFINED.rigidCentimetres.map(([x, y, z]) => [x!, -y!, -z!] as const)); // triples
const INVERSE_SCATTER = inverse(scatter(CANONICAL, CANONICAL));

/** Pose from the landmarks that move with the skull, by the affine map that best carries the canonical face onto them. */
export function headPose(xyz: Float32Array): HeadPose {
  const seen = centred(MEDIAPIPE_REFINED.rigid.map((i) => [xyz[i * 3]!, xyz[i * 3 + 1]!, xyz[i * 3 + 2]!] as const)); // indices of the scheme
  const map = multiply(scatter(seen, CANONICAL), INVERSE_SCATTER);
  // The face looks along the normal of where the map carries the canonical x and y axes.
  const [ax, bx, , ay, by, , az, bz] = map;
  const nx = ay * bz - az * by;
  const ny = az * bx - ax * bz;
  const nz = ax * by - ay * bx;
  return { yaw: degrees(Math.atan2(-nx, nz)), pitch: degrees(Math.atan2(ny, nz)), roll: degrees(Math.atan2(ay, ax)) };
}

const degrees = (radians: number): number => radians * 180 / Math.PI;

function centred(points: readonly (readonly [number, number, number])[]): (readonly [number, number, number])[] {
  const mean = [0, 1, 2].map((axis) => points.reduce((sum, p) => sum + p[axis]!, 0) / points.length); // triples
  return points.map(([x, y, z]) => [x - mean[0]!, y - mean[1]!, z - mean[2]!]); // three means
}

/** Sum over the points of a times b transposed, row by row. */
function scatter(a: readonly (readonly [number, number, number])[], b: readonly (readonly [number, number, number])[]): Matrix {
  const sum: [number, number, number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  a.forEach((p, i) => {
    const q = b[i]!; // same number of points
    for (let row = 0; row < 3; row++) for (let column = 0; column < 3; column++) sum[row * 3 + column]! += p[row]! * q[column]!;
  });
  return sum;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const cell = (row: number, column: number): number => a[row * 3]! * b[column]! + a[row * 3 + 1]! * b[3 + column]! + a[row * 3 + 2]! * b[6 + column]!;
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    (e * i - f * h) / determinant, (c * h - b * i) / determinant, (b * f - c * e) / determinant,
    (f * g - d * i) / determinant, (a * i - c * g) / determinant, (c * d - a * f) / determinant,
    (d * h - e * g) / determinant, (b * g - a * h) / determinant, (a * e - b * d) / determinant,
  ];
}
