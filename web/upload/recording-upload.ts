import { ApiProblem } from "../api/call";

/** A finished recording of landmarks that the server has not acknowledged whole. */
export interface UnsentRecording {
  /** UUIDv7, made when the recording began. */
  readonly id: string;
  /** Body of the request that announces it; the same at every attempt. */
  readonly announcement: RecordingAnnouncement;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Length of the recording, for the person who finds it unsent. */
  readonly durationSeconds: number;
  /** Where it goes, without its id; `/api/recordings` unless told. */
  readonly upload?: UploadAddress;
}

/** Address under which recordings are sent, without an id. */
export type UploadAddress = `/api/${string}`;

/** Where the clinic's own recordings go. */
export const CLINIC_UPLOAD: UploadAddress = "/api/recordings";

/** Body of `PUT /api/recordings/{id}`. */
export interface RecordingAnnouncement {
  readonly patientId: string;
  /** When recording began, ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly contentLength: number;
}

export type UploadState =
  | { readonly kind: "sending"; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly kind: "computing" }
  /** The line is broken; the next try is in that many seconds. */
  | { readonly kind: "waiting"; readonly seconds: number; readonly reason: string };

/** The server will not take this recording, and repeating would not help; the message says why and what to do. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";

  constructor(message: string, readonly status: number) {
    super(message);
  }
}

export interface UploadEnvironment {
  /** Calls our own API; throws `ApiProblem` for a refusal and `TypeError` where the network fails, as fetch does. */
  readonly call: (path: `/api/${string}`, init: RequestInit) => Promise<Response>;
  /** Resolves after that many seconds or earlier, when there is reason to hope; rejects when the signal aborts. */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>;
  readonly onState: (state: UploadState) => void;
}

/** Bytes of one PATCH. */
export const CHUNK_BYTES = 256 * 1024;
const LONGEST_WAIT_SECONDS = 30;

/**
 * Sends a recording: announces it, asks how much the server has, sends the rest in chunks, asks for the report. Whatever
 * breaks, it asks again how much the server has and goes on from there, until done, refused or aborted.
 */
export async function sendRecording(recording: UnsentRecording, environment: UploadEnvironment, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let furthest = 0;
  for (;;) {
    try {
      await attempt(recording, environment, signal, (reached) => {
        // Patience is for a line that gets nowhere: whatever moved it on, and be it a request whose answer was lost, counts.
        if (reached > furthest) failures = 0;
        furthest = Math.max(furthest, reached);
      });
      return;
    } catch (failure) {
      signal.throwIfAborted();
      if (!isPassing(failure)) throw refusal(failure);
      const seconds = Math.min(LONGEST_WAIT_SECONDS, 2 ** failures);
      failures++;
      environment.onState({ kind: "waiting", seconds, reason: reasonOf(failure) });
      await environment.wait(seconds, signal);
    }
  }
}

async function attempt(recording: UnsentRecording, { call, onState }: UploadEnvironment, signal: AbortSignal, onReached: (bytes: number) => void): Promise<void> {
  const base: UploadAddress = `${recording.upload ?? CLINIC_UPLOAD}/${recording.id}`;
  const totalBytes = recording.bytes.length;
  await call(base, { method: "PUT", body: JSON.stringify(recording.announcement), headers: { "Content-Type": "application/json" }, signal });
  let offset = offsetOf(await call(`${base}/content`, { method: "HEAD", signal }), totalBytes);
  onReached(offset);
  onState({ kind: "sending", sentBytes: offset, totalBytes });
  while (offset < totalBytes) {
    const chunk = recording.bytes.subarray(offset, offset + CHUNK_BYTES);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    const answer = await call(`${base}/content`, { method: "PATCH", body: chunk, headers, signal });
    const reached = offsetOf(answer, totalBytes);
    if (reached <= offset) throw new UploadRefused("The server did not keep what was sent. Try again later; the recording stays on this device.", answer.status);
    offset = reached;
    onReached(offset);
    onState({ kind: "sending", sentBytes: offset, totalBytes });
  }
  onState({ kind: "computing" });
  await call(`${base}/complete`, { method: "POST", signal });
}

function offsetOf(answer: Response, totalBytes: number): number {
  const offset = Number(answer.headers.get("Upload-Offset") ?? NaN);
  if (!Number.isInteger(offset) || offset < 0 || offset > totalBytes) {
    throw new UploadRefused("The server did not say how much of the recording it has. The recording stays on this device.", answer.status);
  }
  return offset;
}

/** Failures that time mends: a broken line, a busy or restarting server, an offset that another attempt has moved. */
function isPassing(failure: unknown): boolean {
  if (failure instanceof ApiProblem) return failure.status >= 500 || [408, 409, 425, 429].includes(failure.status);
  return failure instanceof TypeError;
}

function reasonOf(failure: unknown): string {
  return failure instanceof ApiProblem ? "The server is busy." : "There is no connection to the server.";
}

function refusal(failure: unknown): unknown {
  if (!(failure instanceof ApiProblem)) return failure;
  if (failure.status === 401) {
    return new UploadRefused("You are no longer signed in. Sign in again and come back to this page: the recording waits on this device.", 401);
  }
  return new UploadRefused(failure.detail ?? failure.message, failure.status);
}
