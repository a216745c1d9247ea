import { crc32 } from "./crc32.ts";
import {
  blockHeaderBytes,
  blockType,
  checksumBytes,
  defaultStepsPerPixel,
  latestMicroseconds,
  magic,
  maxHeaderBytes,
  mirrorings,
  phases,
  preambleBytes,
  schemes,
  version,
  type CaptureCounts,
  type FaceFrame,
  type Mirroring,
  type ProtocolMark,
  type RecordingHeader,
} from "./format.ts";
import { FrameBlock } from "./frame-block.ts";

/** Takes the file's bytes, in order; the next piece comes when the promise is kept. */
export type Sink = (bytes: Uint8Array) => void | Promise<void>;

export interface WriterOptions {
  /** Positions are stored in steps; 32 per pixel keep each within 1/64 pixel. */
  stepsPerPixel?: number;
  /** Whether blocks of frames are compressed; yes unless said otherwise. */
  compress?: boolean;
}

/**
 * Writes a .facerec file block by block. Adding is immediate, so a camera's callback never waits; packing and the sink
 * follow in order. Await {@link drained} now and then to keep pace with a slow sink, and {@link complete} at the end.
 */
export class FacerecWriter {
  readonly #sink: Sink;
  readonly #landmarks: number;
  readonly #stepsPerPixel: number;
  readonly #compress: boolean;
  #waiting: FrameBlock;
  #latest = -1;
  #sequence = 0;
  #frames = 0;
  #marks = 0;
  #completed = false;
  #tail: Promise<void> = Promise.resolve();
  #failure: unknown;
  #failed = false;

