import { MEDIAPIPE_REFINED, type SidedPoints } from "./mediapipe-refined";

/** Distance between the two eyes" centres (halfway between the corners of each), pixels. */
export function interocularPixels(xyz: Float32Array): number {
  const right = centre(xyz, MEDIAPIPE_REFINED.right);
  const left = centre(xyz, MEDIAPIPE_REFINED.left);
  return Math.hypot(right.x - left.x, right.y - left.y);
}

/** Height of each lid opening over the width of the eye, named as the landmarks name the sides. */
export interface LidOpening {
  readonly right: number;
  readonly left: number;
}

export function lidOpening(xyz: Float32Array): LidOpening {
  return { right: opening(xyz, MEDIAPIPE_REFINED.right), left: opening(xyz, MEDIAPIPE_REFINED.left) };
}

function opening(xyz: Float32Array, side: SidedPoints): number {
  let height = 0;
  side.upperLid.forEach((upper, i) => { height += distance(xyz, upper, side.lowerLid[i]!); }); // pairs by the scheme
  return height / side.upperLid.length / distance(xyz, side.outerCanthus, side.innerCanthus);
}

function centre(xyz: Float32Array, side: SidedPoints): { x: number; y: number } {
  const [a, b] = [side.outerCanthus * 3, side.innerCanthus * 3];
  return { x: (xyz[a]! + xyz[b]!) / 2, y: (xyz[a + 1]! + xyz[b + 1]!) / 2 }; // indices of the scheme
}

function distance(xyz: Float32Array, a: number, b: number): number {
  return Math.hypot(xyz[a * 3]! - xyz[b * 3]!, xyz[a * 3 + 1]! - xyz[b * 3 + 1]!); // indices of the scheme
}
