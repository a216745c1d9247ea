import { Random } from "./face/random.ts";
import type { Channel, Stroke } from "./face/movement.ts";
import { SIDES, type Side } from "./face/topology.ts";
import type { Region, Strength } from "./state.ts";

export const TASKS = ["close-eyes", "smile", "pucker", "speak", "rest"] as const;
export type Task = (typeof TASKS)[number];
export const TASK_WORDS: Readonly<Record<Task, string>> = { "close-eyes": "Close eyes", smile: "Smile", pucker: "Pucker", speak: "Speak", rest: "Rest" };

export type Strengths = Readonly<Record<Side, Strength>>;

/** Below this strength of the orbicularis the lids no longer meet. */
const CLOSES_AT = 0.55;
const SECONDS = 3.5;

/** The movements of a task as strokes from 0 s on; weak muscles move less, on their own side. */
export function taskStrokes(task: Task, strengths: Strengths): { readonly strokes: readonly Stroke[]; readonly seconds: number } {
  const strokes: Stroke[] = [];
  const force = (side: Side, region: Region): number => Math.min(1, Math.max(0, strengths[side][region] ?? 1));
  const stroke = (channel: Channel, t0: number, t1: number, size: number, rise = 0.3, fall = 0.35): void => {
    if (size !== 0) strokes.push({ channel, t0, t1, rise, fall, size });
  };
  const each = (channel: "lid" | "squint" | "smile" | "brow" | "mouth", t0: number, t1: number, size: (side: Side) => number, rise?: number, fall?: number): void => {
    for (const side of SIDES) stroke(`${channel}${side}`, t0, t1, size(side), rise, fall);
  };
  /** The mouth is drawn towards the stronger side. */
  const pull = (size: number): number => size * (mouth("L") - mouth("R"));
  const mouth = (side: Side): number => force(side, "mouth");
  if (task === "close-eyes") {
    each("lid", 0.2, SECONDS - 0.2, (side) => Math.min(1, force(side, "eye") / CLOSES_AT), 0.22, 0.28);
    each("brow", 0.2, SECONDS - 0.2, (side) => -0.03 * force(side, "brow"));
  } else if (task === "smile") {
    each("smile", 0.2, SECONDS - 0.2, (side) => 0.135 * Math.sqrt(force(side, "cheek") * mouth(side)), 0.35, 0.45);
    each("squint", 0.25, SECONDS - 0.25, (side) => 0.3 * force(side, "eye"), 0.35, 0.4);
    stroke("jaw", 0.25, SECONDS - 0.25, 0.1, 0.35, 0.4);
  } else if (task === "pucker") {
    stroke("pucker", 0.2, SECONDS - 0.2, 0.95 * (mouth("L") + mouth("R")) / 2);
    stroke("lipSide", 0.2, SECONDS - 0.2, pull(0.09));
  } else if (task === "speak") {
    const random = new Random("a sentence");
    let t = 0.15;
    while (t < SECONDS) {
      const beat = random.between(0.16, 0.3);
      const end = t + beat * random.between(1, 1.25);
      stroke("jaw", t, end, random.between(0.12, 0.5), (end - t) * 0.42, (end - t) * 0.5);
      if (random.chance(0.4)) stroke("pucker", t, end, random.between(0.2, 0.65) * (mouth("L") + mouth("R")) / 2, (end - t) * 0.45, (end - t) * 0.5);
      else { const wide = random.between(0.01, 0.045); each("smile", t, end, (side) => wide * mouth(side), (end - t) * 0.45, (end - t) * 0.5); }
      stroke("lipSide", t, end, pull(0.05), (end - t) * 0.45, (end - t) * 0.5);
      t += beat;
    }
    each("brow", 0.6, 1.6, (side) => 0.025 * force(side, "brow"));
  }
  return { strokes, seconds: SECONDS };
}

/** Blinks for a face that has no recording: about fifteen a minute, never evenly spaced. The same seed blinks the same. */
export function blinks(seed: number, seconds: number): Stroke[] {
  const random = new Random(`blinks of ${seed}`);
  const out: Stroke[] = [];
  for (let t = random.between(0.8, 2.5); t < seconds; t += 0.5 + random.between(1.4, 5.6)) {
    const length = random.between(0.2, 0.3);
    for (const side of SIDES) out.push({ channel: `lid${side}`, t0: t, t1: t + length, rise: length * 0.36, fall: length * 0.58, size: random.between(0.93, 1) });
  }
  return out;
}
