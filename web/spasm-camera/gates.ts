/** What the last second or two of the camera showed. */
export interface Readings {
  /** Share of the frames in which a face was found, 0 to 1. */
  readonly faceShare: number;
  /** Distance between the eyes, pixels; NaN without a face, as everything about the face. */
  readonly interocular: number;
  /** Degrees; positive to the patient"s left. */
  readonly yaw: number;
  /** Degrees; positive looking up. */
  readonly pitch: number;
  /** Mean luminance on the face, 0 to 255. */
  readonly light: number;
  /** Luminance of the darker over that of the lighter half of the face, 0 to 1. */
  readonly evenness: number;
  /** Frames measured per second. */
  readonly framesPerSecond: number;
}

export type Level = "good" | "fair" | "poor";

/** One thing that decides whether the recording can be measured, and how to mend it. */
export interface Gate {
  readonly id: "face" | "size" | "pose" | "light" | "rate";
  readonly title: string;
  readonly level: Level;
  /** What is seen, in a word or two. */
  readonly finding: string;
  /** What to do; empty where all is well. */
  readonly advice: string;
}

// Limits of size, pose and frame rate: measured, docs/capture.md (the same that the report"s quality section uses).
const GOOD_INTEROCULAR = 60;
const FAIR_INTEROCULAR = 38;
const POSE_YAW = 15;
const POSE_PITCH = 12;
const GOOD_RATE = 24;
const FAIR_RATE = 15;
// Limits of light are estimates: below 30 of 255 sensor noise doubled the noise of the signals in a darkened clip; skin
// of any tone lies above 55 in a lit room. No brightness is refused for being high unless it is near saturation.
const DARK = 30;
const DIM = 55;
const GLARE = 235;
const EVEN = 0.6;
const ONE_SIDED = 0.4;

/** Judges the readings; the order is that in which they should be mended. */
export function judge(readings: Readings): readonly Gate[] {
  const face = faceGate(readings);
  if (face.level === "poor") return [face, rateGate(readings)];
  return [face, sizeGate(readings), poseGate(readings), lightGate(readings), rateGate(readings)];
}

/** The first thing to mend, worst first; null where all is well. */
export function mostUrgent(gates: readonly Gate[]): Gate | null {
  return gates.find((gate) => gate.level === "poor") ?? gates.find((gate) => gate.level === "fair") ?? null;
}

function faceGate({ faceShare }: Readings): Gate {
  const base = { id: "face", title: "Face" } as const;
  if (faceShare >= 0.95) return { ...base, level: "good", finding: "found", advice: "" };
  if (faceShare > 0.3) {
    return { ...base, level: "fair", finding: "lost at times", advice: "Keep hands, hair and mask off the face, and the whole face in the picture." };
  }
  return { ...base, level: "poor", finding: "not found", advice: "Bring the whole face into the picture, looking at the camera; take off a mask." };
}

function sizeGate({ interocular }: Readings): Gate {
  const finding = `${Math.round(interocular)} px between the eyes`;
  const base = { id: "size", title: "Distance", finding } as const;
  if (interocular >= GOOD_INTEROCULAR) return { ...base, level: "good", advice: "" };
  if (interocular >= FAIR_INTEROCULAR) return { ...base, level: "fair", advice: "Come a little nearer: small twitches may be missed." };
  return { ...base, level: "poor", advice: "Too far away. Come nearer, until the face fills about half of the picture’s height." };
}

function poseGate({ yaw, pitch }: Readings): Gate {
  const turned = Math.abs(yaw);
  const nodded = Math.abs(pitch);
  const base = { id: "pose", title: "Head" } as const;
  if (turned <= POSE_YAW && nodded <= POSE_PITCH) return { ...base, level: "good", finding: "facing the camera", advice: "" };
  const excess = Math.max(turned / POSE_YAW, nodded / POSE_PITCH);
  const level: Level = excess > 1.7 ? "poor" : "fair";
  if (turned / POSE_YAW >= nodded / POSE_PITCH) {
    return { ...base, level, finding: `turned ${Math.round(turned)}°`, advice: "Turn the face to the camera." };
  }
  return pitch > 0
    ? { ...base, level, finding: `tilted up ${Math.round(nodded)}°`, advice: "Lower the chin a little, or raise the camera to eye level." }
    : { ...base, level, finding: `tilted down ${Math.round(nodded)}°`, advice: "Lift the chin a little, or lower the camera to eye level." };
}

function lightGate({ light, evenness }: Readings): Gate {
  const base = { id: "light", title: "Light" } as const;
  if (light < DARK) return { ...base, level: "poor", finding: "too dark", advice: "Switch on a light in front of the face." };
  if (light > GLARE) return { ...base, level: "fair", finding: "very bright", advice: "Turn down the light on the face, or move out of the sun." };
  if (evenness < ONE_SIDED) return { ...base, level: "poor", finding: "from one side", advice: "Turn towards the window or lamp, so that both halves of the face are lit." };
  if (light < DIM) return { ...base, level: "fair", finding: "dim", advice: "More light from the front makes small twitches visible." };
  if (evenness < EVEN) return { ...base, level: "fair", finding: "stronger on one side", advice: "Turn a little towards the window or lamp." };
  return { ...base, level: "good", finding: "even", advice: "" };
}

function rateGate({ framesPerSecond }: Readings): Gate {
  const base = { id: "rate", title: "Frame rate", finding: `${Math.round(framesPerSecond)} per second` } as const;
  if (framesPerSecond >= GOOD_RATE) return { ...base, level: "good", advice: "" };
  const advice = "Close other programs and browser tabs, plug the device in, and add light: a camera in the dark slows down.";
  if (framesPerSecond >= FAIR_RATE) return { ...base, level: "fair", advice };
  return { ...base, level: "poor", advice: `${advice} Or film with the camera’s own program and choose the video file here.` };
}
