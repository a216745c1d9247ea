/** What the API gives and takes for planning. Positions are units of the interpupillary distance on one half of the standard face. */

export type Side = "patientRight" | "patientLeft";
export type Depth = "superficial" | "subcutaneous" | "mid" | "deepMid" | "deep";

export interface PlanPoint {
  readonly id: string;
  readonly siteId: string;
  readonly side: Side;
  readonly lateralIpd: number;
  readonly downIpd: number;
  readonly depth: Depth;
  readonly units: number;
  readonly unconfirmed: boolean;
  readonly copiedUnits: number | null;
}

export interface CopyDifference {
  readonly key: string;
  readonly words: string;
}

/** What a person edits. */
export interface PlanContent {
  readonly side: Side | null;
  readonly productId: string | null;
  readonly vialUnits: number | null;
  readonly diluentMl: number | null;
  readonly points: readonly PlanPoint[];
  readonly lookedAt: readonly string[];
}

export interface Plan extends PlanContent {
  readonly id: string;
  readonly patientId: string;
  readonly revision: number;
  readonly state: "open" | "closed";
  readonly closedAt: string | null;
  readonly copiedFromId: string | null;
  readonly differences: readonly CopyDifference[];
}

export interface SiteDose {
  readonly siteId: string;
  readonly startLow: number;
  readonly startHigh: number;
  readonly usualLow: number;
  readonly usualHigh: number;
  readonly max: number;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly vialSizes: readonly number[];
  readonly mixes: readonly { readonly vialUnits: number; readonly diluentMl: number }[];
  readonly doses: readonly SiteDose[];
}

export interface Planning {
  readonly patientId: string;
  readonly patientCode: string;
  /** Side of the recorded condition. */
  readonly conditionSide: Side | "both" | "unknown";
  readonly open: Plan | null;
  readonly last: Plan | null;
  readonly outcome: string | null;
  readonly products: readonly Product[];
}

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly muscleId: string;
  readonly lateral: number;
  readonly down: number;
  readonly reach: readonly [number, number, number, number];
  readonly depth: Depth;
  readonly depthText: string;
  readonly why: string;
  readonly neighbourEffect: string;
  readonly mark: string;
  readonly source: string;
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly structure: string;
  readonly harm: string;
  readonly rule: string;
  readonly from: Depth;
  readonly areas: readonly (readonly number[])[];
  readonly mark: string;
  readonly source: string;
}

export interface Muscle {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly curve: readonly number[];
}

export interface Stroke {
  readonly id: string;
  readonly role: string;
  readonly closed: boolean;
  readonly curve: readonly number[];
}

export interface FaceMapData {
  readonly version: string;
  readonly sites: readonly Site[];
  readonly zones: readonly Zone[];
  readonly muscles: readonly Muscle[];
  readonly strokes: readonly Stroke[];
}

export const sides: readonly Side[] = ["patientRight", "patientLeft"];

export function sideWord(side: Side): "Right" | "Left" {
  return side === "patientRight" ? "Right" : "Left";
}

export function oppositeSide(side: Side): Side {
  return side === "patientRight" ? "patientLeft" : "patientRight";
}
