import { button, el } from "./dom.ts";
import { eyeFrame, mouthFrame } from "./geometry.ts";
import type { Layer } from "./scenery.ts";
import type { Stage } from "./stage.ts";

export interface ToolbarEvents {
  undo(): void;
  redo(): void;
  mirror(mirrored: boolean): void;
}

/** Undo, views, zoom, mirror and layers: everything that a finger does on the map is also a button. */
export class Toolbar {
  readonly root = el("div", { class: "fm-toolbar", role: "group", "aria-label": "Face map tools" });
  readonly layers = el("div", { class: "fm-layers", role: "group", "aria-label": "What is shown" });
  readonly banner = el("p", { class: "fm-mirror-banner", role: "status", hidden: true },
    "Mirror view: as the patient sees the own face in a mirror. The patient's right is on the right of this picture.");
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;

  constructor(stage: Stage, events: ToolbarEvents) {
    this.#undo = button("Undo", "fm-tool", () => events.undo());
    this.#redo = button("Redo", "fm-tool", () => events.redo());
    const mirror = button("Mirror view", "fm-tool", () => {
      const mirrored = mirror.getAttribute("aria-pressed") !== "true";
      mirror.setAttribute("aria-pressed", String(mirrored));
      this.banner.hidden = !mirrored;
      events.mirror(mirrored);
    }, { "aria-pressed": "false" });
    this.root.append(
      this.#undo, this.#redo,
      button("Whole face", "fm-tool", () => stage.whole()),
      button("Right eye", "fm-tool", () => stage.near(eyeFrame("patientRight")), { "aria-label": "Right eye, of the patient" }),
      button("Left eye", "fm-tool", () => stage.near(eyeFrame("patientLeft")), { "aria-label": "Left eye, of the patient" }),
      button("Right mouth", "fm-tool", () => stage.near(mouthFrame("patientRight")), { "aria-label": "Right mouth, of the patient" }),
      button("Left mouth", "fm-tool", () => stage.near(mouthFrame("patientLeft")), { "aria-label": "Left mouth, of the patient" }));
    const layer = (name: Layer, words: string, shown: boolean): HTMLElement => {
      const box = el("input", { type: "checkbox", checked: shown });
      box.addEventListener("change", () => stage.layer(name, box.checked));
      stage.layer(name, shown);
      return el("label", { class: "fm-layer" }, box, words);
    };
    this.layers.append(layer("sites", "Sites", true), layer("zones", "Avoid zones", true), layer("muscles", "Muscles", true), mirror);
  }

  show(canUndo: boolean, canRedo: boolean): void {
    // Not disabled: a button that loses its focus while it is pressed leaves a keyboard nowhere.
    this.#undo.setAttribute("aria-disabled", String(!canUndo));
    this.#redo.setAttribute("aria-disabled", String(!canRedo));
  }
}
