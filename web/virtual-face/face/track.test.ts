import { describe, expect, it } from "vitest";
import { Actor } from "../actor.ts";
import { makeLook } from "../look.ts";
import { EYE } from "./topology.ts";
import { Track } from "./track.ts";

const { rest } = new Actor(makeLook({ seed: 6 }), null);

/** The face at rest in a picture of 640 x 480, turned and shifted. */
function seen(yaw: number, shift: number): Float32Array {
  const out = new Float32Array(478 * 3);
  for (let i = 0; i < out.length; i += 3) {
    const x = Math.cos(yaw) * rest[i]! + Math.sin(yaw) * rest[i + 2]!;
    const z = -Math.sin(yaw) * rest[i]! + Math.cos(yaw) * rest[i + 2]!;
    out[i] = 0.5 + ((x + shift) * 15) / 640;
    out[i + 1] = 0.5 - (rest[i + 1]! * 15) / 480;
    out[i + 2] = (-z * 15) / 640;
  }
  return out;
}

describe("a recording in the head's own frame", () => {
  const yaws = Array.from({ length: 40 }, (_, i) => 0.25 * Math.sin(i / 5));
  const frames = { width: 640, height: 480, times: yaws.map((_, i) => i / 30), points: yaws.map((yaw, i) => (i === 7 ? null : seen(yaw, 0.3 * Math.sin(i)))) };
  const track = new Track(frames);

  it("holds the face still while the head turns", () => {
    for (const i of [0, 8, 15, 23]) {
      const { points, pose } = track.at(i / 30, false);
      for (const v of [33, 263, 61, 291, 4, 152]) for (let d = 0; d < 3; d++) expect(points[v * 3 + d]).toBeCloseTo(track.rest[v * 3 + d]!, 2);
      expect(Math.asin(Number(pose.turn[2]))).toBeCloseTo(yaws[i]!, 1);
    }
  });
  it("keeps the patient's left at positive x, and a width of some 6 cm between the eyes", () => {
    const centre = (side: "L" | "R"): number => (track.rest[EYE[side].corners[0] * 3]! + track.rest[EYE[side].corners[1] * 3]!) / 2;
    expect(centre("L")).toBeGreaterThan(2.5);
    expect(centre("L") - centre("R")).toBeGreaterThan(5.5);
    expect(centre("L") - centre("R")).toBeLessThan(7.2);
  });
  it("shows the last face where none was found", () => {
    const [kept, before] = [track.at(7 / 30, false).points, track.at(6 / 30, false).points];
    kept.forEach((value, i) => expect(value).toBeCloseTo(before[i]!, 4));
  });
  it("refuses a part of the landmarks and a recording without a face", () => {
    expect(() => new Track({ ...frames, points: frames.points.map(() => new Float32Array(30)) })).toThrow(/478 points/);
    expect(() => new Track({ ...frames, points: frames.points.map(() => null) })).toThrow(/no face/);
  });
});
