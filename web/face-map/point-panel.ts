import { button, el } from "./dom.ts";
import { presets, readUnits, unitsText, volumeMl, volumeText } from "./dose.ts";
import { sideWord, sides, type FaceMapData, type PlanContent, type PlanPoint, type Product, type Side, type Zone } from "./model.ts";

export interface PanelEvents {
  units(id: string, units: number): void;
  step(id: string, by: number): void;
  side(id: string, side: Side): void;
  remove(id: string): void;
  confirm(id: string): void;
  add(siteId: string, side: Side, units: number | undefined): void;
}

/** The chosen point: its dose by presets and steps, its site and side; and a way to add a point by name. */
export class PointPanel {
  readonly root = el("section", { class: "fm-panel", "aria-label": "Chosen point" });
  readonly #chosen = el("div", { class: "fm-chosen" });
  readonly #dose = el("input", { class: "fm-dose-typed", inputmode: "decimal", autocomplete: "off", "aria-label": "Dose, units", id: "fm-dose" });
  #id: string | undefined;
  /** What is shown; the same again is left alone, so that no button goes away under a finger. */
  #shown: string | undefined;

  constructor(private readonly data: FaceMapData, private readonly events: PanelEvents) {
    this.#dose.addEventListener("change", () => {
      const units = readUnits(this.#dose.value);
      this.#dose.setAttribute("aria-invalid", String(units === undefined));
      if (units !== undefined && this.#id !== undefined) this.events.units(this.#id, units);
    });
    this.root.append(this.#chosen, this.#byName());
  }

  show(plan: PlanContent, point: PlanPoint | undefined, product: Product | undefined, zones: readonly Zone[]): void {
    this.#id = point?.id;
    const shown = JSON.stringify([point, point === undefined ? 0 : plan.points.indexOf(point), product?.id, plan.vialUnits, plan.diluentMl, zones.map((zone) => zone.id)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (point === undefined) {
      this.#chosen.replaceChildren(el("p", { class: "fm-hint" }, "Tap a site on the face to place a point there. Tap a point to change it."));
      return;
    }
    const focused = document.activeElement instanceof HTMLElement && this.#chosen.contains(document.activeElement) ? document.activeElement.dataset["act"] : undefined;
    const { id } = point;
    const site = this.data.sites.find((one) => one.id === point.siteId);
    const number = plan.points.indexOf(point) + 1;
    const unit = product === undefined ? "U" : `U ${product.name}`;
    this.#dose.value = point.units === 0 ? "" : unitsText(point.units);
    this.#dose.removeAttribute("aria-invalid");
    const act = (text: string, name: string, go: () => void, label?: string, className = "fm-step"): HTMLButtonElement =>
      button(text, className, go, { "data-act": name, "aria-label": label });
    const volume = volumeText(volumeMl(point.units, plan.vialUnits, plan.diluentMl));
    this.#chosen.replaceChildren(
      el("div", { class: "fm-chosen-head" },
        el("h2", {}, `${number} · ${site?.name ?? point.siteId}`),
        el("span", { class: "fm-side-name", "data-side": point.side }, sideWord(point.side))),
      ...(point.unconfirmed ? [el("p", { class: "fm-copied" }, `Copied from last time: ${unitsText(point.copiedUnits ?? point.units)} U. `,
        act("Confirm", "confirm", () => this.events.confirm(id), undefined, "fm-choice"))] : []),
      el("div", { class: "fm-dose-row", role: "group", "aria-label": "Dose" },
        act("−1.25", "less-more", () => this.events.step(id, -5), "−1.25 units"),
        act("−0.25", "less", () => this.events.step(id, -1), "−0.25 units"),
        el("span", { class: "fm-dose-field" }, this.#dose, el("span", { class: "fm-unit" }, "U")),
        act("+0.25", "more", () => this.events.step(id, 1), "+0.25 units"),
        act("+1.25", "more-more", () => this.events.step(id, 5), "+1.25 units")),
      el("div", { class: "fm-presets", role: "group", "aria-label": "Usual doses" },
        ...presets(product?.doses.find((dose) => dose.siteId === point.siteId)).map((units) =>
          button(unitsText(units), "fm-preset", () => this.events.units(id, units), {
            "data-act": `preset-${units}`, "aria-label": `${unitsText(units)} units`, "aria-pressed": String(units === point.units),
          }))),
      el("p", { class: "fm-facts" }, `${unitsText(point.units)} ${unit}${volume === "" ? "" : ` = ${volume}`}. ${site === undefined ? "" : `Depth: ${site.depthText}. ${site.neighbourEffect}.`}`),
      ...zones.map((zone) => el("p", { class: "fm-zone-hint" }, el("strong", {}, `In an avoid zone: ${zone.name}. `), `${zone.harm}. ${zone.rule} `, el("span", { class: "note" }, `(${zone.mark}: ${zone.source})`))),
      el("div", { class: "fm-point-actions" },
        ...sides.filter((side) => side !== point.side).map((side) => act(`Move to the patient's ${sideWord(side).toLowerCase()}`, "side", () => this.events.side(id, side), undefined, "fm-quiet")),
        act("Remove", "remove", () => this.events.remove(id), `Remove point ${number}`, "fm-quiet fm-danger")));
    if (focused !== undefined) this.#chosen.querySelector<HTMLElement>(`[data-act="${focused}"]`)?.focus({ preventScroll: true });
  }

  #byName(): HTMLElement {
    const site = el("select", { id: "fm-add-site" }, ...this.data.sites.map((one) => el("option", { value: one.id }, one.name)));
    const side = el("select", { id: "fm-add-side" }, el("option", { value: "" }, "Choose"), ...sides.map((one) => el("option", { value: one }, `Patient's ${sideWord(one).toLowerCase()}`)));
    const dose = el("input", { id: "fm-add-dose", inputmode: "decimal", autocomplete: "off" });
    const form = el("form", { class: "fm-add" },
      el("div", { class: "fm-field" }, el("label", { class: "fm-label", for: "fm-add-site" }, "Site"), site),
      el("div", { class: "fm-field" }, el("label", { class: "fm-label", for: "fm-add-side" }, "Side"), side),
      el("div", { class: "fm-field" }, el("label", { class: "fm-label", for: "fm-add-dose" }, "Dose, U (usual dose when empty)"), dose),
      el("button", { class: "fm-choice" }, "Add"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const units = dose.value.trim() === "" ? undefined : readUnits(dose.value);
      const faulty = dose.value.trim() !== "" && units === undefined;
      dose.setAttribute("aria-invalid", String(faulty));
      side.setAttribute("aria-invalid", String(side.value === ""));
      if (side.value === "") side.focus();
      else if (faulty) dose.focus();
      else {
        this.events.add(site.value, side.value as Side, units);
        dose.value = "";
      }
    });
    return el("details", { class: "fm-by-name" }, el("summary", {}, "Add a point by name"), form);
  }
}
