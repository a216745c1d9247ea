import { type Entry, Pending, type Sent } from "./pending.ts";

/** The patient's diary in poor reception: what is sent is kept on the device until the server has it. Without script the form is sent as any other. */
class DiaryForm extends HTMLElement {
  readonly #life = new AbortController();

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (form === null) {
      return;
    }
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.className = "diary-status";
    form.append(status);
    const say = (text: string, kind: "" | "alert alert-warning" = ""): void => {
      status.textContent = text;
      status.className = `diary-status ${kind}`;
    };

    const pending = new Pending(localStorage, `facialis-diary ${location.pathname}`, (entry) => this.#send(form, entry));
    const flush = async (): Promise<void> => {
      const { length } = pending.all;
      if (length === 0) {
        return;
      }
      say(this.dataset["sending"] ?? "");
      const ended = await pending.flush();
      if (ended === "again") {
        say(this.dataset["kept"] ?? "", "alert alert-warning");
      } else if (ended === "kept by the server") {
        const address = new URL(location.href);
        address.searchParams.set("sent", "true");
        location.replace(address); // with what the clinic knows now, and a fresh id
      } else {
        say("");
      }
    };

    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        const typed = new FormData(form);
        pending.add({ id: String(typed.get("Id")), fields: [...typed].filter((field): field is [string, string] => typeof field[1] === "string") });
        void flush();
      },
      { signal: this.#life.signal },
    );
    window.addEventListener("online", () => void flush(), { signal: this.#life.signal });
    void flush();
  }

  disconnectedCallback(): void {
    this.#life.abort();
  }

  /** As the browser would send the form, with the antiforgery field of the page that is open now. */
  async #send(form: HTMLFormElement, entry: Entry): Promise<Sent> {
    const body = new URLSearchParams(entry.fields.map(([name, value]) => [name, value]));
    const now = new FormData(form);
    for (const name of ["__RequestVerificationToken", "_handler"]) {
      const value = now.get(name);
      if (typeof value === "string") {
        body.set(name, value);
      }
    }
    const answer = await fetch(location.href, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
    if (answer.type === "opaqueredirect") {
      return "kept by the server";
    }
    if (answer.status === 400 || answer.status === 429 || answer.status >= 500) {
      return "again"; // 400: the page is older than its antiforgery cookie; opened again it has a new one
    }
    // The page comes back with what is wrong; its words are shown where the person looks.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const problem = page.querySelector("#diary-problem") ?? page.querySelector(".alert-wrong[role=alert]");
    document.querySelector("#diary-problem")?.remove();
    if (problem !== null) {
      problem.id = "diary-problem";
      form.prepend(document.adoptNode(problem));
      problem.scrollIntoView({ block: "center" });
    }
    fill(form, entry);
    // Mended, it is another entry: nothing of this one was kept.
    form.querySelectorAll<HTMLInputElement>("input[name=Id]").forEach((id) => {
      id.value = page.querySelector<HTMLInputElement>("input[name=Id]")?.value ?? id.value;
    });
    return "refused";
  }
}

/** Shows an entry in the form again, so that it can be mended. */
function fill(form: HTMLFormElement, entry: Entry): void {
  for (const [name, value] of entry.fields) {
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
        field.checked = field.value === value;
      } else if (!(field instanceof HTMLInputElement && field.type === "hidden")) {
        field.value = value;
      }
    }
  }
}

customElements.define("diary-form", DiaryForm);
