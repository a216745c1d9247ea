import { button, el } from "./dom.ts";
import { firstDose, sum, unitsText } from "./dose.ts";
import { advance, amend, begin, redo, undo, type History } from "./history.ts";
import { nearestSite, zonesAt, type Place, type Spot } from "./geometry.ts";
import type { PlanHome } from "./home.ts";
import { OwnFace } from "./own-face.ts";
import { sideWord, type Depth, type FaceMapData, type Plan, type PlanContent, type PlanPoint, type Planning, type Product, type Side, type Site } from "./model.ts";
import { addPoint, confirm, confirmAll, movePoint, putPoint, removePoint, setSide, setUnits, stepUnits } from "./plan.ts";
import { uuid7 } from "../upload/uuid7.ts";
import { arrow, Stage, TOUCH } from "./stage.ts";
import { PointPanel } from "./point-panel.ts";
import { PointTable } from "./point-table.ts";
import { putTo, Saver, type SaveState } from "./saver.ts";
import { Setup } from "./setup.ts";
import { Toolbar } from "./toolbar.ts";
import { FindingList, linesOf, Waiting } from "./findings.ts";
import { Reviewer, type Review } from "./review.ts";

/** How far from its usual places a point may be and still be called by a site's name, IPD: about 19 mm. */
const FARTHEST = 0.3;
const DEPTHS: readonly Depth[] = ["superficial", "subcutaneous", "mid", "deepMid", "deep"];

/** A plan begins on the side of the condition, where that is one side; nobody has to say it twice. */
function emptyPlan({ conditionSide }: Planning): PlanContent {
  const side = conditionSide === "patientRight" || conditionSide === "patientLeft" ? conditionSide : null;
  return { side, productId: null, vialUnits: null, diluentMl: null, points: [], lookedAt: [] };
}

/** Puts map, panel and table around one plan, and keeps it saved. */
export class FaceMapEditor {
  readonly root = el("div", { class: "fm-editor" });
  #history: History<PlanContent>;
  #plan: Plan | null;
  #selected: string | undefined;
  /** The step that the next change of the same kind goes on with. */
  #run: string | undefined;
  readonly #stage: Stage;
  readonly #toolbar: Toolbar;
  readonly #setup: Setup;
  readonly #panel: PointPanel;
  readonly #table: PointTable;
  readonly #waiting: Waiting;
  readonly #findings = new FindingList();
  readonly #reviewer: Reviewer;
  #review: Review | undefined;
  #reviewProblem: string | undefined;
  readonly #saver: Saver;
  readonly #saved = el("p", { class: "fm-saved", role: "status" });
  readonly #live = el("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  readonly #next: HTMLButtonElement;
  readonly #life = new AbortController();

