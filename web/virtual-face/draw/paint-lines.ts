import { Random } from "../face/random.ts";
import { EYE, SIDES } from "../face/topology.ts";
import { Brush } from "./brush.ts";
import type { Pixels } from "./gl.ts";

/**
 * Where the skin folds, for everybody: 0.5 is flat, more catches the light, less lies in the shadow of its fold. How deep
 * the folds are is said per vertex and frame, by age and by the force below.
 */
export function paintLines(seed: number, texture: Float32Array, size: number): Uint8Array {
  const brush = new Brush(size, texture);
  const random = new Random(`lines of ${seed}`);
  const { pen, size: s } = brush;
  brush.fill([0, 0, 0]);
  const line = (points: readonly (readonly [number, number])[], depth: number, width: number): void => {
    // Deepest in the middle, running out at both ends.
    for (const [wide, share] of [[2.6, 0.25], [1.5, 0.4], [0.8, 0.6]] as const) {
      brush.trace(points);
      const [a, b] = [points[0]!, points[points.length - 1]!];
      const fade = pen.createLinearGradient(a[0], a[1], b[0], b[1]);
      for (const [stop, strength] of [[0, 0], [0.22, 1], [0.75, 1], [1, 0]] as const) fade.addColorStop(stop, `rgba(255,255,255,${depth * share * strength})`);
      pen.strokeStyle = fade;
      pen.lineWidth = width * wide * s;
      pen.stroke();
    }
  };
  const waver = (amount: number): number => random.normal() * amount * s;

  // Forehead: four lines over the brows, arched a little over each brow; frontalis makes them.
  for (const [k, v] of [0.232, 0.203, 0.173, 0.146].entries()) {
    for (const half of [-1, 1]) {
      const points = Array.from({ length: 7 }, (_, i): [number, number] => {
        const across = -0.03 + (0.25 - 0.02 * k) * (i / 6);
        return [(0.5 + half * across) * s, (v - 0.014 * Math.sin(Math.PI * (i / 6)) + 0.02 * (i / 6) ** 2) * s + waver(0.0016)];
      });
      line(points, 0.85 - 0.08 * k, 0.0042);
    }
  }
  for (const side of SIDES) {
    const out = side === "R" ? -1 : 1;
    const eye = EYE[side];
    const [ox, oy] = brush.at(eye.corners[0]);
    // Between the brows: corrugator.
    line([[(0.5 + out * 0.024) * s, 0.33 * s], [(0.5 + out * 0.02) * s, 0.298 * s], [(0.5 + out * 0.027) * s, 0.262 * s]], 0.8, 0.0042);
    // Crow's feet: orbicularis oculi.
    for (const [k, turn] of [-0.62, -0.3, 0.02, 0.36, 0.72].entries()) {
      const from = 0.026 + 0.004 * (k % 2);
      const to = from + random.between(0.052, 0.085);
      const bend = turn * 1.15;
      line([[ox + out * from * s, oy + from * turn * 0.8 * s], [ox + out * (from + to) / 2 * s, oy + (from + to) / 2 * turn * s + waver(0.001)], [ox + out * to * s, oy + to * bend * s]], 0.8, 0.0034);
    }
    // Under the eye, two soft curves, and the crease of the upper lid.
    line(eye.lowerSkin.slice(1, 6).map((v, i) => { const [x, y] = brush.at(v); return [x, y + (0.004 + 0.001 * i) * s]; }), 0.45, 0.0034);
    line(eye.lowerFold.slice(0, 6).map((v) => brush.at(v)), 0.4, 0.005);
    // Bunny lines: nasalis.
    for (const v of [0.425, 0.448]) line([[(0.5 + out * 0.03) * s, (v - 0.012) * s], [(0.5 + out * 0.052) * s, v * s], [(0.5 + out * 0.072) * s, (v + 0.018) * s]], 0.5, 0.0034);
    // From the nose past the mouth: the lifters and zygomaticus deepen it.
    const [wx, wy] = brush.at(side === "R" ? 129 : 358);
    const [mx, my] = brush.at(eye.mouthCorner);
    line([[wx + out * 0.004 * s, wy - 0.02 * s], [wx + out * 0.026 * s, wy + 0.02 * s], [mx + out * 0.034 * s, (wy + my) / 2 + 0.022 * s], [mx + out * 0.042 * s, my - 0.012 * s], [mx + out * 0.036 * s, my + 0.03 * s]], 1, 0.0065);
    // A second, rounder fold in the cheek when the corner is drawn out: zygomaticus and risorius.
    line([[mx + out * 0.07 * s, my - 0.075 * s], [mx + out * 0.088 * s, my - 0.02 * s], [mx + out * 0.074 * s, my + 0.035 * s]], 0.6, 0.006);
    // Below the corner: depressor anguli oris.
    line([[mx + out * 0.01 * s, my + 0.012 * s], [mx + out * 0.022 * s, my + 0.05 * s], [mx + out * 0.02 * s, my + 0.09 * s]], 0.6, 0.0045);
    // Fine upright lines in the upper lip.
    for (let k = 0; k < 4; k++) line([[(0.5 + out * (0.022 + 0.021 * k)) * s, 0.622 * s], [(0.5 + out * (0.02 + 0.0225 * k)) * s, 0.648 * s]], 0.4, 0.0022);
  }
  // Under the lower lip and the dimples of the chin: mentalis.
  line([[0.43 * s, 0.785 * s], [0.5 * s, 0.775 * s], [0.57 * s, 0.785 * s]], 0.6, 0.007);
  for (let i = 0; i < 44; i++) {
    const turn = random.between(0, 2 * Math.PI);
    const far = Math.sqrt(random.next());
    brush.wash((0.5 + 0.062 * far * Math.cos(turn)) * s, (0.842 + 0.034 * far * Math.sin(turn)) * s, random.between(0.005, 0.009), [255, 255, 255], 0.3);
  }
  return relief(brush.pixels(), s);
}

