import { h } from "./dom";
import type { Span } from "./video-reading";
import { clock, parseClock } from "./wording";

/** What a person may say about a video: where the rest is, and when the right eye is closed on request. */
export class FileMarks {
  readonly element: HTMLElement;
  private readonly rest: SpanField;
  private readonly rightEye: SpanField;

  constructor(currentTime: () => number, durationSeconds: number) {
    this.rightEye = new SpanField({
      id: "capture-right-eye", title: "The patient closes the right eye on request in this video",
      hint: "This settles right and left. Without it the report says “side unconfirmed”, for a video may be a mirror image.",
      span: { from: 0, to: Math.min(4, durationSeconds) }, currentTime, durationSeconds,
    });
    this.rest = new SpanField({
      id: "capture-rest-span", title: "Only a part of the video is quiet rest",
      hint: "Spasms are counted there only. Without it the whole video counts as rest.",
      span: { from: 0, to: durationSeconds }, currentTime, durationSeconds,
    });
    this.element = h("div", { class: "capture-marks" }, this.rightEye.element, this.rest.element);
  }

  /** Shows what is wrong; false where something is. */
  check(): boolean {
    const right = this.rightEye.check();
    return this.rest.check() && right;
  }

  /** What was said; null where nothing was. */
  spans(): { readonly rest: Span | null; readonly rightEye: Span | null } {
    return { rest: this.rest.span(), rightEye: this.rightEye.span() };
  }
}

interface SpanFieldOptions {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly span: Span;
  readonly currentTime: () => number;
  readonly durationSeconds: number;
}

/** A stretch of the video that may be given: a box to tick, then from and to. */
class SpanField {
  readonly element: HTMLElement;
  private readonly box: HTMLInputElement;
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly error: HTMLElement;

  constructor(private readonly options: SpanFieldOptions) {
    const { id, title, hint, span } = options;
    this.error = h("p", { class: "field-error", id: `${id}-error`, hidden: true, attributes: { role: "alert" } });
    this.from = this.timeField(`${id}-from`, span.from);
    this.to = this.timeField(`${id}-to`, span.to);
    const times = h("div", { class: "capture-span-times", hidden: true },
      this.withButton("From", this.from), this.withButton("to", this.to));
    this.box = h("input", { type: "checkbox", id, on: { change: () => { times.hidden = !this.box.checked; this.error.hidden = true; } } });
    this.element = h("div", { class: "capture-span" },
      h("label", { class: "choice" }, this.box, h("span", {}, title)),
      h("p", { class: "field-hint" }, hint), times, this.error);
  }

  span(): Span | null {
    return this.box.checked ? { from: parseClock(this.from.value), to: parseClock(this.to.value) } : null;
  }

  check(): boolean {
    const span = this.span();
    const wrong = span === null ? "" : problemOf(span, this.options.durationSeconds);
    this.error.hidden = wrong === "";
    this.error.textContent = wrong;
    for (const field of [this.from, this.to]) field.setAttribute("aria-invalid", String(wrong !== ""));
    if (wrong !== "") this.from.focus();
    return wrong === "";
  }

  private timeField(id: string, seconds: number): HTMLInputElement {
    return h("input", { type: "text", id, value: clock(seconds), class: "capture-time", attributes: { inputmode: "decimal", autocomplete: "off", "aria-describedby": `${this.options.id}-error` } });
  }

  private withButton(label: string, field: HTMLInputElement): HTMLElement {
    return h("div", { class: "capture-span-time" },
      h("label", { htmlFor: field.id }, label), field,
      h("button", { type: "button", class: "button-secondary", on: { click: () => { field.value = this.options.currentTime().toFixed(1); } } }, "Take from player"));
  }
}

function problemOf({ from, to }: Span, durationSeconds: number): string {
  if (Number.isNaN(from) || Number.isNaN(to)) return "Write times as minutes and seconds, for example 0:07, or as seconds, for example 7.5.";
  if (to - from < 1) return "The end must lie at least one second after the beginning.";
  return from >= durationSeconds ? `The video is only ${clock(durationSeconds)} long.` : "";
}
