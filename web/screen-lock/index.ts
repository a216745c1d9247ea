import { type ProofAsked, proofAsked } from "../api/proof.ts";
import { call } from "../api/call.ts";
import { inUseEvent } from "../api/in-use.ts";
import { IdleClock } from "./idle-clock.ts";
import { type Answer, LockDialog } from "./lock-dialog.ts";

const touches = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", inUseEvent] as const;
const touchedAt = "facialis-touched-at";

/** What windows of one browser tell each other. */
type Word = { locked: true } | { unlockedBy: string };

/**
 * Locks the page when nobody has touched it for data-minutes: hides it, keeps all that was written, and asks who is there.
 * The server counts by itself and refuses as well; this element spares a person the refusal, and the loss of a draft.
 */
class ScreenLock extends HTMLElement {
  private clock = new IdleClock(0, 0);
  private dialog: LockDialog | undefined;
  private readonly windows = new BroadcastChannel("facialis-screen-lock");
  private timer: ReturnType<typeof setInterval> | undefined;
  private opening: Promise<boolean> | undefined;

  connectedCallback(): void {
    const idleMs = Number(this.dataset["idleSeconds"] ?? "0") * 1000;
    this.clock = new IdleClock(Number(this.dataset["minutes"]) * 60_000, Date.now() - idleMs);
    this.dialog = new LockDialog(this, this.dataset["name"] ?? "");
    for (const touch of touches) {
      document.addEventListener(touch, this.touched, { capture: true, passive: true });
    }
    document.addEventListener(proofAsked, this.asked);
    document.addEventListener("click", this.clicked, { capture: true });
    document.addEventListener("submit", this.submitted, { capture: true });
    document.addEventListener("visibilitychange", this.look);
    addEventListener("pageshow", this.shown);
    addEventListener("storage", this.heardOfTouch);
    this.windows.addEventListener("message", this.heard);
    this.timer = setInterval(this.look, 5_000);
  }

  disconnectedCallback(): void {
    for (const touch of touches) {
      document.removeEventListener(touch, this.touched, { capture: true });
    }
    document.removeEventListener(proofAsked, this.asked);
    document.removeEventListener("click", this.clicked, { capture: true });
    document.removeEventListener("submit", this.submitted, { capture: true });
    document.removeEventListener("visibilitychange", this.look);
    removeEventListener("pageshow", this.shown);
    removeEventListener("storage", this.heardOfTouch);
    this.windows.close();
    clearInterval(this.timer);
  }

  private readonly touched = (): void => {
    const now = Date.now();
    if (this.isLocked || this.clock.isOver(now)) {
      this.look(); // a touch that comes too late does not count
    } else if (this.clock.touch(now)) {
      localStorage.setItem(touchedAt, String(now));
      void call("/api/identity/activity", { method: "POST" }).catch(() => undefined); // the server counts on; it will ask itself
    }
  };

  private readonly heardOfTouch = (event: StorageEvent): void => {
    if (event.key === touchedAt && event.newValue !== null) {
      this.clock.touch(Number(event.newValue));
    }
  };

  private readonly look = (): void => {
    if (!this.isLocked && this.clock.isOver(Date.now())) {
      void this.lock(true);
    }
  };

  private get isLocked(): boolean {
    return document.documentElement.hasAttribute("data-locked");
  }

  /** Resolves when the person is back. */
  private lock(tellOthers: boolean): Promise<boolean> {
    if (this.opening !== undefined && this.isLocked) {
      return this.opening;
    }
    document.documentElement.setAttribute("data-locked", "");
    if (tellOthers) {
      this.windows.postMessage({ locked: true } satisfies Word);
      void call("/api/identity/lock", { method: "POST" }).catch(() => undefined); // without network the page is hidden all the same
    }
    this.opening = (this.dialog?.unlock() ?? Promise.resolve<Answer>("cancelled")).then((answer) => this.opened(answer));
    return this.opening;
  }

  private opened(answer: Answer): boolean {
    if (answer === "other-person") {
      this.windows.postMessage({ unlockedBy: "someone else" } satisfies Word);
      location.replace("/"); // nothing of the page before, nor what was written there, is left
      return false;
    }
    this.clock.touch(Date.now());
    document.documentElement.removeAttribute("data-locked");
    this.windows.postMessage({ unlockedBy: this.dataset["person"] ?? "" } satisfies Word);
    return true;
  }

  private readonly heard = (event: MessageEvent<Word>): void => {
    if ("locked" in event.data) {
      void this.lock(false);
    } else if (event.data.unlockedBy !== this.dataset["person"]) {
      location.replace("/");
    } else if (this.isLocked) {
      this.clock.touch(Date.now());
      document.documentElement.removeAttribute("data-locked");
      this.dialog?.close("cancelled");
    }
  };

  private readonly asked = (event: Event): void => {
    const { detail } = event as CustomEvent<ProofAsked>;
    detail.answer = detail.kind === "screen-locked" ? this.lock(false) : this.confirm();
  };

  private async confirm(): Promise<boolean> {
    return (await this.dialog?.confirm()) === "same-person";
  }

  /** A link marked data-recent leads to what needs a recent proof; the question comes here, so that the page stays. */
  private readonly clicked = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-recent]") : null;
    if (link !== null && link.dataset["recent"] !== "proven") {
      event.preventDefault();
      void this.onceProven(link, () => link.click());
    }
  };

  private readonly submitted = (event: SubmitEvent): void => {
    const form = event.target instanceof HTMLFormElement && event.target.hasAttribute("data-recent") ? event.target : null;
    if (form !== null && form.dataset["recent"] !== "proven") {
      event.preventDefault();
      const pressed = event.submitter;
      void this.onceProven(form, () => form.requestSubmit(pressed));
    }
  };

  private async onceProven(element: HTMLElement, go: () => void): Promise<void> {
    const { recent } = (await (await call("/api/identity/me")).json()) as { recent: boolean };
    if (recent || (await this.confirm())) {
      element.dataset["recent"] = "proven";
      go();
      element.dataset["recent"] = "";
    }
  }

  /** A page that comes back from the browser's memory may belong to someone who is gone. */
  private readonly shown = async (event: PageTransitionEvent): Promise<void> => {
    if (!event.persisted) {
      return;
    }
    const known = await call("/api/identity/me").then((answer) => answer.json() as Promise<{ id: string; locked: boolean }>, () => undefined);
    if (known?.id !== this.dataset["person"]) {
      location.reload();
    } else if (known?.locked === true) {
      void this.lock(false);
    }
  };
}

customElements.define("screen-lock", ScreenLock);
