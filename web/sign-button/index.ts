import { enterByPasskey, inWords } from "../passkey/ceremony.ts";

/**
 * Signs the form around it: asks the signed-in person for a passkey each time, then sends the form.
 * `<sign-button data-label="Sign with your passkey">`. Without script the form is signed with a password.
 */
class SignButton extends HTMLElement {
  readonly #button = document.createElement("button");
  readonly #message = document.createElement("p");

  connectedCallback(): void {
    if (typeof PublicKeyCredential === "undefined") {
      this.textContent = "This browser knows no passkeys. Please use your password.";
      return;
    }
    this.#button.type = "button";
    this.#button.className = "button sign-button";
    this.#button.textContent = this.dataset["label"] ?? "Sign";
    this.#button.addEventListener("click", () => void this.#sign());
    this.#message.setAttribute("role", "alert");
    this.#message.className = "field-error";
    this.#message.hidden = true;
    this.replaceChildren(this.#button, this.#message);
  }

  async #sign(): Promise<void> {
    const form = this.closest("form");
    if (form === null || !form.reportValidity()) {
      return;
    }
    this.#button.disabled = true;
    this.#message.hidden = true;
    try {
      await enterByPasskey({ samePersonOnly: true });
      form.requestSubmit();
    } catch (fault) {
      this.#message.textContent = inWords(fault);
      this.#message.hidden = false;
      this.#button.disabled = false;
      this.#button.focus();
    }
  }
}

customElements.define("sign-button", SignButton);