/** What the light from above and the viewer's left makes of the slopes; a fold also takes light away. */
function relief(source: Uint8ClampedArray, size: number): Uint8Array {
  const out = new Uint8Array(size * size);
  const sink = (x: number, y: number): number => source[(Math.min(size - 1, Math.max(0, y)) * size + Math.min(size - 1, Math.max(0, x))) * 4]! / 255;
  const steep = size / 512;
  const slope = (rise: number): number => Math.max(-1, Math.min(1, rise * steep));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const light = 0.446 * slope(sink(x - 1, y) - sink(x + 1, y)) + 0.494 * slope(sink(x, y - 1) - sink(x, y + 1));
      out[y * size + x] = Math.max(0, Math.min(255, 127.5 + 127.5 * (0.72 * light - 0.27 * sink(x, y))));
    }
  }
  return out;
}

/** Fine unevenness that repeats: slope of pores (red, green) and a grain for hair (blue). */
export function paintGrain(size: number): Pixels {
  const random = new Random("grain");
  const field = (passes: number): Float32Array => {
    let now = Float32Array.from({ length: size * size }, () => random.next());
    for (let p = 0; p < passes; p++) {
      const next = new Float32Array(now.length);
      for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
        const get = (dx: number, dy: number): number => now[((y + dy + size) % size) * size + (x + dx + size) % size]!;
        next[y * size + x] = (get(0, 0) * 4 + (get(1, 0) + get(-1, 0) + get(0, 1) + get(0, -1)) * 2 + get(1, 1) + get(-1, 1) + get(1, -1) + get(-1, -1)) / 16;
      }
      now = next;
    }
    return now;
  };
  const pores = field(2);
  const strands = field(1);
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    const get = (dx: number, dy: number): number => pores[((y + dy + size) % size) * size + (x + dx + size) % size]!;
    const i = (y * size + x) * 4;
    data[i] = Math.max(0, Math.min(255, 127.5 + 400 * (get(1, 0) - get(-1, 0))));
    data[i + 1] = Math.max(0, Math.min(255, 127.5 + 400 * (get(0, 1) - get(0, -1))));
    data[i + 2] = Math.max(0, Math.min(255, 255 * (0.5 + 2.2 * (strands[y * size + x]! - 0.5))));
    data[i + 3] = 255;
  }
  return { size, data };
}
