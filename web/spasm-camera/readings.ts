import { interocularPixels } from "../face-landmarker/eyes";
import type { Landmarks } from "../face-landmarker/face-landmarker";
import { headPose } from "../face-landmarker/head-pose";
import type { Readings } from "./gates";

/** What the gates need of one frame. */
export interface FrameReading {
  readonly timeSeconds: number;
  /** Null where no face was found. */
  readonly face: { readonly interocular: number; readonly yaw: number; readonly pitch: number; readonly light: number; readonly evenness: number } | null;
}

/** Seconds of the camera's past that the gates judge. */
const WINDOW_SECONDS = 2;

export function readFrame(timeSeconds: number, landmarks: Landmarks | null): FrameReading {
  if (landmarks === null) return { timeSeconds, face: null };
  const { yaw, pitch } = headPose(landmarks.xyz);
  return {
    timeSeconds,
    face: { interocular: interocularPixels(landmarks.xyz), yaw, pitch, light: landmarks.light.mean, evenness: landmarks.light.evenness },
  };
}

/** The frames of the last two seconds and what they say together. */
export class RecentFrames {
  private frames: FrameReading[] = [];

  add(frame: FrameReading): void {
    this.frames.push(frame);
    const oldest = frame.timeSeconds - WINDOW_SECONDS;
    this.frames = this.frames.filter((f) => f.timeSeconds > oldest);
  }

  /** Null until half a second was seen: a judgement on less would flicker. */
  readings(): Readings | null {
    const first = this.frames[0];
    const last = this.frames.at(-1);
    if (first === undefined || last === undefined || last.timeSeconds - first.timeSeconds < 0.5) return null;
    const faces = this.frames.flatMap((f) => (f.face === null ? [] : [f.face]));
    const middle = (of: (face: (typeof faces)[number]) => number): number => median(faces.map(of));
    return {
      faceShare: faces.length / this.frames.length,
      interocular: middle((f) => f.interocular),
      yaw: middle((f) => f.yaw),
      pitch: middle((f) => f.pitch),
      light: middle((f) => f.light),
      evenness: middle((f) => f.evenness),
      framesPerSecond: (this.frames.length - 1) / (last.timeSeconds - first.timeSeconds),
    };
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
