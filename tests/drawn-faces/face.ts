import { Random } from '../../web/virtual-face/face/random.ts';
import { mix, type Bones, type Colour } from '../../web/virtual-face/face/shape.ts';
import type { Resting } from '../../web/virtual-face/face/movement.ts';
import type { Side } from '../../web/virtual-face/face/topology.ts';

/** All that makes one drawn person different from the next. */
export interface FaceLook extends Bones, Resting {
  readonly name: string;
  readonly affected: Side;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly lips: Colour;
  readonly iris: Colour;
  readonly cloth: Colour;
  readonly background: Colour;
  readonly brow: 'thick' | 'thin' | 'light' | 'plain';
  readonly beard: 'none' | 'stubble' | 'full' | 'moustache';
  readonly glasses: 'none' | 'thin' | 'thick' | 'rimless';
  readonly glare: number;
  readonly hairCut: 'short' | 'long' | 'bald';
  readonly fringe: number;
  readonly age: number;
  readonly makeUp: boolean;
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
