import { TASK_WORDS, TASKS, type Task } from "./tasks.ts";
import { areaColour } from "./areas.ts";
import type { Muscle } from "../face-map/model.ts";

export interface PanelActions {
  readonly toggle: () => void;
  readonly step: (frames: 1 | -1) => void;
  readonly speed: (speed: number) => void;
  readonly seek: (seconds: number) => void;
  readonly rest: () => void;
  readonly peak: () => void;
  readonly task: (task: Task) => void;
  readonly week: (week: number) => void;
  readonly areas: (shown: boolean) => void;
}

const SPEEDS = [["0.25", 0.25], ["0.5", 0.5], ["1", 1]] as const;

/** What lies below the picture: buttons, sliders and the words. It shows what it is told and decides nothing. */
export class Panel {
  readonly root = make("div", "virtual-face-panel");
  readonly words = make("figcaption", "virtual-face-words");
  readonly note = make("p", "note virtual-face-note");
  private readonly playing = make("div", "virtual-face-row");
  private readonly toggle: HTMLButtonElement;
  private readonly speeds: readonly (readonly [number, HTMLButtonElement])[];
  private readonly slider = range("Moment of the recording", "0.001");
  private readonly moment = make("output", "virtual-face-moment");
  private readonly scrub = make("div", "virtual-face-row");
  private readonly stills: readonly HTMLButtonElement[];
  private readonly weekSlider = range("Week after the injection", "1");
  private readonly weekWords = make("output", "virtual-face-week-words");
  private readonly weeks = make("div", "virtual-face-row virtual-face-weeks");
  private readonly areasButton: HTMLButtonElement;
  private readonly legend = make("ul", "virtual-face-legend");

  constructor(actions: PanelActions) {
    this.words.setAttribute("aria-live", "polite");
    this.note.setAttribute("role", "status");
    this.toggle = button("Play", actions.toggle);
    this.speeds = SPEEDS.map(([words, value]) => [value, button(`${words}×`, () => actions.speed(value))]);
    const speedGroup = group("Speed", this.speeds.map(([, b]) => b));
    this.stills = [button("At rest", actions.rest), button("At the peak", actions.peak)];
    this.slider.addEventListener("input", () => actions.seek(Number(this.slider.value)));
    this.areasButton = button("Muscles", () => actions.areas(this.areasButton.getAttribute("aria-pressed") !== "true"));
    this.areasButton.setAttribute("aria-pressed", "false");
    this.areasButton.hidden = true;
    this.legend.hidden = true;
    this.playing.append(this.toggle, button("Frame back", () => actions.step(-1)), button("Frame on", () => actions.step(1)), speedGroup, ...this.stills);
    this.scrub.append(this.slider, this.moment);
    const tasks = group("Ask the patient to", [...TASKS.map((task) => button(TASK_WORDS[task], () => actions.task(task))), this.areasButton]);
    this.weekSlider.min = "0";
    this.weekSlider.max = "16";
    this.weekSlider.step = "0.5";
    this.weekSlider.addEventListener("input", () => actions.week(Number(this.weekSlider.value)));
    const label = make("span", "virtual-face-label");
    label.textContent = "Week";
    this.weeks.append(label, this.weekSlider, this.weekWords);
    this.weeks.hidden = true;
    this.root.append(this.playing, this.scrub, tasks, this.weeks, this.legend, this.note);
  }

  showTime(seconds: number, playing: boolean, speed: number): void {
    this.toggle.textContent = playing ? "Pause" : "Play";
    this.slider.value = String(seconds);
    this.moment.textContent = `${seconds.toFixed(2)} s`;
    this.slider.setAttribute("aria-valuetext", `${seconds.toFixed(1)} seconds`);
    for (const [value, b] of this.speeds) b.setAttribute("aria-pressed", String(value === speed));
  }

  /** A face without recording has nothing to scrub through. */
  showRecording(seconds: number | null): void {
    this.scrub.hidden = seconds === null;
    for (const still of this.stills) still.hidden = seconds === null;
    if (seconds !== null) this.slider.max = seconds.toFixed(3);
  }

  showWeek(week: number, weeks: boolean): void {
    this.weeks.hidden = !weeks;
    this.weekSlider.value = String(week);
    this.weekWords.textContent = week === 0 ? "0, before" : String(week);
    this.weekSlider.setAttribute("aria-valuetext", week === 0 ? "week 0, before the injection" : `week ${week}`);
  }

  showAreas(muscles: readonly Muscle[], shown: boolean): void {
    this.areasButton.hidden = muscles.length === 0;
    this.areasButton.setAttribute("aria-pressed", String(shown));
    this.legend.hidden = !shown;
    this.legend.replaceChildren(...(shown ? muscles : []).map((muscle, k) => {
      const item = document.createElement("li");
      const spot = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      spot.setAttribute("viewBox", "0 0 1 1");
      spot.setAttribute("aria-hidden", "true");
      const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of [["width", "1"], ["height", "1"], ["fill", `rgb(${areaColour(k).join(",")})`]] as const) square.setAttribute(name, value);
      spot.append(square);
      item.append(spot, `${muscle.name}: ${muscle.action.toLowerCase()}`);
      return item;
    }));
  }
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = make("button", "virtual-face-button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function range(label: string, step: string): HTMLInputElement {
  const made = make("input", "virtual-face-slider");
  made.type = "range";
  made.min = "0";
  made.step = step;
  made.setAttribute("aria-label", label);
  return made;
}

function group(label: string, children: readonly HTMLElement[]): HTMLElement {
  const made = make("div", "virtual-face-row");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", label);
  const word = make("span", "virtual-face-label");
  word.textContent = label;
  word.setAttribute("aria-hidden", "true");
  made.append(word, ...children);
  return made;
}
