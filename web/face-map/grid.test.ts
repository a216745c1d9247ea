import { expect, test } from "vitest";
import { onPatient, projected, standard, type FaceGrid } from "./grid.ts";

/** A face whose left half is wider and which is longer below. */
function bent(): FaceGrid {
  const [columns, rows, pitch, left, top] = [33, 45, 0.1, -1.6, -1.8];
  const knots: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [left + column * pitch, top + row * pitch];
      knots.push(x * (x > 0 ? 1.1 : 0.95) + 0.03 * Math.sin(y * 2), y * (y > 0 ? 1.08 : 1) + 0.04 * x);
    }
  }
  return { columns, rows, pitch, left, top, knots };
}

test("there and back is the same place on a bent face", () => {
  const face = onPatient(bent());
  for (let i = 0; i < 400; i++) {
    const [x, y] = [Math.sin(i * 1.7) * 1.2, Math.cos(i * 0.9) * 1.4 + 0.3];
    const drawn = face.toDrawn(x, y);
    const back = face.toStandard(drawn.x, drawn.y);
    expect(back?.x).toBeCloseTo(x, 6);
    expect(back?.y).toBeCloseTo(y, 6);
  }
});

test("a spot off the face has no place", () => {
  expect(onPatient(bent()).toStandard(9, 9)).toBeUndefined();
});

test("the standard face is drawn as it is, and its other half mirrored", () => {
  expect(projected([0.5, 0, 0.7, 0.1], standard, false)).toEqual([0.5, 0, 0.7, 0.1]);
  expect(projected([0.5, 0, 0.7, 0.1], standard, true)).toEqual([-0.5, 0, -0.7, 0.1]);
});
