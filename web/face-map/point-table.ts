import { button, el } from "./dom.ts";
import { sum, unitsText, volumeMl, volumeText } from "./dose.ts";
import { sides, sideWord, type FaceMapData, type PlanContent, type PlanPoint, type Product } from "./model.ts";

/** The table twin of the map: every point, and what they come to. */
export class PointTable {
  readonly root = el("section", { class: "fm-table", "aria-label": "Points of the plan" });
  readonly #body = el("tbody");
  readonly #sums = el("tbody");
  readonly #caption = el("caption", {}, "Points");

  constructor(private readonly data: FaceMapData, private readonly events: { select(id: string): void }) {
    this.root.append(
      el("div", { class: "table-scroll", role: "region", tabindex: 0, "aria-label": "Points" }, el("table", {},
        this.#caption,
        el("thead", {}, el("tr", {}, ...["No.", "Site", "Side", "Dose", "Volume", "Last"].map((head) => el("th", { scope: "col" }, head)))),
        this.#body)),
      el("div", { class: "table-scroll", role: "region", tabindex: 0, "aria-label": "What the plan comes to" }, el("table", { class: "fm-sums" },
        el("caption", {}, "What the plan comes to"),
        el("thead", {}, el("tr", {}, ...["Part", "Points", "Dose", "Volume"].map((head) => el("th", { scope: "col" }, head)))),
        this.#sums)));
  }

  show(plan: PlanContent, selected: string | undefined, product: Product | undefined, findings: (point: PlanPoint) => readonly string[]): void {
    const focused = document.activeElement instanceof HTMLElement && this.#body.contains(document.activeElement) ? document.activeElement.dataset["row"] : undefined;
    const volume = (units: number): string => volumeText(volumeMl(units, plan.vialUnits, plan.diluentMl));
    this.#caption.textContent = plan.points.length === 0 ? "No points yet" : `Points, dose in units of ${product?.name ?? "a product not chosen yet"}`;
    this.#body.replaceChildren(...plan.points.map((point, i) => {
      const site = this.data.sites.find((one) => one.id === point.siteId);
      const name = button(site?.shortName ?? point.siteId, "fm-row-button", () => this.events.select(point.id), {
        "aria-pressed": String(point.id === selected), title: site?.name, "data-row": point.id,
      });
      return el("tr", { class: `${point.id === selected ? "fm-row-selected" : ""} ${point.unconfirmed ? "fm-row-unconfirmed" : ""}` },
        el("th", { scope: "row" }, String(i + 1)),
        el("td", {}, name, ...(point.unconfirmed ? [el("span", { class: "fm-tag" }, "copied, not confirmed")] : []),
          ...findings(point).map((finding) => el("span", { class: "fm-finding-line" }, finding))),
        el("td", {}, el("span", { class: "fm-side-name", "data-side": point.side }, sideWord(point.side))),
        el("td", { class: "number" }, point.units === 0 ? "none yet" : `${unitsText(point.units)} U`),
        el("td", { class: "number" }, point.units === 0 ? "" : volume(point.units)),
        el("td", { class: "number" }, point.copiedUnits === null ? "" : `${unitsText(point.copiedUnits)} U`));
    }));
    const unit = product === undefined ? "U" : `U ${product.name}`;
    const eye = new Set(this.data.sites.filter((site) => site.muscleId === "OOC").map((site) => site.id));
    const parts: [string, readonly PlanPoint[]][] = [
      ...sides.flatMap((side): [string, readonly PlanPoint[]][] => {
        const own = plan.points.filter((point) => point.side === side);
        return [[`${sideWord(side)} side`, own], [`${sideWord(side)} eye`, own.filter((point) => eye.has(point.siteId))]];
      }),
      ["In all", plan.points],
    ];
    this.#sums.replaceChildren(...parts.filter(([part, points]) => points.length > 0 || part === "In all").map(([part, points]) =>
      el("tr", {}, el("th", { scope: "row" }, part), el("td", { class: "number" }, String(points.length)),
        el("td", {}, `${unitsText(sum(points))} ${unit}`), el("td", { class: "number" }, volume(sum(points))))));
    if (focused !== undefined) this.#body.querySelector<HTMLElement>(`[data-row="${focused}"]`)?.focus({ preventScroll: true });
  }
}
