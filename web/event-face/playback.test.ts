import { expect, test } from "vitest";
import { advance, clip, frameAt, step, type Playback } from "./playback.ts";

const times = [10, 10.033, 10.067, 10.1];
const playing: Playback = { position: 10, playing: true, speed: 1 };

test("the frame on screen is the last one that has begun", () => {
  expect(frameAt(times, 9)).toBe(0);
  expect(frameAt(times, 10.05)).toBe(1);
  expect(frameAt(times, 10.067)).toBe(2);
  expect(frameAt(times, 99)).toBe(3);
});

test("slow motion covers a quarter of the time", () => {
  expect(advance(playing, 0.08, times).position).toBeCloseTo(10.08);
  expect(advance({ ...playing, speed: 0.25 }, 0.08, times).position).toBeCloseTo(10.02);
});

test("after the last frame and a short rest it begins anew", () => {
  expect(advance({ ...playing, position: 10.1 }, 0.2, times).position).toBeCloseTo(10.3);
  expect(advance({ ...playing, position: 10.45 }, 0.2, times).position).toBe(10);
});

test("a paused animation stays where it is", () => {
  const paused = { ...playing, playing: false };
  expect(advance(paused, 1, times)).toBe(paused);
});

test("stepping pauses, goes frame by frame and stops at the ends", () => {
  const next = step(playing, 1, times);
  expect(next).toEqual({ position: 10.033, playing: false, speed: 1 });
  expect(step(next, -1, times).position).toBe(10);
  expect(step(playing, -1, times).position).toBe(10);
  expect(step({ ...playing, position: 10.1 }, 1, times).position).toBe(10.1);
});

test("the clip shows rest before and after and never more than twelve seconds", () => {
  expect(clip({ startSeconds: 5, endSeconds: 5.2 }, 100)).toEqual({ from: 4, to: 5.7 });
  expect(clip({ startSeconds: 0.2, endSeconds: 1 }, 1.2)).toEqual({ from: 0, to: 1.2 });
  const long = clip({ startSeconds: 10, endSeconds: 60 }, 100);
  expect(long.to - long.from).toBeCloseTo(12);
});
