/** The stretch of a recording that is on screen, seconds. */
export interface Viewport {
  readonly from: number;
  readonly to: number;
}

/** Nobody needs to see less than this; below it a frame is wider than a finger. */
export const SHORTEST_SECONDS = 1;

export function whole(duration: number): Viewport {
  return { from: 0, to: Math.max(duration, SHORTEST_SECONDS) };
}

/** Zooms by `factor` (above 1 shows less time) so that the moment `at` keeps its place on the screen. */
export function zoom(view: Viewport, factor: number, at: number, duration: number): Viewport {
  const span = view.to - view.from;
  const wanted = clamp(span / factor, SHORTEST_SECONDS, Math.max(duration, SHORTEST_SECONDS));
  const share = span === 0 ? 0.5 : (clamp(at, view.from, view.to) - view.from) / span;
  return fit(at - share * wanted, wanted, duration);
}

/** Moves by that many seconds, without leaving the recording. */
export function pan(view: Viewport, seconds: number, duration: number): Viewport {
  return fit(view.from + seconds, view.to - view.from, duration);
}

/** The same zoom, moved as little as it takes to show the stretch with a margin around. */
export function reveal(view: Viewport, from: number, to: number, duration: number): Viewport {
  const span = view.to - view.from;
  const margin = Math.min(0.1 * span, Math.max(0, (span - (to - from)) / 2));
  if (from - margin >= view.from && to + margin <= view.to) return view;
  const start = from - margin < view.from ? from - margin : to + margin - span;
  return fit(start, span, duration);
}

export function toPixel(view: Viewport, seconds: number, width: number): number {
  return ((seconds - view.from) / (view.to - view.from)) * width;
}

export function toSeconds(view: Viewport, pixel: number, width: number): number {
  return view.from + (pixel / width) * (view.to - view.from);
}

/** Times for the axis: round steps, about one label for every `spacing` pixels. */
export function ticks(view: Viewport, width: number, spacing = 90): { readonly step: number; readonly times: number[] } {
  const rough = ((view.to - view.from) * spacing) / Math.max(width, 1);
  const step = STEPS.find((candidate) => candidate >= rough) ?? 3600;
  const times: number[] = [];
  for (let k = Math.ceil(view.from / step - 1e-9); k * step <= view.to + 1e-9; k++) times.push(k * step);
  return { step, times };
}

/** "1:05" or, where the axis steps below a second, "1:05.2". */
export function clock(seconds: number, step = 1): string {
  const digits = step >= 1 ? 0 : 1;
  const rounded = Number(seconds.toFixed(digits));
  const minutes = Math.floor(rounded / 60);
  const rest = (rounded - 60 * minutes).toFixed(digits);
  return `${minutes}:${rest.padStart(digits === 0 ? 2 : 4, "0")}`;
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

function fit(from: number, span: number, duration: number): Viewport {
  const start = clamp(from, 0, Math.max(0, duration - span));
  return { from: start, to: start + span };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
