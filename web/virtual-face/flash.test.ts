import { describe, expect, it } from "vitest";
import { CELLS, FlashLimiter } from "./flash.ts";

const whole = (value: number): number[] => Array.from({ length: CELLS * CELLS }, () => value);
/** Light and dark by turns, `rate` times a second, on some cells; how many flashes per second are let through at worst. */
function worst(rate: number, cells: (cell: number) => boolean): number {
  const limiter = new FlashLimiter();
  const shown: [number, number][] = [];
  for (let frame = 0; frame < 150; frame++) {
    const time = frame / 30;
    const dark = Math.floor(time * rate * 2) % 2 === 1;
    if (limiter.allows(time, whole(0.5).map((value, i) => (cells(i) && dark ? 0.2 : value)))) shown.push([time, dark ? 0.2 : 0.5]);
  }
  const turns = shown.filter(([, value], i) => i > 0 && value !== shown[i - 1]![1]).map(([time]) => time);
  return Math.max(0, ...turns.map((from) => turns.filter((time) => time >= from && time < from + 1).length / 2));
}

describe("never more than three flashes a second", () => {
  it("lets a whole face flash three times a second at most, however fast it is asked to", () => {
    for (const rate of [4, 6, 10, 15]) expect(worst(rate, () => true)).toBeLessThanOrEqual(3);
  });
  it("holds nothing back at three a second or less", () => {
    const limiter = new FlashLimiter();
    for (let frame = 0; frame < 120; frame++) expect(limiter.allows(frame / 30, whole(Math.floor((frame / 30) * 5) % 2 === 0 ? 0.5 : 0.2))).toBe(true);
  });
  it("leaves small places alone: an eye that twitches ten times a second is no flash", () => {
    expect(worst(10, (cell) => cell === 20 || cell === 21)).toBeGreaterThan(5);
  });
  it("counts changes of a tenth and more only", () => {
    const limiter = new FlashLimiter();
    for (let frame = 0; frame < 60; frame++) expect(limiter.allows(frame / 30, whole(frame % 2 === 0 ? 0.5 : 0.42))).toBe(true);
  });
});
