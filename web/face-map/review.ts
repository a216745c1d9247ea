import { call } from "../api/call.ts";
import { uuid7 } from "../upload/uuid7.ts";
import type { PlanContent } from "./model.ts";

export interface Finding {
  readonly severity: "stop" | "confirm" | "note";
  readonly needs: string;
  readonly ruleId: string;
  readonly message: string;
  readonly remedy: string;
  readonly source: string;
  readonly mark: string;
  readonly awaitsConfirmation: boolean;
  readonly pointIds: readonly string[];
}

export interface Review {
  readonly needsMending: boolean;
  readonly needsSecondSigner: boolean;
  readonly findings: readonly Finding[];
}

const PAUSE_MS = 300;

/** Asks the server what the rules say, a moment after each change; an older answer never replaces a newer one. */
export class Reviewer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    private readonly patientId: string,
    /** Address of the rules; undefined where they are not to be asked. */
    private readonly address: `/api/${string}` | undefined,
    private readonly answer: (review: Review | undefined, problem: string | undefined) => void,
    private readonly ask: (address: `/api/${string}`, body: unknown) => Promise<Review> = post,
  ) {}

  look(content: PlanContent): void {
    clearTimeout(this.#timer);
    const number = ++this.#asked;
    if (this.address === undefined || content.productId === null || content.points.length === 0) {
      this.answer(undefined, undefined);
      return;
    }
    const address = this.address;
    this.#timer = setTimeout(() => void this.#go(address, number, content), PAUSE_MS);
  }

  async #go(address: `/api/${string}`, number: number, content: PlanContent): Promise<void> {
    try {
      const { side, productId, vialUnits, diluentMl, points } = content;
      const review = await this.ask(address, { patientId: this.patientId, revision: 0, changeId: uuid7(), side, productId, vialUnits, diluentMl, points });
      if (number === this.#asked) this.answer(review, undefined);
    } catch (failure) {
      if (number === this.#asked) this.answer(undefined, failure instanceof Error ? failure.message : String(failure));
    }
  }
}

async function post(address: `/api/${string}`, body: unknown): Promise<Review> {
  return (await (await call(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json()) as Review;
}
