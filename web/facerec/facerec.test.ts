import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { agreedFrames, agreedHeader, agreedMarks, writeAgreed } from "./agreed-recording.ts";
import { crc32 } from "./crc32.ts";
import { FacerecError, FacerecWriter, readFacerec, type FaceFrame, type Recording } from "./facerec.ts";
import { join } from "./frame-block.ts";

const fixtures = new URL("../../tests/fixtures/facerec/", import.meta.url);

function expectAgreed(recording: Recording): void {
  expect(recording.header).toEqual({ ...agreedHeader, stepsPerPixel: 32 });
  expect(recording.frames).toEqual(agreedFrames);
  expect(recording.marks).toEqual(agreedMarks);
  expect(recording.mirroring).toBe("notMirrored");
  expect(recording.capture).toEqual({ presented: 104, dropped: 4 });
}

async function write(frames: FaceFrame[], stepsPerPixel = 32): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const writer = new FacerecWriter(agreedHeader, (bytes) => void pieces.push(bytes), { stepsPerPixel });
  for (const frame of frames) writer.append(frame);
  await writer.complete();
  return join(pieces);
}

describe("what was written is read again", () => {
  test.each([true, false])("the agreed recording, compressed: %s", async (compress) => {
    expectAgreed(await readFacerec(await writeAgreed({ compress })));
  });

  test("positions to half a step, however far apart", async () => {
    const frames = Array.from({ length: 300 }, (_, k) => ({
      timeSeconds: k / 240,
      positions: Float32Array.from({ length: 18 }, (_, c) => Math.sin(k * 1.7 + c) * 10 ** (k % 5) + 0.013),
    }));
    for (const steps of [1, 10, 32, 1024]) {
      const read = await readFacerec(await write(frames, steps));
      frames.forEach((frame, k) =>
        frame.positions.forEach((position, c) => {
          expect(Math.abs((read.frames[k]?.positions?.[c] as number) - position)).toBeLessThanOrEqual(0.5 / steps + Math.abs(position) * 1e-7);
        }),
      );
    }
  });
});

describe("the C# writer and this one agree", () => {
  test("bit for bit where nothing is compressed", async () => {
    const mine = await writeAgreed({ compress: false });
    const theirs = readFileSync(new URL("agreed.stored.facerec", fixtures));
    expect(Array.from(mine)).toEqual(Array.from(theirs));
  });

  test("their compressed file is read here", async () => {
    expectAgreed(await readFacerec(readFileSync(new URL("agreed.csharp.facerec", fixtures))));
  });

  // Delete the file to have it written anew; the C# tests then read the new one.
  test("our compressed file, which the C# tests read, is what we write", async () => {
    const file = new URL("agreed.typescript.facerec", fixtures);
    if (!existsSync(file)) writeFileSync(file, await writeAgreed({}));
    expectAgreed(await readFacerec(readFileSync(file)));
  });
});

describe("damage", () => {
  test("every beginning of a file is refused", async () => {
    const file = await writeAgreed({});
    for (let length = 0; length < file.length; length += 7) {
      await expect(readFacerec(file.subarray(0, length))).rejects.toThrow(FacerecError);
    }
  });

  test("a changed byte is refused", async () => {
    const file = await writeAgreed({});
    for (let at = 0; at < file.length; at += 11) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] as number) ^ 4;
      await expect(readFacerec(damaged)).rejects.toThrow(FacerecError);
    }
  });
});

describe("the writer", () => {
  test("refuses frames that the format cannot hold, and goes on", async () => {
    const pieces: Uint8Array[] = [];
    const writer = new FacerecWriter(agreedHeader, (bytes) => void pieces.push(bytes));
    const positions = new Float32Array(18);
    writer.append({ timeSeconds: 1, positions });
    expect(() => writer.append({ timeSeconds: 1, positions })).toThrow(RangeError);
    expect(() => writer.append({ timeSeconds: NaN, positions })).toThrow(RangeError);
    expect(() => writer.append({ timeSeconds: 2, positions: new Float32Array(15) })).toThrow(RangeError);
    expect(() => writer.append({ timeSeconds: 2, positions: positions.map(() => NaN) })).toThrow(RangeError);
    writer.append({ timeSeconds: 3, positions });
    await writer.complete();
    expect((await readFacerec(join(pieces))).frames.map((frame) => frame.timeSeconds)).toEqual([1, 3]);
    expect(() => writer.append({ timeSeconds: 4, positions })).toThrow("completed");
  });

  test("hands over pieces one after the other, even to a slow sink", async () => {
    const pieces: Uint8Array[] = [];
    let busy = 0;
    const writer = new FacerecWriter(agreedHeader, async (bytes) => {
      expect(++busy).toBe(1);
      await Promise.resolve();
      pieces.push(bytes);
      busy--;
    });
    for (const frame of agreedFrames) writer.append(frame);
    await writer.complete();
    expect((await readFacerec(join(pieces))).frames).toEqual(agreedFrames);
  });

  test("tells of a sink that fails, and writes nothing more", async () => {
    let calls = 0;
    const writer = new FacerecWriter(agreedHeader, () => {
      if (++calls === 2) throw new Error("disk full");
    });
    await expect(writer.drained()).rejects.toThrow("disk full");
    expect(() => writer.append({ timeSeconds: 1, positions: null })).toThrow("disk full");
    expect(calls).toBe(2);
  });

  test("keeps at most two seconds waiting", async () => {
    const sizes: number[] = [];
    const writer = new FacerecWriter(agreedHeader, (bytes) => void sizes.push(bytes.length));
    for (let k = 0; k < 61 + 60; k++) writer.append({ timeSeconds: k / 30, positions: new Float32Array(18) });
    await writer.drained();
    expect(sizes.length).toBe(3); // preamble, header, one block; the rest waits
  });
});

test("the checksum is zlib's", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
