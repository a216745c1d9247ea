import type { Band } from "../recording/report.ts";

/**
 * The outline of a band between lowest and highest values as an SVG path: one closed shape for each stretch with a face, so
 * that a lost face leaves a gap instead of a line across it.
 */
export function bandPath(times: readonly number[], band: Band, x: (seconds: number) => number, y: (value: number) => number): string {
  const parts: string[] = [];
  let start = -1;
  for (let i = 0; i <= times.length; i++) {
    const here = i < times.length && band.low[i] != null && band.high[i] != null;
    if (here && start < 0) start = i;
    if (!here && start >= 0) {
      parts.push(stretch(start, i));
      start = -1;
    }
  }
  return parts.join("");

  function stretch(from: number, to: number): string {
    const upper: string[] = [];
    const lower: string[] = [];
    for (let i = from; i < to; i++) {
      // bandPath asked for both before it called this
      const at = number(x(times[i]!));
      upper.push(`${at},${number(y(band.high[i]!))}`);
      lower.push(`${at},${number(y(band.low[i]!))}`);
    }
    return `M${upper.join("L")}L${lower.reverse().join("L")}Z`;
  }
}

/** The stretches of seconds that a predicate holds for, joined: [from, to) in seconds. */
export function runs<T extends { readonly second: number }>(seconds: readonly T[], holds: (second: T) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (const second of seconds) {
    if (!holds(second)) continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === second.second) last[1] = second.second + 1;
    else found.push([second.second, second.second + 1]);
  }
  return found;
}

/** A value as a share of its scale, held between 0 and 1. */
export function share(value: number, full: number): number {
  return Math.min(Math.max(value / full, 0), 1);
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
