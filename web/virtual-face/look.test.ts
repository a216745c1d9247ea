import { describe, expect, it } from "vitest";
import { makeLook, readSkinTone } from "./look.ts";
import { QUALITIES, QualityGovernor } from "./quality.ts";

describe("a look", () => {
  it("is the same for the same seed and keeps what was asked for", () => {
    expect(makeLook({ seed: 8 })).toEqual(makeLook({ seed: 8 }));
    expect(makeLook({ seed: 8, age: 71, sex: "male", skinTone: 9 })).toMatchObject({ age: 71, sex: "male", skinTone: 9 });
  });
  it("keeps the bones when only age and skin change", () => {
    expect(makeLook({ seed: 8, sex: "male", skinTone: 2, age: 50 }).bones.nose).toBe(makeLook({ seed: 8, sex: "male", skinTone: 9, age: 50 }).bones.nose);
  });
  it("reads Monk tones and Fitzpatrick types", () => {
    expect([readSkinTone("7"), readSkinTone("iv"), readSkinTone("VI"), readSkinTone("22"), readSkinTone(""), readSkinTone("pale")]).toEqual([7, 5, 9, 10, undefined, undefined]);
  });
});

describe("quality", () => {
  const run = (governor: QualityGovernor, gap: number, turns: number): boolean[] => Array.from({ length: turns }, (_, i) => governor.turned(i * gap));
  it("stays where thirty pictures a second are kept", () => {
    const governor = new QualityGovernor();
    expect(run(governor, 16.7, 200)).not.toContain(true);
    expect(governor.level).toBe(0);
  });
  it("sinks one level at a time while it is too slow, and says so in words", () => {
    const governor = new QualityGovernor();
    expect(run(governor, 60, 60).filter(Boolean)).toHaveLength(2);
    expect(QUALITIES[governor.level]!.words).not.toBe(QUALITIES[0]!.words);
  });
  it("takes a page in the background for nothing", () => {
    const governor = new QualityGovernor();
    expect(run(governor, 1000, 100)).not.toContain(true);
  });
});
