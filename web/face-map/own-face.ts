import { ApiProblem, call } from "../api/call.ts";
import { button, el } from "./dom.ts";
import { onPatient, type PatientOutline } from "./grid.ts";
import type { Stage } from "./stage.ts";

/** Puts the plan on the patient's own outlines, taken from a recording, instead of the standard face. */
export class OwnFace {
  readonly root = el("div", { class: "fm-own-face" });
  readonly #toggle: HTMLButtonElement;
  readonly #words = el("p", { class: "note", role: "status" });
  #outline: PatientOutline | undefined;
  #worn = false;

  constructor(private readonly address: `/api/${string}`, private readonly stage: Stage) {
    this.#toggle = button("Patient's own face", "fm-tool", () => void this.#press(), { "aria-pressed": "false" });
    this.root.append(this.#toggle, this.#words);
  }

  async #press(): Promise<void> {
    if (this.#worn) {
      this.#wear(undefined);
      this.#words.textContent = "The standard face.";
      return;
    }
    try {
      this.#outline ??= (await (await call(this.address)).json()) as PatientOutline;
      this.#wear(this.#outline);
      this.#words.textContent = `Outlines of a recording${this.#outline.recordedAt === null ? "" : ` of ${this.#outline.recordedAt.slice(0, 10)}`}; muscles, sites and zones are laid on them by estimate.`;
    } catch (failure) {
      this.#words.textContent = failure instanceof ApiProblem && failure.detail !== undefined ? failure.detail : "The outlines could not be loaded.";
    }
  }

  #wear(outline: PatientOutline | undefined): void {
    this.#worn = outline !== undefined;
    this.#toggle.setAttribute("aria-pressed", String(this.#worn));
    if (outline === undefined) this.stage.wear();
    else this.stage.wear(onPatient(outline.grid), outline.outlines);
  }
}
