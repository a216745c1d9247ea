import { Random, smooth } from "../face/random.ts";
import { directionOf, onSkull, SKULL, type Point } from "../face/skull.ts";
import { normals } from "../face/smooth-mesh.ts";
import type { HairCut, Look } from "../look.ts";

/** A shell of hair; `place` is across and along the strands, `extra` the direction of the strands and openness to light. */
export interface HairShell {
  readonly position: Float32Array;
  readonly normal: Float32Array;
  readonly place: Float32Array;
  readonly extra: Float32Array;
  /** Where the hair is closed, and where its first strands and tips are. */
  readonly triangles: Uint16Array;
  readonly edge: Uint16Array;
  /** How far the first strands stand apart, and where the tips end, both on the scale of `place` y. */
  readonly ragged: readonly [number, number];
}

interface Spot { readonly at: Point; readonly across: number; readonly along: number; readonly open: number }

interface CutForm {
  /** Centimetres of hair above the bone, at the top and at the sides. */
  readonly top: number;
  readonly side: number;
  /** How far the temples are bare, and the whole line set back; in turns of the skull. */
  readonly temples: number;
  readonly back: number;
  /** Height of the tips beside the face; none for short hair. */
  readonly tips?: number;
}

const FORMS: Readonly<Record<Exclude<HairCut, "bald">, CutForm>> = {
  cropped: { top: 0.8, side: 0.4, temples: 0.06, back: 0 },
  short: { top: 2.0, side: 0.7, temples: 0.06, back: 0 },
  receding: { top: 0.7, side: 0.4, temples: 0.3, back: 0.1 },
  bob: { top: 1.5, side: 1.25, temples: 0, back: 0, tips: -7.5 },
  long: { top: 1.35, side: 1.1, temples: 0, back: 0, tips: -19 },
  tied: { top: 0.9, side: 0.45, temples: 0.04, back: 0 },
};

/** The hairline: how far from straight ahead it lies, by the angle above the ear. In turns of the skull's ellipsoid. */
const LINE: readonly (readonly [number, number])[] = [
  [-0.5, 1.52], [-0.2, 1.46], [0, 1.38], [0.17, 1.24], [0.35, 1.1], [0.52, 0.98], [0.72, 0.82], [1.0, 0.7], [1.3, 0.67], [Math.PI / 2, 0.655],
];

function hairline(turn: number, form: CutForm): number {
  const up = turn > Math.PI / 2 ? Math.PI - turn : turn;
  let k = 1;
  while (k + 1 < LINE.length && LINE[k]![0] < up) k++;
  const [a, b] = [LINE[k - 1]!, LINE[k]!];
  const line = a[1] + (b[1] - a[1]) * smooth(a[0], b[0], up);
  return line + form.temples * Math.exp(-(((up - 0.75) / 0.3) ** 2)) + form.back * smooth(0.5, 1.1, up);
}

/** Rows run along the strands, columns to the viewer's right where strands come towards him, so that the outside is in front. */
function build(rows: number, columns: number, place: (row: number, column: number) => Spot, ragged: readonly [number, number]): HairShell {
  const count = rows * columns;
  const shell = { position: new Float32Array(count * 3), normal: new Float32Array(count * 3), place: new Float32Array(count * 2), extra: new Float32Array(count * 4) };
  const faces: number[] = [];
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    const i = r * columns + c;
    const spot = place(r / (rows - 1), c / (columns - 1));
    shell.position.set(spot.at, i * 3);
    shell.place.set([spot.across, spot.along], i * 2);
    shell.extra[i * 4 + 3] = spot.open;
    if (r + 1 < rows && c + 1 < columns) faces.push(i, i + 1, i + columns, i + 1, i + columns + 1, i + columns);
  }
  normals(shell.position, Uint16Array.from(faces), shell.normal);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    const i = r * columns + c;
    const next = (r + 1 < rows ? i + columns : i) * 3;
    const last = (r + 1 < rows ? i : i - columns) * 3;
    const step = [0, 1, 2].map((d) => shell.position[next + d]! - shell.position[last + d]!);
    const length = Math.hypot(...step) || 1;
    for (let d = 0; d < 3; d++) {
      shell.extra[i * 4 + d] = step[d]! / length;
      // Hair is drawn from both sides; its light comes from outside.
      const outward = [0, 1, 2].reduce((sum, k) => sum + shell.normal[i * 3 + k]! * (shell.position[i * 3 + k]! - (k === 1 ? Math.min(SKULL[1], shell.position[i * 3 + 1]!) : SKULL[k]!)), 0);
      if (d === 0 && outward < 0) for (let k = 0; k < 3; k++) shell.normal[i * 3 + k]! *= -1;
    }
  }
  const triangles: number[] = [];
  const edge: number[] = [];
  for (let t = 0; t < faces.length; t += 3) {
    const corners = faces.slice(t, t + 3);
    // What grows on the back of the head is never seen; what hangs below it is, beside the neck.
    if (corners.every((v) => shell.normal[v * 3 + 2]! < -0.75 && shell.position[v * 3 + 1]! > 0)) continue;
    const along = corners.map((v) => shell.place[v * 2 + 1]!);
    (Math.min(...along) < ragged[0] * 1.6 || Math.max(...along) > ragged[1] - 0.12 ? edge : triangles).push(...corners);
  }
  return { ...shell, triangles: Uint16Array.from(triangles), edge: Uint16Array.from(edge), ragged };
}

