import { expect, test } from "vitest";
import { clock, pan, reveal, ticks, toPixel, toSeconds, whole, zoom } from "./viewport.ts";

const duration = 180;

test("zooming keeps the moment under the pointer in its place", () => {
  const view = { from: 20, to: 80 };
  const closer = zoom(view, 2, 35, duration);
  expect(closer.to - closer.from).toBeCloseTo(30);
  expect(toPixel(closer, 35, 1000)).toBeCloseTo(toPixel(view, 35, 1000));
});

test("zooming out ends at the whole recording and zooming in at one second", () => {
  let view = { from: 60, to: 70 };
  for (let i = 0; i < 20; i++) view = zoom(view, 0.5, 65, duration);
  expect(view).toEqual(whole(duration));
  for (let i = 0; i < 20; i++) view = zoom(view, 2, 65, duration);
  expect(view.to - view.from).toBeCloseTo(1);
  expect(view.from).toBeGreaterThanOrEqual(0);
});

test("panning stops at both ends of the recording", () => {
  expect(pan({ from: 10, to: 40 }, -100, duration)).toEqual({ from: 0, to: 30 });
  expect(pan({ from: 10, to: 40 }, 1000, duration)).toEqual({ from: 150, to: 180 });
});

test("an event off the screen is brought in, one on the screen moves nothing", () => {
  const view = { from: 0, to: 30 };
  expect(reveal(view, 10, 11, duration)).toBe(view);
  const moved = reveal(view, 100, 101, duration);
  expect(moved.to - moved.from).toBeCloseTo(30);
  expect(moved.from).toBeLessThan(100);
  expect(moved.to).toBeGreaterThan(101);
});

test("pixels and seconds are each other's inverse", () => {
  const view = { from: 12.5, to: 77 };
  for (const at of [0, 13, 390, 1280]) expect(toPixel(view, toSeconds(view, at, 1280), 1280)).toBeCloseTo(at);
});

test("the axis has round times that fit beside each other", () => {
  const { step, times } = ticks({ from: 3, to: 183 }, 360);
  expect(step).toBe(60);
  expect(times).toEqual([60, 120, 180]);
  expect(ticks({ from: 0, to: 180 }, 1200).step).toBe(15);
  expect(ticks({ from: 0, to: 2 }, 1200).step).toBe(0.2);
});

test("times are written in minutes and seconds", () => {
  expect(clock(0)).toBe("0:00");
  expect(clock(65.4)).toBe("1:05");
  expect(clock(59.97, 0.1)).toBe("1:00.0");
  expect(clock(5.25, 0.1)).toMatch(/^0:05\.[23]$/);
});
