import { placeAt, signedX, type Place } from "./geometry.ts";
import type { PlanContent, PlanPoint, Side, Site } from "./model.ts";
import { stepped } from "./dose.ts";

/** Edits of a plan; each gives a new plan, or the same one where there is nothing to change. */

export function addPoint(plan: PlanContent, id: string, site: Site, place: Place, units: number): PlanContent {
  const point: PlanPoint = { id, siteId: site.id, ...place, depth: site.depth, units, unconfirmed: false, copiedUnits: null };
  return { ...plan, points: [...plan.points, point] };
}

export function removePoint(plan: PlanContent, id: string): PlanContent {
  return { ...plan, points: plan.points.filter((point) => point.id !== id) };
}

/** Whoever changes a copied point has looked at it. */
function change(plan: PlanContent, id: string, to: (point: PlanPoint) => Partial<PlanPoint>): PlanContent {
  return { ...plan, points: plan.points.map((point) => (point.id === id ? { ...point, unconfirmed: false, ...to(point) } : point)) };
}

export function setUnits(plan: PlanContent, id: string, units: number): PlanContent {
  return change(plan, id, () => ({ units }));
}

export function stepUnits(plan: PlanContent, id: string, by: number): PlanContent {
  return change(plan, id, (point) => ({ units: stepped(point.units, by) }));
}

/** Moves a point in face coordinates: x towards the patient's left. It may cross the midline, and then is of the other side. */
export function movePoint(plan: PlanContent, id: string, dx: number, dy: number): PlanContent {
  return change(plan, id, (point) => placeAt(signedX(point) + dx, point.downIpd + dy, point.side));
}

export function putPoint(plan: PlanContent, id: string, place: Place): PlanContent {
  return change(plan, id, () => place);
}

export function setSide(plan: PlanContent, id: string, side: Side): PlanContent {
  return change(plan, id, () => ({ side }));
}

export function confirm(plan: PlanContent, id: string): PlanContent {
  return change(plan, id, () => ({}));
}

export function confirmAll(plan: PlanContent): PlanContent {
  return { ...plan, points: plan.points.map((point) => (point.unconfirmed ? { ...point, unconfirmed: false } : point)) };
}

/** Every point on the other side: what the mirror of a plan is. */
export function mirrorPlan(plan: PlanContent): PlanContent {
  return {
    ...plan,
    points: plan.points.map((point) => ({ ...point, side: point.side === "patientRight" ? "patientLeft" : "patientRight" })),
  };
}

/** What stands between this plan and going on, in sentences; empty when nothing does. */
export function open(plan: PlanContent, differences: readonly { readonly key: string }[]): string[] {
  const waiting: string[] = [];
  if (plan.side === null) waiting.push("Choose the side to be treated.");
  if (plan.productId === null) waiting.push("Choose the product.");
  else if (plan.vialUnits === null || plan.diluentMl === null) waiting.push("Choose the vial and the diluent.");
  if (plan.points.length === 0) waiting.push("Place the first point.");
  const unconfirmed = plan.points.filter((point) => point.unconfirmed).length;
  if (unconfirmed > 0) waiting.push(`${unconfirmed} copied ${unconfirmed === 1 ? "point waits" : "points wait"} to be confirmed.`);
  const without = plan.points.filter((point) => point.units === 0).length;
  if (without > 0) waiting.push(`${without} ${without === 1 ? "point has" : "points have"} no dose.`);
  const unseen = differences.filter((difference) => !plan.lookedAt.includes(difference.key)).length;
  if (unseen > 0) waiting.push(`${unseen} ${unseen === 1 ? "difference" : "differences"} from last time to be looked at.`);
  return waiting;
}
