import { expect, test } from "vitest";
import { describe } from "./describe.ts";

test("a moment is told in the zone of whoever looks", () => {
  const moment = new Date("2026-11-22T23:05:00Z");
  expect(describe(moment, "UTC")).toBe("22 Nov 2026, 23:05");
  expect(describe(moment, "Asia/Tokyo")).toBe("23 Nov 2026, 08:05");
});
