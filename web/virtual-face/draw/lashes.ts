import type { Forces } from "../face/forces.ts";
import type { FaceRig } from "../face/rig.ts";
import { SIDES } from "../face/topology.ts";

const UPPER = 46;
const LOWER = 20;
const PER_EYE = UPPER + LOWER;

/** Lashes: thin triangles on the rims of the lids, placed anew for every frame. */
export class Lashes {
  readonly position = new Float32Array(PER_EYE * 2 * 9);
  readonly triangles = Uint16Array.from({ length: PER_EYE * 2 * 3 }, (_, i) => i);

  constructor(private readonly length: number) {}

  /** Without smooth edges fine lashes would be dots: then they are broader, and the lower ones are left to the painted skin. */
  update(rig: FaceRig, forces: Forces, fine: boolean): void {
    let at = 0;
    for (const side of SIDES) {
      const sign = side === "L" ? 1 : -1;
      const { closed } = forces[side];
      for (const [row, count, upper] of [[rig.eyes[side].upper, UPPER, true], [rig.eyes[side].lower, LOWER, false]] as const) {
        for (let k = 0; k < count; k++) {
          // From the outer corner (0) to the inner (1); none in the corner itself.
          const share = upper ? 0.03 + 0.88 * (k / (count - 1)) : 0.06 + 0.72 * ((k + 0.6 * (((k * 7) % 5) / 5)) / (count - 1));
          const place = share * (row.length - 1);
          const a = Math.floor(place);
          const f = place - a;
          const p = row[a]! * 3;
          const q = row[Math.min(row.length - 1, a + 1)]! * 3;
          const x = rig.position[p]! + (rig.position[q]! - rig.position[p]!) * f;
          const y = rig.position[p + 1]! + (rig.position[q + 1]! - rig.position[p + 1]!) * f;
          const z = rig.position[p + 2]! + (rig.position[q + 2]! - rig.position[p + 2]!) * f + 0.02;
          const uneven = 0.8 + 0.4 * (((k * 7919) % 13) / 13);
          const reach = this.length * uneven * (upper ? 0.62 + 0.5 * (1 - share) : 0.34);
          const fan = sign * (0.75 - 1.25 * share);
          // Open lashes curve up; with the lid they turn down and forward.
          const rise = upper ? 0.75 - 1.35 * closed : -0.75 + 0.2 * closed;
          const forward = 0.72;
          const scale = reach / Math.hypot(fan, rise, forward);
          const broad = fine ? 0.016 : upper ? 0.026 : 0;
          this.position.set([x - broad, y, z, x + broad, y, z, x + fan * scale, y + rise * scale, z + forward * scale], at);
          at += 9;
        }
      }
    }
  }
}
