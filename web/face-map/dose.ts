import type { PlanPoint, Product, Site, SiteDose } from "./model.ts";

/** Doses go in steps of 0.25 units. */
export const STEP = 0.25;

/** In whole steps, which are exact: no sum of quarters is ever rounded. */
export function steps(units: number): number {
  return Math.round(units / STEP);
}

export function stepped(units: number, by: number): number {
  return Math.max(0, steps(units) + by) * STEP;
}

/** "2.5", "10": never a zero at the end, always one before the point. */
export function unitsText(units: number): string {
  return String(Math.round(units * 100) / 100);
}

export function sum(points: readonly PlanPoint[]): number {
  return points.reduce((total, point) => total + steps(point.units), 0) * STEP;
}

/** What a dose is in the syringe, mL; undefined while the mixture is not chosen. */
export function volumeMl(units: number, vialUnits: number | null, diluentMl: number | null): number | undefined {
  if (vialUnits === null || diluentMl === null || vialUnits <= 0 || diluentMl <= 0) return undefined;
  return (units * diluentMl) / vialUnits;
}

/** "0.05 mL", to the tenth of a microlitre that no syringe shows, so that nothing is hidden by rounding. */
export function volumeText(ml: number | undefined): string {
  return ml === undefined ? "" : `${Number(ml.toFixed(4))} mL`;
}

/**
 * Reads what was typed: digits and one decimal point or comma. 2.5 and 2,5 are the same; anything that could be read in two ways is refused.
 */
export function readUnits(text: string): number | undefined {
  const typed = text.trim();
  if (!/^(0|[1-9][0-9]{0,4})([.,](5|25|75))?$/.test(typed)) return undefined;
  return Number(typed.replace(",", "."));
}

/** The dose that a new point begins with: that of last time, else a cautious first dose, else the lower end of the usual range. */
export function firstDose(site: Site, product: Product | undefined, last: readonly PlanPoint[], sameProduct: boolean): number {
  const before = sameProduct ? last.find((point) => point.siteId === site.id) : undefined;
  if (before !== undefined) return before.units;
  const usual = product?.doses.find((dose) => dose.siteId === site.id);
  if (usual === undefined) return 0;
  return inSteps(usual.startLow > 0 ? usual.startLow : usual.usualLow);
}

/** Doses worth a button of their own: the ends of the ranges, in steps. */
export function presets(dose: SiteDose | undefined): number[] {
  const values = dose === undefined ? [1.25, 2.5, 3.75, 5] : [dose.startLow, dose.startHigh, dose.usualLow, (dose.usualLow + dose.usualHigh) / 2, dose.usualHigh, dose.max];
  return [...new Set(values.map(inSteps))].filter((value) => value > 0).sort((a, b) => a - b).slice(0, 5);
}

function inSteps(units: number): number {
  return Math.floor(units / STEP) * STEP;
}
