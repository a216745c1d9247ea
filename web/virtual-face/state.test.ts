import { describe, expect, it } from "vitest";
import { bruiseLook, regionStrength, stateAt, UNTREATED } from "./state.ts";

const weeks = [
  { week: 0, severity: 1 },
  { week: 4, severity: 0.2, ptosis: 2, strength: { eye: 0.4 }, bruises: [{ side: "left" as const, lateralIpd: 0.8, downIpd: 0.1, days: 1 }] },
  { week: 12, severity: 0.8 },
];

describe("the face at a week", () => {
  it("is the week's own where that is known", () => {
    expect(stateAt(weeks, 4)).toMatchObject({ severity: 0.2, ptosis: 2, strength: { eye: 0.4, mouth: 1 } });
  });
  it("lies between two weeks that are known", () => {
    const at = stateAt(weeks, 2);
    expect(at.severity).toBeCloseTo(0.6);
    expect(at.ptosis).toBeCloseTo(1);
    expect(at.strength.eye).toBeCloseTo(0.7);
  });
  it("holds beyond the last and does not mind the order", () => {
    expect(stateAt([...weeks].reverse(), 16).severity).toBe(0.8);
    expect(stateAt(weeks, 12.5).bruises).toEqual([]);
  });
  it("lets a bruise grow older, not come back", () => {
    expect(stateAt(weeks, 5).bruises[0]?.days).toBe(8);
    expect(stateAt(weeks, 1).bruises).toEqual([]);
    expect(bruiseLook(2).depth).toBeGreaterThan(bruiseLook(8).depth);
    expect(bruiseLook(30).depth).toBe(0);
  });
  it("is untreated where nothing is known", () => {
    expect(stateAt([], 3)).toEqual(UNTREATED);
  });
});

describe("strength", () => {
  it("is taken per region or per muscle; muscles of a region count on average", () => {
    expect(regionStrength({ eye: 0.3, ZMAJ: 0.2, ZMIN: 0.6, OOR_UP: 0.5, nonsense: 0 })).toEqual({ eye: 0.3, cheek: 0.4, mouth: 0.5 });
  });
});
