import { describe, expect, it } from "vitest";
import { Actor } from "./actor.ts";
import { poseAt } from "./face/movement.ts";
import { makeLook } from "./look.ts";
import { UNTREATED } from "./state.ts";
import { blinks, taskStrokes, type Task } from "./tasks.ts";

const look = makeLook({ seed: 4 });
const actor = new Actor(look, null);
const at = (task: Task, seconds: number, left = {}) => actor.at(0, { side: "left", state: UNTREATED, lively: false, task: { strokes: taskStrokes(task, { L: left, R: {} }).strokes, seconds } });
const gap = (points: Float32Array, up: number, low: number): number => points[up * 3 + 1]! - points[low * 3 + 1]!;
const rest = at("rest", 1).points;

describe("tasks", () => {
  it("shut both eyes, and leave a gap where orbicularis is too weak", () => {
    expect(gap(at("close-eyes", 1.5).points, 386, 374) / gap(rest, 386, 374)).toBeLessThan(0.03);
    const weak = at("close-eyes", 1.5, { eye: 0.25 }).points;
    expect(gap(weak, 386, 374) / gap(rest, 386, 374)).toBeGreaterThan(0.4);
    expect(gap(weak, 159, 145) / gap(rest, 159, 145)).toBeLessThan(0.03);
  });
  it("draw a smile up on both sides, less on a weak one", () => {
    const weak = at("smile", 1.5, { mouth: 0.2, cheek: 0.2 }).points;
    const lift = (v: number): number => weak[v * 3 + 1]! - rest[v * 3 + 1]!;
    expect(lift(61)).toBeGreaterThan(0.3);
    expect(lift(291)).toBeLessThan(0.35 * lift(61));
  });
  it("pucker towards the stronger side and narrow the mouth", () => {
    const width = (points: Float32Array): number => points[291 * 3]! - points[61 * 3]!;
    expect(width(at("pucker", 1.5).points)).toBeLessThan(0.8 * width(rest));
    expect(at("pucker", 1.5, { mouth: 0.2 }).points[13 * 3]!).toBeLessThan(rest[13 * 3]! - 0.2); // to the right
  });
  it("open and close the mouth when speaking, and end at rest", () => {
    const opened = Array.from({ length: 30 }, (_, i) => gap(at("speak", 0.2 + i * 0.1).points, 13, 14));
    expect(Math.max(...opened)).toBeGreaterThan(0.4);
    expect(opened.filter((o, i) => i > 0 && (o > 0.2) !== (opened[i - 1]! > 0.2)).length).toBeGreaterThan(4);
    expect(at("speak", 9).points).toEqual(rest);
  });
});

describe("a face without recording", () => {
  it("blinks 10 to 20 times a minute with both eyes, the same for the same seed", () => {
    expect(blinks(3, 60)).toEqual(blinks(3, 60));
    for (const seed of [1, 2, 3, 4, 5]) {
      const count = blinks(seed, 60).length / 2;
      expect(count).toBeGreaterThanOrEqual(10);
      expect(count).toBeLessThanOrEqual(20);
    }
    const first = blinks(3, 60)[0]!;
    const pose = poseAt({ strokes: blinks(3, 60), sway: [] }, first.t0 + first.rise + 0.005);
    expect(Math.min(pose.lidL, pose.lidR)).toBeGreaterThan(0.9);
  });
  it("is another person for another seed and the same for the same", () => {
    expect(new Actor(makeLook({ seed: 4 }), null).rest).toEqual(actor.rest);
    expect(new Actor(makeLook({ seed: 5 }), null).rest).not.toEqual(actor.rest);
  });
});

describe("what a treatment did", () => {
  const state = (change: object) => actor.at(0, { side: "left", lively: false, state: { ...UNTREATED, ...change } }).points;
  it("hangs lid, mouth corner and brow by millimetres, on its side only", () => {
    expect((rest[386 * 3 + 1]! - state({ ptosis: 2 })[386 * 3 + 1]!) * 10).toBeCloseTo(2, 1);
    expect((rest[291 * 3 + 1]! - state({ mouthDroop: 4 })[291 * 3 + 1]!) * 10).toBeCloseTo(4, 0);
    expect((rest[334 * 3 + 1]! - state({ browAsymmetry: 3 })[334 * 3 + 1]!) * 10).toBeCloseTo(3, 0);
    for (const [change, other] of [[{ ptosis: 2 }, 159], [{ mouthDroop: 4 }, 61], [{ browAsymmetry: 3 }, 105]] as const) {
      expect(Math.abs(rest[other * 3 + 1]! - state(change)[other * 3 + 1]!)).toBeLessThan(0.02);
    }
  });
});
