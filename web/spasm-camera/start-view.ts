import type { StoredRecording } from "../upload/unsent-store";
import { h } from "./dom";
import { LARGEST_GIGABYTES, LONGEST_MINUTES } from "./video-file";
import type { View } from "./view";
import { duration } from "./wording";

export interface StartChoices {
  readonly unsent: readonly StoredRecording[];
  readonly useCamera: () => void;
  readonly useFile: (file: File) => void;
  readonly send: (recording: StoredRecording) => void;
  readonly discard: (recording: StoredRecording) => void;
}

/** The first screen: camera or video file, and what was left unsent. */
export function startView(choices: StartChoices): View {
  const input = h("input", {
    type: "file", accept: "video/*,.mp4,.mov,.m4v,.webm,.mkv", class: "visually-hidden", id: "capture-file",
    on: { change: () => { take(input.files?.[0]); } },
  });
  const take = (file: File | undefined): void => { if (file !== undefined) choices.useFile(file); };
  const drop = h("label", {
    class: "capture-source", htmlFor: "capture-file",
    on: {
      dragover: (event) => { event.preventDefault(); drop.classList.add("capture-source-over"); },
      dragleave: () => { drop.classList.remove("capture-source-over"); },
      drop: (event) => {
        event.preventDefault();
        drop.classList.remove("capture-source-over");
        take(event.dataTransfer?.files[0]);
      },
    },
  },
  h("span", { class: "capture-source-title" }, "Choose a video file"),
  h("span", { class: "capture-source-text" }, `MP4, MOV or WebM from this device, up to ${LONGEST_MINUTES} minutes and ${LARGEST_GIGABYTES} GB. Every frame is read.`));
  return {
    element: h("div", { class: "capture-start" },
      ...choices.unsent.map((recording) => unsentNotice(recording, choices)),
      h("p", { class: "alert capture-consent" }, "The video never leaves this device: only landmark positions are sent."),
      h("div", { class: "capture-sources" },
        h("button", { type: "button", class: "capture-source capture-source-camera", on: { click: choices.useCamera } },
          h("span", { class: "capture-source-title" }, "Use the camera"),
          h("span", { class: "capture-source-text" }, "The person is guided step by step, and right and left are confirmed. Takes about four minutes.")),
        h("div", { class: "capture-source-file" }, input, drop))),
  };
}

function unsentNotice(recording: StoredRecording, { send, discard }: StartChoices): HTMLElement {
  const when = new Date(recording.announcement.startedAt).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const remove = h("button", { type: "button", class: "button-quiet" }, "Delete it from this device");
  remove.addEventListener("click", () => {
    // Asked in place: the first press changes the words, the second one deletes.
    if (remove.dataset["sure"] === "true") discard(recording);
    else {
      remove.dataset["sure"] = "true";
      remove.textContent = "Delete it for good";
    }
  });
  return h("section", { class: "alert alert-warning capture-unsent", attributes: { "aria-label": "Unsent recording" } },
    h("p", {}, `A recording of ${when} (${duration(recording.durationSeconds)}) waits on this device: it was not sent completely.`),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "button", on: { click: () => { send(recording); } } }, "Finish sending"), remove));
}
