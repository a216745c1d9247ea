import { ApiProblem, call } from "../api/call.ts";
import { uuid7 } from "../upload/uuid7.ts";
import type { PlanHome } from "./home.ts";
import type { Plan, PlanContent } from "./model.ts";

export type SaveState =
  | { readonly kind: "saved"; readonly plan: Plan }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  | { readonly kind: "waiting"; readonly why: string }
  | { readonly kind: "conflict"; readonly theirs: Plan; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

const PAUSE_MS = 500;
const RETRY_MS = [1000, 2000, 5000, 10_000];

/** Sends one change of a plan; the answer is the plan as it is then. */
export type Send = (id: string, body: unknown) => Promise<Plan>;

/**
 * Saves a plan a moment after each change, one request at a time. A change that got no answer is sent again under the same id, so that it is
 * saved once; after a conflict nothing is sent until the person decided.
 */
export class Saver {
  #next: PlanContent | undefined;
  #current: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: { readonly changeId: string; readonly content: PlanContent; readonly revision: number } | undefined;
  #failures = 0;
  #stopped = false;

  constructor(
    private readonly patientId: string,
    private id: string,
    private revision: number,
    private readonly report: (state: SaveState) => void,
    private readonly send: Send,
  ) {}

  get planId(): string {
    return this.id;
  }

  save(content: PlanContent): void {
    if (this.#stopped) return;
    this.#next = content;
    this.report({ kind: "unsaved" });
    this.#later(PAUSE_MS);
  }

  /** Goes on from a plan that somebody else saved. */
  take(plan: Plan): void {
    [this.id, this.revision] = [plan.id, plan.revision];
    this.#next = this.#pending = undefined;
    this.#stopped = false;
  }

  /** Sends at once what waits: before the page goes away, or when the line is back. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#go();
  }

  /** Sends what waits and tells whether all of it is saved now. */
  async settle(): Promise<boolean> {
    // What waits behind a request on its way is sent by the second round.
    for (let round = 0; round < 2 && !this.#stopped && (this.#current ?? this.#next ?? this.#pending) !== undefined; round++) {
      await this.flush();
    }
    return !this.#stopped && (this.#next ?? this.#pending) === undefined;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(), ms);
  }

  #go(): Promise<void> {
    this.#current ??= this.#sendOne().finally(() => { this.#current = undefined; });
    return this.#current;
  }

  async #sendOne(): Promise<void> {
    if (this.#stopped) return;
    if (this.#pending === undefined) {
      if (this.#next === undefined) return;
      this.#pending = { changeId: uuid7(), content: this.#next, revision: this.revision };
      this.#next = undefined;
    }
    this.report({ kind: "saving" });
    const { changeId, content, revision } = this.#pending;
    try {
      const plan = await this.send(this.id, body(this.patientId, changeId, revision, content));
      this.revision = plan.revision;
      this.#pending = undefined;
      this.#failures = 0;
      this.report(this.#next === undefined ? { kind: "saved", plan } : { kind: "unsaved" });
    } catch (failure) {
      this.#failed(failure);
    }
    if (this.#next !== undefined && this.#pending === undefined && !this.#stopped) this.#later(PAUSE_MS);
  }

  #failed(failure: unknown): void {
    if (failure instanceof PlanConflict) {
      this.#stopped = true;
      this.report({ kind: "conflict", theirs: failure.theirs, why: failure.message });
    } else if (failure instanceof ApiProblem && failure.status >= 400 && failure.status < 500 && failure.status !== 401 && failure.status !== 429) {
      this.#pending = undefined;
      this.report({ kind: "refused", why: [failure.message, failure.detail].filter(Boolean).join(" ") });
    } else {
      // The same change again; what was edited meanwhile goes after it.
      this.report({ kind: "waiting", why: failure instanceof Error ? failure.message : String(failure) });
      this.#later(RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 10_000);
    }
  }
}

/** Somebody else saved first. */
export class PlanConflict extends Error {
  constructor(readonly theirs: Plan, message: string) {
    super(message);
    this.name = "PlanConflict";
  }
}

function body(patientId: string, changeId: string, revision: number, content: PlanContent): unknown {
  const { side, productId, vialUnits, diluentMl, points, lookedAt } = content;
  return { patientId, revision, changeId, side, productId, vialUnits, diluentMl, points, lookedAt };
}

/** Sends changes to where the plan lives. */
export function putTo(home: PlanHome): Send {
  return async (id, content) => {
    try {
      const answer = await call(home.plan(id), {
        method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content), keepalive: true,
      });
      return (await answer.json()) as Plan;
    } catch (failure) {
      const theirs = failure instanceof ApiProblem ? failure.extra["plan"] : undefined;
      if (failure instanceof ApiProblem && failure.status === 409 && theirs !== undefined) {
        throw new PlanConflict(theirs as Plan, [failure.message, failure.detail].filter(Boolean).join(" "));
      }
      throw failure;
    }
  };
}
