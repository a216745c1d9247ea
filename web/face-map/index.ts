import "./face-map.css";
import { call } from "../api/call.ts";
import { el } from "./dom.ts";
import { FaceMapEditor } from "./editor.ts";
import { ofAttempt, ofPatient, type PlanHome } from "./home.ts";
import type { FaceMapData, Planning } from "./model.ts";

/**
 * The plan on the face: `<face-map data-patient="id" data-new-plan="id" data-map-version="2026.1">`. Without script, or when it cannot load,
 * the form of rows inside stays. For a virtual patient `data-attempt="id"` stands instead of the patient; `data-rules="hidden"` leaves the
 * rules unasked, as in an examination.
 */
class FaceMap extends HTMLElement {
  #editor: FaceMapEditor | undefined;

  connectedCallback(): void {
    void this.#start();
  }

  disconnectedCallback(): void {
    this.#editor?.dispose();
    this.#editor = undefined;
  }

  async #start(): Promise<void> {
    const attempt = this.dataset["attempt"];
    const home: PlanHome = attempt === undefined ? ofPatient(this.dataset["patient"] ?? "") : ofAttempt(attempt, this.dataset["rules"] === "hidden");
    try {
      const [map, planning] = await Promise.all([
        json<FaceMapData>(`/api/face-map?version=${encodeURIComponent(this.dataset["mapVersion"] ?? "")}`),
        json<Planning>(home.planning),
      ]);
      this.#editor = new FaceMapEditor(home.review === undefined ? { ...map, zones: [] } : map, planning, home, this.dataset["newPlan"] ?? "", this.dataset["sign"]);
      this.replaceChildren(this.#editor.root);
      this.dataset["ready"] = "true";
    } catch (failure) {
      this.prepend(el("p", { class: "alert alert-warning", role: "status" },
        `The face map could not be loaded (${failure instanceof Error ? failure.message : String(failure)}). The form below saves the same plan.`));
    }
  }
}

async function json<T>(path: `/api/${string}`): Promise<T> {
  return (await (await call(path)).json()) as T;
}

customElements.define("face-map", FaceMap);
