import { at } from "../face/shape.ts";
import type { FaceRig, Opening } from "../face/rig.ts";
import { EYE, type Side } from "../face/topology.ts";

export const BALL_RADIUS = 1.22;

/** A strip of triangles between two rims; `place` is along the rims and from the lower (0) to the upper (1). */
export class Strip {
  readonly position: Float32Array;
  readonly place: Float32Array;
  readonly triangles: Uint16Array;

  constructor(private readonly opening: Opening) {
    const n = opening.upper.length;
    this.position = new Float32Array(n * 6);
    this.place = new Float32Array(n * 4);
    const faces: number[] = [];
    for (let k = 0; k < n; k++) {
      this.place.set([k / (n - 1), 0, k / (n - 1), 1], k * 4);
      if (k + 1 < n) faces.push(2 * k, 2 * k + 1, 2 * k + 2, 2 * k + 1, 2 * k + 3, 2 * k + 2);
    }
    this.triangles = Uint16Array.from(faces);
  }

  /** Lies a little behind the rims, so that the skin covers its edge. */
  update(rig: FaceRig, behind: number): void {
    this.opening.upper.forEach((v, k) => {
      const u = this.opening.lower[k]! * 3;
      for (let d = 0; d < 3; d++) {
        this.position[k * 6 + d] = rig.position[u + d]! - (d === 2 ? behind : 0);
        this.position[k * 6 + 3 + d] = rig.position[v * 3 + d]! - (d === 2 ? behind : 0);
      }
    });
  }
}

/** Middle of the eyeball, from the lids at rest: its front lies just behind them. */
export function ballOf(rest: Float32Array, side: Side): [number, number, number] {
  const eye = EYE[side];
  const outer = at(rest, eye.corners[0]);
  const inner = at(rest, eye.corners[1]);
  const upper = at(rest, eye.upper[3]!);
  const lower = at(rest, eye.lower[3]!);
  return [(outer[0] + inner[0]) / 2, (upper[1] + lower[1]) / 2 + 0.02, (upper[2] + lower[2]) / 2 - 0.06 - BALL_RADIUS];
}

/** Where an eye looks, as a unit vector, from the landmark in the middle of its iris. */
export function gazeTo(ball: readonly [number, number, number], iris: readonly [number, number]): [number, number, number] {
  const x = Math.max(-0.6, Math.min(0.6, (iris[0] - ball[0]) / BALL_RADIUS));
  const y = Math.max(-0.6, Math.min(0.6, (iris[1] - ball[1]) / BALL_RADIUS));
  return [x, y, Math.sqrt(1 - x * x - y * y)];
}
