import { describe, expect, it } from "vitest";
import { IdleClock } from "./idle-clock.ts";

const minute = 60_000;

describe("the idle clock", () => {
  it("is over when nobody touched the screen for the whole time, and not a moment earlier", () => {
    const clock = new IdleClock(5 * minute, 0);
    expect(clock.isOver(5 * minute - 1)).toBe(false);
    expect(clock.isOver(5 * minute)).toBe(true);
  });

  it("begins anew with every touch", () => {
    const clock = new IdleClock(5 * minute, 0);
    clock.touch(4 * minute);
    expect(clock.isOver(8 * minute)).toBe(false);
    expect(clock.isOver(9 * minute)).toBe(true);
  });

  it("does not go back when another window tells of an older touch", () => {
    const clock = new IdleClock(5 * minute, 0);
    clock.touch(4 * minute);
    clock.touch(2 * minute);
    expect(clock.isOver(8 * minute)).toBe(false);
  });

  it("tells the server of touches seldom", () => {
    const clock = new IdleClock(5 * minute, 0);
    expect(clock.touch(19_999)).toBe(false);
    expect(clock.touch(20_000)).toBe(true);
    expect(clock.touch(20_001)).toBe(false);
    expect(clock.touch(40_000)).toBe(true);
  });
});
