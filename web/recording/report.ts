/** What /api/recordings/{id}/report gives, as far as the islands use it. Sides are always the patient's own. */
export interface SpasmReport {
  readonly recording: { readonly durationSeconds: number; readonly sideConfirmed: boolean };
  readonly quality: { readonly seconds: readonly SecondQuality[] };
  readonly blinks: { readonly times: readonly number[] };
  readonly events: readonly SpasmEvent[];
}

export type Side = "patientRight" | "patientLeft";

export interface SecondQuality {
  readonly second: number;
  readonly usable: boolean;
  readonly why: UnusableReason | null;
}

export type UnusableReason =
  | "faceLost" | "headTurned" | "headMoving" | "framesMissing" | "unsteady" | "notRest" | "voluntaryMovement";

export interface SpasmEvent {
  readonly number: number;
  readonly side: Side;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly peakSeconds: number;
  readonly durationSeconds: number;
  readonly kind: "clonic" | "tonic";
  readonly regions: readonly string[];
  /** Share of the eye's own range, 0 to 1. */
  readonly lidClosure: number;
  /** Interocular distances. */
  readonly mouthIod: number;
  /** Interocular distances; up is positive. */
  readonly browIod: number;
  readonly counted: boolean;
}

/** What /api/recordings/{id}/signals gives: for each stretch of time the lowest and highest value; null without a face. */
export interface SignalBand {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Middle of each stretch, seconds. */
  readonly times: readonly number[];
  readonly right: SideBands;
  readonly left: SideBands;
}

export interface SideBands {
  readonly lid: Band;
  readonly mouth: Band;
}

export interface Band {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** What /api/recordings/{id}/frames gives: a face in its own frame, thousandths of the interocular distance. */
export interface FaceFrames {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly times: readonly number[];
  /** x, y, x, y ... of each frame; x grows towards the patient's left, y down; empty where no face was found. */
  readonly points: readonly (readonly number[])[];
  readonly outlines: readonly FaceOutline[];
}

export interface FaceOutline {
  readonly name: string;
  readonly closed: boolean;
  /** Places in each frame's list of points. */
  readonly points: readonly number[];
}

/** "Right" or "Left", of the patient. */
export function sideWord(side: Side): "Right" | "Left" {
  return side === "patientRight" ? "Right" : "Left";
}
