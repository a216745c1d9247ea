import { confirmByPassword, enterByPasskey, inWords } from "../passkey/ceremony.ts";

/** How a question to the person ended. */
export type Answer = "same-person" | "other-person" | "cancelled";

/** The question who is there: over a hidden page when the screen is locked, over the page when something is to be signed. */
export class LockDialog {
  private readonly dialog = document.createElement("dialog");
  private readonly title = document.createElement("h2");
  private readonly words = document.createElement("p");
  private readonly message = document.createElement("p");
  private readonly passkey = button("button passkey-button", "Unlock with a passkey");
  private readonly password = document.createElement("input");
  private readonly byPassword = button("button-secondary", "Unlock");
  private readonly cancel = button("button-quiet", "Cancel");
  private readonly someoneElse = document.createElement("p");
  private answered: ((answer: Answer) => void) | undefined;
  private samePersonOnly = false;

  constructor(
    host: HTMLElement,
    private readonly personName: string,
  ) {
    this.title.id = "screen-lock-title";
    this.dialog.className = "screen-lock";
    this.dialog.setAttribute("aria-labelledby", this.title.id);
    this.message.className = "field-error";
    this.message.setAttribute("role", "alert");
    const link = document.createElement("a");
    link.href = "/sign-in";
    link.textContent = "Sign in as someone else";
    this.someoneElse.append(link, " (what was written here is then lost)");
    this.byPassword.type = "submit";
    const canPasskey = typeof PublicKeyCredential !== "undefined" && !/^[\d.]+$|^\[/.test(location.hostname);
    this.dialog.append(
      this.title,
      this.words,
      ...(canPasskey ? [this.passkey] : []),
      this.passwordForm(),
      this.message,
      this.someoneElse,
      this.cancel,
    );
    host.append(this.dialog);
    this.passkey.addEventListener("click", () => void this.tryPasskey());
    this.cancel.addEventListener("click", () => this.close("cancelled"));
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault(); // Escape must not open a locked screen
      if (this.samePersonOnly) {
        this.close("cancelled");
      }
    });
  }

  get isOpen(): boolean {
    return this.dialog.open;
  }

  /** Asks for anyone, behind a locked screen. */
  unlock(): Promise<Answer> {
    this.title.textContent = "Locked";
    this.words.textContent = `${this.personName} is signed in here. What was being written is still there.`;
    this.passkey.textContent = "Unlock with a passkey";
    this.byPassword.textContent = "Unlock";
    return this.ask(false);
  }

  /** Asks the signed-in person only, before something is signed or leaves the clinic. */
  confirm(): Promise<Answer> {
    this.title.textContent = "Is it you?";
    this.words.textContent = `Please confirm that you are ${this.personName}. It then holds for 5 minutes.`;
    this.passkey.textContent = "Confirm with your passkey";
    this.byPassword.textContent = "Confirm";
    return this.ask(true);
  }

  close(answer: Answer): void {
    this.dialog.close();
    this.answered?.(answer);
    this.answered = undefined;
  }

  private ask(samePersonOnly: boolean): Promise<Answer> {
    this.answered?.("cancelled"); // a lock comes over a question that was open
    this.samePersonOnly = samePersonOnly;
    this.cancel.hidden = !samePersonOnly;
    this.someoneElse.hidden = samePersonOnly;
    this.message.hidden = true;
    this.password.value = "";
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    return new Promise((resolve) => {
      this.answered = resolve;
    });
  }

  private async tryPasskey(): Promise<void> {
    await this.attempt(async () => {
      const { samePerson } = await enterByPasskey({ samePersonOnly: this.samePersonOnly });
      this.close(samePerson ? "same-person" : "other-person");
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.message.hidden = true;
    this.passkey.disabled = this.byPassword.disabled = true;
    try {
      await work();
    } catch (fault) {
      this.message.textContent = inWords(fault);
      this.message.hidden = false;
    } finally {
      this.passkey.disabled = this.byPassword.disabled = false;
    }
  }

  private passwordForm(): HTMLFormElement {
    const form = document.createElement("form");
    const field = document.createElement("div");
    field.className = "field";
    const label = document.createElement("label");
    label.htmlFor = this.password.id = "screen-lock-password";
    label.textContent = "Password, or code of your authenticator";
    this.password.type = "password";
    this.password.autocomplete = "current-password";
    this.password.required = true;
    field.append(label, this.password);
    form.append(field, this.byPassword);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.attempt(async () => {
        await confirmByPassword(this.password.value);
        this.close("same-person");
      });
    });
    return form;
  }
}

function button(className: string, text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  return made;
}
