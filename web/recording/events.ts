import { clock } from "../spasm-timeline/viewport.ts";
import { sideWord, type SpasmEvent, type UnusableReason } from "./report.ts";

/** The event that a pointer means: the nearest one within reach of that moment, on that side. */
export function eventNear(events: readonly SpasmEvent[], seconds: number, reachSeconds: number, side?: SpasmEvent["side"]): SpasmEvent | undefined {
  let best: SpasmEvent | undefined;
  let distance = reachSeconds;
  for (const event of events) {
    if (side !== undefined && event.side !== side) continue;
    const away = Math.max(event.startSeconds - seconds, seconds - event.endSeconds, 0);
    if (away <= distance && (best === undefined || away < distance)) {
      best = event;
      distance = away;
    }
  }
  return best;
}

/** The event before or after the chosen one; with none chosen the first or last one. The ends hold. */
export function neighbour(events: readonly SpasmEvent[], chosen: number | undefined, step: 1 | -1): SpasmEvent | undefined {
  if (events.length === 0) return undefined;
  const at = events.findIndex((event) => event.number === chosen);
  if (at < 0) return step === 1 ? events[0] : events.at(-1);
  return events[Math.min(Math.max(at + step, 0), events.length - 1)];
}

/** The event in words, the same for screen readers and for the line below the plot. */
export function describe(event: SpasmEvent): string {
  const kind = event.kind === "tonic" ? "tonic (held)" : "clonic (twitch)";
  const parts = [
    `Event ${event.number}: ${sideWord(event.side)} side, ${kind}, at ${clock(event.startSeconds, 0.1)} for ${event.durationSeconds.toFixed(2)} s`,
    `${list(event.regions)}`,
    `lid closure ${Math.round(100 * event.lidClosure)} %`,
    `mouth corner ${(100 * event.mouthIod).toFixed(1)} % of eye distance`,
  ];
  if (!event.counted) parts.push("not counted: outside quiet rest or in an unusable second");
  return `${parts.join(", ")}.`;
}

/** The event's figures by name. */
export function facts(event: SpasmEvent, sideConfirmed: boolean): [string, string][] {
  return [
    ["Event", `${event.number}, ${event.kind === "tonic" ? "tonic (held)" : "clonic (twitch)"}`],
    ["Side", `${sideWord(event.side)}${sideConfirmed ? "" : ", side unconfirmed"}`],
    ["Time", `${clock(event.startSeconds, 0.1)}, for ${event.durationSeconds.toFixed(2)} s`],
    ["Regions", list(event.regions)],
    ["Lid closure", `${Math.round(100 * event.lidClosure)} % of the eye's own range`],
    ["Mouth corner", `${(100 * event.mouthIod).toFixed(1)} % of eye distance`],
    ["Brow", `${(100 * event.browIod).toFixed(1)} % of eye distance${event.browIod > 0 ? " up" : ""}`],
  ];
}

export const UNUSABLE: Record<UnusableReason, string> = {
  faceLost: "no face found",
  headTurned: "head turned too far",
  headMoving: "head moving",
  framesMissing: "frames missing",
  unsteady: "landmarks unsteady",
  notRest: "not quiet rest",
  voluntaryMovement: "talking or smiling",
};

function list(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? "region unclear";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
