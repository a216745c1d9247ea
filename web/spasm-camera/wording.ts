import type { RightEyeAnswer } from "./right-eye";
import type { Step, Task } from "./protocol";

/** What the person in front of the camera reads. */
export interface Prompt {
  readonly title: string;
  readonly hint: string;
}

const TASK_PROMPTS: Readonly<Record<Task, Prompt>> = {
  gentleClosure: { title: "Close both eyes gently", hint: "As if you were asleep." },
  tightClosure: { title: "Close both eyes tightly", hint: "As if soap came into them." },
  browLift: { title: "Lift both eyebrows", hint: "As high as you can." },
  smile: { title: "Smile broadly", hint: "Show your teeth." },
  pucker: { title: "Pucker your lips", hint: "As if to whistle." },
};

export const TASK_NAMES: Readonly<Record<Task, string>> = {
  gentleClosure: "Gentle eye closure",
  tightClosure: "Tight eye closure",
  browLift: "Brow lift",
  smile: "Smile",
  pucker: "Pucker",
};

/** Prompt for a step; `next` is the one after it, which a pause announces. */
export function promptFor(step: Step, next: Step | undefined): Prompt {
  switch (step.kind) {
    case "settle": return { title: "Look at the camera", hint: "Face relaxed, mouth closed, both eyes open." };
    case "closeRightEye": return { title: "Close your RIGHT eye", hint: "Only the right one. Keep it closed until you are told to open it." };
    case "rest": return { title: "Rest and look ahead", hint: "Do not speak. Blink as usual, and let the twitches come." };
    case "task": return TASK_PROMPTS[step.phase as Task];
    case "pause":
      if (next?.kind === "task") return { title: "Relax", hint: `Next: ${lowerFirst(TASK_PROMPTS[next.phase as Task].title)}.` };
      return { title: "Open both eyes", hint: "Good. Now comes quiet rest." };
  }
}

/** What was seen at the right-eye check where it did not settle the sides. */
export function rightEyeSentence(answer: RightEyeAnswer): string {
  switch (answer) {
    case "not-mirrored": return "The right eye was seen to close: right and left are confirmed.";
    case "mirrored": return "The picture is a mirror image; right and left were exchanged and are confirmed.";
    case "both-closed": return "Both eyes closed. Try to close only the right one; a fingertip may hold the right upper lid down.";
    case "none-closed": return "No eye was seen to close. Close the right eye as soon as the words appear, and keep it closed.";
    case "unclear": return "It was not clear which eye closed. Keep the head still, and the right eye closed until the words change.";
  }
}

/** Minutes and seconds, as on a clock: 3:05. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Seconds from "2:05", "125" or "125.5"; NaN for anything else. */
export function parseClock(text: string): number {
  const parts = /^(?:(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  return parts === null ? NaN : Number(parts[1] ?? 0) * 60 + Number(parts[2]!.replace(",", ".")); // the group is not optional
}

/** "40 seconds", "3 minutes", "2 minutes 30 seconds". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [m, s] = [Math.floor(whole / 60), whole % 60];
  const minutes = m === 1 ? "1 minute" : `${m} minutes`;
  const rest = s === 1 ? "1 second" : `${s} seconds`;
  return m === 0 ? rest : s === 0 ? minutes : `${minutes} ${rest}`;
}

export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** On which edge of the shown picture the patient's right side lies. */
export function rightEdge(shownMirrored: boolean, pictureMirrored: boolean): "left" | "right" {
  return shownMirrored === pictureMirrored ? "left" : "right";
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