/** Short hair and hair that is tied back: combed from the hairline over the head. */
function combedBack(form: CutForm, parting: number, waves: (across: number) => number): HairShell {
  return build(13, 45, (row, column) => {
    const turn = Math.PI + 0.16 - (Math.PI + 0.32) * column;
    const up = Math.max(0, Math.sin(turn));
    const start = hairline(turn, form);
    const polar = start + (2.8 - start) * row ** 1.5;
    // It lies close where it begins, or the ground would shine through beside the brow.
    const grow = smooth(0.01, 0.24, row) * 0.85 + 0.15 * smooth(0, 0.6, row);
    const [x] = onSkull(directionOf(turn, polar), 0);
    const part = parting === 0 ? 1 : 1 - 0.35 * Math.exp(-(((x - parting) / 0.5) ** 2)) * smooth(0.9, 0.1, row);
    const thick = (form.side + (form.top - form.side) * smooth(0.15, 0.85, up)) * grow * part * (1 + 0.1 * waves(column * 9));
    return { at: onSkull(directionOf(turn, polar), 0.1 - 0.5 * (1 - smooth(0, 0.17, row)) + thick), across: column * 7, along: row ** 1.5 * 6, open: 0.5 + 0.5 * smooth(0, 0.2, row) };
  }, [0.2, 9]);
}

/** Long hair on one side: from the parting over the side of the head, then down. */
function falling(form: CutForm, tips: number, side: 1 | -1, parting: number, waves: (across: number) => number): HairShell {
  return build(20, 15, (row, column) => {
    const c = side > 0 ? 1 - column : column; // 0 is at the face, 1 behind
    const front = hairline(Math.PI / 2, form) + 0.02;
    const from = directionOf(Math.PI / 2 - Math.atan2(parting, 9), front + (1.75 - front) * c);
    const toAngle = 1.04 + 2.0 * c;
    const to = directionOf(side > 0 ? 0.1 - 0.1 * c : Math.PI - 0.1 + 0.1 * c, toAngle);
    const over = Math.min(1, row / 0.45);
    const mixAt = (share: number): Point => {
      // The front strands follow the hairline; a straight way would cross the brow.
      const bow = 0.34 * (1 - c) ** 2 * Math.sin(Math.PI * share);
      const d = [0, 1, 2].map((k) => from[k]! + (to[k]! - from[k]!) * share) as [number, number, number];
      d[1] += bow;
      d[0] += side * bow * 0.75;
      const length = Math.hypot(...d);
      return [d[0] / length, d[1] / length, d[2] / length];
    };
    const grow = smooth(0, 0.3, over) * smooth(-0.02, 0.16, c + 0.35 * over);
    const thick = 0.12 + (form.top + (form.side - form.top) * over) * grow * (1 + 0.16 * waves(c * 7 + 3));
    const [x, y, z] = onSkull(mixAt(over), thick);
    const down = Math.max(0, (row - 0.45) / 0.55);
    const long = tips < -12;
    const end = tips + (long ? 1 : 0.35) * waves(c * 5);
    const swing = 0.3 * waves(c * 4 + down * 4) * Math.sin(Math.PI * Math.min(1, down * 1.2)) * (0.4 + 0.6 * c);
    const wide = long ? 0.8 * Math.sin(Math.PI * Math.min(1, down * 0.8)) + 0.8 * c * down - 0.9 * smooth(0.2, 0.8, down) * (1 - c) : 1.5 * Math.sin(Math.PI * Math.min(1, down * 0.95)) * (0.6 + 0.4 * c) - 1.9 * smooth(0.55, 1, down) * (1 - 0.6 * c);
    return {
      at: [x + side * (wide * (0.25 + 0.75 * Math.min(1, c * 2)) + swing), y + (end - y) * down, z + (long ? 2.6 * smooth(0.45, 1, down) * (1 - c) : 0.6 * down * (1 - c)) - 1.1 * c * down],
      across: c * 3.4 + (side > 0 ? 0 : 5.3), along: row * 7, open: (0.45 + 0.55 * smooth(0, 0.08, row)) * (1 - 0.35 * smooth(0.35, 0.7, row) * smooth(0.2, 0.8, c)),
    };
  }, [0.25, 7.03]);
}

export function hair(look: Look): HairShell[] {
  if (look.cut === "bald") return [];
  const form = FORMS[look.cut];
  const random = new Random(`hair of ${look.seed}`);
  const phase = Array.from({ length: 3 }, () => random.between(0, 6.28));
  const waves = (across: number): number => Math.sin(across * 1.7 + phase[0]!) * 0.5 + Math.sin(across * 3.9 + phase[1]!) * 0.3 + Math.sin(across * 8.3 + phase[2]!) * 0.2;
  const parting = random.pick([-1, 1]) * random.between(0.4, 2.2);
  if (form.tips === undefined) return [combedBack(form, look.cut === "short" ? parting * 1.6 : 0, waves)];
  // What lies outside comes first: it spares what is below.
  return [falling(form, form.tips, 1, parting, waves), falling(form, form.tips, -1, parting, waves), combedBack({ ...form, top: -0.05, side: 0.6 }, 0, waves)];
}
