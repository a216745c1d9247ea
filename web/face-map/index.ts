import "./face-map.css";
import { call } from "../api/call.ts";
import { el } from "./dom.ts";
import { FaceMapEditor } from "./editor.ts";
import type { FaceMapData, Planning } from "./model.ts";

/**
 * The plan on the face: `<face-map data-patient="id" data-new-plan="id" data-map-version="2026.1">`. Without script, or when it cannot load,
 * the form of rows inside stays.
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
    const patientId = this.dataset["patient"] ?? "";
    try {
      const [map, planning] = await Promise.all([
        json<FaceMapData>(`/api/face-map?version=${encodeURIComponent(this.dataset["mapVersion"] ?? "")}`),
        json<Planning>(`/api/patients/${patientId}/planning`),
      ]);
      this.#editor = new FaceMapEditor(map, planning, this.dataset["newPlan"] ?? "", this.dataset["sign"]);
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
