import type { Mirroring } from "../facerec/facerec";
import { h } from "./dom";
import { Overlay } from "./overlay";
import { rightEdge } from "./wording";

/** The picture with the landmarks over it and the words Right and Left of the patient on its edges. */
export class Preview {
  readonly overlay = new Overlay();
  readonly element: HTMLElement;
  private readonly start = h("span", { class: "capture-side capture-side-start" });
  private readonly end = h("span", { class: "capture-side capture-side-end" });
  private readonly badge = h("p", { class: "note" });

  /** @param video shown under the overlay, mirrored as a mirror does; null where the overlay draws the picture itself */
  constructor(video: HTMLVideoElement | null) {
    const stage = h("div", { class: video === null ? "capture-stage" : "capture-stage capture-stage-mirrored" });
    if (video !== null) {
      video.classList.add("capture-video");
      stage.append(video);
    }
    stage.append(this.overlay.canvas);
    this.element = h("figure", { class: "capture-preview" }, h("div", { class: "capture-frame" }, stage, this.start, this.end), h("figcaption", {}, this.badge));
    this.sides("unknown");
  }

  /** Which edge is the patient's right follows from the mirror that is shown and from whether the picture is one itself. */
  sides(mirroring: Mirroring): void {
    const shownMirrored = this.element.querySelector(".capture-stage-mirrored") !== null;
    const right = rightEdge(shownMirrored, mirroring === "mirrored");
    const doubt = mirroring === "unknown" ? "?" : "";
    this.start.textContent = (right === "left" ? "Right" : "Left") + doubt;
    this.end.textContent = (right === "left" ? "Left" : "Right") + doubt;
    this.badge.textContent = mirroring === "unknown"
      ? "Right and Left of the patient: side unconfirmed."
      : "Right and Left of the patient: confirmed by closing the right eye.";
  }
}
