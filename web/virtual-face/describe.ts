import type { Forces, HalfForce } from "./face/forces.ts";
import type { Side } from "./face/topology.ts";
import type { FaceState, SideWord } from "./state.ts";

/** What one side did alone within a stretch of time. */
export interface Activity {
  readonly kind: "still" | "single" | "train" | "held";
  /** 0 to 1. */
  readonly strength: number;
  readonly eye: boolean;
  readonly mouth: boolean;
  readonly brow: "up" | "down" | null;
}

const ON = 0.16;
const OFF = 0.08;
const HELD_SECONDS = 0.5;
/** Centimetres that count as a full pull of the mouth corner. */
const FULL_PULL = 0.8;

const alone = (own: HalfForce, other: HalfForce): { eye: number; mouth: number; brow: number } => ({
  eye: own.closed - other.closed, mouth: (own.corner - other.corner) / FULL_PULL, brow: own.brow - other.brow,
});

/** Reads the contractions of a side out of the forces of a stretch of frames. */
export function activity(times: readonly number[], forces: readonly Forces[], side: Side): Activity {
  const other: Side = side === "R" ? "L" : "R";
  let [count, held, peak, eye, mouth, brow] = [0, false, 0, 0, 0, 0];
  let since: number | null = null;
  forces.forEach((force, i) => {
    const now = alone(force[side], force[other]);
    const strength = Math.min(1, Math.max(now.eye, now.mouth));
    if (since === null && strength > ON) { since = times[i]!; count++; }
    if (since !== null && strength < OFF) since = null;
    if (since !== null && times[i]! - since >= HELD_SECONDS) held = true;
    if (since === null) return;
    peak = Math.max(peak, strength);
    eye = Math.max(eye, now.eye);
    mouth = Math.max(mouth, now.mouth);
    if (Math.abs(now.brow) > Math.abs(brow)) brow = now.brow;
  });
  if (count === 0) return { kind: "still", strength: 0, eye: false, mouth: false, brow: null };
  return {
    kind: held ? "held" : count >= 3 ? "train" : "single", strength: peak, eye: eye > 0.14, mouth: mouth > 0.12,
    brow: brow > 0.12 ? "up" : brow < -0.12 ? "down" : null,
  };
}

const KINDS = { single: "twitch", train: "clonic train", held: "held (tonic) contraction" } as const;

function contraction(a: Activity): string {
  if (a.kind === "still") return "at rest";
  const size = a.strength < 0.35 ? "slight" : a.strength < 0.65 ? "moderate" : "strong";
  const place = a.eye ? " around the eye" : a.mouth ? " at the mouth corner" : "";
  const also = [a.eye && a.mouth ? "mouth corner drawn up" : "", a.brow === "up" ? "brow rises" : a.brow === "down" ? "brow drawn down" : ""].filter((words) => words !== "");
  return [`${size} ${KINDS[a.kind]}${place}`, ...also].join(", ");
}

/** Millimetres in words; under half a millimetre nobody sees it. */
function millimetres(words: string, mm: number): string {
  return mm < 0.5 ? "" : `${words} ${Number.isInteger(Math.round(mm * 2) / 2) ? Math.round(mm) : (Math.round(mm * 2) / 2).toFixed(1)} mm`;
}

/** The face in words, for those who cannot see it. */
export function describe(activities: Readonly<Record<Side, Activity>>, affected: SideWord, state: FaceState, task: string | null): string {
  const sentence = (side: Side): string => {
    const word = side === "R" ? "Right" : "Left";
    const own = affected === word.toLowerCase();
    const bruises = state.bruises.filter((bruise) => bruise.side === word.toLowerCase() && (bruise.days ?? 0) < 16).length;
    const signs = [
      contraction(activities[side]),
      ...(own ? [millimetres("lid droops", state.ptosis), millimetres("mouth corner hangs", state.mouthDroop), millimetres("brow stands lower by", state.browAsymmetry)] : []),
      bruises === 0 ? "" : bruises === 1 ? "a bruise" : `${bruises} bruises`,
    ].filter((words) => words !== "");
    return `${word} side: ${signs.join("; ")}.`;
  };
  return [task === null ? "" : `${task}.`, sentence("R"), sentence("L")].filter((words) => words !== "").join(" ");
}
