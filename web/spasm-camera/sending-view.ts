import type { UploadState } from "../upload/recording-upload";
import { h } from "./dom";
import type { View } from "./view";
import { size } from "./wording";

/** Progress of sending, with what it waits for. */
export class SendingView implements View {
  readonly element: HTMLElement;
  private readonly text = h("p", { attributes: { role: "status" } }, "Preparing to send.");
  private readonly bar = h("progress", { max: 1, attributes: { "aria-label": "Sent" } });

  /** @param later leaves the sending for later; null where the recording is held by this page alone */
  constructor(later: (() => void) | null) {
    this.element = h("section", { class: "card capture-message capture-message-wait" },
      h("h2", { attributes: { tabindex: "-1" } }, "Sending the landmark positions"),
      this.text, this.bar,
      h("p", { class: "note" }, later === null
        ? "Keep this page open: this browser could not store the recording for later."
        : "The recording is kept on this device until the server has all of it. You may close this page and finish later."),
      later === null ? null : h("div", { class: "actions" }, h("button", { type: "button", class: "button-secondary", on: { click: later } }, "Send later")));
  }

  show(state: UploadState): void {
    switch (state.kind) {
      case "sending":
        this.bar.value = state.sentBytes / state.totalBytes;
        this.text.textContent = `${size(state.sentBytes)} of ${size(state.totalBytes)} sent.`;
        break;
      case "computing":
        this.bar.removeAttribute("value");
        this.text.textContent = "All is sent. The report is being computed.";
        break;
      case "waiting":
        this.text.textContent = `${state.reason} Nothing is lost; trying again in ${state.seconds} s.`;
        break;
    }
  }
}
