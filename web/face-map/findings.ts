import { el } from "./dom.ts";
import type { CopyDifference, PlanContent } from "./model.ts";
import { open } from "./plan.ts";
import type { Finding, Review } from "./review.ts";

/** What stands between this plan and going on: what is missing, and what is not as it was last time. */
export class Waiting {
  readonly root = el("section", { class: "fm-waiting", "aria-label": "Before going on" });

  /** What is shown; the same again is left alone, so that no button goes away under a finger. */
  #shown: string | undefined;

  constructor(private readonly events: { lookedAt(key: string, yes: boolean): void; confirmAll(): void }) {}

  show(plan: PlanContent, differences: readonly CopyDifference[]): void {
    const focused = document.activeElement instanceof HTMLElement && this.root.contains(document.activeElement) ? document.activeElement.id : undefined;
    const waiting = open(plan, differences);
    const shown = JSON.stringify([waiting, differences, plan.lookedAt, plan.points.map((point) => point.unconfirmed)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const unconfirmed = plan.points.filter((point) => point.unconfirmed).length;
    const confirm = el("button", { type: "button", class: "fm-choice fm-confirm-all", id: "fm-confirm-all" },
      `Confirm all ${unconfirmed} copied points as shown`);
    confirm.addEventListener("click", () => this.events.confirmAll());
    this.root.replaceChildren(
      ...differences.map((difference, i) => {
        const box = el("input", { type: "checkbox", id: `fm-difference-${i}`, checked: plan.lookedAt.includes(difference.key) });
        box.addEventListener("change", () => this.events.lookedAt(difference.key, box.checked));
        return el("label", { class: "choice fm-difference" }, box, el("span", {}, el("strong", {}, "Looked at: "), difference.words));
      }),
      ...(unconfirmed > 0 ? [confirm] : []),
      waiting.length === 0
        ? el("p", { class: "fm-ready" }, "The plan is complete. The findings stand below.")
        : el("ul", {}, ...waiting.map((sentence) => el("li", {}, sentence))));
    if (focused !== undefined && focused !== "") this.root.querySelector<HTMLElement>(`#${focused}`)?.focus({ preventScroll: true });
  }
}

const SEVERITY: Readonly<Record<Finding["severity"], string>> = { stop: "Stop", confirm: "Needs a reason", note: "Note" };

/** What the rules say, each with its source; the same findings stand beside their points in the table. */
export class FindingList {
  readonly root = el("section", { class: "fm-findings", "aria-label": "Findings of the rules" });

  show(plan: PlanContent, review: Review | undefined, problem: string | undefined): void {
    if (problem !== undefined) {
      this.root.replaceChildren(el("p", { class: "fm-finding fm-finding-stop" }, `The rules could not be asked: ${problem}`));
      return;
    }
    if (review === undefined) {
      this.root.replaceChildren();
      return;
    }
    const counts = (["stop", "confirm", "note"] as const).map((severity) => [severity, review.findings.filter((finding) => finding.severity === severity).length] as const);
    const strip = el("p", { class: "fm-strip" }, ...counts.filter(([, count]) => count > 0).map(([severity, count]) =>
      el("span", { class: `fm-severity fm-severity-${severity}` }, `${count} ${SEVERITY[severity].toLowerCase()}`)));
    const list = el("ul", {}, ...review.findings.map((finding) => this.#finding(plan, finding)));
    this.root.replaceChildren(
      review.findings.length === 0 ? el("p", { class: "fm-ready" }, "The rules have nothing to say.") : strip,
      ...(review.findings.length === 0 ? [] : [el("details", { open: counts.some(([severity, count]) => severity === "stop" && count > 0) && review.findings.length <= 4 },
        el("summary", {}, "Findings and their sources"), list)]));
  }

  #finding(plan: PlanContent, finding: Finding): HTMLElement {
    const numbers = finding.pointIds.map((id) => plan.points.findIndex((point) => point.id === id) + 1).filter((number) => number > 0);
    return el("li", { class: `fm-finding fm-finding-${finding.severity}` },
      el("strong", {}, `${SEVERITY[finding.severity]}${numbers.length === 0 ? "" : `, point ${numbers.join(", ")}`}: `), `${finding.message} `,
      finding.remedy, el("span", { class: "note" }, ` ${finding.ruleId}. ${finding.awaitsConfirmation ? "Clinic policy: confirm. " : ""}${finding.mark}: ${finding.source}`));
  }
}

/** Findings about one point, short: for its row. */
export function linesOf(review: Review | undefined, pointId: string): string[] {
  return (review?.findings ?? []).filter((finding) => finding.pointIds.includes(pointId) && finding.severity !== "note")
    .map((finding) => `${SEVERITY[finding.severity]}: ${finding.message}`);
}
