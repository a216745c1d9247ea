import { button, el } from "./dom.ts";
import { unitsText } from "./dose.ts";
import { sides, sideWord, type PlanContent, type Product } from "./model.ts";

/** Side, product and mixture: chosen by taps, no typing. */
export class Setup {
  readonly root = el("section", { class: "fm-setup", "aria-label": "Side, product and vial" });
  readonly #sides = el("div", { class: "fm-choices", role: "group", "aria-label": "Side to be treated, of the patient" });
  readonly #product = el("select", { id: "fm-product" });
  readonly #mixes = el("div", { class: "fm-choices", role: "group", "aria-label": "Vial and diluent" });
  readonly #other = el("div", { class: "fm-mix-typed" });
  readonly #vial = el("input", { id: "fm-vial", inputmode: "decimal", autocomplete: "off" });
  readonly #diluent = el("input", { id: "fm-diluent", inputmode: "decimal", autocomplete: "off" });
  #plan: PlanContent | undefined;
  #products: readonly Product[] = [];
  #typed = false;

  constructor(private readonly change: (to: Partial<PlanContent>) => void) {
    this.#product.addEventListener("change", () =>
      // Another product has vials of its own; a mixture is never carried over.
      this.change({ productId: this.#product.value === "" ? null : this.#product.value, vialUnits: null, diluentMl: null }));
    const typed = (): void => {
      const [vialUnits, diluentMl] = [number(this.#vial.value), number(this.#diluent.value)];
      this.#vial.setAttribute("aria-invalid", String(vialUnits === undefined));
      this.#diluent.setAttribute("aria-invalid", String(diluentMl === undefined));
      if (vialUnits !== undefined && diluentMl !== undefined) this.change({ vialUnits, diluentMl });
    };
    this.#vial.addEventListener("change", typed);
    this.#diluent.addEventListener("change", typed);
    this.#other.append(
      el("label", { for: "fm-vial" }, "Units in the vial"), this.#vial, el("label", { for: "fm-diluent" }, "Diluent, mL"), this.#diluent);
    this.root.append(
      el("div", { class: "fm-field" }, el("span", { class: "fm-label" }, "Side"), this.#sides),
      el("div", { class: "fm-field" }, el("label", { class: "fm-label", for: "fm-product" }, "Product"), this.#product),
      el("div", { class: "fm-field" }, el("span", { class: "fm-label" }, "Vial"), this.#mixes),
      this.#other);
  }

  show(plan: PlanContent, products: readonly Product[]): void {
    if (this.#products !== products) {
      this.#products = products;
      this.#product.replaceChildren(el("option", { value: "" }, "Not chosen"), ...products.map((product) => el("option", { value: product.id }, product.name)));
    }
    const changed = this.#plan?.productId !== plan.productId || this.#plan?.vialUnits !== plan.vialUnits || this.#plan?.diluentMl !== plan.diluentMl
      || this.#plan?.side !== plan.side;
    this.#plan = plan;
    if (!changed) return;
    const focused = document.activeElement instanceof HTMLElement && this.root.contains(document.activeElement) ? document.activeElement.dataset["choice"] : undefined;
    this.#sides.replaceChildren(...sides.map((side) => button(`Patient's ${sideWord(side).toLowerCase()}`, "fm-choice", () => this.change({ side }), {
      "aria-pressed": String(plan.side === side), "data-side": side, "data-choice": side,
    })));
    this.#product.value = plan.productId ?? "";
    const product = products.find((one) => one.id === plan.productId);
    const mixes = product?.mixes ?? [];
    const known = mixes.some((mix) => mix.vialUnits === plan.vialUnits && mix.diluentMl === plan.diluentMl);
    this.#typed = product !== undefined && (this.#typed || mixes.length === 0 || (!known && plan.vialUnits !== null));
    this.#mixes.replaceChildren(
      ...mixes.map((mix) => button(`${unitsText(mix.vialUnits)} U in ${mix.diluentMl} mL`, "fm-choice", () => {
        this.#typed = false;
        this.change({ vialUnits: mix.vialUnits, diluentMl: mix.diluentMl });
      }, { "aria-pressed": String(mix.vialUnits === plan.vialUnits && mix.diluentMl === plan.diluentMl), "data-choice": `${mix.vialUnits}/${mix.diluentMl}` })),
      ...(product === undefined ? [el("span", { class: "note" }, "Choose the product first.")] : [button("Other", "fm-choice", () => {
        this.#typed = true;
        this.#other.hidden = false;
        this.#vial.focus();
      }, { "aria-pressed": String(this.#typed && !known), "data-choice": "other" })]));
    this.#other.hidden = !this.#typed;
    this.#vial.value = plan.vialUnits === null ? "" : String(plan.vialUnits);
    this.#diluent.value = plan.diluentMl === null ? "" : String(plan.diluentMl);
    if (focused !== undefined) this.root.querySelector<HTMLElement>(`[data-choice="${focused}"]`)?.focus();
  }
}

/** Digits and one decimal mark; empty is "not chosen"; anything else is no number. */
function number(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === "") return null;
  return /^(0|[1-9][0-9]{0,4})([.,][0-9]{0,2}[1-9])?$/.test(typed) && Number(typed.replace(",", ".")) > 0 ? Number(typed.replace(",", ".")) : undefined;
}
