import { describe, expect, it } from "vitest";
import {
  answerRightEye, begin, cancel, currentStep, elapsedInStep, pause, progress, protocolName, resume, retryRightEye, skipRightEye,
  stepsFor, tick, type Protocol, type Task,
} from "./protocol";

const choice = (restSeconds: number, tasks: readonly Task[] = []) => ({ restSeconds, tasks });
/** Lets the clock run in steps of a frame until `until`, answering the right-eye check as told. */
function run(protocol: Protocol, from: number, until: number): Protocol {
  let now = protocol;
  for (let t = from; t <= until + 1e-9; t += 0.1) now = tick(now, t);
  return now;
}

describe("the guided protocol", () => {
  it("goes through settling, right eye, rest and the chosen tasks in a fixed order", () => {
    expect(stepsFor(choice(60, ["smile", "gentleClosure"])).map((s) => s.phase)).toEqual(
      ["pause", "closeRightEye", "pause", "rest", "pause", "gentleClosure", "pause", "smile"]);
  });

  it("keeps the rest between 20 seconds and 10 minutes", () => {
    const rest = (seconds: number) => stepsFor(choice(seconds)).find((s) => s.kind === "rest")!.seconds;
    expect([rest(1), rest(20), rest(180), rest(600), rest(9999)]).toEqual([20, 20, 180, 600, 600]);
  });

  it("waits after the right-eye step until the answer is in", () => {
    const asking = run(begin(choice(20), 0), 0, 30);
    expect(asking.status).toBe("asking");
    expect(answerRightEye(asking, "not-mirrored", 30).status).toBe("running");
    expect(currentStep(answerRightEye(asking, "not-mirrored", 30)).kind).toBe("pause");
  });

  it.each(["both-closed", "none-closed", "unclear"] as const)("asks again when the answer is %s, and settles at the second try", (answer) => {
    const asked = answerRightEye(run(begin(choice(20), 0), 0, 10), answer, 10);
    expect(asked.status).toBe("asking");
    const again = retryRightEye(asked, 12);
    expect(currentStep(again).kind).toBe("settle");
    const second = answerRightEye(run(again, 12, 30), "mirrored", 30);
    expect(second.answer).toBe("mirrored");
    expect(second.status).toBe("running");
    expect(second.marks.filter((m) => m.phase === "closeRightEye")).toHaveLength(2);
  });

  it("leaves the side unconfirmed when the check is skipped", () => {
    const skipped = skipRightEye(answerRightEye(run(begin(choice(20), 0), 0, 10), "unclear", 10), 11);
    expect(skipped.answer).toBeNull();
    expect(skipped.status).toBe("running");
  });

  it("marks what was done, when, without gaps or overlaps", () => {
    let p = answerRightEye(run(begin(choice(20, ["smile"]), 0), 0, 7), "not-mirrored", 7);
    p = run(p, 7, 60);
    expect(p.status).toBe("done");
    expect(p.marks.map((m) => m.phase)).toEqual(["pause", "closeRightEye", "pause", "rest", "pause", "smile"]);
    const rest = p.marks.find((m) => m.phase === "rest")!;
    expect(rest.endSeconds - rest.startSeconds).toBeCloseTo(20, 0);
    for (let i = 1; i < p.marks.length; i++) expect(p.marks[i]!.startSeconds).toBeGreaterThanOrEqual(p.marks[i - 1]!.endSeconds - 1e-9);
  });

  it("gives back the rest of the rest after a pause, in two marked parts", () => {
    let p = answerRightEye(run(begin(choice(20), 0), 0, 7), "not-mirrored", 7);
    p = run(p, 7, 20);
    const restBegan = p.since;
    p = pause(p, 20);
    expect(tick(p, 500)).toBe(p);
    p = resume(p, 100);
    expect(elapsedInStep(p, 100)).toBeCloseTo(20 - restBegan, 6);
    p = run(p, 100, 140);
    const rests = p.marks.filter((m) => m.phase === "rest");
    expect(rests).toHaveLength(2);
    expect(rests.reduce((s, m) => s + m.endSeconds - m.startSeconds, 0)).toBeCloseTo(20, 0);
    expect(rests[0]!.endSeconds).toBe(20);
    expect(rests[1]!.startSeconds).toBe(100);
  });

  it("begins any other step again after a pause, and does not mark the part before it", () => {
    let p = run(begin(choice(20), 0), 0, 4);
    expect(currentStep(p).kind).toBe("closeRightEye");
    p = resume(pause(p, 5), 50);
    expect(elapsedInStep(p, 50)).toBe(0);
    expect(p.marks.filter((m) => m.phase === "closeRightEye")).toHaveLength(0);
  });

  it("can be cancelled at any time, and then does nothing more", () => {
    const p = cancel(run(begin(choice(20), 0), 0, 4));
    expect(p.status).toBe("cancelled");
    expect(tick(p, 1000)).toBe(p);
    expect(resume(p, 1000)).toBe(p);
  });

  it("tells how much is done, from nothing to all, never backwards", () => {
    let p = begin(choice(20, ["smile", "pucker"]), 0);
    let last = -1;
    for (let t = 0; t < 60; t += 0.1) {
      p = tick(p, t);
      if (p.status === "asking") p = answerRightEye(p, "not-mirrored", t);
      const { doneSeconds, totalSeconds } = progress(p, t);
      expect(doneSeconds).toBeGreaterThanOrEqual(last - 1e-9);
      expect(doneSeconds).toBeLessThanOrEqual(totalSeconds);
      last = doneSeconds;
    }
    expect(progress(p, 60).doneSeconds).toBe(progress(p, 60).totalSeconds);
  });

  it("names itself for the recording", () => {
    expect(protocolName(choice(180))).toBe("rest-180/1");
    expect(protocolName(choice(20, ["smile"]))).toBe("rest-20+tasks-1/1");
  });
});
