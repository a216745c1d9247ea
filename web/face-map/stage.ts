import { button, el, svg } from "./dom.ts";
import {
  framed, panned, placeAt, resized, signedX, toFace, toScreen, wholeFace, zoomed, type Frame, type Place, type Spot, type View,
} from "./geometry.ts";
import { standard, type Outline, type Projection } from "./grid.ts";
import { Hatching, scenery, type Layer, type Scenery } from "./scenery.ts";
import { sideWord, type FaceMapData, type PlanPoint } from "./model.ts";
import { unitsText } from "./dose.ts";

/** How near a finger has to come, pixels: half a touch target of 44. */
export const TOUCH = 22;
const STILL = 8;
/** A press of an arrow key, IPD: about half a millimetre; with Shift five times as far. */
export const NUDGE = 0.008;

export interface StageEvents {
  /** Undefined where the spot is on no face. */
  tap(place: Place | undefined, spot: Spot): void;
  select(id: string): void;
  drag(id: string, place: Place, done: boolean): void;
  key(event: KeyboardEvent, id: string | undefined): void;
}

export interface Shown {
  readonly points: readonly PlanPoint[];
  readonly selected: string | undefined;
  readonly ghosts: readonly PlanPoint[];
  readonly describe: (point: PlanPoint, number: number) => string;
  readonly marks: (point: PlanPoint) => string;
}

/** The picture: drawing, points, words on both edges; pointer and keys. It knows places, not plans. */
export class Stage {
  readonly root: HTMLElement;
  /** The stage with the zoom buttons in its corner. */
  readonly frame = el("div", { class: "fm-frame" });
  #view: View;
  #shown: Shown | undefined;
  readonly #svg: SVGSVGElement;
  #scenery: Scenery;
  #projection: Projection = standard;
  readonly #layers = new Map<Layer, boolean>();
  readonly #hatching = new Hatching();
  readonly #dots = el("div", { class: "fm-dots" });
  readonly #ghosts = el("div", { class: "fm-ghosts", "aria-hidden": "true" });
  readonly #words = { start: el("span", { class: "fm-edge fm-edge-start" }), end: el("span", { class: "fm-edge fm-edge-end" }) };
  readonly #cross = el("div", { class: "fm-cross", hidden: true, "aria-hidden": "true" });
  readonly #pointers = new Map<number, Spot>();
  #cursor: Spot | undefined;
  #grip: { readonly id: string | undefined; readonly from: Spot; moved: boolean; pinched: boolean } | undefined;

