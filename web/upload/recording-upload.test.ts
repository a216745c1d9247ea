import { describe, expect, it } from "vitest";
import { ApiProblem } from "../api/call";
import { CHUNK_BYTES, sendRecording, UploadRefused, type UploadEnvironment, type UploadState, type UnsentRecording } from "./recording-upload";
import { uuid7 } from "./uuid7";

/** A server that keeps the contract, and breaks the line whenever `breaks` says so. */
class Server {
  kept = new Uint8Array(0);
  announced: string[] = [];
  completed = 0;
  requests: string[] = [];
  breaks: (request: string, number: number) => "before" | "after" | ApiProblem | null = () => null;

  call = async (path: string, init: RequestInit): Promise<Response> => {
    const request = `${init.method} ${path.replace(/.*recordings\/[^/]+/, "")}`;
    this.requests.push(request);
    const fault = this.breaks(request, this.requests.length);
    if (fault instanceof ApiProblem) throw fault;
    if (fault === "before") throw new TypeError("Failed to fetch");
    const answer = this.answer(request, init);
    if (fault === "after") throw new TypeError("Failed to fetch");
    return answer;
  };

  private answer(request: string, init: RequestInit): Response {
    const headers = () => ({ "Upload-Offset": String(this.kept.length) });
    if (request.startsWith("PUT")) this.announced.push(String(init.body));
    if (request.startsWith("POST")) this.completed++;
    if (request.startsWith("PATCH")) {
      const offset = Number(new Headers(init.headers).get("Upload-Offset"));
      if (offset !== this.kept.length) throw new ApiProblem(409, "Conflict", undefined);
      const grown = new Uint8Array(this.kept.length + (init.body as Uint8Array).length);
      grown.set(this.kept);
      grown.set(init.body as Uint8Array, this.kept.length);
      this.kept = grown;
    }
    return new Response(null, { status: 200, headers: headers() });
  }
}

const recording = (length: number): UnsentRecording => ({
  id: uuid7(), bytes: Uint8Array.from({ length }, (_, i) => (i * 31) & 255),
  announcement: { patientId: "p", startedAt: "2026-01-05T10:00:00Z", contentLength: length }, durationSeconds: 30,
});

/** Compares quickly: the matcher walks arrays element by element. */
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

async function send(server: Server, unsent: UnsentRecording, states: UploadState[] = [], signal = new AbortController().signal) {
  const environment: UploadEnvironment = { call: server.call, wait: async () => {}, onState: (s) => states.push(s) };
  await sendRecording(unsent, environment, signal);
}

describe("sending a recording", () => {
  it("announces it, sends every byte in order and asks for the report once", async () => {
    const server = new Server();
    const unsent = recording(CHUNK_BYTES * 2 + 17);
    await send(server, unsent);
    expect(same(server.kept, unsent.bytes)).toBe(true);
    expect(server.requests).toEqual(["PUT ", "HEAD /content", "PATCH /content", "PATCH /content", "PATCH /content", "POST /complete"]);
  });

  it.each(["before", "after"] as const)("loses and doubles nothing when every request once breaks %s it reached the server", async (when) => {
    for (let broken = 1; broken <= 6; broken++) {
      const server = new Server();
      server.breaks = (_, number) => (number === broken ? when : null);
      const unsent = recording(CHUNK_BYTES * 2 + 17);
      await send(server, unsent);
      expect(same(server.kept, unsent.bytes)).toBe(true);
      expect(server.completed).toBeGreaterThanOrEqual(1);
      expect(new Set(server.announced).size).toBe(1);
    }
  });

  it("goes on from what the server has, not from the start", async () => {
    const server = new Server();
    const unsent = recording(CHUNK_BYTES * 3);
    server.kept = unsent.bytes.slice(0, CHUNK_BYTES * 2);
    await send(server, unsent);
    expect(server.requests.filter((r) => r.startsWith("PATCH"))).toHaveLength(1);
    expect(same(server.kept, unsent.bytes)).toBe(true);
  });

  it("waits longer after each failure, up to half a minute, and says why", async () => {
    const server = new Server();
    server.breaks = (_, number) => (number <= 8 ? "before" : null);
    const states: UploadState[] = [];
    await send(server, recording(10), states);
    expect(states.filter((s) => s.kind === "waiting").map((s) => s.seconds)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(states.find((s) => s.kind === "waiting")?.reason).toContain("no connection");
  });

  it("begins with short waits again whenever something got through, and be it a part whose answer was lost", async () => {
    const server = new Server();
    server.breaks = (request, number) => (number <= 4 ? "before" : request.startsWith("PATCH") && number < 11 ? "after" : null);
    const states: UploadState[] = [];
    await send(server, recording(CHUNK_BYTES * 2), states);
    expect(states.filter((s) => s.kind === "waiting").map((s) => s.seconds)).toEqual([1, 2, 4, 8, 16, 1]);
  });

  it("tries again while the server is busy", async () => {
    const server = new Server();
    server.breaks = (_, number) => (number <= 2 ? new ApiProblem(503, "Busy", undefined) : null);
    await send(server, recording(10));
    expect(server.completed).toBe(1);
  });

  it("stops with the server's own sentence when it refuses", async () => {
    const server = new Server();
    server.breaks = (request) => (request.startsWith("PATCH") ? new ApiProblem(413, "Too large", "The recording is longer than 60 minutes.") : null);
    await expect(send(server, recording(10))).rejects.toThrow(new UploadRefused("The recording is longer than 60 minutes.", 413));
  });

  it("says that signing in again is needed", async () => {
    const server = new Server();
    server.breaks = () => new ApiProblem(401, "Unauthorized", undefined);
    await expect(send(server, recording(10))).rejects.toThrow(/Sign in again/);
  });

  it("does not go round for ever when the server keeps nothing", async () => {
    const call = async () => new Response(null, { status: 200, headers: { "Upload-Offset": "0" } });
    await expect(sendRecording(recording(10), { call, wait: async () => {}, onState: () => {} }, new AbortController().signal)).rejects.toThrow(UploadRefused);
  });

  it("stops at once when aborted, between two tries too", async () => {
    const controller = new AbortController();
    const server = new Server();
    server.breaks = () => "before";
    const environment: UploadEnvironment = { call: server.call, wait: async (_, signal) => { controller.abort(); signal.throwIfAborted(); }, onState: () => {} };
    await expect(sendRecording(recording(10), environment, controller.signal)).rejects.toThrow(/abort/i);
    expect(server.requests).toHaveLength(1);
  });
});

describe("the id made here", () => {
  it("is a UUID of version 7 that begins with the time", () => {
    expect(uuid7(0x0198_1234_5678, new Uint8Array(10))).toBe("01981234-5678-7000-8000-000000000000");
    expect(uuid7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("differs from one to the next", () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuid7(5)))).toHaveProperty("size", 1000);
  });
});
