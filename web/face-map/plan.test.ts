import { expect, test } from "vitest";
import { firstDose, presets, readUnits, sum, unitsText, volumeMl, volumeText } from "./dose.ts";
import { advance, amend, begin, redo, undo } from "./history.ts";
import type { PlanContent, PlanPoint, Product, Site } from "./model.ts";
import { addPoint, confirm, confirmAll, mirrorPlan, movePoint, open, removePoint, setSide, setUnits, stepUnits } from "./plan.ts";

const site: Site = {
  id: "ZMAJ_UP", name: "Zygomaticus major, upper third", shortName: "Zygomaticus major", muscleId: "ZMAJ", lateral: 0.75, down: 0.53,
  reach: [0.75, 0.53, 0.75, 0.53], depth: "deepMid", depthText: "", why: "", neighbourEffect: "", mark: "estimate", source: "",
};
const empty: PlanContent = { side: "patientLeft", productId: "a", vialUnits: 100, diluentMl: 4, points: [], lookedAt: [] };
const product: Product = {
  id: "a", name: "A", vialSizes: [], mixes: [],
  doses: [{ siteId: "ZMAJ_UP", startLow: 1, startHigh: 1.25, usualLow: 1.25, usualHigh: 2.5, max: 5 }],
};
const one = addPoint(empty, "1", site, { side: "patientLeft", lateralIpd: 0.75, downIpd: 0.53 }, 1.25);

test("a dose goes in steps, exactly, and never below nothing", () => {
  let plan = one;
  for (let i = 0; i < 1000; i++) plan = stepUnits(plan, "1", 1);
  expect(plan.points[0]?.units).toBe(251.25);
  expect(stepUnits(one, "1", -99).points[0]?.units).toBe(0);
  expect(sum(Array.from({ length: 3 }, () => ({ ...one.points[0]!, units: 0.25 })))).toBe(0.75); // one point was added above
});

test("volume follows from the mixture, and without one nothing is said", () => {
  expect(volumeText(volumeMl(1.25, 100, 4))).toBe("0.05 mL");
  expect(volumeText(volumeMl(2.5, 100, 2.5))).toBe("0.0625 mL");
  expect(volumeMl(2.5, null, 4)).toBeUndefined();
  expect(volumeMl(2.5, 100, 0)).toBeUndefined();
  expect(volumeText(undefined)).toBe("");
});

test("typed doses are read strictly: a comma is a point, and what could be ten times as much is refused", () => {
  expect([readUnits("2.5"), readUnits("2,5"), readUnits(" 25 "), readUnits("0.25"), readUnits("0")]).toEqual([2.5, 2.5, 25, 0.25, 0]);
  for (const text of ["", ".5", "2.50", "2.", "02", "1.000", "2.3", "2 5", "1e3", "-2", "2.5U", "١"]) expect(readUnits(text), text).toBeUndefined();
  expect(unitsText(2.5)).toBe("2.5");
  expect(unitsText(10)).toBe("10");
});

test("a new point begins with the dose of last time, of the same product only", () => {
  const last: PlanPoint[] = [{ ...one.points[0]!, units: 3.75 }]; // one point was added above
  expect(firstDose(site, product, last, true)).toBe(3.75);
  expect(firstDose(site, product, last, false)).toBe(1);
  expect(firstDose(site, undefined, [], true)).toBe(0);
  expect(presets(product.doses[0])).toEqual([1, 1.25, 1.75, 2.5, 5]);
});

test("moving over the midline changes the side, and only then", () => {
  const near = movePoint(addPoint(empty, "1", site, { side: "patientLeft", lateralIpd: 0.01, downIpd: 0 }, 1), "1", -0.02, 0);
  expect(near.points[0]).toMatchObject({ side: "patientRight", lateralIpd: 0.01 });
  expect(movePoint(one, "1", -0.01, 0.01).points[0]).toMatchObject({ side: "patientLeft", lateralIpd: 0.74, downIpd: 0.54 });
});

test("mirroring a plan twice is the same plan; once, every side is the other", () => {
  const two = addPoint(one, "2", site, { side: "patientRight", lateralIpd: 0.3, downIpd: 1 }, 2);
  expect(mirrorPlan(mirrorPlan(two))).toEqual(two);
  expect(mirrorPlan(two).points.map((point) => point.side)).toEqual(["patientRight", "patientLeft"]);
});

test("a copied point counts as looked at once it is changed or confirmed, and not before", () => {
  const copied: PlanContent = { ...one, points: [{ ...one.points[0]!, unconfirmed: true, copiedUnits: 1.25 }, { ...one.points[0]!, id: "2", unconfirmed: true, copiedUnits: 1.25 }] }; // one point was added above
  expect(setUnits(copied, "1", 2).points.map((point) => point.unconfirmed)).toEqual([false, true]);
  expect(confirm(copied, "2").points.map((point) => point.unconfirmed)).toEqual([true, false]);
  expect(setSide(copied, "1", "patientRight").points[0]?.unconfirmed).toBe(false);
  expect(confirmAll(copied).points.every((point) => !point.unconfirmed)).toBe(true);
  expect(open(copied, [])).toEqual(["2 copied points wait to be confirmed."]);
});

test("nobody goes on past what is missing or not looked at", () => {
  expect(open(one, [])).toEqual([]);
  expect(open({ ...one, side: null }, [])).toEqual(["Choose the side to be treated."]);
  expect(open({ ...one, diluentMl: null }, [])).toEqual(["Choose the vial and the diluent."]);
  expect(open({ ...empty, productId: null }, [])).toEqual(["Choose the product.", "Place the first point."]);
  expect(open(setUnits(one, "1", 0), [])).toEqual(["1 point has no dose."]);
  expect(open(one, [{ key: "rules:1>2" }])).toEqual(["1 difference from last time to be looked at."]);
  expect(open({ ...one, lookedAt: ["rules:1>2"] }, [{ key: "rules:1>2" }])).toEqual([]);
  expect(open({ ...one, lookedAt: ["rules:1>2"] }, [{ key: "rules:1>3" }])).toHaveLength(1);
});

test("undo and redo walk back and forth; a new step forgets what was undone", () => {
  let history = begin(empty);
  history = advance(history, one);
  history = advance(history, removePoint(one, "1"));
  expect(undo(history).now).toBe(one);
  expect(undo(undo(undo(history))).now).toBe(empty);
  expect(redo(undo(history)).now.points).toHaveLength(0);
  expect(redo(advance(undo(history), empty)).now).toBe(empty);
  // A run of key presses is one step.
  const run = amend(amend(advance(begin(one), stepUnits(one, "1", 1)), stepUnits(one, "1", 2)), stepUnits(one, "1", 3));
  expect(undo(run).now).toBe(one);
});
