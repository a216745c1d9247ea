import type { Side } from "../recording/report.ts";

/** Where things stand in the plot, from top to bottom: right events, right traces, blinks, left traces, left events, time. */
export interface Lanes {
  readonly height: number;
  readonly strip: Readonly<Record<Side, number>>;
  readonly stripHeight: number;
  readonly baseline: Readonly<Record<Side, number>>;
  readonly laneHeight: number;
  readonly blinks: { readonly top: number; readonly bottom: number };
  readonly plotBottom: number;
}

/** Traces of both sides grow away from the middle, so that what only one side does breaks the mirror image. */
export function lanes(narrow: boolean): Lanes {
  const stripHeight = 20;
  const laneHeight = narrow ? 64 : 84;
  const middle = 14;
  const rightBaseline = stripHeight + 4 + laneHeight;
  const leftBaseline = rightBaseline + middle;
  const leftStrip = leftBaseline + laneHeight + 4;
  const plotBottom = leftStrip + stripHeight;
  return {
    height: plotBottom + 22,
    strip: { patientRight: 0, patientLeft: leftStrip },
    stripHeight,
    baseline: { patientRight: rightBaseline, patientLeft: leftBaseline },
    laneHeight,
    blinks: { top: rightBaseline + 2, bottom: leftBaseline - 2 },
    plotBottom,
  };
}

/** Height of a share (0 to 1) of a lane: up from the middle for the right side, down for the left. */
export function laneY(layout: Lanes, side: Side, share: number): number {
  return layout.baseline[side] + (side === "patientRight" ? -1 : 1) * share * layout.laneHeight;
}

/** Which side's half of the plot that height belongs to; the middle belongs to both. */
export function sideAt(layout: Lanes, y: number): Side | undefined {
  if (y < layout.baseline.patientRight) return "patientRight";
  return y > layout.baseline.patientLeft ? "patientLeft" : undefined;
}

/**
 * The mark of an event in its strip: a triangle for a twitch, a bar as long as a held spasm lasts, so that the two differ in
 * shape and not in colour alone.
 */
export function eventMark(layout: Lanes, side: Side, kind: "clonic" | "tonic", from: number, to: number): string {
  const top = layout.strip[side] + 3;
  const bottom = layout.strip[side] + layout.stripHeight - 3;
  if (kind === "tonic") {
    const end = Math.max(to, from + 6);
    return `M${r(from)},${top + 2}H${r(end)}V${bottom - 2}H${r(from)}Z`;
  }
  // The triangle points to the traces that it marks.
  const middle = (from + to) / 2;
  const [base, tip] = side === "patientRight" ? [top, bottom] : [bottom, top];
  return `M${r(middle - 5)},${base}H${r(middle + 5)}L${r(middle)},${tip}Z`;
}

function r(value: number): number {
  return Math.round(value * 10) / 10;
}
