import { blockSpanMicroseconds, hasBrightness, isDeflated, maxFramesPerBlock, maxSteps, type FaceFrame } from "./format.ts";

/** Frames that wait to become one block: taken in at once, packed later, so that a camera never waits for compression. */
export class FrameBlock {
  readonly #landmarks: number;
  readonly #stepsPerPixel: number;
  readonly #times: number[] = [];
  readonly #brightness: (number | undefined)[] = [];
  readonly #faces: boolean[] = [];
  readonly #differences: Uint32Array[] = [];
  #previous: Int32Array;
  #anyBits = 0;

  constructor(landmarks: number, stepsPerPixel: number) {
    this.#landmarks = landmarks;
    this.#stepsPerPixel = stepsPerPixel;
    this.#previous = new Int32Array(landmarks * 3);
  }

  get count(): number {
    return this.#times.length;
  }

  /** Whether a frame at that time has to begin another block. */
  isFullFor(microseconds: number): boolean {
    return this.count === maxFramesPerBlock || (this.count > 0 && microseconds - (this.#times[0] as number) > blockSpanMicroseconds);
  }

  /** @throws RangeError where a position is no number or far outside of the picture; the frame is then not added. */
  add(frame: FaceFrame, microseconds: number): void {
    if (frame.positions) this.#addPositions(frame.positions);
    this.#times.push(microseconds);
    this.#faces.push(frame.positions !== null);
    this.#brightness.push(Number.isNaN(frame.brightness) ? undefined : frame.brightness);
  }

  /** The block's payload. */
  async pack(compress: boolean): Promise<Uint8Array> {
    const faces = this.#differences.length;
    const width = faces === 0 ? 0 : Math.ceil((32 - Math.min(31, Math.clz32(this.#anyBits))) / 8);
    const anyBrightness = this.#brightness.some((value) => value !== undefined);
    const deflated = compress && faces > 0;
    const bitBytes = Math.ceil(this.count / 8);
    const start = new Uint8Array(12 + (this.count - 1) * 4 + bitBytes + (anyBrightness ? bitBytes + this.count : 0));
    const view = new DataView(start.buffer);
    view.setUint16(0, this.count, true);
    view.setUint8(2, width);
    view.setUint8(3, (anyBrightness ? hasBrightness : 0) | (deflated ? isDeflated : 0));
    view.setBigInt64(4, BigInt(this.#times[0] as number), true);
    let at = 12;
    for (let i = 1; i < this.count; i++, at += 4) {
      view.setUint32(at, (this.#times[i] as number) - (this.#times[i - 1] as number), true);
    }
    setBits(start.subarray(at, at + bitBytes), this.#faces);
    at += bitBytes;
    if (anyBrightness) {
      setBits(start.subarray(at, at + bitBytes), this.#brightness.map((value) => value !== undefined));
      at += bitBytes;
      for (const value of this.#brightness) {
        start[at++] = value === undefined ? 0 : Math.min(255, Math.max(0, Math.floor(value + 0.5)));
      }
    }
    const planes = this.#planes(width);
    return join([start, deflated ? await deflate(planes) : planes]);
  }

  #addPositions(positions: Float32Array): void {
    const landmarks = this.#landmarks;
    if (positions.length !== landmarks * 3) {
      throw new RangeError(`A frame must have ${landmarks} landmarks of three numbers; it has ${positions.length} numbers.`);
    }
    const steps = new Int32Array(landmarks * 3);
    for (let landmark = 0; landmark < landmarks; landmark++) {
      for (let axis = 0; axis < 3; axis++) {
        const step = Math.floor((positions[landmark * 3 + axis] as number) * this.#stepsPerPixel + 0.5);
        if (!(Math.abs(step) <= maxSteps)) throw new RangeError("A landmark's position must be a number, and near the picture.");
        steps[axis * landmarks + landmark] = step;
      }
    }
    const differences = new Uint32Array(steps.length);
    for (let i = 0; i < steps.length; i++) {
      const difference = (steps[i] as number) - (this.#previous[i] as number);
      const folded = (difference << 1) ^ (difference >> 31); // small either way: few bits
      differences[i] = folded;
      this.#anyBits |= folded;
    }
    this.#previous = steps;
    this.#differences.push(differences);
  }

  #planes(width: number): Uint8Array {
    const channels = this.#landmarks * 3;
    const planes = new Uint8Array(width * this.#differences.length * channels);
    let to = 0;
    for (let shift = 0; shift < width * 8; shift += 8) {
      for (const row of this.#differences) {
        for (let i = 0; i < channels; i++) planes[to++] = (row[i] as number) >>> shift;
      }
    }
    return planes;
  }
}

function setBits(target: Uint8Array, bits: readonly boolean[]): void {
  bits.forEach((bit, i) => {
    if (bit) target[i >> 3] = (target[i >> 3] as number) | (1 << (i & 7));
  });
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Raw deflate (RFC 1951), by the browser. */
async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream("deflate-raw")));
}

/** Undoes {@link deflate}. */
export async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) parts.push(chunk.value);
  return join(parts);
}
