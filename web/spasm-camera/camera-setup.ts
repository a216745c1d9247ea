import { Camera } from "./camera";
import { Cue, type CueKind } from "./cue";
import { h } from "./dom";
import type { Gate } from "./gates";
import { INTERVAL_SECONDS, REST_RANGE, TASKS, type ProtocolChoice, type Task } from "./protocol";
import { duration, TASK_NAMES } from "./wording";

export interface SetupActions {
  readonly cue: Cue;
  readonly start: (choice: ProtocolChoice) => void;
  readonly back: () => void;
  readonly changeCamera: (deviceId: string) => void;
}

const REST_CHOICES = [20, 60, 180, 300, 600] as const;
const CUES: readonly (readonly [CueKind, string])[] = [["silent", "None"], ["beep", "Beep"], ["spoken", "Spoken"]];

/** What is chosen before the guided protocol starts. */
export class CameraSetup {
  readonly element: HTMLElement;
  private readonly rest: HTMLSelectElement;
  private readonly restNote = h("p", { class: "field-hint", id: "capture-rest-note" });
  private readonly tasks = new Map<Task, HTMLInputElement>();
  private readonly cameras = h("select", { id: "capture-camera" });
  private readonly cameraField: HTMLElement;
  private readonly startButton: HTMLButtonElement;
  private readonly waiting = h("p", { class: "note", attributes: { role: "status" } }, "Looking for a face …");

  constructor(private readonly actions: SetupActions) {
    this.rest = h("select", { id: "capture-rest", attributes: { "aria-describedby": "capture-rest-note" }, on: { change: () => { this.showNote(); } } },
      ...REST_CHOICES.map((seconds) => h("option", { value: String(seconds) }, duration(seconds) + (seconds === REST_RANGE.usual ? " (usual)" : ""))));
    this.rest.value = String(REST_RANGE.usual);
    this.cameras.addEventListener("change", () => { actions.changeCamera(this.cameras.value); });
    this.cameraField = h("div", { class: "field", hidden: true }, h("label", { htmlFor: "capture-camera" }, "Camera"), this.cameras);
    this.startButton = h("button", { type: "button", class: "button", disabled: true, on: { click: () => { actions.start(this.choice()); } } }, "Start the recording");
    this.element = h("section", { class: "card capture-setup" },
      h("h2", { attributes: { tabindex: "-1" } }, "Get ready"),
      h("p", {}, "Sit at arm’s length, the camera at eye level, light from the front. The picture is shown as in a mirror."),
      this.cameraField,
      h("div", { class: "field" }, h("label", { htmlFor: "capture-rest" }, "Quiet rest"), this.rest, this.restNote),
      h("fieldset", { class: "capture-choices" }, h("legend", {}, "Movements after the rest"),
        ...TASKS.map((task) => this.taskField(task)),
        h("p", { class: "field-hint" }, "Four seconds each. They tell how far this person’s face moves, so that spasms can be given as a share of it.")),
      this.cueField(),
      this.waiting,
      h("div", { class: "actions" }, this.startButton, h("button", { type: "button", class: "button-secondary", on: { click: actions.back } }, "Back")));
    this.showNote();
  }

  choice(): ProtocolChoice {
    return { restSeconds: Number(this.rest.value), tasks: TASKS.filter((task) => this.tasks.get(task)?.checked === true) };
  }

  /** Start is possible once a face was found; other gates advise only. */
  ready(gates: readonly Gate[] | null): void {
    const found = gates?.some((gate) => gate.id === "face" && gate.level !== "poor") === true;
    if (this.startButton.disabled !== found) return;
    this.startButton.disabled = !found;
    this.waiting.textContent = found ? "" : "Looking for a face …";
  }

  async listCameras(current: Camera): Promise<void> {
    const cameras = await Camera.list();
    this.cameraField.hidden = cameras.length < 2;
    this.cameras.replaceChildren(...cameras.map((camera, i) => h("option", { value: camera.deviceId }, camera.label || `Camera ${i + 1}`)));
    const chosen = cameras.find((camera) => camera.label === current.name);
    if (chosen !== undefined) this.cameras.value = chosen.deviceId;
  }

  private taskField(task: Task): HTMLElement {
    const box = h("input", { type: "checkbox", checked: true, name: "capture-task", value: task });
    this.tasks.set(task, box);
    return h("label", { class: "choice" }, box, h("span", {}, TASK_NAMES[task]));
  }

  private cueField(): HTMLElement {
    const offered = CUES.filter(([kind]) => kind !== "spoken" || Cue.localVoice() !== null);
    return h("fieldset", { class: "capture-choices capture-choices-row" }, h("legend", {}, "Sound with each new step"),
      ...offered.map(([kind, text]) => h("label", { class: "choice" },
        h("input", { type: "radio", name: "capture-cue", value: kind, checked: kind === "silent", on: { change: () => { this.actions.cue.kind = kind; } } }),
        h("span", {}, text))));
  }

  private showNote(): void {
    this.restNote.textContent = Number(this.rest.value) < INTERVAL_SECONDS
      ? "Under 2 minutes the report shows counts without an interval: too short to tell a change from chance."
      : "Spasms are counted in this time. Longer rest gives a narrower interval.";
  }
}
