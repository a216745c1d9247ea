import type { FaceLandmarker } from "../face-landmarker/face-landmarker";
import type { UnsentRecording } from "../upload/recording-upload";
import { Camera } from "./camera";
import { CameraSetup } from "./camera-setup";
import { Cue } from "./cue";
import { h } from "./dom";
import { GateList } from "./gate-list";
import type { Gate } from "./gates";
import { LiveCapture } from "./live-capture";
import { Preview } from "./preview";
import { currentStep, type ProtocolChoice } from "./protocol";
import { Running } from "./running";
import type { View } from "./view";

export interface CameraViewHost {
  readonly landmarker: FaceLandmarker;
  /** The chosen patient, or null after the page has asked for one. */
  readonly patient: () => string | null;
  readonly onRecorded: (recording: UnsentRecording) => void;
  readonly onNothingFound: () => void;
  readonly onFailure: (failure: unknown) => void;
  readonly onBack: () => void;
}

/** The camera: first getting ready, then the guided protocol. */
export class CameraView implements View {
  readonly element: HTMLElement;
  private capture: LiveCapture;
  private preview: Preview;
  private readonly gates = new GateList();
  private readonly picture = h("div", { class: "capture-picture" });
  private readonly panel = h("div", { class: "capture-panel" });
  private readonly cue = new Cue();
  private readonly setup: CameraSetup;
  private running: Running | null = null;
  private patientId = "";
  private wake: WakeLockSentinel | null = null;
  private readonly onHidden = (): void => { if (document.hidden) this.pauseHidden(); };

  constructor(camera: Camera, private readonly host: CameraViewHost) {
    [this.preview, this.capture] = this.follow(camera);
    this.setup = new CameraSetup({
      cue: this.cue, back: host.onBack, start: (choice) => { this.start(choice); },
      changeCamera: (id) => { void this.changeCamera(id); },
    });
    this.picture.replaceChildren(this.preview.element, this.gates.element);
    this.panel.append(this.setup.element);
    this.element = h("div", { class: "capture-live" }, this.picture, this.panel);
    void this.setup.listCameras(camera);
    document.addEventListener("visibilitychange", this.onHidden);
  }

  close(): void {
    this.capture.stop();
    this.cue.stop();
    void this.wake?.release();
    document.removeEventListener("visibilitychange", this.onHidden);
  }

  private follow(camera: Camera): [Preview, LiveCapture] {
    const preview = new Preview(camera.video);
    const capture = new LiveCapture(camera, this.host.landmarker, preview.overlay, {
      onShow: (gates) => { this.onShow(gates); },
      onFailure: (failure) => { this.host.onFailure(failure); },
    });
    capture.run();
    return [preview, capture];
  }

  private async changeCamera(id: string): Promise<void> {
    this.capture.stop();
    try {
      const camera = await Camera.open(id);
      [this.preview, this.capture] = this.follow(camera);
      this.picture.replaceChildren(this.preview.element, this.gates.element);
    } catch (failure) {
      this.host.onFailure(failure);
    }
  }

  private start(choice: ProtocolChoice): void {
    const patientId = this.host.patient();
    if (patientId === null) return;
    this.patientId = patientId;
    this.capture.start(choice);
    this.running = new Running(this.cue, {
      pause: () => { this.capture.pause(); this.show(); },
      resume: () => { this.capture.resume(); this.show(); },
      cancel: () => { this.capture.cancel(); this.host.onBack(); },
      retry: () => { this.capture.retryRightEye(); this.show(); },
      skip: () => { this.capture.skipRightEye(); this.show(); },
    });
    this.panel.replaceChildren(this.running.element);
    this.element.classList.add("capture-live-running");
    this.show();
    this.element.scrollIntoView({ block: "start" });
    // A screen that goes dark stops the camera; where the browser cannot promise, the person's touch keeps it awake.
    navigator.wakeLock?.request("screen").then((lock) => { this.wake = lock; }, () => undefined);
  }

  private onShow(gates: readonly Gate[] | null): void {
    if (gates !== null) this.gates.show(gates);
    this.setup.ready(gates);
    this.show();
  }

  private show(): void {
    const { protocol } = this.capture;
    if (protocol === null || this.running === null) return;
    if (protocol.status === "done") {
      this.running = null;
      void this.finish();
      return;
    }
    this.preview.sides(this.capture.mirroring);
    this.running.show(protocol, this.capture.recordingSeconds);
  }

  private async finish(): Promise<void> {
    const { recorder, protocol, mirroring, counts } = this.capture;
    if (recorder === null || protocol === null) return;
    this.close();
    try {
      const recording = await recorder.finish(this.patientId, protocol.marks, mirroring, counts);
      if (recording === null) this.host.onNothingFound();
      else this.host.onRecorded(recording);
    } catch (failure) {
      this.host.onFailure(failure);
    }
  }

  /** A page that is not seen gets no frames: better to pause in words than to lose them silently. */
  private pauseHidden(): void {
    const { protocol } = this.capture;
    if (protocol?.status === "running" && currentStep(protocol).kind !== "settle") this.capture.pause();
    this.show();
  }
}
