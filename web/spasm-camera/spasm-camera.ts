import { call } from "../api/call";
import { LandmarkerUnavailable, type FaceLandmarker } from "../face-landmarker/face-landmarker";
import { MediaPipeFaceMesh } from "../face-landmarker/mediapipe-face-mesh";
import { CLINIC_UPLOAD, sendRecording, UploadRefused, type UnsentRecording, type UploadAddress } from "../upload/recording-upload";
import { untilOnline } from "../upload/until-online";
import { UnsentStore, type StoredRecording } from "../upload/unsent-store";
import { Camera, CameraUnavailable } from "./camera";
import { CameraView } from "./camera-view";
import { FileView } from "./file-view";
import { messageView } from "./message-view";
import { SendingView } from "./sending-view";
import { startView } from "./start-view";
import { VideoFile, VideoUnreadable } from "./video-file";
import type { View } from "./view";

/**
 * `<spasm-camera patient-field="ID">`: films or reads a video, keeps the landmarks and sends them. The patient is
 * chosen in the page's own field with that id. What it holds in the page is shown until it runs.
 * `upload` and `done` say where else than to the clinic's recordings it sends, and where it goes afterwards.
 */
export class SpasmCamera extends HTMLElement {
  private view: View | null = null;
  private landmarker: FaceLandmarker | null = null;
  private store: UnsentStore | null = null;
  private sending: AbortController | null = null;
  /** Goes up with every screen, so that what was begun before notices that the person went elsewhere meanwhile. */
  private turn = 0;
  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    if (this.classList.contains("capture-busy")) event.preventDefault();
  };

  connectedCallback(): void {
    addEventListener("beforeunload", this.onLeave);
    void this.open();
  }

  disconnectedCallback(): void {
    removeEventListener("beforeunload", this.onLeave);
    this.view?.close?.();
    this.sending?.abort();
  }

  private async open(): Promise<void> {
    try {
      this.store = await UnsentStore.open();
    } catch {
      // Private windows of some browsers refuse storage: recording works, only an interrupted sending cannot be resumed after a reload.
      this.store = null;
    }
    await this.showStart(false);
  }

  private async showStart(focus = true): Promise<void> {
    this.sending?.abort();
    const unsent = ((await this.store?.all()) ?? []).filter((recording) => (recording.upload ?? CLINIC_UPLOAD) === this.upload);
    this.show(startView({
      unsent,
      useCamera: () => { void this.useCamera(); },
      useFile: (file) => { void this.useFile(file); },
      send: (recording) => { void this.send(recording, true); },
      discard: (recording) => { void this.store?.forget(recording.id).then(() => this.showStart()); },
    }), false, focus);
  }

  private async useCamera(): Promise<void> {
    if (this.patient() === null) return;
    const turn = this.wait("Opening the camera", "Allow the camera if the browser asks.");
    try {
      const camera = await Camera.open(null);
      try {
        const landmarker = await this.ready();
        if (turn === this.turn) this.show(new CameraView(camera, { landmarker, ...this.host() }), true);
        else camera.stop();
      } catch (failure) {
        camera.stop();
        throw failure;
      }
    } catch (failure) {
      if (turn === this.turn) this.fail(failure);
    }
  }

  private async useFile(file: File): Promise<void> {
    if (this.patient() === null) return;
    const turn = this.wait("Opening the video", "It is read on this device.");
    try {
      const video = await VideoFile.open(file);
      try {
        const landmarker = await this.ready();
        if (turn === this.turn) this.show(new FileView(file, video, { landmarker, ...this.host() }), true);
        else video.close();
      } catch (failure) {
        video.close();
        throw failure;
      }
    } catch (failure) {
      if (turn === this.turn) this.fail(failure);
    }
  }

  private host() {
    return {
      patient: () => this.patient(),
      onRecorded: (recording: UnsentRecording) => { void this.keepAndSend(recording); },
      onNothingFound: () => {
        this.show(messageView("No face was found", "In none of the frames a face was found, so nothing was kept. Bring the whole face into the picture, with light from the front, and begin again.", [this.back("Begin again")]));
      },
      onFailure: (failure: unknown) => { this.fail(failure); },
      onBack: () => { void this.showStart(); },
    };
  }

  private async ready(): Promise<FaceLandmarker> {
    if (this.landmarker === null) {
      const landmarker = new MediaPipeFaceMesh();
      await landmarker.init();
      this.landmarker = landmarker;
    }
    return this.landmarker;
  }

  private get upload(): UploadAddress {
    const address = this.getAttribute("upload");
    return address?.startsWith("/api/") === true ? (address as UploadAddress) : CLINIC_UPLOAD;
  }

  /** The chosen patient; where none is chosen, the page's field is shown as wanting. */
  private patient(): string | null {
    const field = document.getElementById(this.getAttribute("patient-field") ?? "");
    if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) throw new Error("The page names no field for the patient.");
    if (field.value !== "" && field.checkValidity()) return field.value;
    field.focus();
    field.reportValidity();
    return null;
  }

  private async keepAndSend(recorded: UnsentRecording): Promise<void> {
    const recording: UnsentRecording = { ...recorded, upload: this.upload };
    let kept = false;
    try {
      await this.store?.keep(recording);
      kept = this.store !== null;
    } catch {
      // The device is full: sending still works, only a reload in the middle of it would lose the recording.
    }
    await this.send(recording, kept);
  }

  /** @param kept whether the recording outlives this page, so that leaving it is no loss */
  private async send(recording: UnsentRecording | StoredRecording, kept: boolean): Promise<void> {
    this.sending?.abort();
    const controller = new AbortController();
    this.sending = controller;
    const view = new SendingView(kept ? () => { void this.showStart(); } : null);
    this.show(view, !kept);
    try {
      await sendRecording(recording, { call, wait: untilOnline, onState: (state) => { view.show(state); } }, controller.signal);
      await this.store?.forget(recording.id);
      this.classList.remove("capture-busy");
      location.assign(this.getAttribute("done") ?? `/clinic/recordings/${recording.id}`);
    } catch (failure) {
      if (!controller.signal.aborted) this.fail(failure);
    }
  }

  private wait(title: string, sentence: string): number {
    this.show(messageView(title, sentence, [this.back("Cancel")], "wait"));
    return this.turn;
  }

  private fail(failure: unknown): void {
    this.show(messageView(titleOf(failure), sentenceOf(failure), [this.back("Back")]));
  }

  private back(text: string) {
    return { text, act: () => { void this.showStart(); } };
  }

  private show(view: View, busy = false, focus = true): void {
    this.view?.close?.();
    this.view = view;
    this.turn++;
    this.classList.toggle("capture-busy", busy);
    this.replaceChildren(view.element);
    if (focus) (view.element.querySelector<HTMLElement>("h2") ?? view.element.querySelector<HTMLElement>("button"))?.focus();
  }
}

function titleOf(failure: unknown): string {
  if (failure instanceof CameraUnavailable) return "The camera cannot be used";
  if (failure instanceof VideoUnreadable) return "This file cannot be read";
  if (failure instanceof LandmarkerUnavailable) return "Faces cannot be found here";
  if (failure instanceof UploadRefused) return "The server did not take the recording";
  return "Something went wrong";
}

function sentenceOf(failure: unknown): string {
  const known = [CameraUnavailable, VideoUnreadable, LandmarkerUnavailable, UploadRefused].some((kind) => failure instanceof kind);
  if (known) return (failure as Error).message;
  console.error(failure);
  return "The page could not go on. Load it again; a recording that was finished waits on this device.";
}
