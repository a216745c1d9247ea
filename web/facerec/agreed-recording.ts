import { FacerecWriter, type FaceFrame, type ProtocolMark, type RecordingHeader, type WriterOptions } from "./facerec.ts";
import { join } from "./frame-block.ts";

/**
 * A made-up recording with something of everything, defined by whole numbers so that the C# tests
 * (AgreedRecording.cs) make exactly the same one.
 */
export const agreedHeader: RecordingHeader = {
  id: "0193a5c0-0000-7000-8000-00000000beef",
  startedAt: new Date("2026-03-04T05:06:07.089Z"),
  source: "camera",
  scheme: "ibug-68",
  landmarks: [36, 39, 42, 45, 48, 54],
  width: 3840,
  height: 2160,
  nominalFramesPerSecond: 29.97,
  mirroring: "unknown",
  landmarker: "none <1.0> & 'more'",
  device: 'Kamera "Küche" №1',
  protocol: "rest-180/1",
  demonstration: true,
};

export const agreedFrames: FaceFrame[] = Array.from({ length: 100 }, (_, k) => {
  const frame: FaceFrame = {
    timeSeconds: (k * 33_333 + (k >= 60 ? 5_000_000 : 0)) / 1e6,
    positions:
      k % 9 === 4
        ? null
        : Float32Array.from({ length: 18 }, (_, c) => (((k * k * 7 + c * 977 + (k % 25 === 24 ? 90_000 : 0)) % 131_072) - 1000) / 32),
  };
  return k % 4 === 0 ? frame : { ...frame, brightness: (k * 5) % 256 };
});

export const agreedMarks: ProtocolMark[] = [
  { phase: "closeRightEye", startSeconds: 0.2, endSeconds: 1 },
  { phase: "rest", startSeconds: 1.5, endSeconds: 8.000001 },
];

export async function writeAgreed(options: WriterOptions): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const writer = new FacerecWriter(agreedHeader, (bytes) => void pieces.push(bytes), options);
  agreedFrames.forEach((frame, k) => {
    writer.append(frame);
    if (k === 30) {
      writer.addMark(agreedMarks[0] as ProtocolMark);
      writer.settleMirroring("notMirrored");
    }
  });
  writer.addMark(agreedMarks[1] as ProtocolMark);
  writer.countCapture({ presented: 104, dropped: 4 });
  await writer.complete();
  return join(pieces);
}
