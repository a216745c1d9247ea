import type { FaceLandmarker } from "../face-landmarker/face-landmarker";
import type { UnsentRecording } from "../upload/recording-upload";
import { h } from "./dom";
import { FileMarks } from "./file-marks";
import { Preview } from "./preview";
import { INTERVAL_SECONDS } from "./protocol";
import type { Recorder } from "./recorder";
import { mirroringOf, type RightEyeAnswer } from "./right-eye";
import type { VideoFile } from "./video-file";
import { marksFor, readVideo, rightEyeInVideo, type ReadingProgress } from "./video-reading";
import type { View } from "./view";
import { clock, duration, rightEyeSentence, size } from "./wording";

export interface FileViewHost {
  readonly landmarker: FaceLandmarker;
  readonly patient: () => string | null;
  readonly onRecorded: (recording: UnsentRecording) => void;
  readonly onNothingFound: () => void;
  readonly onFailure: (failure: unknown) => void;
  readonly onBack: () => void;
}

const DRAW_MILLISECONDS = 200;

/** A video file: what is in it, reading it frame by frame, and settling right and left. */
export class FileView implements View {
  readonly element: HTMLElement;
  private readonly address: string;
  private readonly player: HTMLVideoElement;
  private readonly marks: FileMarks;
  private readonly stage = h("div", { class: "capture-picture" });
  private readonly panel = h("div", { class: "capture-panel" });
  private readonly preview = new Preview(null);
  private readonly cancelled = new AbortController();

  constructor(private readonly file: File, private readonly video: VideoFile, private readonly host: FileViewHost) {
    this.address = URL.createObjectURL(file);
    this.player = h("video", { class: "capture-player" });
    this.player.controls = true;
    this.player.muted = true;
    this.player.playsInline = true;
    this.player.src = this.address;
    this.marks = new FileMarks(() => this.player.currentTime, video.facts.durationSeconds);
    this.stage.append(h("figure", { class: "capture-preview" }, this.player, h("figcaption", { class: "note" },
      "Played on this device only. Right and Left of the patient are not confirmed yet.")));
    this.panel.append(this.choosing());
    this.element = h("div", { class: "capture-live" }, this.stage, this.panel);
  }

  close(): void {
    this.cancelled.abort();
    this.player.removeAttribute("src");
    URL.revokeObjectURL(this.address);
    this.video.close();
  }

  private choosing(): HTMLElement {
    const { facts } = this.video;
    const read = h("button", { type: "button", class: "button", on: { click: () => { void this.read(); } } }, "Read the video");
    return h("section", { class: "card capture-setup" },
      h("h2", { attributes: { tabindex: "-1" } }, this.file.name),
      h("p", {}, `${duration(facts.durationSeconds)}, ${facts.frames} frames (${facts.framesPerSecond.toFixed(1)} per second), ${facts.width} × ${facts.height}, ${size(this.file.size)}.`),
      facts.promisedSeconds === null ? null : h("p", { class: "alert alert-warning" },
        `The file was cut off: it should last ${duration(facts.promisedSeconds)}, but only ${duration(facts.durationSeconds)} are in it. Copy it again from the camera, or go on with what is there.`),
      facts.framesPerSecond < 24 ? h("p", { class: "note" }, "Fewer than 24 frames per second: short twitches may be missed.") : null,
      facts.durationSeconds < INTERVAL_SECONDS ? h("p", { class: "note" }, "Under 2 minutes the report shows counts without an interval: too short to tell a change from chance.") : null,
      this.marks.element,
      h("div", { class: "actions" }, read, h("button", { type: "button", class: "button-secondary", on: { click: this.host.onBack } }, "Back")));
  }

