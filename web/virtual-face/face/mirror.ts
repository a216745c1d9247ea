import { CANONICAL } from "./canonical.ts";
import { smooth } from "./random.ts";
import type { Side } from "./topology.ts";

const IRIS: readonly (readonly [number, number])[] = [[468, 473], [469, 476], [470, 475], [471, 474], [472, 477]];

/** The vertex on the other half of the face, for all 478. */
export const MIRROR: Uint16Array = (() => {
  const p = CANONICAL.position;
  const out = new Uint16Array(478);
  for (let v = 0; v < 468; v++) {
    let best = Infinity;
    for (let u = 0; u < 468; u++) {
      const far = (p[u * 3]! + p[v * 3]!) ** 2 + (p[u * 3 + 1]! - p[v * 3 + 1]!) ** 2 + (p[u * 3 + 2]! - p[v * 3 + 2]!) ** 2;
      if (far < best) [best, out[v]] = [far, u];
    }
  }
  for (const [right, left] of IRIS) [out[right], out[left]] = [left, right];
  return out;
})();

/** 1 on the side, 0 on the other, soft across the midline. */
const BELONGS: Readonly<Record<Side, Float32Array>> = (() => {
  const half = (sign: number): Float32Array => Float32Array.from({ length: 478 }, (_, v) =>
    v < 468 ? smooth(-0.7, 0.7, sign * CANONICAL.position[v * 3]!) : IRIS.some(([right, left]) => v === (sign > 0 ? left : right)) ? 1 : 0);
  return { L: half(1), R: half(-1) };
})();

/**
 * Weakens what one side does alone to a share of it: 1 leaves the spasm, at 0 that side moves as the other does. Blinks,
 * speech and all that both sides do stay.
 */
export function weaken(points: Float32Array, rest: Float32Array, side: Side, share: number): void {
  if (share >= 1) return;
  const before = Float32Array.from(points);
  const belongs = BELONGS[side];
  for (let v = 0; v < Math.min(478, points.length / 3); v++) {
    const part = belongs[v]! * (1 - share);
    if (part < 1e-3) continue;
    const i = v * 3;
    const j = MIRROR[v]! * 3;
    for (let d = 0; d < 3; d++) {
      const own = before[i + d]! - rest[i + d]!;
      const other = (before[j + d]! - rest[j + d]!) * (d === 0 ? -1 : 1);
      points[i + d]! -= part * (own - other);
    }
  }
}
