import { describe, expect, it } from "vitest";
import { marksFor, rightEyeInVideo } from "./video-reading";

describe("a video that somebody else filmed", () => {
  it("is rest from end to end where nothing else is said", () => {
    expect(marksFor(100, null, null)).toEqual([{ phase: "rest", startSeconds: 0, endSeconds: 100 }]);
  });

  it("has its rest where the person marked it", () => {
    expect(marksFor(100, { from: 10, to: 70 }, null)).toEqual([{ phase: "rest", startSeconds: 10, endSeconds: 70 }]);
  });

  it("leaves the closed right eye and a second around it out of rest", () => {
    expect(marksFor(30, null, { from: 2, to: 4 })).toEqual([
      { phase: "rest", startSeconds: 0, endSeconds: 1 },
      { phase: "closeRightEye", startSeconds: 2, endSeconds: 4 },
      { phase: "rest", startSeconds: 5, endSeconds: 30 },
    ]);
    expect(marksFor(30, { from: 6, to: 30 }, { from: 2, to: 4 }).filter((m) => m.phase === "rest")).toEqual([{ phase: "rest", startSeconds: 6, endSeconds: 30 }]);
  });

  const lids = (closed: "right" | "left") => Array.from({ length: 300 }, (_, i) => {
    const t = i / 30;
    const shut = t >= 2 && t < 4;
    return { timeSeconds: t, right: shut && closed === "right" ? 0.05 : 0.3, left: shut && closed === "left" ? 0.05 : 0.3 };
  });

  it("tells which eye closed in the marked span", () => {
    expect(rightEyeInVideo(lids("right"), { from: 2, to: 4 })).toBe("not-mirrored");
    expect(rightEyeInVideo(lids("left"), { from: 2, to: 4 })).toBe("mirrored");
  });

  it("does not guess where the span is wrong", () => {
    expect(rightEyeInVideo(lids("right"), { from: 6, to: 8 })).toBe("none-closed");
    expect(rightEyeInVideo(lids("right"), { from: 50, to: 52 })).toBe("unclear");
  });
});
