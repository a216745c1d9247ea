import type { Random } from "../face/random.ts";
import { mix } from "../face/shape.ts";
import { EYE, SIDES } from "../face/topology.ts";
import type { Look } from "../look.ts";
import type { Brush } from "./brush.ts";

/** Brows, hair by hair: upward near the nose, then outward, thinner towards the tail. */
export function paintBrows(brush: Brush, look: Look, random: Random): void {
  const { pen, size: s } = brush;
  const body = mix(look.browHair, [22, 18, 16], 0.25);
  for (const side of SIDES) {
    const eye = EYE[side];
    const out = side === "R" ? -1 : 1;
    const along = (share: number, across: number): [number, number] => {
      const at = Math.min(3.999, share * 4);
      const k = Math.floor(at);
      const top = brush.between(eye.browTop[k]!, eye.browTop[k + 1]!, at - k);
      const edge = brush.between(eye.browEdge[k]!, eye.browEdge[k + 1]!, at - k);
      return [top[0] + (edge[0] - top[0]) * across, top[1] + (edge[1] - top[1]) * across];
    };
    const soft = mix(body, look.skin, 0.35);
    for (let i = 1; i <= 22; i++) {
      const [x, y] = along(i / 24, 0.55);
      brush.wash(x, y, 0.013 + 0.006 * look.brow, soft, 0.16 + 0.2 * look.brow, 0.75);
    }
    const hairs = 230 + 330 * look.brow;
    for (let i = 0; i < hairs; i++) {
      // 0 is the tail, 1 beside the nose.
      const share = 0.02 + 0.98 * random.next() ** 0.7;
      const breadth = (0.42 + 0.55 * look.brow) * (0.4 + 0.75 * Math.min(1, share * 2)) * (1 - 0.45 * Math.max(0, (share - 0.8) / 0.2));
      if (share > 0.86 && random.chance((share - 0.86) * 5)) continue;
      const across = 0.55 + (random.next() - 0.5) * breadth;
      const [x, y] = along(share, across);
      const length = (0.008 + 0.007 * random.next() + 0.004 * look.brow) * s;
      const rise = 0.15 + 1.1 * Math.max(0, share - 0.6) - 0.25 * (1 - share) + (across - 0.5) * 0.7;
      const reach = Math.hypot(1, rise);
      pen.beginPath();
      pen.moveTo(x, y);
      pen.quadraticCurveTo(x + (out * length * 0.6) / reach, y - (rise * length * 0.75) / reach, x + (out * length) / reach, y - (rise * length) / reach);
      brush.stroke(mix(body, look.skin, random.between(0, 0.3)), 0.5 + 0.25 * look.brow, 0.0017 + 0.0008 * look.brow);
    }
  }
}

/** The shadow of a shaved or short beard. */
export function paintStubble(brush: Brush, look: Look, random: Random): void {
  const { pen, size: s } = brush;
  const [, noseY] = brush.at(2);
  const [, mouthY] = brush.at(61);
  const shadow = mix(look.skin, mix(look.browHair, [70, 84, 96], 0.4), 0.55);
  for (const [u, v, r, a] of [[0.5, 0.83, 0.17, 0.34], [0.3, 0.76, 0.14, 0.28], [0.7, 0.76, 0.14, 0.28], [0.19, 0.63, 0.1, 0.2], [0.81, 0.63, 0.1, 0.2], [0.5, 0.635, 0.07, 0.25]] as const) {
    brush.wash(u * s, v * s, r, shadow, a * look.stubble, 0.85);
  }
  for (let i = 0; i < 5200 * look.stubble; i++) {
    const x = random.between(0.06, 0.94) * s;
    const y = random.between(noseY / s, 0.97) * s;
    const across = Math.abs(x / s - 0.5) / 0.44;
    const reach = y > mouthY ? (across < 0.95 ? 1 : 0) : across < 0.28 ? (y - noseY) / (0.03 * s) : across > 0.66 ? (y / s - 0.5) * 5 : (y - noseY) / s > 0.055 + 0.1 * (1 - across) ? 0.4 : 0;
    if (random.next() > reach) continue;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + random.between(-0.002, 0.002) * s, y + random.between(0.001, 0.004) * s);
    brush.stroke(mix(look.browHair, look.skin, 0.3), 0.3 + 0.25 * look.stubble, 0.0012);
  }
}
