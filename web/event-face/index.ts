import "./event-face.css";
import { facts } from "../recording/events.ts";
import { loadFrames, loadReport } from "../recording/load.ts";
import { sideWord, type FaceFrames, type SpasmEvent, type SpasmReport } from "../recording/report.ts";
import { onChoice } from "../recording/selection.ts";
import { outlinePath } from "./outline-path.ts";
import { restFrame } from "./rest.ts";
import { advance, clip, frameAt, step, type Playback } from "./playback.ts";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Plays one spasm event as a moving landmark face: `<event-face data-recording="id" data-event="number">`. It follows the
 * timeline's choice. Without script the two still faces inside (at rest, at the peak) stay.
 */
class EventFace extends HTMLElement {
  #life = new AbortController();
  #loading = new AbortController();
  #report: SpasmReport | undefined;
  #frames: FaceFrames | undefined;
  #event: SpasmEvent | undefined;
  #playback: Playback = { position: 0, playing: false, speed: 1 };
  #lastTick: number | undefined;
  #parts: Parts | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    onChoice((choice) => {
      if (choice.recordingId === this.dataset["recording"]) void this.#show(choice.number, choice.play);
    }, this.#life.signal);
    const first = Number(this.dataset["event"]);
    if (first > 0) void this.#show(first, !matchMedia("(prefers-reduced-motion: reduce)").matches && this.hasAttribute("data-play"));
  }

  disconnectedCallback(): void {
    this.#life.abort();
    this.#loading.abort();
    this.#set({ playing: false });
  }

  async #show(number: number, play: boolean): Promise<void> {
    const recordingId = this.dataset["recording"] ?? "";
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    try {
      this.#report ??= await loadReport(recordingId);
      const event = this.#report.events.find((candidate) => candidate.number === number);
      if (event === undefined) return;
      const { from, to } = clip(event, this.#report.recording.durationSeconds);
      const frames = await loadFrames(recordingId, from, to, signal);
      if (signal.aborted) return;
      [this.#event, this.#frames] = [event, frames];
      this.#parts ??= this.#build();
      this.#prepare(this.#parts, event, frames, this.#report.recording.sideConfirmed);
      this.#set({ position: play ? (frames.times[0] ?? from) : event.peakSeconds, playing: play });
    } catch (failure) {
      if (!signal.aborted) this.#say(failure instanceof Error ? failure.message : String(failure));
    }
  }

  #build(): Parts {
    const face = document.createElementNS(SVG, "svg");
    face.setAttribute("viewBox", "-1500 -1500 3000 3600");
    face.setAttribute("role", "img");
    face.setAttribute("class", "face-drawing");
    const caption = element("figcaption", "event-face-caption");
    const facts = element("dl", "facts");
    const note = element("p", "note");
    caption.append(facts, note);
    const play = button("Pause", () => this.#set({ playing: !this.#playback.playing }));
    const slow = button("Slow", () => this.#set({ speed: this.#playback.speed === 1 ? 0.25 : 1 }));
    slow.setAttribute("aria-pressed", "false");
    const back = button("Frame back", () => this.#step(-1));
    const on = button("Frame on", () => this.#step(1));
    const slider = element("input", "event-face-slider");
    slider.type = "range";
    slider.setAttribute("aria-label", "Moment of the event");
    slider.addEventListener("input", () => this.#set({ position: Number(slider.value), playing: false }));
    const moment = element("output", "event-face-moment");
    const controls = element("div", "event-face-controls");
    controls.append(play, slow, back, on, moment);
    const figure = element("figure", "event-face-figure");
    figure.append(face, slider, controls, caption);
    this.replaceChildren(figure);
    return { face, facts, note, play, slow, slider, moment, rest: [], moving: [] };
  }

  #prepare(parts: Parts, event: SpasmEvent, frames: FaceFrames, sideConfirmed: boolean): void {
    const still = frames.points[restFrame(frames)] ?? [];
    const own = event.side === "patientRight" ? "right" : "left";
    parts.rest = frames.outlines.map((outline) => path(`face-rest face-${kebab(outline.name)}`, outlinePath(outline, still)));
    parts.moving = frames.outlines.map((outline) =>
      path(`face-line face-${kebab(outline.name)}${outline.name.startsWith(own) ? " face-moves" : ""}`, ""));
    parts.face.replaceChildren(...parts.rest, ...parts.moving, word("Right", -1480, "start"), word("Left", 1480, "end"));
    parts.face.setAttribute("aria-label",
      `Landmark face during event ${event.number}; the patient's right is on the left of the picture. The ${sideWord(event.side).toLowerCase()} side moves.`);
    parts.facts.replaceChildren(...facts(event, sideConfirmed).map(([name, value]) => {
      const row = document.createElement("div");
      const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
      [term.textContent, detail.textContent] = [name, value];
      row.append(term, detail);
      return row;
    }));
    parts.note.textContent = event.counted ? "Dotted: the face at rest around it." : "Dotted: the face at rest around it. Not counted: outside quiet rest or in an unusable second.";
    const [first, last] = [frames.times[0] ?? 0, frames.times.at(-1) ?? 0];
    parts.slider.min = String(first);
    parts.slider.max = String(last);
    parts.slider.step = "0.001";
  }

  #step(frames: 1 | -1): void {
    if (this.#frames !== undefined) {
      this.#playback = step(this.#playback, frames, this.#frames.times);
      this.#draw();
    }
  }

  #set(change: Partial<Playback>): void {
    const wasPlaying = this.#playback.playing;
    this.#playback = { ...this.#playback, ...change };
    this.#draw();
    if (this.#playback.playing && !wasPlaying) {
      this.#lastTick = undefined;
      requestAnimationFrame((now) => this.#tick(now));
    }
  }

  #tick(now: number): void {
    if (!this.#playback.playing || this.#frames === undefined || !this.isConnected) return;
    const elapsed = this.#lastTick === undefined ? 0 : (now - this.#lastTick) / 1000;
    this.#lastTick = now;
    this.#playback = advance(this.#playback, elapsed, this.#frames.times);
    this.#draw();
    requestAnimationFrame((next) => this.#tick(next));
  }

  #draw(): void {
    const [parts, frames, event] = [this.#parts, this.#frames, this.#event];
    if (parts === undefined || frames === undefined || event === undefined) return;
    const at = frameAt(frames.times, this.#playback.position);
    const points = frames.points[at] ?? [];
    frames.outlines.forEach((outline, i) => parts.moving[i]?.setAttribute("d", outlinePath(outline, points)));
    const time = frames.times[at] ?? 0;
    parts.slider.value = String(this.#playback.position);
    parts.moment.textContent = `${signed(time - event.startSeconds)} s from onset`;
    parts.slider.setAttribute("aria-valuetext", parts.moment.textContent);
    parts.play.textContent = this.#playback.playing ? "Pause" : "Play";
    parts.slow.setAttribute("aria-pressed", String(this.#playback.speed !== 1));
  }

  #say(message: string): void {
    const note = element("p", "island-failure");
    note.setAttribute("role", "status");
    note.textContent = `The face of this event could not be loaded. ${message}`;
    this.append(note);
  }
}

interface Parts {
  readonly face: SVGSVGElement;
  readonly facts: HTMLElement;
  readonly note: HTMLElement;
  readonly play: HTMLButtonElement;
  readonly slow: HTMLButtonElement;
  readonly slider: HTMLInputElement;
  readonly moment: HTMLElement;
  rest: SVGPathElement[];
  moving: SVGPathElement[];
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = element("button", "button-small");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function path(className: string, d: string): SVGPathElement {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("class", className);
  made.setAttribute("d", d);
  return made;
}

function word(text: string, x: number, anchor: "start" | "end"): SVGTextElement {
  const made = document.createElementNS(SVG, "text");
  made.setAttribute("class", "face-side");
  made.setAttribute("x", String(x));
  made.setAttribute("y", "-1270");
  made.setAttribute("text-anchor", anchor);
  made.textContent = text;
  return made;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function signed(seconds: number): string {
  return `${seconds < 0 ? "−" : "+"}${Math.abs(seconds).toFixed(2)}`;
}

customElements.define("event-face", EventFace);
