import { h } from "./dom";
import { mostUrgent, type Gate, type Level } from "./gates";

const WORDS: Readonly<Record<Level, string>> = { good: "good", fair: "fair", poor: "poor" };
const SIGNS: Readonly<Record<Level, string>> = { good: "✓", fair: "!", poor: "✕" };

/** Figures that change more often cannot be read. */
const CALM_MILLISECONDS = 400;

/** The gates as a list, with one line that says what to mend first. */
export class GateList {
  readonly element: HTMLElement;
  private readonly list = h("ul", { class: "capture-gates" });
  private readonly advice = h("p", { class: "capture-advice", attributes: { role: "status" } });
  private shown = "";
  private shownAt = -Infinity;

  constructor() {
    this.element = h("div", { class: "capture-quality" }, this.list, this.advice);
  }

  show(gates: readonly Gate[]): void {
    const now = performance.now();
    if (now - this.shownAt < CALM_MILLISECONDS) return;
    this.shownAt = now;
    const urgent = mostUrgent(gates);
    const text = JSON.stringify([gates.map((g) => [g.level, g.finding]), urgent?.advice]);
    if (text === this.shown) return;
    this.shown = text;
    this.list.replaceChildren(...gates.map((gate) => h("li", { class: `capture-gate capture-gate-${gate.level}` },
      h("span", { class: "capture-gate-sign", attributes: { "aria-hidden": "true" } }, SIGNS[gate.level]),
      h("span", { class: "capture-gate-title" }, gate.title),
      h("span", { class: "capture-gate-finding" }, `${gate.finding} `, h("span", { class: "visually-hidden" }, `(${WORDS[gate.level]})`)))));
    const sentence = urgent === null ? "All is well for a recording." : urgent.advice;
    // Said again only when it changes: a screen reader would read every update.
    if (this.advice.textContent !== sentence) this.advice.textContent = sentence;
    this.advice.dataset["level"] = urgent?.level ?? "good";
  }
}
