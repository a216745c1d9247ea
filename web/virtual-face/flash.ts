/**
 * Never more than three flashes a second (WCAG 2.3.1). A flash is two opposing changes of relative luminance by a tenth or
 * more, over a quarter of a block of the picture. How it holds:
 * - the light of the scene and the ground never change, so only skin that moves can change a place's luminance;
 * - a lost face leaves the last picture, and jumps (seeking, looping, weeks) are single changes;
 * - before a picture is shown, its luminance is worked out for every cell of a grid. If it would be the fourth flash within
 *   a second in too many cells of a block, the picture that is there stays until the second has passed.
 */
export const CELLS = 8;
const CHANGE = 0.1;
const FLASHES = 3;
const SECOND = 1;
/** A block of 4 x 3 cells is what 10 degrees of sight see; a quarter of it is three cells. */
const BLOCK = [4, 3] as const;
const TOO_MANY = 3;
/** Above this even the darker state is no flash. */
const BRIGHT = 0.8;

interface Cell { extreme: number; rising: boolean | null; turns: number[] }

export class FlashLimiter {
  private cells: Cell[] = [];

  /** Whether the picture may be shown now; what is shown must be asked about, and what is refused must not be shown. */
  allows(seconds: number, luminance: ArrayLike<number>): boolean {
    if (this.cells.length !== luminance.length) {
      this.cells = Array.from(luminance, (value) => ({ extreme: value, rising: null, turns: [] }));
      return true;
    }
    const next = this.cells.map((cell, i) => step(cell, luminance[i]!, seconds));
    const hot = next.map((cell) => cell.turns.length / 2 > FLASHES);
    if (tooMany(hot)) return false;
    this.cells = next;
    return true;
  }
}

function step(cell: Cell, value: number, seconds: number): Cell {
  const turns = cell.turns.filter((time) => time > seconds - SECOND && time <= seconds);
  const change = value - cell.extreme;
  if (cell.rising !== null && (cell.rising ? change > 0 : change < 0)) return { extreme: value, rising: cell.rising, turns };
  if (Math.abs(change) >= CHANGE && Math.min(value, cell.extreme) < BRIGHT) return { extreme: value, rising: change > 0, turns: [...turns, seconds] };
  return { ...cell, turns };
}

function tooMany(hot: readonly boolean[]): boolean {
  if (!hot.includes(true)) return false;
  for (let y = 0; y + BLOCK[1] <= CELLS; y++) for (let x = 0; x + BLOCK[0] <= CELLS; x++) {
    let count = 0;
    for (let dy = 0; dy < BLOCK[1]; dy++) for (let dx = 0; dx < BLOCK[0]; dx++) if (hot[(y + dy) * CELLS + x + dx] === true) count++;
    if (count >= TOO_MANY) return true;
  }
  return false;
}
