import { expect, test } from "vitest";
import { bandPath, runs, share } from "./trace.ts";

const same = (value: number): number => value;

test("a band goes along its upper edge and back along its lower one", () => {
  expect(bandPath([0, 1, 2], { low: [0, 1, 0], high: [5, 6, 7] }, same, same)).toBe("M0,5L1,6L2,7L2,0L1,1L0,0Z");
});

test("a lost face leaves a gap", () => {
  const path = bandPath([0, 1, 2, 3], { low: [0, null, 1, 1], high: [1, null, 2, 2] }, same, same);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path).not.toContain("L1,");
});

test("no values give no path", () => {
  expect(bandPath([0, 1], { low: [null, null], high: [null, null] }, same, same)).toBe("");
  expect(bandPath([], { low: [], high: [] }, same, same)).toBe("");
});

test("neighbouring seconds join into one stretch", () => {
  const seconds = [0, 1, 2, 5, 6].map((second) => ({ second }));
  expect(runs(seconds, () => true)).toEqual([[0, 3], [5, 7]]);
  expect(runs(seconds, () => false)).toEqual([]);
});

test("shares stay inside the lane", () => {
  expect(share(-1, 0.15)).toBe(0);
  expect(share(0.3, 0.15)).toBe(1);
  expect(share(0.075, 0.15)).toBeCloseTo(0.5);
});
