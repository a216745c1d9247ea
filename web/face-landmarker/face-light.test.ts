import { describe, expect, it } from "vitest";
import { lightOf } from "./face-light";

const picture = (left: number, right: number) => {
  const rgba = new Uint8ClampedArray(8 * 8 * 4);
  for (let i = 0; i < 64; i++) rgba.fill(i % 8 < 4 ? left : right, i * 4, i * 4 + 3);
  return rgba;
};

describe("light on the face", () => {
  it("is the mean luminance and the ratio of the darker to the lighter half", () => {
    const light = lightOf(picture(60, 120), 8);
    expect(light.mean).toBeCloseTo(90, 5);
    expect(light.evenness).toBeCloseTo(0.5, 5);
  });

  it("does not depend on which half is the darker", () => {
    expect(lightOf(picture(120, 60), 8).evenness).toBeCloseTo(lightOf(picture(60, 120), 8).evenness, 9);
  });

  it("calls a black picture even, for there is nothing to compare", () => {
    expect(lightOf(picture(0, 0), 8)).toEqual({ mean: 0, evenness: 1 });
  });

  it("weighs the colours as the eye does", () => {
    const green = new Uint8ClampedArray([0, 255, 0, 255, 0, 255, 0, 255]);
    expect(lightOf(green, 2).mean).toBeCloseTo(182.4, 1);
  });
});
