import type { Look } from "../look.ts";
import type { Forces } from "./forces.ts";
import { FACE_POINTS, HEAD_POINTS } from "./head-mesh.ts";
import { EYE, SIDES, type Side } from "./topology.ts";

/**
 * How deep the lines of the skin are at every vertex: some by age, more where the muscle below pulls. And how the skin
 * rises before a fold: the cheek over zygomaticus, the pad under the eye over orbicularis.
 */
export class FoldDepth {
  private readonly fields: Record<Side, { readonly forehead: Float32Array; readonly crow: Float32Array; readonly smile: Float32Array; readonly below: Float32Array; readonly apple: Float32Array; readonly pad: Float32Array }>;
  private readonly frown: Float32Array;
  private readonly chin: Float32Array;
  private readonly outward: Float32Array;

  constructor(private readonly rest: Float32Array, private readonly look: Look) {
    const at = (v: number): [number, number] => [rest[v * 3]!, rest[v * 3 + 1]!];
    const field = (cx: number, cy: number, sx: number, sy: number): Float32Array => Float32Array.from({ length: FACE_POINTS }, (_, v) => {
      const [x, y] = at(v);
      return Math.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2);
    });
    const half = (side: Side) => {
      const sign = side === "L" ? 1 : -1;
      const eye = EYE[side];
      const [ox, oy] = at(eye.corners[0]);
      const [mx, my] = at(eye.mouthCorner);
      const [kx, ky] = at(eye.cheek);
      return {
        forehead: field(sign * 3, 6.6, 3, 1.7), crow: field(ox + sign * 1.2, oy - 0.2, 1.7, 1.9), smile: field(mx + sign * 0.5, my + 1.6, 1.9, 2.6),
        below: field(mx + sign * 0.5, my - 1.3, 1.3, 1.3), apple: field(kx - sign * 0.7, ky - 0.1, 1.8, 1.4), pad: field(ox - sign * 1.2, oy - 1.25, 1.5, 0.55),
      };
    };
    this.fields = { R: half("R"), L: half("L") };
    this.frown = field(0, 4.6, 1.4, 1.3);
    this.chin = field(0, -7.4, 2.2, 1.4);
    this.outward = Float32Array.from({ length: FACE_POINTS * 3 }, (_, i) => (i % 3 === 0 ? rest[i]! / 16 : i % 3 === 2 ? 1 : 0));
  }

  /** Forehead, nose and lids are oily, lips are wet: how much the skin shines, which never changes. */
  gloss(out: Float32Array, width: number, offset: number): void {
    const spots: readonly (readonly [number, number, number, number, number])[] = [[0, 6.4, 3.4, 1.4, 0.3], [0, 1, 0.8, 2.8, 0.4], [0, -0.6, 1, 0.9, 0.3], [-4.3, 0.3, 1.6, 1.2, 0.25], [4.3, 0.3, 1.6, 1.2, 0.25], [0, -4.9, 1.7, 0.45, 0.75], [0, -7.8, 1, 0.8, 0.2]];
    for (let v = 0; v < HEAD_POINTS; v++) {
      const [x, y] = v < FACE_POINTS ? [this.rest[v * 3]!, this.rest[v * 3 + 1]!] : [99, 99];
      out[v * width + offset] = spots.reduce((sum, [cx, cy, sx, sy, size]) => sum + size * Math.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2), 0.22);
    }
  }

  /** Writes into number `offset` of every `width`. */
  read(forces: Forces, out: Float32Array, width: number, offset: number): void {
    const { lines } = this.look;
    const give = 0.35 + 0.65 * lines; // young skin folds less for the same force
    for (let v = 0; v < HEAD_POINTS; v++) {
      if (v >= FACE_POINTS) { out[v * width + offset] = 0; continue; }
      let depth = 0;
      for (const side of SIDES) {
        const f = this.fields[side];
        const h = forces[side];
        depth += f.forehead[v]! * (0.42 * lines + 1.5 * give * Math.max(0, h.brow));
        depth += f.crow[v]! * (0.42 * lines + 1.15 * (0.4 + 0.6 * give) * h.squeeze);
        depth += f.smile[v]! * (0.14 + 0.5 * lines + 0.75 * Math.max(0, h.corner));
        depth += f.below[v]! * (0.4 * lines + 0.6 * Math.max(0, -h.corner));
      }
      const knit = Math.max(0, -(forces.R.brow + forces.L.brow) / 2) + 0.25 * Math.max(forces.R.squeeze, forces.L.squeeze);
      depth += this.frown[v]! * (0.35 * lines + 1.6 * give * knit);
      depth += this.chin[v]! * (0.12 * lines + 0.8 * forces.pucker);
      out[v * width + offset] = Math.min(1.25, depth);
    }
  }

  /** Lifts the skin of `points` where a pull heaps it up. */
  bulge(forces: Forces, points: Float32Array): void {
    for (let v = 0; v < FACE_POINTS; v++) {
      let rise = 0;
      for (const side of SIDES) {
        const h = forces[side];
        rise += this.fields[side].apple[v]! * 0.34 * Math.min(1.2, Math.max(0, h.corner)) + this.fields[side].pad[v]! * 0.16 * h.squeeze;
      }
      if (rise < 1e-4) continue;
      for (let d = 0; d < 3; d++) points[v * 3 + d]! += rise * this.outward[v * 3 + d]!;
    }
  }
}