  constructor(private readonly data: FaceMapData, private readonly events: StageEvents) {
    this.#scenery = scenery(data);
    this.#svg = svg("svg", { class: "fm-svg", "aria-hidden": "true", focusable: "false" }, this.#hatching.defs, this.#scenery.group);
    this.root = el("div", {
      class: "fm-stage", role: "application", tabindex: 0, "aria-roledescription": "face map",
      "aria-label": "Face map. Arrow keys move the cross, Enter places a point there, Tab goes through the points, Page Up and Page Down zoom.",
    }, this.#svg, this.#ghosts, this.#dots, this.#cross, this.#words.start, this.#words.end);
    this.#view = wholeFace(560, 620, false);
    this.root.addEventListener("pointerdown", (event) => this.#down(event));
    this.root.addEventListener("pointermove", (event) => this.#move(event));
    this.root.addEventListener("pointerup", (event) => this.#up(event));
    this.root.addEventListener("pointercancel", (event) => this.#cancel(event));
    this.root.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("blur", () => this.#point(undefined));
    const near = el("div", { class: "fm-zoom", role: "group", "aria-label": "Zoom" },
      button("−", "fm-tool", () => this.zoom(1 / 1.5), { "aria-label": "Zoom out" }), button("+", "fm-tool", () => this.zoom(1.5), { "aria-label": "Zoom in" }));
    near.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.frame.append(this.root, near);
    new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      if (width > 0 && height > 0) this.look(resized(this.#view, width, height));
    }).observe(this.root);
  }

  get view(): View {
    return this.#view;
  }

  look(view: View): void {
    this.#view = view;
    this.#paint();
  }

  whole(): void {
    this.look(wholeFace(this.#view.width, this.#view.height, this.#view.mirrored));
  }

  near(frame: Frame): void {
    this.look(framed(frame, this.#view.width, this.#view.height, this.#view.mirrored));
  }

  zoom(factor: number): void {
    this.look(zoomed(this.#view, factor, { x: this.#view.width / 2, y: this.#view.height / 2 }));
  }

  mirror(mirrored: boolean): void {
    this.look({ ...this.#view, mirrored });
  }

  /** Shows the patient's own outlines with the standard face laid on them, or, without any, the standard face. */
  wear(projection: Projection = standard, outlines: readonly Outline[] = []): void {
    const before = this.#scenery.group;
    this.#projection = projection;
    this.#scenery = scenery(this.data, projection, outlines);
    for (const [layer, visible] of this.#layers) this.#scenery.show(layer, visible);
    before.replaceWith(this.#scenery.group);
    this.#paint();
  }

  /** Where a place of the standard face is on the screen. */
  spotOf(place: Place): Spot {
    const drawn = this.#projection.toDrawn(signedX(place), place.downIpd);
    return toScreen(this.#view, drawn.x, drawn.y);
  }

  layer(layer: Layer, visible: boolean): void {
    this.#layers.set(layer, visible);
    this.#scenery.show(layer, visible);
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#paint();
  }

  focusPoint(id: string): void {
    this.#dots.querySelector<HTMLElement>(`[data-point="${id}"]`)?.focus({ preventScroll: true });
  }

  #paint(): void {
    const view = this.#view;
    const across = view.mirrored ? -view.scale : view.scale;
    this.#svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
    this.#scenery.group.setAttribute("transform",
      `translate(${view.width / 2 - view.centreX * across} ${view.height / 2 - view.centreY * view.scale}) scale(${across} ${view.scale})`);
    this.#hatching.scale(view.scale);
    this.root.dataset["near"] = String(view.scale > 1.6 * wholeFace(view.width, view.height, false).scale);
    const [start, end] = view.mirrored ? (["patientLeft", "patientRight"] as const) : (["patientRight", "patientLeft"] as const);
    for (const [word, side] of [[this.#words.start, start], [this.#words.end, end]] as const) {
      word.textContent = sideWord(side);
      word.dataset["side"] = side;
      word.title = `The patient's ${sideWord(side).toLowerCase()} is on this edge`;
    }
    this.#paintPoints();
    this.#point(this.#cursor);
  }

  #paintPoints(): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    const kept = new Map([...this.#dots.children].map((dot) => [(dot as HTMLElement).dataset["point"], dot as HTMLElement]));
    const dots = shown.points.map((point, i) => {
      const dot = kept.get(point.id) ?? this.#dot(point.id);
      const spot = this.spotOf(point);
      dot.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
      const selected = point.id === shown.selected;
      dot.className = `fm-dot ${shown.marks(point)} ${selected ? "fm-selected" : ""}`;
      dot.dataset["side"] = point.side;
      dot.dataset["lateral"] = String(point.lateralIpd);
      dot.dataset["down"] = String(point.downIpd);
      dot.tabIndex = selected || (shown.selected === undefined && i === 0) ? 0 : -1;
      dot.setAttribute("aria-pressed", String(selected));
      dot.replaceChildren(
        el("span", { class: "fm-number", "aria-hidden": "true" }, String(i + 1)),
        el("span", { class: "fm-dose", "aria-hidden": "true" }, point.units === 0 ? "no dose" : `${unitsText(point.units)} U`),
        el("span", { class: "visually-hidden" }, shown.describe(point, i + 1)));
      return dot;
    });
    // Elements that stay where they are keep the focus.
    if (dots.length !== this.#dots.children.length || dots.some((dot, i) => this.#dots.children[i] !== dot)) this.#dots.replaceChildren(...dots);
    this.#ghosts.replaceChildren(...shown.ghosts.map((ghost) => {
      const made = el("span", { class: "fm-ghost", "data-side": ghost.side }, el("span", { class: "fm-dose" }, `${unitsText(ghost.units)} U`));
      const spot = this.spotOf(ghost);
      made.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
      return made;
    }));
  }

  #dot(id: string): HTMLElement {
    const dot = el("button", { type: "button", class: "fm-dot", "data-point": id });
    dot.addEventListener("focus", () => {
      if (this.#shown?.selected !== id) this.events.select(id);
    });
    // A finger or mouse is the stage's business; this is the click of a keyboard or a screen reader.
    dot.addEventListener("click", () => this.events.select(id));
    return dot;
  }

  #spot(event: MouseEvent): Spot {
    const box = this.root.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #pointAt(spot: Spot): PlanPoint | undefined {
    let best: { point: PlanPoint; distance: number } | undefined;
    for (const point of this.#shown?.points ?? []) {
      const at = this.spotOf(point);
      const distance = Math.hypot(at.x - spot.x, at.y - spot.y);
      if (distance <= TOUCH && (best === undefined || distance < best.distance)) best = { point, distance };
    }
    return best?.point;
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const spot = this.#spot(event);
    this.root.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, spot);
    if (this.#pointers.size === 1) this.#grip = { id: this.#pointAt(spot)?.id, from: spot, moved: false, pinched: false };
    else if (this.#grip !== undefined) this.#grip.pinched = true;
    event.preventDefault();
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const grip = this.#grip;
    if (before === undefined || grip === undefined) return;
    const spot = this.#spot(event);
    if (this.#pointers.size === 2) {
      const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      this.#pointers.set(event.pointerId, spot);
      if (other !== undefined) this.#pinch(other, before, spot);
      return;
    }
    if (!grip.moved && Math.hypot(spot.x - grip.from.x, spot.y - grip.from.y) < STILL) return;
    grip.moved = true;
    this.#pointers.set(event.pointerId, spot);
    // Only the point that is chosen already goes with the finger, so that none is shifted unseen.
    if (grip.id !== undefined && grip.id === this.#shown?.selected) this.#drag(grip.id, spot, false);
    else this.look(panned(this.#view, spot.x - before.x, spot.y - before.y));
  }

  #pinch(other: Spot, before: Spot, now: Spot): void {
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(now.x - other.x, now.y - other.y);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const moved = panned(this.#view, (now.x - before.x) / 2, (now.y - before.y) / 2);
    this.look(was > 0 ? zoomed(moved, is / was, middle) : moved);
  }

  #up(event: PointerEvent): void {
    const grip = this.#grip;
    this.#pointers.delete(event.pointerId);
    if (this.#pointers.size > 0 || grip === undefined) return;
    this.#grip = undefined;
    const spot = this.#spot(event);
    if (grip.pinched) return;
    if (grip.moved) {
      if (grip.id !== undefined && grip.id === this.#shown?.selected) this.#drag(grip.id, spot, true);
    } else if (grip.id !== undefined) {
      this.events.select(grip.id);
      this.focusPoint(grip.id);
    } else {
      this.events.tap(this.#placeAt(spot), spot);
    }
  }

  #cancel(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    if (this.#pointers.size === 0) this.#grip = undefined;
  }

  #drag(id: string, spot: Spot, done: boolean): void {
    const place = this.#placeAt(spot);
    if (place !== undefined) this.events.drag(id, place, done);
  }

  #placeAt(spot: Spot): Place | undefined {
    const drawn = toFace(this.#view, spot);
    const at = this.#projection.toStandard(drawn.x, drawn.y);
    return at === undefined ? undefined : placeAt(at.x, at.y, "patientRight");
  }

  /** A wheel alone scrolls the page, as everywhere; with Ctrl (as a pinch on a touchpad sends it) it zooms. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.look(zoomed(this.#view, Math.exp(-event.deltaY / 300), this.#spot(event)));
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      this.zoom(event.key === "PageUp" ? 1.5 : 1 / 1.5);
      return;
    }
    const dot = (event.target as HTMLElement).closest<HTMLElement>(".fm-dot");
    if (dot !== null && event.key === "Tab") this.#tab(event, dot);
    else if (dot === null && event.target === this.root) this.#steer(event);
    if (!event.defaultPrevented) this.events.key(event, dot?.dataset["point"]);
  }

  /** Tab goes through the points; after the last one it leaves, as does Shift and Tab before the first. */
  #tab(event: KeyboardEvent, dot: HTMLElement): void {
    const next = (event.shiftKey ? dot.previousElementSibling : dot.nextElementSibling) as HTMLElement | null;
    if (next !== null) {
      event.preventDefault();
      next.focus({ preventScroll: true });
    }
  }

  #steer(event: KeyboardEvent): void {
    const by = arrow(event);
    const cursor = this.#cursor ?? { x: this.#view.centreX, y: this.#view.centreY };
    if (by !== undefined) {
      event.preventDefault();
      const mirrored = this.#view.mirrored ? -1 : 1;
      this.#point({ x: cursor.x + by.x * mirrored * 3, y: cursor.y + by.y * 3 });
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#point(cursor);
      const spot = toScreen(this.#view, cursor.x, cursor.y);
      this.events.tap(this.#placeAt(spot), spot);
    }
  }

  #point(cursor: Spot | undefined): void {
    this.#cursor = cursor;
    this.#cross.hidden = cursor === undefined;
    if (cursor !== undefined) {
      const spot = toScreen(this.#view, cursor.x, cursor.y);
      this.#cross.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
    }
  }
}

/** What an arrow key asks for, in steps on the screen: x to the viewer's right. */
export function arrow(event: KeyboardEvent): Spot | undefined {
  const far = event.shiftKey ? 5 * NUDGE : NUDGE;
  switch (event.key) {
    case "ArrowLeft": return { x: -far, y: 0 };
    case "ArrowRight": return { x: far, y: 0 };
    case "ArrowUp": return { x: 0, y: -far };
    case "ArrowDown": return { x: 0, y: far };
    default: return undefined;
  }
}
