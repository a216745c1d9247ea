import { expect, test } from "vitest";
import type { FaceFrames } from "../recording/report.ts";
import { restFrame } from "./rest.ts";

const outlines = [
  { name: "rightLids", closed: true, points: [0, 1] },
  { name: "leftLids", closed: true, points: [2, 3] },
  { name: "outerLips", closed: true, points: [4, 5] },
];

function frame(right: number, left: number, lips: number): number[] {
  return [0, 0, 0, right, 0, 0, 0, left, 0, 0, 0, lips];
}

function frames(points: number[][]): FaceFrames {
  return { fromSeconds: 0, toSeconds: 1, times: points.map((_, i) => i), points, outlines };
}

test("the face at rest is the one with both eyes open, whatever the mouth does", () => {
  expect(restFrame(frames([frame(100, 20, 900), frame(100, 95, 50), frame(30, 100, 900)]))).toBe(1);
});

test("frames without a face are passed over", () => {
  expect(restFrame(frames([[], frame(50, 50, 0), []]))).toBe(1);
  expect(restFrame(frames([[], []]))).toBe(0);
});
