import { describe, expect, it } from "vitest";
import { judge, mostUrgent, type Readings } from "./gates";

const good: Readings = { faceShare: 1, interocular: 90, yaw: 2, pitch: -3, light: 140, evenness: 0.9, framesPerSecond: 29.8 };
const gate = (id: string, change: Partial<Readings>) => judge({ ...good, ...change }).find((g) => g.id === id)!;

describe("the live gates", () => {
  it("are all good for a near, lit, frontal face at thirty frames a second", () => {
    expect(judge(good).map((g) => g.level)).toEqual(["good", "good", "good", "good", "good"]);
    expect(mostUrgent(judge(good))).toBeNull();
  });

  it.each([[60, "good"], [59.9, "fair"], [38, "fair"], [37.9, "poor"]])("judge %d px between the eyes as %s", (interocular, level) => {
    expect(gate("size", { interocular }).level).toBe(level);
  });

  it.each([[15, 0, "good"], [-15, 0, "good"], [15.1, 0, "fair"], [0, 12, "good"], [0, 12.1, "fair"], [0, -12.1, "fair"], [30, 0, "poor"]])(
    "judge yaw %d and pitch %d as %s", (yaw, pitch, level) => { expect(gate("pose", { yaw, pitch }).level).toBe(level); });

  it("say which way to move the chin", () => {
    expect(gate("pose", { pitch: 20 }).advice).toContain("Lower the chin");
    expect(gate("pose", { pitch: -20 }).advice).toContain("Lift the chin");
  });

  it.each([[24, "good"], [23.9, "fair"], [15, "fair"], [14.9, "poor"]])("judge %d frames a second as %s", (framesPerSecond, level) => {
    expect(gate("rate", { framesPerSecond }).level).toBe(level);
  });

  it.each([[20, 0.9, "poor"], [40, 0.9, "fair"], [140, 0.3, "poor"], [140, 0.5, "fair"], [240, 0.9, "fair"]])(
    "judge light %d with evenness %d as %s", (light, evenness, level) => { expect(gate("light", { light, evenness }).level).toBe(level); });

  it("speak only of the face and the frame rate while there is no face", () => {
    expect(judge({ ...good, faceShare: 0, interocular: NaN, yaw: NaN, pitch: NaN, light: NaN, evenness: NaN }).map((g) => g.id)).toEqual(["face", "rate"]);
  });

  it("name the worst first", () => {
    expect(mostUrgent(judge({ ...good, interocular: 50, framesPerSecond: 10 }))?.id).toBe("rate");
  });

  it("say what to do whenever something is not good", () => {
    const bad: Partial<Readings>[] = [{ faceShare: 0 }, { faceShare: 0.6 }, { interocular: 20 }, { yaw: 40 }, { light: 5 }, { evenness: 0.2 }, { framesPerSecond: 8 }];
    for (const change of bad) {
      for (const g of judge({ ...good, ...change })) expect(g.advice === "").toBe(g.level === "good");
    }
  });
});
