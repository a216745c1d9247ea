const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and what is in it. An attribute that is false or undefined is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Attributes = {}, ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  assign(made, attributes);
  made.append(...inside);
  return made;
}

export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes = {}, ...inside: readonly Node[]): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  assign(made, attributes);
  made.append(...inside);
  return made;
}

export function button(text: string, className: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el("button", { type: "button", class: className, ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

function assign(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) target.setAttribute(name, value === true ? "" : String(value));
  }
}
