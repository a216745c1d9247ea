import { describe, expect, it } from "vitest";
import { RecentFrames, type FrameReading } from "./readings";

const face = { interocular: 80, yaw: 1, pitch: 2, light: 120, evenness: 0.8 };
const frame = (timeSeconds: number, found = true): FrameReading => ({ timeSeconds, face: found ? face : null });

describe("the readings of the last two seconds", () => {
  it("wait until half a second was seen", () => {
    const recent = new RecentFrames();
    for (let i = 0; i < 15; i++) recent.add(frame(i / 30));
    expect(recent.readings()).toBeNull();
    recent.add(frame(16 / 30));
    expect(recent.readings()).not.toBeNull();
  });

  it("count the frames per second by the frames' own times", () => {
    const recent = new RecentFrames();
    for (let i = 0; i < 100; i++) recent.add(frame(i / 20));
    expect(recent.readings()?.framesPerSecond).toBeCloseTo(20, 6);
  });

  it("forget what is older than two seconds", () => {
    const recent = new RecentFrames();
    for (let i = 0; i < 90; i++) recent.add(frame(i / 30, false));
    for (let i = 90; i < 90 + 61; i++) recent.add(frame(i / 30));
    expect(recent.readings()?.faceShare).toBe(1);
  });

  it("tell the share of frames with a face, and NaN for the face where there was none", () => {
    const recent = new RecentFrames();
    for (let i = 0; i < 30; i++) recent.add(frame(i / 30, i % 3 > 0));
    expect(recent.readings()?.faceShare).toBeCloseTo(2 / 3, 6);
    const none = new RecentFrames();
    for (let i = 0; i < 30; i++) none.add(frame(i / 30, false));
    expect(none.readings()?.interocular).toBeNaN();
  });
});
