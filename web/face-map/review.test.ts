import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PlanContent } from "./model.ts";
import { Reviewer, type Review } from "./review.ts";

const plan = (units: number): PlanContent => ({
  side: "patientLeft", productId: "a", vialUnits: 100, diluentMl: 4, lookedAt: [],
  points: [{ id: "1", siteId: "MENT", side: "patientLeft", lateralIpd: 0, downIpd: 0, depth: "deep", units, unconfirmed: false, copiedUnits: null }],
});
const review = (ruleId: string): Review => ({
  needsMending: false, needsSecondSigner: false,
  findings: [{ severity: "note", needs: "nothing", ruleId, message: "", remedy: "", source: "", mark: "estimate", awaitsConfirmation: true, pointIds: [] }],
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("an older answer never replaces a newer one", async () => {
  const answers: ((review: Review) => void)[] = [];
  const seen: (string | undefined)[] = [];
  const reviewer = new Reviewer("p", "/api/plans/review", (found) => seen.push(found?.findings[0]?.ruleId), () => new Promise((resolve) => answers.push(resolve)));
  reviewer.look(plan(1));
  await vi.advanceTimersByTimeAsync(400);
  reviewer.look(plan(2));
  await vi.advanceTimersByTimeAsync(400);
  answers[1]?.(review("new"));
  answers[0]?.(review("old"));
  await vi.advanceTimersByTimeAsync(1);
  expect(seen).toEqual(["new"]);
});

test("without a product or a point nothing is asked, and a failure is said", async () => {
  const seen: unknown[] = [];
  let asked = 0;
  const reviewer = new Reviewer("p", "/api/plans/review", (found, problem) => seen.push(found ?? problem ?? "none"), () => {
    asked++;
    return Promise.reject(new Error("The line is down."));
  });
  reviewer.look({ ...plan(1), productId: null });
  reviewer.look({ ...plan(1), points: [] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toBe(0);
  reviewer.look(plan(1));
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen).toEqual(["none", "none", "The line is down."]);
});
