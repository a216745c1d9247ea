import "./spasm-timeline.css";
import { describe, eventNear, neighbour, UNUSABLE } from "../recording/events.ts";
import { loadReport, loadSignals } from "../recording/load.ts";
import { type SignalBand, type SpasmEvent, type SpasmReport } from "../recording/report.ts";
import { choose, onChoice } from "../recording/selection.ts";
import { lanes, sideAt, type Lanes } from "./lanes.ts";
import { GUTTER, Plot } from "./plot.ts";
import { clock, pan, reveal, toPixel, toSeconds, whole, zoom, type Viewport } from "./viewport.ts";

const ZOOM_STEP = 1.6;
const WAIT_BEFORE_LOADING_MS = 150;

/**
 * Both sides of a recording over time: `<spasm-timeline data-recording="id" data-span="seconds">`. Zoom with wheel, pinch,
 * buttons or keys; choose events with pointer or arrows. Without script, and on paper, the drawing inside stays.
 */
class SpasmTimeline extends HTMLElement {
  #life = new AbortController();
  #loading = new AbortController();
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #report: SpasmReport | undefined;
  #signals: SignalBand | undefined;
  #duration = 1;
  #view: Viewport = whole(1);
  #layout: Lanes = lanes(false);
  #chosen: number | undefined;
  #hovered: number | undefined;
  #plot = new Plot();
  #stage = document.createElement("div");
  #status = document.createElement("p");
  #tip = document.createElement("div");
  #pointers = new Map<number, { x: number; startX: number }>();

  connectedCallback(): void {
    this.#life = new AbortController();
    void this.#start(this.#life.signal);
  }

  disconnectedCallback(): void {
    this.#life.abort();
    this.#loading.abort();
    clearTimeout(this.#waiting);
  }

  async #start(signal: AbortSignal): Promise<void> {
    try {
      const report = await loadReport(this.#id);
      if (signal.aborted) return;
      this.#report = report;
      this.#duration = Math.max(report.recording.durationSeconds, Number(this.dataset["span"] ?? 0));
      this.#view = whole(this.#duration);
      this.#build(report, signal);
      await this.#load();
    } catch (failure) {
      if (signal.aborted) return;
      const note = document.createElement("p");
      note.className = "island-failure";
      note.textContent = `The interactive timeline could not be loaded; the drawing and the table hold the same. ${failure instanceof Error ? failure.message : ""}`;
      this.append(note);
    }
  }

  get #id(): string {
    return this.dataset["recording"] ?? "";
  }

