import { UPRIGHT, type HeadPose } from "./draw/matrix.ts";
import { ballOf, BALL_RADIUS } from "./draw/eyes.ts";
import { CANONICAL } from "./face/canonical.ts";
import { weaken } from "./face/mirror.ts";
import { AT_EASE, CHANNELS, Mover, poseAt, type Motion, type Pose, type Resting, type Stroke } from "./face/movement.ts";
import { eyeCentre, interocular, shapeFace } from "./face/shape.ts";
import { EYE, SIDES, type Side } from "./face/topology.ts";
import type { Track } from "./face/track.ts";
import type { Look } from "./look.ts";
import { letter, type FaceState, type SideWord } from "./state.ts";
import { blinks } from "./tasks.ts";

/** `passive` is the share of each lid's opening that hangs shut without any pull. */
export interface Moment { readonly points: Float32Array; readonly pose: HeadPose; readonly passive: Readonly<Record<Side, number>> }

/** The canonical lids stand nearly half shut; eyes that look at somebody are open further. */
const OPENED = -0.36;
/** Seconds after which the blinks of a face without recording begin anew. */
const ROUND = 60;
const POINTS = 478;

/** One person's face at any moment: a recording or an idle face, with the task that is asked for and what a treatment did. */
export class Actor {
  /** The face at rest, 478 x 3, in the head's own frame. */
  readonly rest: Float32Array;
  private readonly mover: Mover;
  private readonly idle: Motion;
  private readonly iod: number;
  /** Height of the resting lid opening, centimetres. */
  private readonly opening: Readonly<Record<Side, number>>;

  constructor(look: Look, private readonly track: Track | null) {
    this.rest = track?.rest ?? ownFace(look);
    const position = this.rest.slice(0, CANONICAL.position.length);
    this.iod = interocular(position);
    this.mover = new Mover({ mesh: CANONICAL, position, iod: this.iod }, AT_EASE);
    this.idle = { strokes: blinks(look.seed, ROUND), sway: [] };
    const gap = (side: Side): number => this.rest[EYE[side].upper[3]! * 3 + 1]! - this.rest[EYE[side].lower[3]! * 3 + 1]!;
    this.opening = { R: gap("R"), L: gap("L") };
  }

  /** `task` holds strokes on their own clock; `lively` lets the face without recording blink and sway. */
  at(seconds: number, options: { readonly side: SideWord; readonly state: FaceState; readonly task?: { readonly strokes: readonly Stroke[]; readonly seconds: number } | null; readonly lively?: boolean; readonly between?: boolean }): Moment {
    const { side, state, task, lively = true, between = false } = options;
    const seen = this.track?.at(seconds, between);
    const points = seen === undefined ? Float32Array.from(this.rest) : seen.points;
    if (this.track !== null) weaken(points, this.rest, letter(side), state.severity);
    const pose = this.track === null && lively ? poseAt(this.idle, seconds % ROUND) : still();
    if (task !== undefined && task !== null) {
      const asked = poseAt({ strokes: task.strokes, sway: [] }, task.seconds);
      for (const channel of CHANNELS) pose[channel] = channel.startsWith("lid") ? 1 - (1 - pose[channel]) * (1 - asked[channel]) : pose[channel] + asked[channel];
    }
    const resting = this.resting(letter(side), state);
    this.mover.deform(pose, resting, points);
    return { points, passive: resting.ptosis, pose: seen?.pose ?? (lively ? sway(seconds) : UPRIGHT) };
  }

  private resting(side: Side, state: FaceState): Resting {
    const pair = (value: number): Record<Side, number> => ({ L: side === "L" ? value : 0, R: side === "R" ? value : 0 });
    // The upper lid takes 78 % of a closure, so a droop of the lid alone is a little more of it.
    const share = Math.min(0.95, state.ptosis / 10 / (0.78 * Math.max(0.2, this.opening[side])));
    return { ptosis: pair(share), droop: pair(state.mouthDroop / 10 / this.iod), browHeight: pair(-state.browAsymmetry / 10 / this.iod), restingSmile: 0 };
  }
}

function still(): Pose {
  return poseAt({ strokes: [], sway: [] }, 0);
}

/** A living head is never quite still: under a degree, too slow to be called movement. */
function sway(seconds: number): HeadPose {
  const yaw = 0.016 * Math.sin(seconds * 0.42) + 0.008 * Math.sin(seconds * 1.13 + 2);
  const pitch = 0.01 * Math.sin(seconds * 0.35 + 1);
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return { turn: [cy, 0, sy, sp * sy, cp, -sp * cy, -cp * sy, sp, cp * cy], size: 1, place: [0, 0.06 * Math.sin(seconds * 0.9), 0] };
}

/** A face of nobody, from the seed's bones, with irises that look ahead. */
function ownFace(look: Look): Float32Array {
  const shape = shapeFace(CANONICAL, look.bones);
  const out = new Float32Array(POINTS * 3);
  const open = still();
  const lids = OPENED * (1 - 0.45 * look.lines);
  [open.lidL, open.lidR] = [lids, lids];
  out.set(shape.position);
  new Mover(shape, AT_EASE).deform(open, AT_EASE, out);
  for (const side of SIDES) {
    const first = side === "R" ? 468 : 473;
    const ball = ballOf(out, side);
    const front = eyeCentre(out, side);
    for (let k = 0; k < 5; k++) {
      const [dx, dy] = [[0, 0], [0.58, 0], [0, 0.58], [-0.58, 0], [0, -0.58]][k]!; // five points of an iris
      out.set([ball[0] + dx!, ball[1] + dy!, Math.max(front[2], ball[2] + BALL_RADIUS)], (first + k) * 3);
    }
  }
  return out;
}
