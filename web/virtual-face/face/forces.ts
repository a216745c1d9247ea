import { EYE, SIDES, type Side } from "./topology.ts";

/** What one half of a face does, against its rest; measured on the landmarks in the head's own frame. */
export interface HalfForce {
  /** Share of the resting opening of the lids that is gone, 0 to 1. */
  readonly closed: number;
  /** Mouth corner up and outward, centimetres; negative when it hangs. */
  readonly corner: number;
  /** Mouth corner upwards alone, centimetres. */
  readonly lift: number;
  /** Brow up, centimetres. */
  readonly brow: number;
  /** Pull that squeezes the eye beyond a blink, 0 to 1. */
  readonly squeeze: number;
}

export type Forces = Readonly<Record<Side, HalfForce>> & { readonly mouthOpen: number; readonly pucker: number };

const NONE: Readonly<Record<Side, number>> = { L: 0, R: 0 };

interface Measured { readonly opening: number; readonly corner: readonly [number, number]; readonly brow: number }

/** Compares moving faces with one face at rest. */
export class ForceMeter {
  private readonly rest: Record<Side, Measured>;
  private readonly restGap: number;
  private readonly restWidth: number;

  constructor(rest: Float32Array) {
    this.rest = { R: measure(rest, "R"), L: measure(rest, "L") };
    this.restGap = rest[13 * 3 + 1]! - rest[14 * 3 + 1]!;
    this.restWidth = this.rest.L.corner[0] - this.rest.R.corner[0];
  }

  /** `passive` is the share of each lid's opening that a droop takes: it closes the eye, but nothing pulls. */
  read(points: Float32Array, passive: Readonly<Record<Side, number>> = NONE): Forces {
    const now = { R: measure(points, "R"), L: measure(points, "L") };
    const closed = { R: this.closed(now.R, "R"), L: this.closed(now.L, "L") };
    const half = (side: Side): HalfForce => {
      const other: Side = side === "R" ? "L" : "R";
      const out = (now[side].corner[0] - this.rest[side].corner[0]) * (side === "L" ? 1 : -1);
      const lift = now[side].corner[1] - this.rest[side].corner[1];
      const brow = now[side].brow - this.rest[side].brow;
      const corner = 0.6 * out + 0.8 * lift;
      // A blink shuts both eyes and moves nothing else: it leaves no crow's feet.
      const pulled = (of: Side): number => Math.max(0, closed[of] - passive[of]) / Math.max(0.1, 1 - passive[of]);
      const alone = Math.max(0, pulled(side) - pulled(other));
      const squeeze = Math.min(1, alone * 0.9 + Math.max(0, corner) * 0.7 * (0.3 + pulled(side)) + Math.max(0, -brow - 0.05) * 1.6 * pulled(side));
      return { closed: closed[side], corner, lift, brow, squeeze };
    };
    const width = now.L.corner[0] - now.R.corner[0];
    return {
      R: half("R"), L: half("L"),
      mouthOpen: Math.max(0, points[13 * 3 + 1]! - points[14 * 3 + 1]! - this.restGap),
      pucker: Math.min(1, Math.max(0, (this.restWidth - width) / this.restWidth / 0.28)),
    };
  }

  private closed(now: Measured, side: Side): number {
    return Math.min(1, Math.max(0, 1 - now.opening / Math.max(0.05, this.rest[side].opening)));
  }
}

export const STILL: Forces = {
  R: { closed: 0, corner: 0, lift: 0, brow: 0, squeeze: 0 }, L: { closed: 0, corner: 0, lift: 0, brow: 0, squeeze: 0 }, mouthOpen: 0, pucker: 0,
};

function measure(points: Float32Array, side: Side): Measured {
  const eye = EYE[side];
  let opening = 0;
  for (const k of [2, 3, 4]) opening += (points[eye.upper[k]! * 3 + 1]! - points[eye.lower[k]! * 3 + 1]!) / 3;
  let brow = 0;
  for (const v of eye.browTop) brow += points[v * 3 + 1]! / eye.browTop.length;
  const c = eye.mouthCorner * 3;
  return { opening, corner: [points[c]!, points[c + 1]!], brow };
}

export { SIDES, type Side };