  #build(report: SpasmReport, signal: AbortSignal): void {
    // What the server drew stays for paper.
    const paper = document.createElement("div");
    paper.className = "timeline-paper";
    paper.append(...this.childNodes);
    this.#stage.className = "timeline-stage";
    this.#stage.tabIndex = 0;
    this.#stage.setAttribute("role", "group");
    this.#stage.setAttribute("aria-roledescription", "timeline");
    const count = report.events.length === 1 ? "1 event" : `${report.events.length} events`;
    this.#stage.setAttribute("aria-label",
      `Timeline of ${clock(report.recording.durationSeconds)} minutes, ${count}. Right above, left below. ` +
      "Arrow keys go from event to event, Enter plays the face, plus and minus zoom, Page Up and Page Down move, Home and End go to the first and last event.");
    this.#status.className = "timeline-status";
    this.#status.setAttribute("aria-live", "polite");
    this.#status.textContent = report.events.length > 0 ? "Choose an event to see its figures and its face." : "No events were found.";
    this.#tip.className = "timeline-tip";
    this.#tip.hidden = true;
    this.#stage.append(this.#plot.root, this.#tip);
    this.replaceChildren(paper, this.#controls(), this.#stage, this.#status);

    this.#stage.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#stage.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    this.#stage.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    this.#stage.addEventListener("pointermove", (event) => this.#move(event), { signal });
    this.#stage.addEventListener("pointerup", (event) => this.#release(event), { signal });
    this.#stage.addEventListener("pointercancel", (event) => this.#pointers.delete(event.pointerId), { signal });
    this.#stage.addEventListener("pointerleave", () => this.#hover(undefined, 0), { signal });
    onChoice((choice) => {
      if (choice.recordingId === this.#id && choice.number !== this.#chosen) this.#take(choice.number);
    }, signal);
    const size = new ResizeObserver(() => this.#resize());
    size.observe(this.#stage);
    signal.addEventListener("abort", () => size.disconnect());
    this.#resize();
  }

  #controls(): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "timeline-controls";
    const add = (text: string, label: string, act: () => void, wide?: { before?: string; after?: string }): void => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button-small";
      const word = (words: string): HTMLElement => Object.assign(document.createElement("span"), { className: "wide-only", textContent: words });
      made.append(...(wide?.before === undefined ? [] : [word(wide.before)]), text, ...(wide?.after === undefined ? [] : [word(wide.after)]));
      made.setAttribute("aria-label", label);
      made.addEventListener("click", act);
      bar.append(made);
    };
    add("‹", "Previous event", () => this.#go(-1), { after: " Previous event" });
    add("›", "Next event", () => this.#go(1), { before: "Next event " });
    add("−", "Zoom out", () => this.#zoom(1 / ZOOM_STEP));
    add("+", "Zoom in", () => this.#zoom(ZOOM_STEP));
    add("Whole", "Show the whole recording", () => this.#look(whole(this.#duration)));
    return bar;
  }

  #resize(): void {
    if (this.#stage.clientWidth <= GUTTER) return;
    this.#layout = lanes(this.#width < 560);
    this.#plot.resize(this.#width, this.#layout);
    this.#draw();
    this.#loadSoon();
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const span = this.#view.to - this.#view.from;
    const acts: Record<string, () => void> = {
      "+": () => this.#zoom(ZOOM_STEP),
      "=": () => this.#zoom(ZOOM_STEP),
      "-": () => this.#zoom(1 / ZOOM_STEP),
      "0": () => this.#look(whole(this.#duration)),
      ArrowRight: () => this.#go(1),
      ArrowLeft: () => this.#go(-1),
      PageDown: () => this.#look(pan(this.#view, 0.5 * span, this.#duration)),
      PageUp: () => this.#look(pan(this.#view, -0.5 * span, this.#duration)),
      Home: () => this.#select(this.#events[0], false),
      End: () => this.#select(this.#events.at(-1), false),
      Enter: () => this.#select(this.#events.find((e) => e.number === this.#chosen), true),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  #wheel(event: WheelEvent): void {
    // A plain wheel scrolls the page until the timeline has the focus; a pinch on a touchpad arrives as wheel with ctrl.
    if (!event.ctrlKey && document.activeElement !== this.#stage) return;
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.#look(pan(this.#view, (event.deltaX / this.#width) * (this.#view.to - this.#view.from), this.#duration));
    } else {
      this.#zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), this.#secondsAt(event.clientX));
    }
  }

  #press(event: PointerEvent): void {
    this.#stage.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.clientX, startX: event.clientX });
  }

  #move(event: PointerEvent): void {
    const held = this.#pointers.get(event.pointerId);
    if (held === undefined) {
      const near = this.#eventAt(event);
      this.#hover(near, event.clientX);
      return;
    }
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    const other = others[0]?.[1];
    if (other !== undefined) {
      const [before, after] = [Math.abs(held.x - other.x), Math.abs(event.clientX - other.x)];
      if (before > 10 && after > 10) this.#zoom(after / before, this.#secondsAt((event.clientX + other.x) / 2));
    } else if (Math.abs(event.clientX - held.startX) > 4) {
      const secondsPerPixel = (this.#view.to - this.#view.from) / this.#width;
      this.#look(pan(this.#view, (held.x - event.clientX) * secondsPerPixel, this.#duration));
    }
    held.x = event.clientX;
  }

  #release(event: PointerEvent): void {
    const held = this.#pointers.get(event.pointerId);
    this.#pointers.delete(event.pointerId);
    if (held !== undefined && this.#pointers.size === 0 && Math.abs(event.clientX - held.startX) <= 4) {
      const near = this.#eventAt(event);
      if (near !== undefined) this.#select(near, true);
    }
  }

  get #events(): readonly SpasmEvent[] {
    return this.#report?.events ?? [];
  }

  /** Pixels that the time on screen takes. */
  get #width(): number {
    return Math.max(this.#stage.clientWidth - GUTTER, 1);
  }

  #secondsAt(clientX: number): number {
    return toSeconds(this.#view, clientX - this.#stage.getBoundingClientRect().left - GUTTER, this.#width);
  }

  #eventAt(event: PointerEvent): SpasmEvent | undefined {
    const box = this.#stage.getBoundingClientRect();
    const reach = ((event.pointerType === "touch" ? 22 : 8) / this.#width) * (this.#view.to - this.#view.from);
    return eventNear(this.#events, this.#secondsAt(event.clientX), reach, sideAt(this.#layout, event.clientY - box.top));
  }

  #hover(event: SpasmEvent | undefined, clientX: number): void {
    if (this.#hovered === event?.number && event !== undefined) return;
    this.#hovered = event?.number;
    this.#plot.mark(this.#chosen, this.#hovered);
    const second = this.#report?.quality.seconds[Math.floor(this.#secondsAt(clientX))];
    const text = event !== undefined ? describe(event)
      : clientX > 0 && second?.usable === false && second.why !== null ? `Not counted: ${UNUSABLE[second.why]}.` : "";
    this.#tip.hidden = text === "";
    if (text === "") return;
    this.#tip.textContent = text;
    const width = this.#stage.clientWidth;
    const at = event !== undefined ? GUTTER + toPixel(this.#view, event.peakSeconds, this.#width) : clientX - this.#stage.getBoundingClientRect().left;
    const half = Math.min(150, width / 2);
    this.#tip.style.setProperty("left", `${Math.min(Math.max(at, half), width - half)}px`);
  }

  #go(step: 1 | -1): void {
    this.#select(neighbour(this.#events, this.#chosen, step), false);
  }

  #select(event: SpasmEvent | undefined, play: boolean): void {
    if (event === undefined) return;
    this.#take(event.number);
    choose({ recordingId: this.#id, number: event.number, play });
  }

  #take(number: number): void {
    const event = this.#events.find((candidate) => candidate.number === number);
    if (event === undefined) return;
    this.#chosen = number;
    this.#status.textContent = describe(event);
    this.#look(reveal(this.#view, event.startSeconds, event.endSeconds, this.#duration));
  }

  #zoom(factor: number, at?: number): void {
    const chosen = this.#events.find((event) => event.number === this.#chosen)?.peakSeconds;
    const inView = chosen !== undefined && chosen >= this.#view.from && chosen <= this.#view.to;
    this.#look(zoom(this.#view, factor, at ?? (inView ? chosen : (this.#view.from + this.#view.to) / 2), this.#duration));
  }

  #look(view: Viewport): void {
    this.#view = view;
    this.#tip.hidden = true;
    this.#draw();
    this.#loadSoon();
  }

  #draw(): void {
    if (this.#report === undefined) return;
    this.#plot.draw(this.#view, this.#report, this.#signals);
    this.#plot.mark(this.#chosen, this.#hovered);
    this.dataset["from"] = this.#view.from.toFixed(2);
    this.dataset["to"] = this.#view.to.toFixed(2);
  }

  #loadSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#load(), WAIT_BEFORE_LOADING_MS);
  }

  async #load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const { from, to } = this.#view;
    try {
      this.#signals = await loadSignals(this.#id, from, to, Math.min(2000, Math.max(200, this.#width)), signal);
      this.#draw();
    } catch (failure) {
      if (!signal.aborted) this.#status.textContent = `The traces could not be loaded. ${failure instanceof Error ? failure.message : ""}`;
    }
  }
}

/** A link of the table, `<a data-choose-event="3">`, plays that event's face instead of loading the page anew. */
document.addEventListener("click", (click) => {
  const link = (click.target as Element | null)?.closest<HTMLElement>("[data-choose-event]");
  const recordingId = link?.dataset["chooseRecording"];
  if (link == null || recordingId === undefined || click.ctrlKey || click.metaKey || click.shiftKey) return;
  click.preventDefault();
  choose({ recordingId, number: Number(link.dataset["chooseEvent"]), play: true });
  document.querySelector("event-face")?.scrollIntoView({ block: "nearest" });
});

customElements.define("spasm-timeline", SpasmTimeline);

