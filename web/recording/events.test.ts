import { expect, test } from "vitest";
import { describe, eventNear, facts, neighbour } from "./events.ts";
import type { SpasmEvent } from "./report.ts";

function event(number: number, startSeconds: number, endSeconds: number, side: SpasmEvent["side"] = "patientLeft"): SpasmEvent {
  return {
    number, side, startSeconds, endSeconds, peakSeconds: (startSeconds + endSeconds) / 2, durationSeconds: endSeconds - startSeconds,
    kind: "clonic", regions: ["eye", "mouth"], lidClosure: 0.62, mouthIod: 0.081, browIod: 0, counted: true,
  };
}

const events = [event(1, 1, 1.2), event(2, 1.5, 2.5, "patientRight"), event(3, 60, 60.2)];

test("the pointer finds the event it is on before one that is only near", () => {
  expect(eventNear(events, 1.55, 1)?.number).toBe(2);
  expect(eventNear(events, 1.3, 0.3)?.number).toBe(1);
  expect(eventNear(events, 30, 2)).toBeUndefined();
});

test("the pointer can be bound to one side", () => {
  expect(eventNear(events, 1.55, 1, "patientLeft")?.number).toBe(1);
});

test("stepping from event to event stops at the ends", () => {
  expect(neighbour(events, undefined, 1)?.number).toBe(1);
  expect(neighbour(events, undefined, -1)?.number).toBe(3);
  expect(neighbour(events, 1, 1)?.number).toBe(2);
  expect(neighbour(events, 3, 1)?.number).toBe(3);
  expect(neighbour(events, 1, -1)?.number).toBe(1);
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

test("an event is told in words, with its side, its kind and its figures", () => {
  expect(describe(events[0]!)).toBe(
    "Event 1: Left side, clonic (twitch), at 0:01.0 for 0.20 s, eye and mouth, lid closure 62 %, mouth corner 8.1 % of eye distance.");
  expect(describe({ ...events[1]!, kind: "tonic", counted: false })).toMatch(/Right side, tonic \(held\).*not counted/);
});

test("the figures of an event carry their unit, and an unconfirmed side says so", () => {
  expect(facts(events[0]!, true)).toContainEqual(["Mouth corner", "8.1 % of eye distance"]);
  expect(facts(events[0]!, true)).toContainEqual(["Side", "Left"]);
  expect(facts(events[1]!, false)).toContainEqual(["Side", "Right, side unconfirmed"]);
});
