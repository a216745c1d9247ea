import { FacerecWriter, type CaptureCounts, type Mirroring } from "../facerec/facerec";
import { lidOpening, type LidOpening } from "../face-landmarker/eyes";
import type { FaceLandmarker, Landmarks } from "../face-landmarker/face-landmarker";
import { MEDIAPIPE_REFINED } from "../face-landmarker/mediapipe-refined";
import type { RecordingAnnouncement, UnsentRecording } from "../upload/recording-upload";
import { uuid7 } from "../upload/uuid7";
import type { Mark } from "./protocol";

export interface RecorderChoice {
  readonly source: "camera" | "videoFile";
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number | null;
  readonly device: string;
  readonly protocol: string;
}

/** Lid openings of one frame with a face, kept for the right-eye check. */
export interface TimedLids extends LidOpening {
  readonly timeSeconds: number;
}

/** Writes the landmarks of one recording as they come; only the scheme's compact selection is kept. */
export class Recorder {
  readonly id = uuid7();
  readonly lids: TimedLids[] = [];
  frames = 0;
  facesFound = 0;
  lastSeconds = 0;

  private readonly parts: Uint8Array[] = [];
  private readonly writer: FacerecWriter;
  private readonly startedAt = new Date();
  private readonly compact = new Float32Array(MEDIAPIPE_REFINED.compact.length * 3);

  constructor(choice: RecorderChoice, landmarker: FaceLandmarker) {
    this.writer = new FacerecWriter({
      id: this.id,
      startedAt: this.startedAt,
      source: choice.source,
      scheme: landmarker.scheme,
      landmarks: MEDIAPIPE_REFINED.compact,
      width: choice.width,
      height: choice.height,
      ...(choice.framesPerSecond === null ? {} : { nominalFramesPerSecond: choice.framesPerSecond }),
      mirroring: "unknown",
      landmarker: landmarker.modelId,
      device: choice.device,
      protocol: choice.protocol,
      demonstration: false,
    }, (bytes) => { this.parts.push(bytes); });
  }

  add(timeSeconds: number, landmarks: Landmarks | null): void {
    this.frames++;
    this.lastSeconds = timeSeconds;
    if (landmarks === null) {
      this.writer.append({ timeSeconds, positions: null });
      return;
    }
    this.facesFound++;
    MEDIAPIPE_REFINED.compact.forEach((index, i) => {
      for (let axis = 0; axis < 3; axis++) this.compact[i * 3 + axis] = landmarks.xyz[index * 3 + axis]!; // indices of the scheme
    });
    this.writer.append({ timeSeconds, positions: this.compact, brightness: landmarks.light.mean });
    this.lids.push({ timeSeconds, ...lidOpening(landmarks.xyz) });
  }

  /** Closes the recording; null where no face was found in it. */
  async finish(patientId: string, marks: readonly Mark[], mirroring: Mirroring, counts: CaptureCounts): Promise<UnsentRecording | null> {
    if (this.facesFound === 0) return null;
    for (const mark of marks) this.writer.addMark(mark);
    this.writer.settleMirroring(mirroring);
    this.writer.countCapture(counts);
    await this.writer.complete();
    const bytes = new Uint8Array(await new Blob(this.parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    const announcement: RecordingAnnouncement = {
      patientId,
      startedAt: this.startedAt.toISOString(),
      contentLength: bytes.length,
    };
    return { id: this.id, announcement, bytes, durationSeconds: this.lastSeconds };
  }
}
