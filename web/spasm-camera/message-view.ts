import { h } from "./dom";
import type { View } from "./view";

export interface MessageAction {
  readonly text: string;
  readonly act: () => void;
}

/** Something went wrong, or needs patience: a sentence with its remedy, and what can be done now. */
export function messageView(title: string, sentence: string, actions: readonly MessageAction[], kind: "problem" | "wait" = "problem"): View {
  return {
    element: h("section", { class: `card capture-message capture-message-${kind}`, attributes: { role: kind === "problem" ? "alert" : "status" } },
      h("h2", { attributes: { tabindex: "-1" } }, title),
      h("p", {}, sentence),
      h("div", { class: "actions" },
        ...actions.map((action, i) => h("button", { type: "button", class: i === 0 ? "button" : "button-secondary", on: { click: action.act } }, action.text)))),
  };
}
