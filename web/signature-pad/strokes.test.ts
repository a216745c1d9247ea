import { expect, test } from "vitest";
import { Strokes } from "./strokes.ts";

test("strokes are written in thousandths of the pad, and stay on it", () => {
  const strokes = new Strokes();
  strokes.begin(0, 0.5);
  strokes.add(0.1234, 0.5);
  strokes.add(2, -1);
  strokes.begin(1, 1);

  expect(strokes.toString()).toBe("0,500 123,500 1000,0;1000,1000");
});

test("a resting pen adds nothing", () => {
  const strokes = new Strokes();
  strokes.begin(0.5, 0.5);
  for (let n = 0; n < 5; n++) {
    strokes.add(0.5, 0.5);
  }

  expect(strokes.toString()).toBe("");
});

test("a mere touch is no signature, and clearing leaves none", () => {
  const strokes = new Strokes();
  strokes.begin(0.5, 0.5);
  expect(strokes.isEmpty).toBe(true);
  strokes.add(0.6, 0.5);
  strokes.add(0.7, 0.5);
  expect(strokes.isEmpty).toBe(false);
  strokes.clear();
  expect(strokes.toString()).toBe("");
});
