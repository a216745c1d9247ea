import type { Phase, ProtocolMark } from "../facerec/facerec";
import type { RightEyeAnswer } from "./right-eye";

export type Task = "gentleClosure" | "tightClosure" | "browLift" | "smile" | "pucker";

export const TASKS: readonly Task[] = ["gentleClosure", "tightClosure", "browLift", "smile", "pucker"];

export interface ProtocolChoice {
  readonly restSeconds: number;
  readonly tasks: readonly Task[];
}

export type Mark = Readonly<ProtocolMark>;

/** Shortest and longest quiet rest, seconds. */
export const REST_RANGE = { least: 20, most: 600, usual: 180 } as const;
/** Below this a rate is shown without an interval: simulated, docs/capture.md. */
export const INTERVAL_SECONDS = 120;
export const SETTLE_SECONDS = 3;
export const RIGHT_EYE_SECONDS = 3;
export const TASK_SECONDS = 4;
export const PAUSE_SECONDS = 3;

export interface Step {
  /** `settle` is a pause in which the person looks at the camera, and by which open lids are known. */
  readonly kind: "settle" | "pause" | "closeRightEye" | "rest" | "task";
  readonly phase: Phase;
  readonly seconds: number;
}

export type Status = "running" | "paused" | "asking" | "done" | "cancelled";

/**
 * Where the guided protocol stands. A value: every function here returns the next one. All times are seconds on the
 * recording's own clock, which the caller hands in.
 */
export interface Protocol {
  readonly steps: readonly Step[];
  readonly index: number;
  readonly status: Status;
  /** When the current step, or the part of it since a pause, began. */
  readonly since: number;
  /** Seconds of the current step done before that. */
  readonly done: number;
  readonly marks: readonly Mark[];
  /** The answer of the last right-eye check; null before one, and where it was skipped. */
  readonly answer: RightEyeAnswer | null;
}

/** Steps for a choice: settle, right eye, rest, then each task after a short pause. */
export function stepsFor(choice: ProtocolChoice): readonly Step[] {
  const rest = Math.min(Math.max(Math.round(choice.restSeconds), REST_RANGE.least), REST_RANGE.most);
  const pause: Step = { kind: "pause", phase: "pause", seconds: PAUSE_SECONDS };
  return [
    { kind: "settle", phase: "pause", seconds: SETTLE_SECONDS },
    { kind: "closeRightEye", phase: "closeRightEye", seconds: RIGHT_EYE_SECONDS },
    pause,
    { kind: "rest", phase: "rest", seconds: rest },
    ...TASKS.filter((task) => choice.tasks.includes(task)).flatMap((task): Step[] => [pause, { kind: "task", phase: task, seconds: TASK_SECONDS }]),
  ];
}

export function begin(choice: ProtocolChoice, now: number): Protocol {
  return { steps: stepsFor(choice), index: 0, status: "running", since: now, done: 0, marks: [], answer: null };
}

export function currentStep(protocol: Protocol): Step {
  return protocol.steps[protocol.index]!; // the index never leaves the list
}

/** Seconds of the current step that have passed. */
export function elapsedInStep(protocol: Protocol, now: number): number {
  return protocol.done + (protocol.status === "running" ? Math.max(0, now - protocol.since) : 0);
}

/** Moves on when the current step's time is over. The right-eye step then waits for `answerRightEye`. */
export function tick(protocol: Protocol, now: number): Protocol {
  if (protocol.status !== "running" || elapsedInStep(protocol, now) < currentStep(protocol).seconds) return protocol;
  if (currentStep(protocol).kind === "closeRightEye") return { ...marked(protocol, now), status: "asking" };
  return next(marked(protocol, now), now);
}

/** Takes what was seen: goes on where the side is settled, else keeps asking. */
export function answerRightEye(protocol: Protocol, answer: RightEyeAnswer, now: number): Protocol {
  if (protocol.status !== "asking") return protocol;
  const answered = { ...protocol, answer };
  return isSettled(answer) ? next(answered, now) : answered;
}

/** Asks for the right eye once more, beginning with looking at the camera. */
export function retryRightEye(protocol: Protocol, now: number): Protocol {
  if (protocol.status !== "asking") return protocol;
  return { ...protocol, status: "running", index: protocol.index - 1, since: now, done: 0, answer: null };
}

/** Leaves the side unconfirmed. */
export function skipRightEye(protocol: Protocol, now: number): Protocol {
  if (protocol.status !== "asking") return protocol;
  return next({ ...protocol, answer: null }, now);
}

/** Stops the clock. Rest goes on later with what is left of it; any other step begins again. */
export function pause(protocol: Protocol, now: number): Protocol {
  if (protocol.status !== "running") return protocol;
  const kept = currentStep(protocol).kind === "rest";
  const stopped = kept ? marked(protocol, now) : protocol;
  return { ...stopped, status: "paused", done: kept ? elapsedInStep(protocol, now) : 0 };
}

export function resume(protocol: Protocol, now: number): Protocol {
  return protocol.status === "paused" ? { ...protocol, status: "running", since: now } : protocol;
}

export function cancel(protocol: Protocol): Protocol {
  return protocol.status === "done" ? protocol : { ...protocol, status: "cancelled" };
}

export function isSettled(answer: RightEyeAnswer | null): answer is "not-mirrored" | "mirrored" {
  return answer === "not-mirrored" || answer === "mirrored";
}

/** Seconds done and in all, of everything that has a planned length. */
export function progress(protocol: Protocol, now: number): { readonly doneSeconds: number; readonly totalSeconds: number } {
  const seconds = (steps: readonly Step[]): number => steps.reduce((sum, step) => sum + step.seconds, 0);
  const totalSeconds = seconds(protocol.steps);
  if (protocol.status === "done") return { doneSeconds: totalSeconds, totalSeconds };
  const inStep = protocol.status === "asking" ? currentStep(protocol).seconds : Math.min(elapsedInStep(protocol, now), currentStep(protocol).seconds);
  return { doneSeconds: seconds(protocol.steps.slice(0, protocol.index)) + inStep, totalSeconds };
}

/** Name of the protocol as the recording carries it. */
export function protocolName(choice: ProtocolChoice): string {
  return `rest-${Math.round(choice.restSeconds)}${choice.tasks.length > 0 ? `+tasks-${choice.tasks.length}` : ""}/1`;
}

function marked(protocol: Protocol, now: number): Protocol {
  if (now <= protocol.since) return protocol;
  const mark: Mark = { phase: currentStep(protocol).phase, startSeconds: protocol.since, endSeconds: now };
  return { ...protocol, marks: [...protocol.marks, mark] };
}

function next(protocol: Protocol, now: number): Protocol {
  const index = protocol.index + 1;
  return index < protocol.steps.length
    ? { ...protocol, status: "running", index, since: now, done: 0 }
    : { ...protocol, status: "done" };
}
