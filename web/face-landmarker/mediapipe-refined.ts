import table from "./mediapipe-refined.json";

/**
 * The browser"s copy of `LandmarkScheme.MediaPipeRefined`; a test of the engines compares the two. Sides are the
 * patient"s, in a picture that is not mirrored. `rigidCentimetres` are the same points in the canonical face of the
 * face_mesh package (Apache-2.0): x to the subject"s left, y up, z towards the camera.
 */
export const MEDIAPIPE_REFINED: LandmarkTable = table;

export interface LandmarkTable {
  readonly scheme: string;
  readonly count: number;
  readonly origin: number;
  readonly rigid: readonly number[];
  readonly rigidCentimetres: readonly (readonly number[])[];
  readonly compact: readonly number[];
  readonly right: SidedPoints;
  readonly left: SidedPoints;
}

export interface SidedPoints {
  readonly outerCanthus: number;
  readonly innerCanthus: number;
  readonly upperLid: readonly number[];
  readonly lowerLid: readonly number[];
  readonly lidOutline: readonly number[];
  readonly brow: readonly number[];
  readonly browOutline: readonly number[];
  readonly mouthCorner: number;
  readonly cheek: readonly number[];
  readonly chin: readonly number[];
  readonly iris: readonly number[];
}
