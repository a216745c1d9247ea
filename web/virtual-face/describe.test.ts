import { describe as suite, expect, it } from "vitest";
import { activity, describe } from "./describe.ts";
import { STILL, type Forces } from "./face/forces.ts";
import { UNTREATED } from "./state.ts";

const times = Array.from({ length: 90 }, (_, i) => i / 30);
const moving = (closed: (t: number) => number, corner: (t: number) => number): Forces[] =>
  times.map((t) => ({ ...STILL, R: { ...STILL.R, closed: closed(t), corner: corner(t) } }));
const twitching = (t: number): number => (t % 0.4 < 0.15 ? 0.9 : 0);
const still = activity(times, times.map(() => STILL), "L");

suite("the face in words", () => {
  it("tells a train around eye and mouth with a drooping lid", () => {
    const right = activity(times, moving(twitching, (t) => twitching(t) * 0.7), "R");
    expect(describe({ R: right, L: still }, "right", { ...UNTREATED, ptosis: 2 }, null))
      .toBe("Right side: strong clonic train around the eye, mouth corner drawn up; lid droops 2 mm. Left side: at rest.");
  });
  it("tells a held contraction of the mouth alone", () => {
    const right = activity(times, moving(() => 0, (t) => (t > 1 && t < 2 ? 0.4 : 0)), "R");
    expect(describe({ R: right, L: still }, "left", UNTREATED, "Smile")).toBe("Smile. Right side: moderate held (tonic) contraction at the mouth corner. Left side: at rest.");
  });
  it("takes a blink of both eyes for rest", () => {
    const both = times.map((t) => ({ ...STILL, R: { ...STILL.R, closed: twitching(t) }, L: { ...STILL.L, closed: twitching(t) } }));
    expect(activity(times, both, "R").kind).toBe("still");
  });
  it("names droops of the treated side and bruises of either, but nothing under half a millimetre", () => {
    const state = { ...UNTREATED, ptosis: 0.3, mouthDroop: 3.5, browAsymmetry: 2, bruises: [{ side: "right" as const, lateralIpd: 0.7, downIpd: 0.1 }] };
    expect(describe({ R: still, L: still }, "left", state, null)).toBe("Right side: at rest; a bruise. Left side: at rest; mouth corner hangs 3.5 mm; brow stands lower by 2 mm.");
  });
});
