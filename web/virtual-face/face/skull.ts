/** The bone under scalp and hair: half an ellipsoid above, a longer one below the ears, a little square seen from before. */
export type Point = readonly [number, number, number];

export const SKULL: Point = [0, 2.4, -3.4];
const WIDE = 7.75;
const HIGH = 9.9;
const LOW = 9.6;
const DEEP = 9.9;
/** 2 is round; more is squarer. */
const SQUARE = 2.5;

/** Angles of a point of the head: `turn` from the ear (0) over the crown, `polar` from straight ahead (0) to behind. */
export function anglesOf(x: number, y: number, z: number): { readonly turn: number; readonly polar: number } {
  const up = y - SKULL[1];
  const [a, b] = [x / WIDE, up / (up > 0 ? HIGH : LOW)];
  const turn = Math.atan2(b, a);
  return { turn, polar: Math.atan2(Math.hypot(a, b) / squareness(Math.cos(turn), Math.sin(turn)), (z - SKULL[2]) / DEEP) };
}

export function directionOf(turn: number, polar: number): Point {
  return [Math.cos(turn) * Math.sin(polar), Math.sin(turn) * Math.sin(polar), Math.cos(polar)];
}

/** The point of the skull in a direction, `out` centimetres above the bone. */
export function onSkull([x, y, z]: Point, out: number): [number, number, number] {
  const flat = Math.hypot(x, y);
  const square = flat < 1e-6 ? 1 : squareness(x / flat, y / flat);
  return [SKULL[0] + (WIDE + out) * x * square, SKULL[1] + ((y > 0 ? HIGH : LOW) + out) * y * square, SKULL[2] + (DEEP + out) * z];
}

function squareness(c: number, s: number): number {
  return s <= 0 ? 1 : (Math.abs(c) ** SQUARE + s ** SQUARE) ** (-1 / SQUARE);
}
