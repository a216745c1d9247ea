import type { CanonicalMesh } from "./canonical-mesh.ts";
import { Random, smooth } from "./random.ts";
import { EYE, LIPS, type Side } from "./topology.ts";

export type Colour = readonly [number, number, number];

/** The bones and soft parts that make one face differ from the next; 1 is the canonical face, unless said otherwise. */
export interface Bones {
  readonly seed: number;
  readonly width: number;
  readonly length: number;
  readonly jaw: number;
  readonly nose: number;
  readonly eyeSpacing: number;
  readonly eyeSize: number;
  /** Outer corners up, as a slope; 0 is level. */
  readonly eyeTilt: number;
  readonly mouthWidth: number;
  readonly lipFullness: number;
  /** Centimetres of fullness, 0 is the canonical cheek. */
  readonly cheekFullness: number;
  /** 0 = lips closed, 1 = apart as in the canonical mesh. */
  readonly restingOpen: number;
}

export interface FaceShape {
  readonly mesh: CanonicalMesh;
  /** Resting vertices, centimetres. */
  readonly position: Float32Array;
  /** Distance between the eye centres at rest, centimetres. */
  readonly iod: number;
}

/** A vertex as a three-number tuple. */
export function at(position: Float32Array, vertex: number): [number, number, number] {
  return [position[vertex * 3] ?? 0, position[vertex * 3 + 1] ?? 0, position[vertex * 3 + 2] ?? 0];
}

export function eyeCentre(position: Float32Array, side: Side): [number, number, number] {
  const [outer, inner] = EYE[side].corners;
  const a = at(position, outer);
  const b = at(position, inner);
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}

export function interocular(position: Float32Array): number {
  const a = eyeCentre(position, "L");
  const b = eyeCentre(position, "R");
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function bell(dx: number, dy: number, sx: number, sy: number): number {
  return Math.exp(-(dx * dx) / (2 * sx * sx) - (dy * dy) / (2 * sy * sy));
}

/** The canonical mesh has the lips apart; a resting mouth is closed along the middle of the gap. */
function closeMouth(p: Float32Array, open: number): void {
  const upper = LIPS.upper[3];
  const lower = LIPS.lower[3];
  const share = [0.12, 0.35, 0.75, 1];
  for (let k = 1; k < upper.length - 1; k++) {
    const top = at(p, upper[k] as number);
    const bottom = at(p, lower[k] as number);
    const meetY = (top[1] + bottom[1]) / 2;
    const meetZ = (top[2] + bottom[2]) / 2;
    for (let row = 0; row < 4; row++) {
      for (const [lips, edge] of [[LIPS.upper, top], [LIPS.lower, bottom]] as const) {
        const v = (lips[row] as readonly number[])[k] as number;
        const part = (share[row] as number) * (1 - open);
        p[v * 3 + 1] = (p[v * 3 + 1] ?? 0) + part * (meetY - edge[1]);
        p[v * 3 + 2] = (p[v * 3 + 2] ?? 0) + part * (meetZ - edge[2]) * 0.6;
      }
    }
  }
}

/** Bends the canonical mesh into one person's bones and soft tissue. */
export function shapeFace(mesh: CanonicalMesh, look: Bones): FaceShape {
  const p = Float32Array.from(mesh.position);
  closeMouth(p, look.restingOpen);
  const random = new Random(`bones ${look.seed}`);
  const uneven = Array.from({ length: 5 }, () => ({
    x: random.between(-7, 7), y: random.between(-9, 7), s: random.between(2.5, 4),
    dx: 0.09 * random.normal(), dy: 0.09 * random.normal(), dz: 0.12 * random.normal(),
  }));
  const mouthY = -4.3;
  for (let v = 0; v < p.length / 3; v++) {
    let [x, y, z] = at(p, v);
    const side = Math.sign(x);
    // Eyes: apart or together, larger or smaller, tilted.
    const nearEye = bell(Math.abs(x) - 3.15, y - 2.6, 1.9, 1.5);
    const ex = Math.abs(x) - 3.15;
    const ey = y - 2.62;
    x += side * nearEye * (ex * (look.eyeSize - 1) * 0.7 + 3.15 * (look.eyeSpacing - 1));
    y += nearEye * (ey * (look.eyeSize - 1) + ex * look.eyeTilt);
    // Nose: breadth and projection.
    const nearNose = bell(x, y + 0.6, 1.5, 2.2);
    x += x * nearNose * (look.nose - 1) * 0.9;
    z += nearNose * (look.nose - 1) * 1.6;
    // Mouth: breadth and fullness of the lips.
    const nearMouth = bell(x, y - mouthY, 2.9, 1.5);
    x += x * nearMouth * (look.mouthWidth - 1);
    y += (y - mouthY) * bell(x, y - mouthY, 2.4, 0.9) * (look.lipFullness - 1);
    // Cheeks and jaw.
    const nearCheek = bell(Math.abs(x) - 4.8, y + 1.6, 1.9, 2.2);
    z += nearCheek * look.cheekFullness * 0.55;
    x += side * nearCheek * look.cheekFullness * 0.3;
    x *= 1 + (look.jaw - 1) * smooth(-1.5, -7, y);
    for (const u of uneven) {
      const near = bell(x - u.x, y - u.y, u.s, u.s);
      x += near * u.dx;
      y += near * u.dy;
      z += near * u.dz;
    }
    x *= look.width;
    y *= look.length;
    p[v * 3] = x;
    p[v * 3 + 1] = y;
    p[v * 3 + 2] = z;
  }
  return { mesh, position: p, iod: interocular(p) };
}

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
