import { describe, expect, it } from "vitest";
import { stepsFor, TASKS } from "./protocol";
import { clock, duration, parseClock, promptFor, rightEdge, rightEyeSentence, size } from "./wording";

describe("the words on the screen", () => {
  it("prompt every step of the longest protocol, and announce each task in the pause before it", () => {
    const steps = stepsFor({ restSeconds: 180, tasks: TASKS });
    const prompts = steps.map((step, i) => promptFor(step, steps[i + 1]));
    expect(prompts.map((p) => p.title)).toEqual([
      "Look at the camera", "Close your RIGHT eye", "Open both eyes", "Rest and look ahead",
      "Relax", "Close both eyes gently", "Relax", "Close both eyes tightly", "Relax", "Lift both eyebrows", "Relax", "Smile broadly", "Relax", "Pucker your lips",
    ]);
    expect(prompts[4]?.hint).toBe("Next: close both eyes gently.");
  });

  it("put the patient's right where it is seen", () => {
    expect(rightEdge(false, false)).toBe("left"); // as one sees another person
    expect(rightEdge(true, false)).toBe("right"); // as in a mirror
    expect(rightEdge(false, true)).toBe("right");
    expect(rightEdge(true, true)).toBe("left");
  });

  it("say something to do for every answer that does not settle the sides", () => {
    for (const answer of ["both-closed", "none-closed", "unclear"] as const) expect(rightEyeSentence(answer)).toMatch(/[Cc]lose|[Kk]eep/);
  });

  it("read and write times of a video", () => {
    expect([clock(0), clock(59.4), clock(125), clock(3600)]).toEqual(["0:00", "0:59", "2:05", "60:00"]);
    expect([parseClock("2:05"), parseClock("125"), parseClock(" 3,5 "), parseClock("0:07.5")]).toEqual([125, 125, 3.5, 7.5]);
    for (const wrong of ["", "a", "1:", ":5", "1:2:3", "-4"]) expect(parseClock(wrong)).toBeNaN();
  });

  it("write lengths and sizes for people", () => {
    expect([duration(20), duration(60), duration(150), duration(61)]).toEqual(["20 seconds", "1 minute", "2 minutes 30 seconds", "1 minute 1 second"]);
    expect([size(200), size(812_000), size(1_640_000), size(2.5e9)]).toEqual(["1 kB", "812 kB", "1.6 MB", "2.5 GB"]);
  });
});
