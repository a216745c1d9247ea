import { ApiProblem, call } from "../api/call.ts";
import { Latest } from "./latest.ts";

interface Found {
  id: string;
  code: string;
  familyName: string;
  givenName: string;
  birthDate: string | null;
}

/**
 * Shows patients while somebody types. The text is sent in the body of a request and stays out of the address and the history.
 * Without script the form inside does the same with its button.
 */
class PatientSearch extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const input = this.querySelector<HTMLInputElement>("input[name=Text]");
    if (form === null || input === null) {
      return;
    }
    this.querySelectorAll("[role=status], .patient-found").forEach((old) => old.remove());
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.className = "note";
    const list = document.createElement("ul");
    list.className = "patient-found";
    this.append(status, list);

    const latest = new Latest(
      async (text: string) => (await (await call("/api/patients/search", asJson({ text }))).json()) as Found[],
      (found) => {
        list.replaceChildren(...found.map(line));
        status.textContent =
          found.length === 0 ? "Nobody found." : found.length === 1 ? "1 patient found." : `${found.length} patients found.`;
      },
      (reason) => {
        list.replaceChildren();
        status.textContent = reason instanceof ApiProblem ? (reason.detail ?? reason.message) : "The server did not answer. Check the connection and type on.";
      },
    );
    const ask = () => {
      if (input.value.trim().length >= 2) {
        latest.put(input.value);
        return;
      }
      latest.drop();
      list.replaceChildren();
      status.textContent = "";
    };
    input.addEventListener("input", ask);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const links = list.querySelectorAll("a");
      // Enter opens the only patient found; with more than one, the person must choose.
      if (links.length === 1) {
        links[0]?.click();
      } else {
        ask();
      }
    });
    ask();
  }
}

function asJson(body: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

function line(found: Found): HTMLLIElement {
  const name = [found.familyName, found.givenName].filter((part) => part !== "").join(", ");
  const link = document.createElement("a");
  link.className = "patient-link";
  link.href = `/clinic/patients/${found.id}`;
  link.textContent = name === "" ? found.code : name;
  const note = document.createElement("span");
  note.className = "note";
  note.textContent = found.birthDate === null ? found.code : `${found.code}, born ${day(found.birthDate)}`;
  const item = document.createElement("li");
  item.append(link, " ", note);
  return item;
}

/** A calendar day as the pages write it; it belongs to no time zone. */
function day(iso: string): string {
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

customElements.define("patient-search", PatientSearch);
