import type { Band, Side, SignalBand, SpasmEvent, SpasmReport } from "../recording/report.ts";
import { eventMark, lanes, laneY, type Lanes } from "./lanes.ts";
import { bandPath, runs, share } from "./trace.ts";
import { clock, ticks, toPixel, type Viewport } from "./viewport.ts";

const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["patientRight", "patientLeft"] as const;

/** Full height of a lane: a shut eye, or a mouth corner moved by this much (interocular distances). */
export const MOUTH_FULL_IOD = 0.15;

/** Room at the left edge for the words of the sides, pixels. */
export const GUTTER = 46;

/** Plots on this page, so that each has names of its own. */
let made = 0;

/** The drawing of the timeline; it knows pixels and times, not pointers and keys. */
export class Plot {
  readonly root = svg("svg", "timeline-plot");
  #layout: Lanes = lanes(false);
  #width = 1;
  #marks = new Map<number, SVGElement>();
  #unusable = svg("g", "timeline-unusable");
  #grid = svg("g", "timeline-grid");
  #traces = svg("g", "timeline-traces");
  #blinks = svg("path", "timeline-blinks");
  #events = svg("g", "timeline-events");
  #words = svg("g", "timeline-words");
  #clip = svg("rect", "");

  constructor() {
    this.root.setAttribute("aria-hidden", "true");
    // What lies before or after the stretch on screen must not run into the words.
    const inside = svg("g", "");
    const clip = svg("clipPath", "");
    clip.id = `timeline-clip-${++made}`;
    clip.append(this.#clip);
    inside.setAttribute("clip-path", `url(#${clip.id})`);
    inside.append(this.#unusable, this.#grid, this.#traces, this.#blinks, this.#events);
    this.root.append(this.#hatching(), clip, inside, this.#words);
  }

  resize(width: number, layout: Lanes): void {
    [this.#width, this.#layout] = [width, layout];
    this.root.setAttribute("viewBox", `${-GUTTER} 0 ${width + GUTTER} ${layout.height}`);
    this.root.setAttribute("width", String(width + GUTTER));
    this.root.setAttribute("height", String(layout.height));
    this.#clip.setAttribute("width", String(width));
    this.#clip.setAttribute("height", String(layout.height));
    this.#words.replaceChildren(...SIDES.map((side) =>
      text(side === "patientRight" ? "Right" : "Left", -GUTTER, laneY(layout, side, 0.5) + 4, "timeline-side")));
  }

  draw(view: Viewport, report: SpasmReport, signals: SignalBand | undefined): void {
    const x = (seconds: number): number => toPixel(view, seconds, this.#width);
    this.#drawUnusable(report, view, x);
    this.#drawGrid(view, x);
    if (signals !== undefined) this.#drawTraces(signals, x);
    const seen = report.blinks.times.filter((time) => time >= view.from && time <= view.to);
    const { top, bottom } = this.#layout.blinks;
    this.#blinks.setAttribute("d", seen.map((time) => `M${x(time).toFixed(1)},${top}V${bottom}`).join(""));
    this.#drawEvents(report.events.filter((event) => event.endSeconds >= view.from && event.startSeconds <= view.to), x);
  }

  /** Shows which event is chosen and which one the pointer is on. */
  mark(chosen: number | undefined, hovered: number | undefined): void {
    for (const [number, group] of this.#marks) {
      group.classList.toggle("is-chosen", number === chosen);
      group.classList.toggle("is-hovered", number === hovered);
    }
  }

  #drawUnusable(report: SpasmReport, view: Viewport, x: (seconds: number) => number): void {
    const found = runs(report.quality.seconds, (second) => !second.usable).filter(([from, to]) => to >= view.from && from <= view.to);
    this.#unusable.replaceChildren(...found.map(([from, to]) => {
      const rect = svg("rect", "timeline-hatched");
      set(rect, { x: x(from), y: 0, width: Math.max(x(to) - x(from), 1), height: this.#layout.plotBottom, fill: "url(#timeline-hatching)" });
      return rect;
    }));
  }

  #drawGrid(view: Viewport, x: (seconds: number) => number): void {
    const { step, times } = ticks(view, this.#width);
    const bottom = this.#layout.plotBottom;
    const lines = svg("path", "timeline-tick-lines");
    lines.setAttribute("d", times.map((time) => `M${x(time).toFixed(1)},0V${bottom}`).join(""));
    const bases = svg("path", "timeline-baselines");
    bases.setAttribute("d", SIDES.map((side) => `M0,${this.#layout.baseline[side]}H${this.#width}`).join(""));
    const labels = times.map((time) => {
      const label = text(clock(time, step), Math.min(Math.max(x(time), 14), this.#width - 16), this.#layout.height - 6, "timeline-time");
      label.setAttribute("text-anchor", "middle");
      return label;
    });
    this.#grid.replaceChildren(lines, bases, ...labels);
  }

  #drawTraces(signals: SignalBand, x: (seconds: number) => number): void {
    const trace = (side: Side, band: Band, full: number, className: string): SVGElement => {
      const path = svg("path", `timeline-trace ${className}`);
      path.setAttribute("d", bandPath(signals.times, band, x, (value) => laneY(this.#layout, side, share(value, full))));
      return path;
    };
    this.#traces.replaceChildren(
      trace("patientRight", signals.right.lid, 1, "timeline-lid"),
      trace("patientRight", signals.right.mouth, MOUTH_FULL_IOD, "timeline-mouth"),
      trace("patientLeft", signals.left.lid, 1, "timeline-lid"),
      trace("patientLeft", signals.left.mouth, MOUTH_FULL_IOD, "timeline-mouth"));
  }

  #drawEvents(events: readonly SpasmEvent[], x: (seconds: number) => number): void {
    this.#marks.clear();
    this.#events.replaceChildren(...events.map((event) => {
      const [from, to] = [x(event.startSeconds), x(event.endSeconds)];
      const group = svg("g", `timeline-event ${event.side === "patientRight" ? "is-right" : "is-left"}${event.counted ? "" : " is-uncounted"}`);
      const [top, bottom] = event.side === "patientRight"
        ? [this.#layout.strip.patientRight, this.#layout.baseline.patientRight]
        : [this.#layout.baseline.patientLeft, this.#layout.strip.patientLeft + this.#layout.stripHeight];
      const band = svg("rect", "timeline-event-band");
      set(band, { x: from, y: top, width: Math.max(to - from, 1.5), height: bottom - top });
      const mark = svg("path", "timeline-event-mark");
      mark.setAttribute("d", eventMark(this.#layout, event.side, event.kind, from, to));
      group.append(band, mark);
      this.#marks.set(event.number, group);
      return group;
    }));
  }

  #hatching(): SVGElement {
    const definitions = svg("defs", "");
    const pattern = svg("pattern", "");
    pattern.id = "timeline-hatching";
    set(pattern, { width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    const stroke = svg("rect", "timeline-hatch");
    set(stroke, { width: 1.5, height: 6 });
    pattern.append(stroke);
    definitions.append(pattern);
    return definitions;
  }
}

function svg<K extends keyof SVGElementTagNameMap>(name: K, className: string): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  if (className !== "") made.setAttribute("class", className);
  return made;
}

function set(target: SVGElement, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) {
    target.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
}

function text(words: string, x: number, y: number, className: string): SVGTextElement {
  const made = svg("text", className);
  set(made, { x, y });
  made.textContent = words;
  return made;
}