  constructor(private readonly map: FaceMapData, private readonly planning: Planning, home: PlanHome, newPlanId: string, private readonly signAddress: string | undefined) {
    this.#next = button(home.onward, "button fm-next", () => void this.#goOn());
    this.#plan = planning.open;
    this.#history = begin<PlanContent>(planning.open ?? emptyPlan(planning));
    this.#saver = new Saver(planning.patientId, planning.open?.id ?? newPlanId, planning.open?.revision ?? 0, (state) => this.#report(state), putTo(home));
    this.#reviewer = new Reviewer(planning.patientId, home.review, (review, problem) => {
      [this.#review, this.#reviewProblem] = [review, problem];
      this.#paint();
    });
    this.#stage = new Stage(map, {
      tap: (place, spot) => this.#tap(place, spot),
      select: (id) => this.#select(id),
      drag: (id, place, done) => this.#edit(putPoint(this.#now, id, place), `drag ${id}`, done ? id : undefined),
      key: (event, id) => this.#key(event, id),
    });
    this.#toolbar = new Toolbar(this.#stage, {
      undo: () => this.#travel(undo(this.#history), "Undone."),
      redo: () => this.#travel(redo(this.#history), "Done again."),
      mirror: (mirrored) => this.#stage.mirror(mirrored),
    });
    this.#setup = new Setup((to) => this.#edit({ ...this.#now, ...to }));
    this.#panel = new PointPanel(map, {
      units: (id, units) => this.#edit(setUnits(this.#now, id, units), undefined, id),
      step: (id, by) => this.#edit(stepUnits(this.#now, id, by), `dose ${id}`, id),
      side: (id, side) => this.#edit(setSide(this.#now, id, side), undefined, id),
      remove: (id) => this.#remove(id),
      confirm: (id) => this.#edit(confirm(this.#now, id), undefined, id),
      add: (siteId, side, units) => this.#addByName(siteId, side, units),
    });
    this.#table = new PointTable(map, { select: (id) => this.#select(id) });
    this.#waiting = new Waiting({
      lookedAt: (key, yes) => this.#edit({ ...this.#now, lookedAt: yes ? [...this.#now.lookedAt, key] : this.#now.lookedAt.filter((one) => one !== key) }),
      confirmAll: () => {
        this.#edit(confirmAll(this.#now));
        this.#say("All copied points confirmed.");
      },
    });
    this.root.append(
      el("div", { class: "fm-map" }, this.#toolbar.root, this.#toolbar.banner, this.#stage.frame, this.#toolbar.layers, ...(home.outline === undefined ? [] : [new OwnFace(home.outline, this.#stage).root])),
      el("div", { class: "fm-side" }, this.#setup.root, this.#panel.root, this.#waiting.root, ...(this.signAddress === undefined ? [] : [this.#next]), this.#findings.root, this.#table.root, this.#saved),
      this.#live);
    const { signal } = this.#life;
    addEventListener("pagehide", () => void this.#saver.flush(), { signal });
    addEventListener("online", () => void this.#saver.flush(), { signal });
    this.#paint();
    this.#reviewer.look(this.#now);
  }

  dispose(): void {
    this.#life.abort();
    void this.#saver.flush();
  }

  get #now(): PlanContent {
    return this.#history.now;
  }

  get #product(): Product | undefined {
    return this.planning.products.find((product) => product.id === this.#now.productId);
  }

  /** A change of the plan. Changes of one run are undone together. What is said names the point as it is then. */
  #edit(next: PlanContent, run?: string, about?: string): void {
    if (next === this.#now) return;
    this.#history = run !== undefined && run === this.#run ? amend(this.#history, next) : advance(this.#history, next);
    this.#run = run;
    this.#paint();
    this.#saver.save(this.#now);
    this.#reviewer.look(this.#now);
    const point = about === undefined ? undefined : this.#now.points.find((one) => one.id === about);
    if (point !== undefined) this.#say(this.#describe(point, this.#now.points.indexOf(point) + 1));
  }

  #travel(to: History<PlanContent>, words: string): void {
    if (to === this.#history) return;
    this.#history = to;
    this.#run = undefined;
    this.#paint();
    this.#saver.save(this.#now);
    this.#reviewer.look(this.#now);
    this.#say(`${words} ${this.#comesTo()}`);
  }

  #tap(place: Place | undefined, spot: Spot): void {
    if (place === undefined) return;
    // A tap on a target is meant for that site's usual place; a tap beside it means that very spot.
    const target = this.map.sites
      .map((site) => {
        const at = this.#stage.spotOf({ side: place.side, lateralIpd: site.lateral, downIpd: site.down });
        return { site, distance: Math.hypot(at.x - spot.x, at.y - spot.y) };
      })
      .filter((one) => one.distance <= TOUCH)
      .sort((a, b) => a.distance - b.distance)[0];
    if (target !== undefined) {
      this.#add(target.site, { side: place.side, lateralIpd: target.site.lateral, downIpd: target.site.down });
      return;
    }
    const nearest = nearestSite(this.map.sites, place.lateralIpd, place.downIpd);
    if (nearest === undefined || nearest.distance > FARTHEST) this.#say("No injection site is near that spot. Nothing was placed.");
    else this.#add(nearest.site, place);
  }

  #addByName(siteId: string, side: Side, units: number | undefined): void {
    const site = this.map.sites.find((one) => one.id === siteId);
    if (site !== undefined) this.#add(site, { side, lateralIpd: site.lateral, downIpd: site.down }, units);
  }

  #add(site: Site, place: Place, units?: number): void {
    const there = this.#now.points.find((point) => point.siteId === site.id && point.side === place.side
      && point.lateralIpd === place.lateralIpd && point.downIpd === place.downIpd);
    if (there !== undefined) {
      // A second tap on the same spot is a double tap, not a double dose.
      this.#select(there.id);
      this.#say(`Point ${this.#now.points.indexOf(there) + 1} is there already.`);
      return;
    }
    const id = uuid7();
    const sameProduct = this.planning.last?.productId === this.#now.productId;
    const dose = units ?? firstDose(site, this.#product, this.planning.last?.points ?? [], sameProduct);
    this.#selected = id;
    this.#edit(addPoint(this.#now, id, site, place, dose), undefined, id);
  }

  #remove(id: string): void {
    const at = this.#now.points.findIndex((point) => point.id === id);
    const next = removePoint(this.#now, id);
    this.#selected = next.points[Math.min(at, next.points.length - 1)]?.id;
    this.#edit(next);
    this.#say(`Point ${at + 1} removed. ${this.#comesTo()}`);
    if (this.#selected !== undefined) this.#stage.focusPoint(this.#selected);
    else this.#stage.root.focus({ preventScroll: true });
  }

  #select(id: string): void {
    if (this.#selected === id) return;
    this.#selected = id;
    this.#run = undefined;
    this.#paint();
  }

  #key(event: KeyboardEvent, id: string | undefined): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      this.#travel(event.shiftKey ? redo(this.#history) : undo(this.#history), event.shiftKey ? "Done again." : "Undone.");
      return;
    }
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = arrow(event);
    const dose = event.key === "+" || event.key === "=" ? 1 : event.key === "-" || event.key === "\u2212" ? -1 : 0;
    if (by !== undefined) {
      event.preventDefault();
      this.#edit(movePoint(this.#now, id, this.#stage.view.mirrored ? -by.x : by.x, by.y), `move ${id}`, id);
    } else if (dose !== 0) {
      event.preventDefault();
      this.#edit(stepUnits(this.#now, id, dose), `dose ${id}`, id);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.#remove(id);
    }
  }

  #paint(): void {
    const plan = this.#now;
    if (!plan.points.some((point) => point.id === this.#selected)) this.#selected = undefined;
    const chosen = plan.points.find((point) => point.id === this.#selected);
    const differences = this.#plan?.differences ?? [];
    this.#stage.show({
      points: plan.points,
      selected: this.#selected,
      ghosts: this.#plan?.copiedFromId != null || this.planning.last === null ? [] : this.planning.last.points,
      describe: (point, number) => this.#describe(point, number),
      marks: (point) => [
        point.unconfirmed ? "fm-unconfirmed" : "",
        plan.side !== null && point.side !== plan.side ? "fm-other-side" : "",
        this.#zones(point).length > 0 ? "fm-in-zone" : "",
      ].join(" "),
    });
    this.#next.hidden = plan.points.length === 0 || plan.productId === null;
    this.#toolbar.show(this.#history.past.length > 0, this.#history.future.length > 0);
    this.#setup.show(plan, this.planning.products);
    this.#panel.show(plan, chosen, this.#product, chosen === undefined ? [] : this.#zones(chosen));
    this.#waiting.show(plan, differences);
    this.#findings.show(plan, this.#review, this.#reviewProblem);
    this.#table.show(plan, this.#selected, this.#product, (point) => [
      ...linesOf(this.#review, point.id),
      ...(this.#review === undefined && plan.side !== null && point.side !== plan.side ? [`On the patient's ${sideWord(point.side).toLowerCase()}: not the side to be treated.`] : []),
      ...(this.#review === undefined ? this.#zones(point).map((zone) => `Avoid zone: ${zone.name}.`) : []),
    ]);
  }

  #zones(point: PlanPoint): ReturnType<typeof zonesAt> {
    // A zone that limits only the dose or the midline of one-sided plans is judged by the rules, not by the picture.
    return zonesAt(this.map.zones, point.lateralIpd, point.downIpd)
      .filter((zone) => DEPTHS.indexOf(point.depth) >= DEPTHS.indexOf(zone.from) && !["AZ-ZYG", "AZ-LIP", "AZ-MIDLINE"].includes(zone.id));
  }

  #describe(point: PlanPoint, number: number): string {
    const site = this.map.sites.find((one) => one.id === point.siteId);
    const dose = point.units === 0 ? "no dose yet" : `${unitsText(point.units)} units`;
    const zones = this.#zones(point).map((zone) => `, in avoid zone ${zone.name}`).join("");
    return `Point ${number}, ${site?.name ?? point.siteId}, patient's ${sideWord(point.side).toLowerCase()}, ${dose}${point.unconfirmed ? ", copied and not confirmed" : ""}${zones}`;
  }

  #comesTo(): string {
    const { points } = this.#now;
    return `${points.length} ${points.length === 1 ? "point" : "points"}, ${unitsText(sum(points))} units in all.`;
  }

  /** To the page of what was done, once everything is saved. */
  async #goOn(): Promise<void> {
    if (await this.#saver.settle() && this.root.dataset["saved"] !== "refused") {
      location.assign(this.signAddress ?? "/");
    } else {
      this.#saved.scrollIntoView({ block: "center" }); // it says why it is not saved
    }
  }

  #say(words: string): void {
    this.#live.textContent = words;
  }

  #report(state: SaveState): void {
    this.root.dataset["saved"] = state.kind;
    const words: Record<Exclude<SaveState["kind"], "conflict" | "waiting" | "refused">, string> = { saved: "Draft saved.", unsaved: "Not saved yet.", saving: "Saving." };
    this.#saved.className = `fm-saved fm-saved-${state.kind}`;
    switch (state.kind) {
      case "saved":
        this.#plan = state.plan;
        this.#saved.replaceChildren(words.saved);
        this.#waiting.show(this.#now, state.plan.differences);
        break;
      case "conflict":
        this.#saved.replaceChildren(`${state.why} `, button("Show the plan as it is now", "fm-choice", () => this.#takeOver(state.theirs)));
        break;
      case "waiting":
        this.#saved.replaceChildren(`Not saved: ${state.why} It is tried again; keep this page open.`);
        break;
      case "refused":
        this.#saved.replaceChildren(`Not saved: ${state.why}`);
        break;
      default:
        this.#saved.replaceChildren(words[state.kind]);
    }
  }

  #takeOver(theirs: Plan): void {
    this.#saver.take(theirs);
    this.#plan = theirs;
    this.#history = begin<PlanContent>(theirs);
    this.#saved.replaceChildren("This is the plan as it is now.");
    this.#paint();
    this.#reviewer.look(this.#now);
  }
}
