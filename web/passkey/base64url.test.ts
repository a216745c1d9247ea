import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.ts";

describe("base64url", () => {
  it("gives every run of bytes back, whatever its length", () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 151 + length) % 256);
      const text = toBase64Url(bytes.buffer);
      expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
      expect([...fromBase64Url(text)]).toEqual([...bytes]);
    }
  });

  it("knows the signs that differ from plain base64", () => {
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff, 0xfe).buffer)).toBe("-__-");
    expect([...fromBase64Url("-__-")]).toEqual([0xfb, 0xff, 0xfe]);
  });
});
