import { EYE, LIPS, type Side } from './topology.js';
import type { CanonicalMesh } from './canonical-mesh.js';
import { Random, smooth } from './random.js';

export type Colour = readonly [number, number, number];

/** All that makes one drawn person different from the next. */
export interface FaceLook {
  readonly name: string;
  readonly seed: number;
  readonly affected: Side;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly lips: Colour;
  readonly iris: Colour;
  readonly cloth: Colour;
  readonly background: Colour;
  readonly width: number;
  readonly length: number;
  readonly jaw: number;
  readonly nose: number;
  readonly eyeSpacing: number;
  readonly eyeSize: number;
  readonly eyeTilt: number;
  readonly mouthWidth: number;
  readonly lipFullness: number;
  readonly cheekFullness: number;
  /** Resting state: share of lid closure, corner droop (down, in IOD; negative is a contracture up), brow height. */
  readonly ptosis: Readonly<Record<Side, number>>;
  readonly droop: Readonly<Record<Side, number>>;
  readonly browHeight: Readonly<Record<Side, number>>;
  readonly restingSmile: number;
  readonly restingOpen: number;
  readonly brow: 'thick' | 'thin' | 'light' | 'plain';
  readonly beard: 'none' | 'stubble' | 'full' | 'moustache';
  readonly glasses: 'none' | 'thin' | 'thick' | 'rimless';
  readonly glare: number;
  readonly hairCut: 'short' | 'long' | 'bald';
  readonly fringe: number;
  readonly age: number;
  readonly makeUp: boolean;
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

function interocular(position: Float32Array): number {
  const a = eyeCentre(position, 'L');
  const b = eyeCentre(position, 'R');
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
export function shapeFace(mesh: CanonicalMesh, look: FaceLook): FaceShape {
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

export const SKIN: Readonly<Record<string, Colour>> = {
  pale: [244, 214, 196], light: [232, 190, 162], olive: [208, 164, 126], tan: [188, 138, 100], brown: [142, 96, 66], dark: [98, 64, 46], deep: [72, 48, 38],
};
export const HAIR: Readonly<Record<string, Colour>> = {
  black: [28, 24, 24], dark: [52, 38, 30], brown: [92, 64, 44], red: [140, 74, 40], blond: [196, 160, 104], grey: [150, 148, 146], white: [214, 212, 208],
};
export const IRIS: Readonly<Record<string, Colour>> = {
  brown: [84, 54, 34], dark: [48, 32, 24], hazel: [112, 92, 50], green: [92, 116, 84], blue: [98, 134, 168], grey: [120, 132, 140],
};

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export interface FaceRecipe {
  readonly number: number;
  readonly label: string;
  readonly affected: Side;
  readonly skin: keyof typeof SKIN;
  readonly hair: keyof typeof HAIR;
  readonly iris: keyof typeof IRIS;
  readonly brow?: FaceLook['brow'];
  readonly beard?: FaceLook['beard'];
  readonly glasses?: FaceLook['glasses'];
  readonly glare?: number;
  readonly hairCut?: FaceLook['hairCut'];
  readonly fringe?: number;
  readonly age?: number;
  readonly ptosis?: number;
  readonly droop?: number;
  readonly restingSmile?: number;
  readonly makeUp?: boolean;
}

/** Fills in everything the recipe leaves open, from the seed. */
export function makeLook(recipe: FaceRecipe, seed: number): FaceLook {
  const random = new Random(`face ${recipe.number} ${seed}`);
  const skin = SKIN[recipe.skin] as Colour;
  const pairOf = (affected: number, spread: number): Record<Side, number> => {
    const value: Record<Side, number> = { L: spread * random.normal(), R: spread * random.normal() };
    value[recipe.affected] += affected;
    return value;
  };
  const scale = (spread: number): number => 1 + Math.max(-2, Math.min(2, random.normal())) * spread;
  const positive = (pair: Record<Side, number>): Record<Side, number> => ({ L: Math.max(0, pair.L), R: Math.max(0, pair.R) });
  return {
    name: `face-${String(recipe.number).padStart(2, '0')} ${recipe.label}`,
    seed: seed * 1000 + recipe.number,
    affected: recipe.affected,
    skin: mix(skin, [skin[0] * random.between(0.92, 1.05), skin[1] * random.between(0.94, 1.04), skin[2] * random.between(0.92, 1.06)], 1),
    hair: HAIR[recipe.hair] as Colour,
    lips: mix(skin, recipe.makeUp === true ? [176, 36, 52] : [166, 70, 72], recipe.makeUp === true ? 0.75 : random.between(0.3, 0.6)),
    iris: IRIS[recipe.iris] as Colour,
    cloth: random.pick<Colour>([[60, 80, 120], [120, 50, 50], [210, 206, 200], [40, 42, 46], [70, 110, 84], [150, 130, 100], [230, 190, 90]]),
    background: random.pick<Colour>([[150, 150, 156], [206, 204, 196], [94, 104, 112], [176, 190, 200], [120, 100, 84], [60, 62, 70], [226, 224, 226]]),
    width: scale(0.045), length: scale(0.04), jaw: scale(0.06), nose: scale(0.13), eyeSpacing: scale(0.04), eyeSize: scale(0.1),
    eyeTilt: 0.05 * random.normal(), mouthWidth: scale(0.07), lipFullness: scale(0.16), cheekFullness: 0.5 * random.normal(),
    ptosis: positive(pairOf(recipe.ptosis ?? 0, 0.03)),
    droop: pairOf(recipe.droop ?? 0, 0.006),
    browHeight: pairOf(0, 0.012),
    restingSmile: recipe.restingSmile ?? 0,
    restingOpen: random.chance(0.25) ? random.between(0.1, 0.3) : 0,
    brow: recipe.brow ?? 'plain', beard: recipe.beard ?? 'none', glasses: recipe.glasses ?? 'none', glare: recipe.glare ?? 0,
    hairCut: recipe.hairCut ?? 'short', fringe: recipe.fringe ?? 0, age: recipe.age ?? 0.2, makeUp: recipe.makeUp ?? false,
  };
}
