import { describe, expect, it } from "vitest";
import { CaptureClock } from "./camera";

describe("the clock of a camera's frames", () => {
  it("counts seconds from the first frame by the time of capture where it is known", () => {
    const clock = new CaptureClock();
    expect(clock.read(5000, { mediaTime: 0, captureTime: 4000 })).toBe(0);
    expect(clock.read(5090, { mediaTime: 0.03, captureTime: 4033 })).toBeCloseTo(0.033, 9);
  });

  it("falls back to the stream's time, and where that stands still to the page's", () => {
    const media = new CaptureClock();
    expect([media.read(0, { mediaTime: 1 }), media.read(50, { mediaTime: 1.04 })].map((t) => t?.toFixed(3))).toEqual(["0.000", "0.040"]);
    const page = new CaptureClock();
    expect([page.read(100, { mediaTime: 0 }), page.read(140, { mediaTime: 0 })].map((t) => t?.toFixed(3))).toEqual(["0.000", "0.040"]);
  });

  it("passes over frames that are no later than the one before, for times must rise", () => {
    const clock = new CaptureClock();
    clock.read(0, { mediaTime: 1 });
    expect(clock.read(1, { mediaTime: 1 })).toBeNull();
    expect(clock.read(2, { mediaTime: 0.5 })).toBeNull();
    expect(clock.read(3, { mediaTime: 1.1 })).toBeCloseTo(0.1, 9);
  });

  it("does not mix two clocks when the time of capture is missing once", () => {
    const clock = new CaptureClock();
    clock.read(0, { mediaTime: 1, captureTime: 10_000 });
    expect(clock.read(1, { mediaTime: 1.1 })).toBeNull();
    expect(clock.read(2, { mediaTime: 1.2, captureTime: 10_066 })).toBeCloseTo(0.066, 9);
  });
});
