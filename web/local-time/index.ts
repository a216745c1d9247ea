import { describe } from "./describe.ts";

/** Shows the moment of its `datetime` attribute in the zone of whoever looks. Without script the UTC text inside stays. */
class LocalTime extends HTMLElement {
  connectedCallback(): void {
    const moment = new Date(this.getAttribute("datetime") ?? "");
    if (!Number.isNaN(moment.getTime())) {
      this.textContent = describe(moment);
      this.title = moment.toISOString();
    }
  }
}

customElements.define("local-time", LocalTime);
