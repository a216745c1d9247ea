import { screenInUse } from "../api/in-use";
import type { Cue } from "./cue";
import { h } from "./dom";
import { currentStep, elapsedInStep, progress, type Protocol } from "./protocol";
import { clock, promptFor, rightEyeSentence } from "./wording";

export interface RunningActions {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  readonly retry: () => void;
  readonly skip: () => void;
}

/** The guided protocol on the screen: prompt, clock, progress, and pause and cancel. */
export class Running {
  readonly element: HTMLElement;
  private readonly state = h("p", { class: "capture-state" });
  private readonly title = h("p", { class: "capture-prompt", attributes: { "aria-live": "assertive" } });
  private readonly hint = h("p", { class: "capture-prompt-hint" });
  private readonly count = h("p", { class: "capture-count", attributes: { "aria-hidden": "true" } });
  private readonly step = h("progress", { max: 1, attributes: { "aria-label": "This step" }, class: "capture-step-bar" });
  private readonly whole = h("progress", { max: 1, attributes: { "aria-label": "Whole recording" } });
  private readonly times = h("p", { class: "capture-times" });
  private readonly pauseButton = h("button", { type: "button", class: "button-secondary" }, "Pause");
  private readonly cancelButton = h("button", { type: "button", class: "button-secondary" }, "Cancel");
  private readonly question: HTMLElement;
  private announced = "";
  private paused = false;

  constructor(private readonly cue: Cue, actions: RunningActions) {
    this.pauseButton.addEventListener("click", () => { (this.paused ? actions.resume : actions.pause)(); });
    this.cancelButton.addEventListener("click", () => {
      if (this.cancelButton.dataset["sure"] === "true") actions.cancel();
      else {
        this.cancelButton.dataset["sure"] = "true";
        this.cancelButton.textContent = "Cancel and delete";
      }
    });
    this.question = h("div", { class: "actions", hidden: true },
      h("button", { type: "button", class: "button", on: { click: actions.retry } }, "Try again"),
      h("button", { type: "button", class: "button-secondary", on: { click: actions.skip } }, "Go on with the side unconfirmed"));
    this.element = h("section", { class: "card capture-running", attributes: { "aria-label": "Recording" } },
      h("div", { class: "capture-prompter" }, this.state, this.title, this.hint, this.count, this.step, this.question),
      h("div", { class: "capture-whole" }, h("p", { class: "capture-times" }, "Whole recording"), this.whole, this.times),
      h("div", { class: "actions" }, this.pauseButton, this.cancelButton));
  }

  show(protocol: Protocol, now: number): void {
    if (protocol.status === "running") screenInUse();
    const step = currentStep(protocol);
    const prompt = protocol.status === "paused"
      ? { title: "Paused", hint: "Nothing is recorded. Take your time." }
      : protocol.status === "asking" && protocol.answer !== null
        ? { title: "Not clear which eye closed", hint: rightEyeSentence(protocol.answer) }
        : promptFor(step, protocol.steps[protocol.index + 1]);
    this.say(prompt.title, prompt.hint);
    const asking = protocol.status === "asking";
    this.question.hidden = !asking;
    this.paused = protocol.status === "paused";
    setText(this.pauseButton, this.paused ? "Go on" : "Pause");
    this.pauseButton.hidden = asking;
    this.count.hidden = asking || this.paused;
    this.step.hidden = asking;
    this.state.dataset["recording"] = String(!this.paused);
    setText(this.state, this.paused ? "Paused" : "Recording");
    const left = Math.max(0, step.seconds - elapsedInStep(protocol, now));
    setText(this.count, step.kind === "rest" ? clock(left) : String(Math.ceil(left)));
    this.step.value = asking ? 1 : Math.min(1, elapsedInStep(protocol, now) / step.seconds);
    const { doneSeconds, totalSeconds } = progress(protocol, now);
    this.whole.value = doneSeconds / totalSeconds;
    setText(this.times, `${clock(doneSeconds)} done, ${clock(totalSeconds - doneSeconds)} to go`);
  }

  private say(title: string, hint: string): void {
    if (this.announced === title + hint) return;
    this.announced = title + hint;
    this.title.textContent = title;
    this.hint.textContent = hint;
    this.cue.announce(`${title}. ${hint}`);
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
