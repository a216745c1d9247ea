import { smooth } from "../face/random.ts";
import { mix, type Colour } from "../face/shape.ts";
import { normals } from "../face/smooth-mesh.ts";
import type { Look } from "../look.ts";

/** Neck, ears and clothes: rigid, with a colour per vertex (0 to 1). `place` x says how far a vertex goes along with the head. */
export interface Piece {
  readonly position: Float32Array;
  readonly normal: Float32Array;
  readonly place: Float32Array;
  /** Red, green, blue, openness to light. */
  readonly extra: Float32Array;
  readonly triangles: Uint16Array;
}

interface Spot { readonly at: readonly [number, number, number]; readonly colour: Colour; readonly open: number; readonly head: number }

/** A sheet of rows and columns; its outside is seen when rows go down and columns to the viewer's right. */
function sheet(rows: number, columns: number, spot: (row: number, column: number) => Spot): Piece {
  const count = rows * columns;
  const piece = { position: new Float32Array(count * 3), normal: new Float32Array(count * 3), place: new Float32Array(count * 2), extra: new Float32Array(count * 4) };
  const faces: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      const { at, colour, open, head } = spot(r / (rows - 1), c / (columns - 1));
      piece.position.set(at, i * 3);
      piece.place[i * 2] = head;
      piece.extra.set([colour[0] / 255, colour[1] / 255, colour[2] / 255, open], i * 4);
      if (r + 1 < rows && c + 1 < columns) faces.push(i, i + columns, i + 1, i + 1, i + columns, i + columns + 1);
    }
  }
  const triangles = Uint16Array.from(faces);
  normals(piece.position, triangles, piece.normal);
  return { ...piece, triangles };
}

export function pieces(look: Look): Piece[] {
  return [neck(look), shoulders(look), ear(look, 1), ear(look, -1)];
}

function neck(look: Look): Piece {
  const thick = look.sex === "male" ? 1.1 : 0.94;
  const skin = mix(look.skin, [150, 80, 60], 0.12);
  return sheet(14, 25, (row, column) => {
    const y = -4.5 - 14 * row;
    const turn = Math.PI * (1 - column);
    const waist = 5.55 - 0.75 * Math.sin(Math.PI * Math.min(1, row * 1.25)) + 5.5 * smooth(0.62, 1, row) ** 2;
    const x = thick * waist * Math.cos(turn);
    // Two cords (sternomastoid) that meet above the breastbone.
    const cord = Math.exp(-(((Math.abs(x) - (4.1 - 3 * row)) / 0.75) ** 2)) * 0.42 * smooth(0.15, 0.5, row);
    const notch = Math.exp(-((x / 0.9) ** 2) - ((row - 0.86) / 0.1) ** 2) * 0.6;
    const throat = look.sex === "male" ? Math.exp(-((x / 0.9) ** 2) - ((row - 0.42) / 0.1) ** 2) * 0.55 : 0;
    const z = -5.4 + waist * 0.86 * Math.sin(turn) + (cord - notch + throat) * Math.max(0, Math.sin(turn)) + 0.6 * row;
    // The chin keeps the light off the throat.
    const open = 0.28 + 0.62 * smooth(0.22, 0.62, row + 0.1 * Math.abs(Math.cos(turn)));
    return { at: [x, y, z], colour: skin, open: open * (1 - 0.15 * notch), head: 1 - smooth(0.05, 0.55, row) };
  });
}

function shoulders(look: Look): Piece {
  const broad = look.sex === "male" ? 1.08 : 0.94;
  return sheet(12, 41, (row, column) => {
    const across = (column - 0.5) * 2;
    const x = broad * 24 * across;
    // A round collar in the middle, shoulders that fall away to both sides.
    const collar = Math.min(1, Math.abs(x) / 7.6);
    const top = -18.3 + 3.1 * smooth(0.2, 1, collar) - 5.2 * smooth(7.4, 24, Math.abs(x)) - 1.2 * (Math.abs(x) / 24) ** 2;
    const y = top - 10 * row;
    const z = -5 + 3.8 * (1 - Math.min(1, (Math.abs(x) / 15) ** 2)) + 4 * Math.sin(row * 1.3) - 4.5 * smooth(6, 24, Math.abs(x)) - (row === 0 ? 0.5 : 0);
    const seam = row > 0.02 && row < 0.1 ? 0.86 : 1;
    const fold = 1 - 0.08 * Math.sin(x * 0.9 + 3 * row) * row;
    return { at: [x, y, z], colour: mix([0, 0, 0], look.cloth, seam * fold), open: 0.7 + 0.25 * row, head: 0 };
  });
}

/** Seen from before, an ear is a rim, a hollow and a lobe. */
function ear(look: Look, sign: 1 | -1): Piece {
  const skin = mix(look.skin, [198, 84, 70], look.skinTone >= 7 ? 0.08 : 0.2);
  const long = 3.05 + 0.35 * look.lines;
  return sheet(17, 9, (row, column) => {
    const turn = Math.PI * row;
    const c = sign > 0 ? column : 1 - column;
    // From the cheek outward: root, hollow, rim, back.
    const reach = [0, 0.3, 0.62, 0.95, 1.2, 1.34, 1.3, 1.1, 0.7][Math.round(c * 8)]!;
    const depth = [0.25, 0.0, -0.55, -0.75, -0.35, -0.15, -0.55, -1.1, -1.6][Math.round(c * 8)]!;
    const wide = Math.sin(turn) ** 0.7 * (row > 0.62 ? 1 - 0.45 * smooth(0.62, 0.85, row) : 1);
    const y = 0.75 + long * Math.cos(turn) * (row > 0.5 ? 1.04 : 1);
    return { at: [sign * (7.1 + reach * wide), y, -3.1 + depth * wide - 0.25 * (y - 0.75)], colour: mix(skin, [90, 30, 26], c > 0.2 && c < 0.45 ? 0.3 : 0), open: c > 0.12 && c < 0.5 ? 0.55 : 0.85, head: 1 };
  });
}
