import { describe, expect, it } from "vitest";
import { judgeRightEye } from "./right-eye";

const open = { right: 0.3, left: 0.32 };
const frames = (count: number, make: (i: number) => { right: number; left: number }) => Array.from({ length: count }, (_, i) => make(i));
const before = frames(60, () => open);

describe("which eye closed when the patient was asked to close the right one", () => {
  it("is not mirrored when the right eye closes", () => {
    expect(judgeRightEye(before, frames(90, (i) => (i < 25 ? open : { right: 0.06, left: 0.3 })))).toBe("not-mirrored");
  });

  it("is mirrored when the other eye closes", () => {
    expect(judgeRightEye(before, frames(90, (i) => (i < 25 ? open : { right: 0.28, left: 0.06 })))).toBe("mirrored");
  });

  it("is settled although the other lid follows a little, as it does in winks", () => {
    expect(judgeRightEye(before, frames(90, (i) => (i < 20 ? open : { right: 0.07, left: 0.24 })))).toBe("not-mirrored");
  });

  it("is settled although spasms of the left eye shut it during a third of the time", () => {
    expect(judgeRightEye(before, frames(90, (i) => (i < 25 ? open : { right: 0.06, left: i % 3 === 0 ? 0.06 : 0.31 })))).toBe("not-mirrored");
  });

  it("does not take blinks before the question for closed eyes", () => {
    const blinking = frames(60, (i) => (i % 10 < 2 ? { right: 0.05, left: 0.05 } : open));
    expect(judgeRightEye(blinking, frames(90, () => ({ right: 0.05, left: 0.3 })))).toBe("not-mirrored");
  });

  it("asks again when both eyes close or neither does", () => {
    expect(judgeRightEye(before, frames(90, () => ({ right: 0.05, left: 0.06 })))).toBe("both-closed");
    expect(judgeRightEye(before, frames(90, () => open))).toBe("none-closed");
  });

  it("is unclear when an eye closes by half only, or when there are too few frames", () => {
    expect(judgeRightEye(before, frames(90, () => ({ right: 0.21, left: 0.3 })))).toBe("unclear");
    expect(judgeRightEye(before, frames(5, () => ({ right: 0.05, left: 0.3 })))).toBe("unclear");
    expect(judgeRightEye([], frames(90, () => ({ right: 0.05, left: 0.3 })))).toBe("unclear");
  });
});
