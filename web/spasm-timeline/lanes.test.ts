import { expect, test } from "vitest";
import { eventMark, laneY, lanes, sideAt } from "./lanes.ts";

const layout = lanes(false);

test("the right side stands above the middle and the left side below", () => {
  expect(laneY(layout, "patientRight", 1)).toBeLessThan(laneY(layout, "patientRight", 0));
  expect(laneY(layout, "patientLeft", 1)).toBeGreaterThan(laneY(layout, "patientLeft", 0));
  expect(laneY(layout, "patientRight", 0)).toBeLessThan(laneY(layout, "patientLeft", 0));
});

test("the two sides mirror each other around the middle", () => {
  const middle = (layout.baseline.patientRight + layout.baseline.patientLeft) / 2;
  for (const share of [0, 0.3, 1]) {
    expect(middle - laneY(layout, "patientRight", share)).toBeCloseTo(laneY(layout, "patientLeft", share) - middle);
  }
});

test("traces stay clear of the strips with the events", () => {
  expect(laneY(layout, "patientRight", 1)).toBeGreaterThan(layout.strip.patientRight + layout.stripHeight);
  expect(laneY(layout, "patientLeft", 1)).toBeLessThan(layout.strip.patientLeft);
});

test("a height belongs to the half that it is in", () => {
  expect(sideAt(layout, 3)).toBe("patientRight");
  expect(sideAt(layout, layout.plotBottom - 3)).toBe("patientLeft");
  expect(sideAt(layout, (layout.baseline.patientRight + layout.baseline.patientLeft) / 2)).toBeUndefined();
});

test("a twitch is a triangle of one size and a hold is as long as it lasts", () => {
  expect(eventMark(layout, "patientRight", "clonic", 100, 101)).toMatch(/^M95.5,3H105.5L100.5,/);
  expect(eventMark(layout, "patientLeft", "tonic", 100, 160)).toMatch(/^M100,.*H160V/);
  expect(eventMark(layout, "patientLeft", "tonic", 100, 101)).toMatch(/^M100,.*H106V/);
});
