import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Latest } from "./latest.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("only the newest text is asked once the hand rests", async () => {
  const asked: string[] = [];
  const shown: string[] = [];
  const latest = new Latest<string, string>(
    (text) => {
      asked.push(text);
      return Promise.resolve(text.toUpperCase());
    },
    (answer) => shown.push(answer),
    () => expect.unreachable(),
  );

  for (const text of ["b", "ba", "bak"]) {
    latest.put(text);
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(500);

  expect(asked).toEqual(["bak"]);
  expect(shown).toEqual(["BAK"]);
});

test("an answer that comes late is not shown over a newer one", async () => {
  const shown: string[] = [];
  const latest = new Latest<string, string>(
    (text) => new Promise((done) => setTimeout(() => done(text), text === "slow" ? 1000 : 10)),
    (answer) => shown.push(answer),
    () => expect.unreachable(),
  );

  latest.put("slow");
  await vi.advanceTimersByTimeAsync(200);
  latest.put("quick");
  await vi.advanceTimersByTimeAsync(2000);

  expect(shown).toEqual(["quick"]);
});

test("a fault is told, unless the text was given up meanwhile", async () => {
  const faults: unknown[] = [];
  const latest = new Latest<string, string>(() => Promise.reject(new Error("away")), () => expect.unreachable(), (reason) => faults.push(reason));

  latest.put("one");
  await vi.advanceTimersByTimeAsync(500);
  latest.put("two");
  latest.drop();
  await vi.advanceTimersByTimeAsync(500);

  expect(faults).toHaveLength(1);
});
