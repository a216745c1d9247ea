import type { Scheme } from "../facerec/facerec";

/** Finds the landmarks of one face in pictures that stay on this device. */
export interface FaceLandmarker {
  /** Package, version and options that found the landmarks; stored with every recording. */
  readonly modelId: string;
  /** Id of the numbered set of landmarks, as `LandmarkScheme` names it. */
  readonly scheme: Scheme;
  /** Loads the model; rejects with a `LandmarkerUnavailable` whose message a person can read. */
  init(): Promise<void>;
  /**
   * Landmarks of the face in one picture, or null where none was found. Pictures must come in their order of time;
   * one call at a time. The returned buffer is filled again by the next call.
   */
  detect(picture: Picture): Promise<Landmarks | null>;
  /** Forgets the face followed so far: the next picture belongs to another video. */
  restart(): void;
  dispose(): Promise<void>;
}

/** One frame of a camera or a video file, which knows how to draw a part of itself. */
export interface Picture {
  /** Pixels, after the rotation that the file asks for. */
  readonly width: number;
  readonly height: number;
  /** Draws the part (sx, sy, sw, sh), which lies inside the picture, over the whole of the context"s canvas of dw x dh. */
  draw(context: CanvasRenderingContext2D, sx: number, sy: number, sw: number, sh: number, dw: number, dh: number): void;
}

export interface Landmarks {
  /** x, y, z of every landmark of the scheme: pixels of the whole picture, x to the viewer"s right, y down, z in the scale of x. */
  readonly xyz: Float32Array;
  readonly light: FaceLight;
}

/** Light on the face, from the pixels around it. */
export interface FaceLight {
  /** Mean luminance, 0 (black) to 255 (white). */
  readonly mean: number;
  /** Luminance of the darker half over that of the lighter half of the picture of the face, 0 to 1. */
  readonly evenness: number;
}

/** The landmarker cannot run here; the message says why and what to do. */
export class LandmarkerUnavailable extends Error {
  override readonly name = "LandmarkerUnavailable";
}
