import type { Side } from "./face/topology.ts";

export type SideWord = "right" | "left";
export type Region = "brow" | "eye" | "cheek" | "mouth" | "chin";
export const REGIONS: readonly Region[] = ["brow", "eye", "cheek", "mouth", "chin"];

/** Voluntary strength per region of one side, 0 (palsy) to 1; what is left out is 1. */
export type Strength = Partial<Readonly<Record<Region, number>>>;

/** Which region a muscle of the face map moves, by the beginning of its id. */
const MUSCLE_REGIONS: readonly (readonly [string, Region])[] = [
  ["FRONT", "brow"], ["CORR", "brow"], ["PROC", "brow"], ["OOR", "mouth"], ["OO", "eye"], ["ZM", "cheek"], ["LLS", "cheek"], ["NAS", "cheek"],
  ["RIS", "mouth"], ["BUCC", "mouth"], ["DAO", "mouth"], ["DLI", "mouth"], ["MENT", "chin"], ["PLAT", "chin"],
];

/** Strength per region from strengths per region or per muscle (`ZMAJ: 0.4`): a region is as strong as its muscles on average. */
export function regionStrength(given: Readonly<Record<string, number>>): Strength {
  const found = new Map<Region, number[]>();
  for (const [name, value] of Object.entries(given)) {
    const region = REGIONS.find((word) => word === name) ?? MUSCLE_REGIONS.find(([start]) => name.startsWith(start))?.[1];
    if (region !== undefined) found.set(region, [...(found.get(region) ?? []), value]);
  }
  return Object.fromEntries([...found].map(([region, values]) => [region, values.reduce((sum, value) => sum + value, 0) / values.length]));
}

export interface Bruise {
  readonly side: SideWord;
  /** Distance to the side from the midline and down from the pupils, in interpupillary distances, as on the face map. */
  readonly lateralIpd: number;
  readonly downIpd: number;
  readonly radiusMm?: number;
  /** Days since the injection: violet, then blue-green, then yellow. */
  readonly days?: number;
}

/** What a treatment did to one side, at one moment. */
export interface FaceState {
  /** Share of the untreated spasm, 0 to 1. */
  readonly severity: number;
  /** Millimetres by which the upper lid, the mouth corner and the brow hang. */
  readonly ptosis: number;
  readonly mouthDroop: number;
  readonly browAsymmetry: number;
  readonly bruises: readonly Bruise[];
  readonly strength: Strength;
}

export interface WeekState extends Partial<FaceState> {
  readonly week: number;
}

export const UNTREATED: FaceState = { severity: 1, ptosis: 0, mouthDroop: 0, browAsymmetry: 0, bruises: [], strength: {} };

export const letter = (side: SideWord): Side => (side === "left" ? "L" : "R");

/** The face at a week, between the two weeks that are known; before the first and after the last the nearest holds. */
export function stateAt(weeks: readonly WeekState[], week: number): FaceState {
  const sorted = [...weeks].sort((a, b) => a.week - b.week);
  const after = sorted.find((state) => state.week >= week) ?? sorted.at(-1);
  const before = sorted.findLast((state) => state.week <= week) ?? sorted[0];
  if (after === undefined || before === undefined) return UNTREATED;
  const share = after.week === before.week ? 0 : (week - before.week) / (after.week - before.week);
  const number = (key: "severity" | "ptosis" | "mouthDroop" | "browAsymmetry"): number => {
    const [a, b] = [before[key] ?? UNTREATED[key], after[key] ?? UNTREATED[key]];
    return a + (b - a) * share;
  };
  const strength: Partial<Record<Region, number>> = {};
  for (const region of REGIONS) {
    const [a, b] = [before.strength?.[region] ?? 1, after.strength?.[region] ?? 1];
    strength[region] = a + (b - a) * share;
  }
  return {
    severity: number("severity"), ptosis: number("ptosis"), mouthDroop: number("mouthDroop"), browAsymmetry: number("browAsymmetry"),
    // A bruise is there or not: it comes with its own week, and its age is counted in days from then.
    bruises: (before.bruises ?? []).map((bruise) => ({ ...bruise, days: (bruise.days ?? 0) + 7 * Math.max(0, week - before.week) })),
    strength,
  };
}

/** Colour that a bruise multiplies the skin with, and how much of it is left. */
export function bruiseLook(days: number): { readonly tint: readonly [number, number, number]; readonly depth: number } {
  const stages: readonly (readonly [number, readonly [number, number, number], number])[] = [
    [0, [0.62, 0.26, 0.36], 0.9], [3, [0.46, 0.30, 0.52], 1], [6, [0.52, 0.52, 0.56], 0.75], [10, [0.82, 0.80, 0.42], 0.5], [16, [1, 0.95, 0.7], 0],
  ];
  const next = stages.findIndex(([day]) => day >= days);
  if (next < 0) return { tint: [1, 1, 1], depth: 0 };
  const b = stages[next]!;
  const a = stages[Math.max(0, next - 1)]!;
  const share = b[0] === a[0] ? 0 : (days - a[0]) / (b[0] - a[0]);
  return { tint: [0, 1, 2].map((d) => a[1][d]! + (b[1][d]! - a[1][d]!) * share) as [number, number, number], depth: a[2] + (b[2] - a[2]) * share };
}
