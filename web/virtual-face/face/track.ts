import refined from "../../face-landmarker/mediapipe-refined.json";
import { frameAt } from "../../event-face/playback.ts";
import { UPRIGHT, type HeadPose } from "../draw/matrix.ts";
import { ForceMeter, type Forces } from "./forces.ts";
import { PoseFit } from "./pose-fit.ts";
import { EYE, SIDES } from "./topology.ts";

/** Landmarks over time as the page hands them over: x and z as shares of the picture's width, y of its height, y down. */
export interface FaceFrames {
  /** Size of the picture, for its proportions. */
  readonly width: number;
  readonly height: number;
  /** Seconds, rising. */
  readonly times: readonly number[];
  /** 478 x 3 numbers per frame, or null where no face was found. */
  readonly points: readonly (ArrayLike<number> | null)[];
}

const POINTS = 478;
const RIGID = refined.rigid;
const MODEL = Float32Array.from(refined.rigidCentimetres.flat());
const SAMPLES = 120;

/** A recording in the head's own frame: the head's movement apart from the face's. Centimetres. */
export class Track {
  readonly times: readonly number[];
  /** The face at rest within the recording, 478 x 3. */
  readonly rest: Float32Array;
  readonly forces: readonly Forces[];
  private readonly fit = new PoseFit();
  private readonly faces: readonly number[];
  private readonly middle: HeadPose;

  constructor(private readonly frames: FaceFrames) {
    this.times = frames.times;
    if (frames.times.length !== frames.points.length) throw new Error("There must be a time for every frame.");
    const wrong = frames.points.find((points) => points !== null && points.length !== POINTS * 3);
    if (wrong !== undefined) throw new Error(`A frame must have ${POINTS} points; this recording holds ${(wrong?.length ?? 0) / 3}.`);
    // Where the face is lost the last one seen stays, so that the picture never flashes empty.
    let last = frames.points.findIndex((points) => points !== null);
    if (last < 0) throw new Error("There is no face in this recording.");
    this.faces = frames.points.map((points, i) => (last = points === null ? last : Math.max(last, i)));
    const found = frames.points.flatMap((points, i) => (points === null ? [] : [i]));
    const chosen = Array.from({ length: Math.min(SAMPLES, found.length) }, (_, k) => found[Math.floor((k * found.length) / Math.min(SAMPLES, found.length))]!);
    const poses = chosen.map((i) => this.fit.fit(MODEL, this.metric(i), RIGID));
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
    this.middle = { turn: UPRIGHT.turn, size: median(poses.map((pose) => pose.size)), place: [0, 1, 2].map((d) => median(poses.map((pose) => pose.place[d]!))) as [number, number, number] };
    const heads = chosen.map((i) => this.head(i).points);
    const opening = (points: Float32Array): number => Math.min(...SIDES.map((side) => [2, 3, 4].reduce((sum, k) => sum + points[EYE[side].upper[k]! * 3 + 1]! - points[EYE[side].lower[k]! * 3 + 1]!, 0)));
    // At rest both eyes are open and most frames agree.
    const open = heads.map((points) => [opening(points), points] as const).sort((a, b) => b[0] - a[0]).slice(0, Math.max(1, Math.ceil(heads.length * 0.35))).map(([, points]) => points);
    this.rest = Float32Array.from({ length: POINTS * 3 }, (_, i) => median(open.map((points) => points[i]!)));
    const meter = new ForceMeter(this.rest);
    this.forces = frames.points.map((_, i) => meter.read(this.head(this.faces[i]!).points));
  }

  /** Face and head at a time, between frames where it lies between two. */
  at(seconds: number, between: boolean): { points: Float32Array; pose: HeadPose } {
    const i = frameAt(this.times, seconds);
    const now = this.head(this.faces[i]!);
    const next = i + 1 < this.times.length ? i + 1 : i;
    const share = next === i ? 0 : (seconds - this.times[i]!) / (this.times[next]! - this.times[i]!);
    if (!between || share <= 0.01 || share > 1) return now;
    const then = this.head(this.faces[next]!);
    for (let k = 0; k < now.points.length; k++) now.points[k]! += share * (then.points[k]! - now.points[k]!);
    return now;
  }

  private head(frame: number): { points: Float32Array; pose: HeadPose } {
    const seen = this.metric(frame);
    const pose = this.fit.fit(MODEL, seen, RIGID);
    const { turn: m, size, place } = pose;
    const points = new Float32Array(POINTS * 3);
    for (let i = 0; i < points.length; i += 3) {
      const [x, y, z] = [seen[i]! - place[0], seen[i + 1]! - place[1], seen[i + 2]! - place[2]];
      for (let d = 0; d < 3; d++) points[i + d] = (m[d]! * x + m[3 + d]! * y + m[6 + d]! * z) / size; // nine numbers
    }
    const mid = this.middle;
    // A head may wander in its picture, but not out of ours.
    const shift = (d: number): number => Math.max(-4, Math.min(4, (place[d]! - mid.place[d]!) / mid.size));
    return { points, pose: { turn: m, size: Math.max(0.85, Math.min(1.15, size / mid.size)), place: [shift(0), shift(1), 0] } };
  }

  /** x to the subject's left, y up, z to the camera; one measure for all three. */
  private metric(frame: number): Float32Array {
    const { width, height, points } = this.frames;
    const source = points[frame]!;
    const out = new Float32Array(POINTS * 3);
    const tall = height / width;
    for (let i = 0; i < out.length; i += 3) {
      out[i] = source[i]!;
      out[i + 1] = -source[i + 1]! * tall;
      out[i + 2] = -source[i + 2]!;
    }
    return out;
  }
}
