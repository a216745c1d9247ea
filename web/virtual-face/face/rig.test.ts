import { describe, expect, it } from "vitest";
import { Actor } from "../actor.ts";
import { makeLook } from "../look.ts";
import { AT_EASE, Mover, poseAt } from "./movement.ts";
import { CANONICAL } from "./canonical.ts";
import { MIRROR, weaken } from "./mirror.ts";
import { FaceRig } from "./rig.ts";
import { interocular } from "./shape.ts";
import { EYE, OUTLINE } from "./topology.ts";

const look = makeLook({ seed: 2, age: 60 });
const { rest } = new Actor(look, null);
const mover = new Mover({ mesh: CANONICAL, position: rest.slice(0, 468 * 3), iod: interocular(rest) }, AT_EASE);
const posed = (set: object): Float32Array => {
  const points = Float32Array.from(rest);
  mover.deform({ ...poseAt({ strokes: [], sway: [] }, 0), ...set }, AT_EASE, points);
  return points;
};

describe.each([1, 2])("the skin divided %i times", (depth) => {
  const rig = new FaceRig(look, rest, depth);
  it("passes through the landmarks: exactly at lids and lips, within little more than a millimetre inside the outline", () => {
    for (let v = 0; v < 468; v++) {
      if (OUTLINE.includes(v)) continue; // smoothed
      const far = Math.hypot(...[0, 1, 2].map((d) => rig.position[v * 3 + d]! - rest[v * 3 + d]!));
      expect(far, `landmark ${v}`).toBeLessThan(0.13);
    }
    for (const v of [...EYE.L.upper, ...EYE.R.lower, 13, 14]) expect(rig.position[v * 3 + 1]).toBeCloseTo(rest[v * 3 + 1]!, 5);
  });
  it("has normals of length one that look out of the head", () => {
    for (let i = 0; i < rig.normal.length; i += 3) expect(Math.hypot(rig.normal[i]!, rig.normal[i + 1]!, rig.normal[i + 2]!)).toBeCloseTo(1, 4);
    for (const [v, d, sign] of [[4, 2, 1], [151, 2, 1], [454, 0, 1], [234, 0, -1], [152, 1, -1]] as const) expect(rig.normal[v * 3 + d]! * sign, `landmark ${v}`).toBeGreaterThan(0.3);
  });
  it("has rims of lids and lips from corner to corner", () => {
    expect(rig.eyes.L.upper).toHaveLength(8 * 2 ** depth + 1);
    expect(rig.eyes.L.upper[0]).toBe(rig.eyes.L.lower[0]);
    expect(rig.mouth.upper.at(-1)).toBe(rig.mouth.lower.at(-1));
  });
  it("folds beside the eye in a spasm of one side, but not in a blink", () => {
    const crow = (points: Float32Array, v: number): number => { rig.update(points); return rig.extra[v * 4 + 1]!; };
    const still = crow(rest, 353);
    expect(crow(posed({ lidL: 1, lidR: 1 }), 353)).toBeCloseTo(still, 1);
    expect(crow(posed({ lidL: 1, mouthL: 0.1 }), 353)).toBeGreaterThan(still + 0.4);
    expect(crow(posed({ lidL: 1, mouthL: 0.1 }), 124)).toBeCloseTo(still, 1);
  });
});

describe("a weakened spasm", () => {
  it("knows the other half of the face", () => {
    expect([MIRROR[33], MIRROR[61], MIRROR[159], MIRROR[4], MIRROR[468]]).toEqual([263, 291, 386, 4, 473]);
  });
  it("leaves nothing of it at 0, half at a half, and a blink as it is", () => {
    const spasm = posed({ lidL: 0.9, mouthL: 0.12 });
    const lift = (points: Float32Array): number => points[291 * 3 + 1]! - rest[291 * 3 + 1]!;
    const full = lift(spasm);
    const at = (share: number): Float32Array => { const points = Float32Array.from(spasm); weaken(points, rest, "L", share); return points; };
    expect(Math.abs(lift(at(0)))).toBeLessThan(0.02 * full);
    expect(lift(at(0.5)) / full).toBeCloseTo(0.5, 1);
    const blink = posed({ lidL: 1, lidR: 1 });
    const kept = Float32Array.from(blink);
    weaken(kept, rest, "L", 0);
    expect(Math.abs(kept[386 * 3 + 1]! - blink[386 * 3 + 1]!)).toBeLessThan(0.06);
  });
});
