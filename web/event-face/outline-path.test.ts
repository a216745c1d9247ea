import { expect, test } from "vitest";
import { outlinePath } from "./outline-path.ts";

const points = [0, 0, 100, 0, 100, -50];

test("an open outline ends where it ends and a closed one returns", () => {
  expect(outlinePath({ name: "nose", closed: false, points: [0, 2] }, points)).toBe("M0,0L100,-50");
  expect(outlinePath({ name: "rightLids", closed: true, points: [0, 1, 2] }, points)).toBe("M0,0L100,0L100,-50Z");
});

test("a lost face draws nothing", () => {
  expect(outlinePath({ name: "nose", closed: false, points: [0, 2] }, [])).toBe("");
});
