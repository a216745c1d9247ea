import type { Mirroring } from "../facerec/facerec";
import { lidOpening, type LidOpening } from "../face-landmarker/eyes";
import type { FaceLandmarker } from "../face-landmarker/face-landmarker";
import type { Camera, CameraCounts, CameraFrame } from "./camera";
import { judge, type Gate } from "./gates";
import type { Overlay } from "./overlay";
import {
  answerRightEye, begin, cancel, currentStep, pause, protocolName, resume, retryRightEye, skipRightEye, tick,
  type Protocol, type ProtocolChoice,
} from "./protocol";
import { readFrame, RecentFrames } from "./readings";
import { Recorder } from "./recorder";
import { judgeRightEye, mirroringOf } from "./right-eye";

export interface LiveListener {
  /** Some ten times a second, and whenever the protocol moved on: time to show how things stand. */
  onShow(gates: readonly Gate[] | null): void;
  /** The camera or the landmarker failed; the capture is over. */
  onFailure(failure: unknown): void;
}

const SHOW_SECONDS = 0.1;

/** Camera, landmarker and protocol together: every frame is measured, and recorded while the protocol runs. */
export class LiveCapture {
  protocol: Protocol | null = null;
  recorder: Recorder | null = null;
  /** Time of the last frame, seconds on the camera's clock. */
  now = 0;
  private began = 0;
  private shown = -Infinity;
  private countsBefore: CameraCounts = { presented: 0, dropped: 0 };
  private readonly recent = new RecentFrames();
  private openLids: LidOpening[] = [];
  private closingLids: LidOpening[] = [];

  constructor(readonly camera: Camera, private readonly landmarker: FaceLandmarker, private readonly overlay: Overlay, private readonly listener: LiveListener) {}

  run(): void {
    this.landmarker.restart();
    this.camera.run((frame) => this.take(frame), (failure) => { this.listener.onFailure(failure); });
  }

  /** Begins to record from the next frame on. */
  start(choice: ProtocolChoice): void {
    this.recorder = new Recorder({
      source: "camera", width: this.camera.width, height: this.camera.height,
      framesPerSecond: this.camera.nominalFramesPerSecond, device: this.camera.name, protocol: protocolName(choice),
    }, this.landmarker);
    this.began = this.now;
    this.countsBefore = { ...this.camera.counts };
    this.openLids = [];
    this.closingLids = [];
    this.protocol = begin(choice, 0);
  }

  /** Seconds on the recording's own clock. */
  get recordingSeconds(): number {
    return this.now - this.began;
  }

  pause(): void { this.change((p) => pause(p, this.recordingSeconds)); }
  resume(): void { this.change((p) => resume(p, this.recordingSeconds)); }
  cancel(): void { this.change(cancel); }
  retryRightEye(): void {
    this.openLids = [];
    this.closingLids = [];
    this.change((p) => retryRightEye(p, this.recordingSeconds));
  }
  skipRightEye(): void { this.change((p) => skipRightEye(p, this.recordingSeconds)); }

  get mirroring(): Mirroring {
    return mirroringOf(this.protocol?.answer ?? null);
  }

  /** Pictures since the recording began. */
  get counts(): CameraCounts {
    const { presented, dropped } = this.camera.counts;
    return { presented: presented - this.countsBefore.presented, dropped: dropped - this.countsBefore.dropped };
  }

  stop(): void {
    this.camera.stop();
  }

  private change(to: (protocol: Protocol) => Protocol): void {
    if (this.protocol !== null) this.protocol = to(this.protocol);
  }

  private async take(frame: CameraFrame): Promise<void> {
    const landmarks = await this.landmarker.detect(frame.picture);
    this.now = frame.timeSeconds;
    this.recent.add(readFrame(frame.timeSeconds, landmarks));
    const { protocol, recorder } = this;
    if (protocol !== null && recorder !== null && (protocol.status === "running" || protocol.status === "asking")) {
      recorder.add(this.recordingSeconds, landmarks);
      const kind = currentStep(protocol).kind;
      if (landmarks !== null && kind === "settle") this.openLids.push(lidOpening(landmarks.xyz));
      if (landmarks !== null && kind === "closeRightEye" && protocol.status === "running") this.closingLids.push(lidOpening(landmarks.xyz));
      this.protocol = tick(protocol, this.recordingSeconds);
      // The answer is given in the moment in which the step ends; asking goes on only while it is not settled.
      if (this.protocol.status === "asking" && this.protocol.answer === null) {
        this.protocol = answerRightEye(this.protocol, judgeRightEye(this.openLids, this.closingLids), this.recordingSeconds);
      }
    }
    // Painting costs time that the next frame needs, and nobody reads faster than this.
    const changed = this.protocol?.status !== protocol?.status || this.protocol?.index !== protocol?.index;
    if (!changed && this.now - this.shown < SHOW_SECONDS) return;
    this.shown = this.now;
    this.overlay.draw(frame.picture.width, frame.picture.height, landmarks?.xyz ?? null);
    const readings = this.recent.readings();
    this.listener.onShow(readings === null ? null : judge(readings));
  }
}
