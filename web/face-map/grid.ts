import type { Spot } from "./geometry.ts";

/** How the standard face lies on a patient's: where each knot of a grid is, IPD; x towards the patient's left. */
export interface FaceGrid {
  readonly columns: number;
  readonly rows: number;
  readonly pitch: number;
  readonly left: number;
  readonly top: number;
  /** x and y in turn, row by row. */
  readonly knots: readonly number[];
}

export interface Outline {
  readonly name: string;
  readonly closed: boolean;
  /** x and y in turn, IPD, in the frame of the patient's own pupils. */
  readonly points: readonly number[];
}

export interface PatientOutline {
  readonly recordingId: string;
  readonly recordedAt: string | null;
  readonly grid: FaceGrid;
  readonly outlines: readonly Outline[];
}

/** From the standard face to what is drawn, and back. Both agree exactly: between knots the grid is flat, triangle by triangle. */
export interface Projection {
  toDrawn(x: number, y: number): Spot;
  /** Undefined where there is no place of the standard face. */
  toStandard(x: number, y: number): Spot | undefined;
}

export const standard: Projection = { toDrawn: (x, y) => ({ x, y }), toStandard: (x, y) => ({ x, y }) };

export function onPatient(grid: FaceGrid): Projection {
  const knot = (column: number, row: number): Spot => {
    const at = 2 * (row * grid.columns + column);
    return { x: grid.knots[at] ?? 0, y: grid.knots[at + 1] ?? 0 };
  };
  // Each cell is cut from its upper right to its lower left corner.
  const triangle = (column: number, row: number, upper: boolean): readonly [Spot, Spot, Spot] => {
    const corner = upper ? knot(column, row) : knot(column + 1, row + 1);
    const along = upper ? knot(column + 1, row) : knot(column, row + 1);
    const across = upper ? knot(column, row + 1) : knot(column + 1, row);
    return [corner, { x: along.x - corner.x, y: along.y - corner.y }, { x: across.x - corner.x, y: across.y - corner.y }];
  };
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.floor(value)));
  return {
    toDrawn(x, y) {
      const [across, down] = [(x - grid.left) / grid.pitch, (y - grid.top) / grid.pitch];
      const [column, row] = [clamp(across, grid.columns - 2), clamp(down, grid.rows - 2)];
      const [u, v] = [across - column, down - row];
      const upper = u + v <= 1;
      const [corner, a, b] = triangle(column, row, upper);
      const [s, t] = upper ? [u, v] : [1 - u, 1 - v];
      return { x: corner.x + s * a.x + t * b.x, y: corner.y + s * a.y + t * b.y };
    },
    toStandard(x, y) {
      for (let row = 0; row < grid.rows - 1; row++) {
        for (let column = 0; column < grid.columns - 1; column++) {
          for (const upper of [true, false]) {
            const [corner, a, b] = triangle(column, row, upper);
            const area = a.x * b.y - a.y * b.x;
            if (area === 0) continue;
            const [dx, dy] = [x - corner.x, y - corner.y];
            const s = (dx * b.y - dy * b.x) / area;
            const t = (a.x * dy - a.y * dx) / area;
            if (s < -1e-9 || t < -1e-9 || s + t > 1 + 1e-9) continue;
            const [u, v] = upper ? [s, t] : [1 - s, 1 - t];
            return { x: grid.left + (column + u) * grid.pitch, y: grid.top + (row + v) * grid.pitch };
          }
        }
      }
      return undefined;
    },
  };
}

/** A curve or area of one half of the standard face, as it lies on the patient. */
export function projected(numbers: readonly number[], projection: Projection, mirrored: boolean): number[] {
  const drawn: number[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const x = numbers[i] ?? 0;
    const spot = projection.toDrawn(mirrored ? -x : x, numbers[i + 1] ?? 0);
    drawn.push(spot.x, spot.y);
  }
  return drawn;
}
