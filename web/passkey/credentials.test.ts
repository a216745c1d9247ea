import { describe, expect, it } from "vitest";
import { creationOptions, requestOptions } from "./credentials.ts";

describe("the server's options", () => {
  it("become bytes where the browser wants bytes, and stay as they are elsewhere", () => {
    const options = creationOptions({
      challenge: "AQID",
      rp: { id: "localhost", name: "localhost" },
      user: { id: "BAU", name: "ada@example.org", displayName: "Ada" },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      excludeCredentials: [{ type: "public-key", id: "Bg" }],
      timeout: 300000,
    });
    expect([...(options.challenge as Uint8Array)]).toEqual([1, 2, 3]);
    expect([...(options.user.id as Uint8Array)]).toEqual([4, 5]);
    expect([...(options.excludeCredentials?.[0]?.id as Uint8Array)]).toEqual([6]);
    expect(options.pubKeyCredParams).toEqual([{ type: "public-key", alg: -7 }]);
    expect(options.timeout).toBe(300000);
  });

  it("ask for any passkey of this site when they name none", () => {
    expect(requestOptions({ challenge: "AQID", rpId: "localhost" }).allowCredentials).toEqual([]);
  });
});
