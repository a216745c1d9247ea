import { enterByPasskey, inWords, makePasskey } from "../passkey/ceremony.ts";

/**
 * A button that makes a passkey (data-task "make"), signs in with one ("sign-in"), or lets the signed-in person prove it ("confirm", "unlock").
 * Then it goes on to data-to.
 */
class PasskeyButton extends HTMLElement {
  private readonly button = document.createElement("button");
  private readonly message = document.createElement("p");
  private name: HTMLInputElement | undefined;
  private waiting: AbortController | undefined;
  private offered: Promise<boolean> = Promise.resolve(false);

  connectedCallback(): void {
    if (typeof PublicKeyCredential === "undefined") {
      this.textContent = "This browser knows no passkeys. Please use your password.";
      return;
    }
    this.button.type = "button";
    this.button.className = "button passkey-button";
    this.button.textContent = this.dataset["label"] ?? "Use a passkey";
    this.button.addEventListener("click", () => void this.press());
    this.message.setAttribute("role", "alert");
    this.message.className = "field-error";
    this.message.hidden = true;
    this.replaceChildren(...(this.dataset["task"] === "make" ? [this.nameField()] : []), this.button, this.message);
    if (this.dataset["task"] === "sign-in") {
      this.offered = this.offer();
    }
  }

  disconnectedCallback(): void {
    this.waiting?.abort();
  }

  /** Shows passkeys in the list under the e-mail field, where the browser can; silent where it cannot. Tells whether it led in. */
  private async offer(): Promise<boolean> {
    this.waiting = new AbortController();
    if ((await PublicKeyCredential.isConditionalMediationAvailable?.()) !== true) {
      return false;
    }
    try {
      await enterByPasskey({ conditional: true, signal: this.waiting.signal });
      this.goOn();
      return true;
    } catch (fault) {
      if (!(fault instanceof DOMException)) {
        this.say(inWords(fault)); // a chosen passkey was refused; that none was chosen needs no word
      }
      return false;
    }
  }

  private async press(): Promise<void> {
    this.waiting?.abort();
    this.button.disabled = true;
    // Both ask the server for a challenge, and the last one asked for is the one that counts: so one after the other.
    if (await this.offered) {
      return;
    }
    this.message.hidden = true;
    try {
      await this.perform();
    } catch (fault) {
      this.say(inWords(fault));
      this.button.disabled = false;
      this.button.focus();
    }
  }

  private async perform(): Promise<void> {
    switch (this.dataset["task"]) {
      case "make":
        await makePasskey(this.name?.value.trim() ?? "");
        this.goOn();
        break;
      case "unlock": {
        const { samePerson } = await enterByPasskey();
        this.goOn(samePerson ? undefined : "/"); // the page before the lock was someone else's
        break;
      }
      default:
        await enterByPasskey({ samePersonOnly: this.dataset["task"] === "confirm" });
        this.goOn();
    }
  }

  private goOn(to = this.dataset["to"] ?? "/"): void {
    location.assign(to);
  }

  private say(sentence: string): void {
    this.message.textContent = sentence;
    this.message.hidden = false;
  }

  private nameField(): HTMLElement {
    const field = document.createElement("div");
    field.className = "field";
    const label = document.createElement("label");
    label.htmlFor = "passkey-name";
    label.textContent = "Name, to tell it from others";
    this.name = document.createElement("input");
    this.name.id = "passkey-name";
    this.name.autocomplete = "off";
    this.name.value = this.dataset["name"] ?? "";
    this.name.maxLength = Number(this.dataset["max"] ?? "60");
    field.append(label, this.name);
    return field;
  }
}

customElements.define("passkey-button", PasskeyButton);
