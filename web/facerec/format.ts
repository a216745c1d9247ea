/** The words and numbers of the .facerec format, version 1; docs/facerec.md describes it. */

export const magic = Uint8Array.of(0x89, 0x46, 0x52, 0x45, 0x43, 0x0d, 0x0a, 0x1a);
export const version = 1;
export const preambleBytes = 12;
export const blockHeaderBytes = 12;
export const checksumBytes = 4;
export const maxPayloadBytes = 4 << 20;
export const maxHeaderBytes = 64 << 10;
export const maxFramesPerBlock = 256;
export const blockSpanMicroseconds = 2_000_000;
export const defaultStepsPerPixel = 32;
export const maxSteps = 2 ** 30;
export const latestMicroseconds = 1e12;

export const blockType = { header: 1, frames: 2, mark: 3, mirroring: 4, capture: 5, end: 6 } as const;
export const hasBrightness = 1;
export const isDeflated = 2;
export const maySkip = 1;

export const schemes = { "mediapipe-478-refined": 478, "mediapipe-468-plain": 468, "ibug-68": 68 } as const;
export type Scheme = keyof typeof schemes;

export type Source = "camera" | "videoFile" | "import" | "generator" | "unknown";

/** Whether the picture was a mirror image before landmarks were found in it; the order gives the numbers in the file. */
export const mirrorings = ["unknown", "notMirrored", "mirrored"] as const;
export type Mirroring = (typeof mirrorings)[number];

/** The phases of the guided protocol; the order gives the numbers in the file. */
export const phases = ["rest", "closeRightEye", "gentleClosure", "tightClosure", "browLift", "smile", "pucker", "pause"] as const;
export type Phase = (typeof phases)[number];

/** What is known of a recording before its first frame; it names no person. */
export interface RecordingHeader {
  /** UUID version 7, made by whoever records. */
  id: string;
  startedAt?: Date;
  source: Source;
  scheme: Scheme;
  /** The scheme's landmark numbers in the order of the frames, rising. */
  landmarks: readonly number[];
  /** Size of the picture that the positions refer to, pixels. */
  width: number;
  height: number;
  nominalFramesPerSecond?: number;
  mirroring: Mirroring;
  landmarker: string;
  device: string;
  protocol: string;
  demonstration: boolean;
}

export interface FaceFrame {
  /** Seconds since the recording's zero, at least a microsecond after the frame before. */
  timeSeconds: number;
  /** x, y, z of each landmark in pixels, or null where no face was found. */
  positions: Float32Array | null;
  /** Mean luminance of the face's picture, 0 to 255; absent where not measured. */
  brightness?: number;
}

export interface ProtocolMark {
  phase: Phase;
  startSeconds: number;
  endSeconds: number;
}

/** Pictures that the camera or video presented, and those lost because the landmarker was busy, since the start. */
export interface CaptureCounts {
  presented: number;
  dropped: number;
}
