import type { Mirroring } from "../facerec/facerec";
import type { LidOpening } from "../face-landmarker/eyes";

/** What was seen when the patient was asked to close the right eye. */
export type RightEyeAnswer =
  /** The eye that the landmarks call right closed: the picture is not mirrored. */
  | "not-mirrored"
  /** The other eye closed: the picture was mirrored before it came here. */
  | "mirrored"
  | "both-closed"
  | "none-closed"
  /** One eye closed somewhat more than the other, or too few frames: too little to settle it. */
  | "unclear";

/** Share of the closing time that is left to the person to react. */
const REACTION = 0.35;
const MIN_FRAMES = 6;
/** The tracker reads a half-closed lid as 30 % and a shut one as 84 % closed (measured on drawn and warped faces). */
const CLOSED = 0.4;
/** A wink pulls the other lid along by up to a fifth. */
const DIFFERENCE = 0.25;

/**
 * Decides which eye closed.
 * @param before lid openings while the person looked at the camera, in order of time
 * @param during lid openings since the person was asked, in order of time
 */
export function judgeRightEye(before: readonly LidOpening[], during: readonly LidOpening[]): RightEyeAnswer {
  const held = during.slice(Math.floor(during.length * REACTION));
  if (before.length < MIN_FRAMES || held.length < MIN_FRAMES) return "unclear";
  // Open: the upper quartile, which a blink or a spasm does not lower. Held: the median, for the same reason.
  const right = 1 - quantile(held.map((o) => o.right), 0.5) / quantile(before.map((o) => o.right), 0.75);
  const left = 1 - quantile(held.map((o) => o.left), 0.5) / quantile(before.map((o) => o.left), 0.75);
  if (right >= CLOSED && right - left >= DIFFERENCE) return "not-mirrored";
  if (left >= CLOSED && left - right >= DIFFERENCE) return "mirrored";
  if (right >= CLOSED && left >= CLOSED) return "both-closed";
  if (right < CLOSED / 2 && left < CLOSED / 2) return "none-closed";
  return "unclear";
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** What the recording is told. */
export function mirroringOf(answer: RightEyeAnswer | null): Mirroring {
  if (answer === "not-mirrored") return "notMirrored";
  return answer === "mirrored" ? "mirrored" : "unknown";
}