  /** @throws RangeError where the header cannot be stored. */
  constructor(header: RecordingHeader, sink: Sink, options: WriterOptions = {}) {
    this.#sink = sink;
    this.#landmarks = header.landmarks.length;
    this.#stepsPerPixel = options.stepsPerPixel ?? defaultStepsPerPixel;
    this.#compress = options.compress ?? true;
    this.#waiting = new FrameBlock(this.#landmarks, this.#stepsPerPixel);
    const json = headerJson(header, this.#stepsPerPixel);
    this.#then(() => this.#sink(preamble()));
    this.#queue(blockType.header, json);
  }

  /** Frames added so far. */
  get frames(): number {
    return this.#frames;
  }

  /** @throws RangeError where the frame's time or positions cannot be stored; the frame is then left out. */
  append(frame: FaceFrame): void {
    this.#requireOpen();
    const time = microseconds(frame.timeSeconds);
    if (time <= this.#latest) throw new RangeError(`The frame at ${frame.timeSeconds} s is not after the one before it.`);
    if (this.#waiting.isFullFor(time)) this.#flush();
    this.#waiting.add(frame, time);
    this.#latest = time;
    this.#frames++;
  }

  /** Adds a phase of the protocol that is over. */
  addMark(mark: ProtocolMark): void {
    this.#requireOpen();
    if (mark.endSeconds < mark.startSeconds) throw new RangeError("A phase cannot end before it starts.");
    const payload = new DataView(new ArrayBuffer(17));
    payload.setUint8(0, phases.indexOf(mark.phase));
    payload.setBigInt64(1, BigInt(microseconds(mark.startSeconds)), true);
    payload.setBigInt64(9, BigInt(microseconds(mark.endSeconds)), true);
    this.#flush();
    this.#queue(blockType.mark, new Uint8Array(payload.buffer));
    this.#marks++;
  }

  /** Says what the right-eye check found; the last word holds. */
  settleMirroring(mirroring: Mirroring): void {
    this.#requireOpen();
    this.#flush();
    this.#queue(blockType.mirroring, Uint8Array.of(mirrorings.indexOf(mirroring)));
  }

  /** Says how many pictures were presented and dropped since the start; the last word holds. */
  countCapture(counts: CaptureCounts): void {
    this.#requireOpen();
    this.#flush();
    this.#queue(blockType.capture, twoCounts(counts.presented, counts.dropped));
  }

  /** Kept when everything that was queued so far is with the sink. */
  async drained(): Promise<void> {
    await this.#tail;
    if (this.#failed) throw this.#failure;
  }

  /** Ends the file and waits for the sink. */
  async complete(): Promise<void> {
    this.#requireOpen();
    this.#flush();
    this.#queue(blockType.end, twoCounts(this.#frames, this.#marks));
    this.#completed = true;
    await this.drained();
  }

  #requireOpen(): void {
    if (this.#failed) throw this.#failure;
    if (this.#completed) throw new Error("The recording has been completed; nothing can be added to it.");
  }

  #flush(): void {
    if (this.#waiting.count === 0) return;
    const full = this.#waiting;
    this.#waiting = new FrameBlock(this.#landmarks, this.#stepsPerPixel);
    const sequence = this.#sequence++;
    this.#then(async () => this.#sink(block(blockType.frames, sequence, await full.pack(this.#compress))));
  }

  #queue(type: number, payload: Uint8Array): void {
    const sequence = this.#sequence++;
    this.#then(() => this.#sink(block(type, sequence, payload)));
  }

  /** One thing after the other; after a failure nothing more is written, and whoever asks next is told. */
  #then(step: () => void | Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#failed) return;
      try {
        await step();
      } catch (failure) {
        this.#failed = true;
        this.#failure = failure;
      }
    });
  }
}

function preamble(): Uint8Array {
  const bytes = new Uint8Array(preambleBytes);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint16(8, version, true);
  return bytes;
}

function block(type: number, sequence: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(blockHeaderBytes + payload.length + checksumBytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, type, true);
  view.setUint32(4, sequence, true);
  view.setUint32(8, payload.length, true);
  bytes.set(payload, blockHeaderBytes);
  view.setUint32(bytes.length - checksumBytes, crc32(bytes.subarray(0, bytes.length - checksumBytes)), true);
  return bytes;
}

function twoCounts(first: number, second: number): Uint8Array {
  const payload = new DataView(new ArrayBuffer(8));
  payload.setUint32(0, first, true);
  payload.setUint32(4, second, true);
  return new Uint8Array(payload.buffer);
}

function microseconds(seconds: number): number {
  const time = Math.floor(seconds * 1e6 + 0.5);
  if (!(seconds >= 0 && time <= latestMicroseconds)) throw new RangeError(`${seconds} s is not a time within a recording.`);
  return time;
}

function headerJson(header: RecordingHeader, stepsPerPixel: number): Uint8Array {
  requireWhole("width", header.width, 1, 65_535);
  requireWhole("height", header.height, 1, 65_535);
  requireWhole("stepsPerPixel", stepsPerPixel, 1, 1024);
  requireWhole("number of landmarks", header.landmarks.length, 1, 1024);
  header.landmarks.forEach((landmark, i) =>
    requireWhole("landmark", landmark, i === 0 ? 0 : (header.landmarks[i - 1] as number) + 1, schemes[header.scheme] - 1),
  );
  // The order of the fields is that of the C# writer, so that both write the same bytes.
  const json = JSON.stringify({
    id: header.id,
    startedAt: header.startedAt?.toISOString(),
    source: header.source,
    scheme: header.scheme,
    landmarks: header.landmarks,
    width: header.width,
    height: header.height,
    stepsPerPixel,
    nominalFramesPerSecond: header.nominalFramesPerSecond,
    mirroring: header.mirroring,
    landmarker: header.landmarker.slice(0, 200),
    device: header.device.slice(0, 200),
    protocol: header.protocol.slice(0, 200),
    demonstration: header.demonstration,
  });
  const bytes = new TextEncoder().encode(json);
  if (bytes.length > maxHeaderBytes) throw new RangeError("The recording's header is too long.");
  return bytes;
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`The ${name} must be a whole number from ${least} to ${most}; it is ${value}.`);
  }
}
