import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "../api/call.ts";
import type { Plan, PlanContent } from "./model.ts";
import { PlanConflict, Saver, type SaveState } from "./saver.ts";

interface Sent {
  readonly revision: number;
  readonly changeId: string;
  readonly vialUnits: number;
}

const content = (vialUnits: number): PlanContent => ({ side: null, productId: null, vialUnits, diluentMl: null, points: [], lookedAt: [] });
const plan = (revision: number): Plan => ({ ...content(1), id: "p", patientId: "x", revision, state: "open", closedAt: null, copiedFromId: null, differences: [] });

let states: SaveState["kind"][] = [];
const report = (state: SaveState): void => void states.push(state.kind);

beforeEach(() => {
  vi.useFakeTimers();
  states = [];
});
afterEach(() => void vi.useRealTimers());

test("changes in a row are one request, built on the revision that is known", async () => {
  const sent: Sent[] = [];
  const saver = new Saver("x", "p", 4, report, (_, body) => Promise.resolve(plan(sent.push(body as Sent) + 4)));
  saver.save(content(1));
  saver.save(content(2));
  await vi.advanceTimersByTimeAsync(2000);
  saver.save(content(3));
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent.map(({ revision, vialUnits }) => [revision, vialUnits])).toEqual([[4, 2], [5, 3]]);
  expect(states.at(-1)).toBe("saved");
});

test("a change without an answer is sent again under the same id, and the later one after it", async () => {
  const sent: Sent[] = [];
  let down = true;
  const saver = new Saver("x", "p", 1, report, (_, body) => {
    sent.push(body as Sent);
    return down ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(plan((body as Sent).revision + 1));
  });
  saver.save(content(1));
  await vi.advanceTimersByTimeAsync(600);
  expect(states.at(-1)).toBe("waiting");
  saver.save(content(2));
  down = false;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(new Set(sent.filter((one) => one.vialUnits === 1).map((one) => one.changeId)).size).toBe(1);
  expect(sent.at(-1)).toMatchObject({ vialUnits: 2, revision: 2 });
  expect(states.at(-1)).toBe("saved");
});

test("after a conflict nothing is sent until the person takes the plan as it is now", async () => {
  let requests = 0;
  const theirs = plan(9);
  const saver = new Saver("x", "p", 1, report, (_, body) => {
    requests++;
    return (body as Sent).revision === 9 ? Promise.resolve(plan(10)) : Promise.reject(new PlanConflict(theirs, "changed"));
  });
  saver.save(content(1));
  await vi.advanceTimersByTimeAsync(1000);
  saver.save(content(2));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([requests, states.at(-1)]).toEqual([1, "conflict"]);
  saver.take(theirs);
  saver.save(content(3));
  await vi.advanceTimersByTimeAsync(1000);
  expect([requests, states.at(-1)]).toEqual([2, "saved"]);
});

test("a change that the server refuses is said and not sent again", async () => {
  let requests = 0;
  const saver = new Saver("x", "p", 1, report, () => {
    requests++;
    return Promise.reject(new ApiProblem(422, "This is no plan.", "No such site."));
  });
  saver.save(content(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([requests, states.at(-1)]).toEqual([1, "refused"]);
});
