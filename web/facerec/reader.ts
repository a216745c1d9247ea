import { crc32 } from "./crc32.ts";
import {
  blockHeaderBytes,
  blockType,
  checksumBytes,
  hasBrightness,
  isDeflated,
  magic,
  maxPayloadBytes,
  maySkip,
  mirrorings,
  phases,
  preambleBytes,
  version,
  type CaptureCounts,
  type FaceFrame,
  type Mirroring,
  type ProtocolMark,
  type RecordingHeader,
} from "./format.ts";
import { inflate } from "./frame-block.ts";

export interface Recording {
  header: RecordingHeader & { stepsPerPixel: number };
  frames: FaceFrame[];
  marks: ProtocolMark[];
  mirroring: Mirroring;
  capture: CaptureCounts | null;
}

/** The file is not a whole, undamaged .facerec file; the message says what is wrong. */
export class FacerecError extends Error {}

/** Reads a whole .facerec file that lies in memory. */
export async function readFacerec(file: Uint8Array): Promise<Recording> {
  if (file.length < preambleBytes || magic.some((byte, i) => file[i] !== byte)) throw new FacerecError("This is not a .facerec file.");
  if (viewOf(file).getUint32(8, true) !== version) throw new FacerecError("This .facerec file is of another version.");
  let recording: Recording | undefined;
  let at = preambleBytes;
  for (let sequence = 0; ; sequence++) {
    const { type, payload, next, skippable } = readBlock(file, at, sequence);
    at = next;
    if (type === blockType.header && !recording) {
      recording = begin(payload);
      continue;
    }
    if (!recording) throw new FacerecError("This .facerec file is damaged: it does not begin with its header.");
    const view = viewOf(payload);
    if (type === blockType.frames) {
      recording.frames.push(...(await readFrames(payload, recording)));
    } else if (type === blockType.mark) {
      const phase = phases[view.getUint8(0)];
      if (!phase) throw new FacerecError("This .facerec file is damaged: it has an unknown phase.");
      recording.marks.push({ phase, startSeconds: Number(view.getBigInt64(1, true)) / 1e6, endSeconds: Number(view.getBigInt64(9, true)) / 1e6 });
    } else if (type === blockType.mirroring) {
      recording.mirroring = mirrorings[view.getUint8(0)] ?? "unknown";
    } else if (type === blockType.capture) {
      recording.capture = { presented: view.getUint32(0, true), dropped: view.getUint32(4, true) };
    } else if (type === blockType.end) {
      const counts = [view.getUint32(0, true), view.getUint32(4, true)];
      if (counts[0] !== recording.frames.length || counts[1] !== recording.marks.length || at !== file.length) {
        throw new FacerecError("This .facerec file is damaged: its end does not fit its content.");
      }
      return recording;
    } else if (!skippable) {
      throw new FacerecError(`This .facerec file has a block of type ${type} that must not be skipped.`);
    }
  }
}

function readBlock(file: Uint8Array, at: number, sequence: number) {
  const view = viewOf(file);
  if (at + blockHeaderBytes > file.length) throw new FacerecError("This .facerec file is cut off.");
  const length = view.getUint32(at + 8, true);
  const end = at + blockHeaderBytes + length;
  if (length > maxPayloadBytes) throw new FacerecError("This .facerec file is damaged: a block is too long.");
  if (end + checksumBytes > file.length) throw new FacerecError("This .facerec file is cut off.");
  if (view.getUint32(end, true) !== crc32(file.subarray(at, end))) throw new FacerecError(`This .facerec file is damaged: the checksum of block ${sequence} is wrong.`);
  if (view.getUint32(at + 4, true) !== sequence) throw new FacerecError("This .facerec file is damaged: a block is missing.");
  return {
    type: view.getUint16(at, true),
    skippable: (view.getUint16(at + 2, true) & maySkip) !== 0,
    payload: file.subarray(at + blockHeaderBytes, end),
    next: end + checksumBytes,
  };
}

function begin(payload: Uint8Array): Recording {
  const json = JSON.parse(new TextDecoder().decode(payload)) as Omit<Recording["header"], "startedAt"> & { startedAt?: string };
  const { startedAt, ...rest } = json;
  const header: Recording["header"] = startedAt === undefined ? rest : { ...rest, startedAt: new Date(startedAt) };
  return { header, frames: [], marks: [], mirroring: header.mirroring, capture: null };
}

async function readFrames(payload: Uint8Array, recording: Recording): Promise<FaceFrame[]> {
  const { header } = recording;
  const view = viewOf(payload);
  const count = view.getUint16(0, true);
  const width = view.getUint8(2);
  const flags = view.getUint8(3);
  const bitBytes = Math.ceil(count / 8);
  const facesAt = 12 + (count - 1) * 4;
  const faces = bits(payload, facesAt, count);
  let at = facesAt + bitBytes;
  const bright = flags & hasBrightness ? bits(payload, at, count) : [];
  const brightAt = at + bitBytes;
  if (flags & hasBrightness) at += bitBytes + count;
  const stored = payload.subarray(at);
  const planes = flags & isDeflated ? await inflate(stored) : stored;
  const landmarks = header.landmarks.length;
  const channels = landmarks * 3;
  const plane = faces.filter(Boolean).length * channels;
  if (planes.length !== plane * width) throw new FacerecError("This .facerec file is damaged: a block does not unpack to its frames.");
  const running = new Int32Array(channels);
  let time = Number(view.getBigInt64(4, true));
  let face = 0;
  return faces.map((hasFace, i) => {
    if (i > 0) time += view.getUint32(8 + i * 4, true);
    let positions: Float32Array | null = null;
    if (hasFace) {
      positions = new Float32Array(channels);
      for (let c = 0; c < channels; c++) {
        let folded = 0;
        for (let p = 0; p < width; p++) folded |= (planes[p * plane + face * channels + c] as number) << (p * 8);
        running[c] = (running[c] as number) + ((folded >>> 1) ^ -(folded & 1));
        positions[(c % landmarks) * 3 + Math.floor(c / landmarks)] = (running[c] as number) / header.stepsPerPixel;
      }
      face++;
    }
    const frame: FaceFrame = { timeSeconds: time / 1e6, positions };
    return bright[i] ? { ...frame, brightness: payload[brightAt + i] as number } : frame;
  });
}

function bits(payload: Uint8Array, at: number, count: number): boolean[] {
  return Array.from({ length: count }, (_, i) => ((payload[at + (i >> 3)] as number) & (1 << (i & 7))) !== 0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