  private async read(): Promise<void> {
    const patientId = this.host.patient();
    if (patientId === null || !this.marks.check()) return;
    this.player.pause();
    const progress = this.reading();
    let drawn = 0;
    try {
      const recorder = await readVideo(this.video, this.host.landmarker, this.cancelled.signal, (step, landmarks) => {
        const now = performance.now();
        if (now - drawn < DRAW_MILLISECONDS) return;
        drawn = now;
        this.preview.overlay.draw(step.picture.width, step.picture.height, landmarks?.xyz ?? null, step.picture);
      }, progress);
      await this.settle(recorder, patientId);
    } catch (failure) {
      if (!this.cancelled.signal.aborted) this.host.onFailure(failure);
    }
  }

  /** Shows the progress; returns what updates it. */
  private reading(): (progress: ReadingProgress) => void {
    const bar = h("progress", { max: 1, attributes: { "aria-label": "Frames read" } });
    const frames = h("p", { class: "capture-times" }, "Starting …");
    const times = h("p", { class: "capture-times" });
    const faces = h("p", { class: "note" });
    this.stage.replaceChildren(this.preview.element);
    this.panel.replaceChildren(h("section", { class: "card capture-setup" },
      h("h2", { attributes: { tabindex: "-1" } }, "Reading the video"),
      h("p", {}, "Every frame is measured on this device. None is skipped, so this may take longer than the video."),
      bar, frames, times, faces,
      h("div", { class: "actions" }, h("button", { type: "button", class: "button-secondary", on: { click: this.host.onBack } }, "Cancel"))));
    this.panel.querySelector("h2")?.focus();
    return (p) => {
      bar.value = p.framesDone / p.framesTotal;
      frames.textContent = `${p.framesDone} of ${p.framesTotal} frames`;
      times.textContent = `${clock(p.elapsedSeconds)} elapsed, ${p.remainingSeconds === null ? "estimating what remains" : `about ${clock(p.remainingSeconds)} remaining`}`;
      const share = p.facesFound / p.framesDone;
      faces.textContent = share >= 0.95 ? "" : `A face was found in ${Math.round(share * 100)} % of the frames so far.`;
    };
  }

  /** Decides right and left where the video shows it; asks where the marked stretch does not settle it. */
  private async settle(recorder: Recorder, patientId: string): Promise<void> {
    const { rightEye } = this.marks.spans();
    const answer = rightEye === null ? null : rightEyeInVideo(recorder.lids, rightEye);
    if (answer === null || mirroringOf(answer) !== "unknown") {
      await this.finish(recorder, patientId, answer);
      return;
    }
    const sentence = h("p", { attributes: { role: "alert" } }, unsettled(answer));
    this.panel.replaceChildren(h("section", { class: "card capture-setup" },
      h("h2", { attributes: { tabindex: "-1" } }, "Right and left are not settled"), sentence, this.marks.element,
      h("div", { class: "actions" },
        h("button", { type: "button", class: "button", on: { click: () => { if (this.marks.check()) void this.settle(recorder, patientId); } } }, "Check again"),
        h("button", { type: "button", class: "button-secondary", on: { click: () => { void this.finish(recorder, patientId, null); } } }, "Go on with the side unconfirmed"))));
    this.stage.replaceChildren(h("figure", { class: "capture-preview" }, this.player));
  }

  private async finish(recorder: Recorder, patientId: string, answer: RightEyeAnswer | null): Promise<void> {
    try {
      const { rest, rightEye } = this.marks.spans();
      const marks = marksFor(recorder.lastSeconds, rest, rightEye);
      const recording = await recorder.finish(patientId, marks, mirroringOf(answer), { presented: recorder.frames, dropped: 0 });
      if (recording === null) this.host.onNothingFound();
      else this.host.onRecorded(recording);
    } catch (failure) {
      this.host.onFailure(failure);
    }
  }
}

function unsettled(answer: RightEyeAnswer): string {
  if (answer === "none-closed") return "No eye was seen to close in the marked seconds. Mark the seconds in which the right eye is closed.";
  if (answer === "both-closed") return "Both eyes were closed in the marked seconds. Mark a stretch in which only the right eye is closed.";
  return answer === "unclear" ? "It was not clear which eye closed in the marked seconds. Mark only the seconds in which the right eye is closed." : rightEyeSentence(answer);
}
