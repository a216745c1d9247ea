type Child = Node | string | null;
type Properties<K extends keyof HTMLElementTagNameMap> = {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
} & Partial<Pick<HTMLElementTagNameMap[K], Extract<keyof HTMLElementTagNameMap[K], "id" | "textContent" | "hidden" | "disabled" | "type" | "value" | "checked" | "name" | "max" | "min" | "step" | "href" | "htmlFor" | "accept" | "required">>>;

/** Makes one element with its children; text is always text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties<K> = {} as Properties<K>, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const { class: className, attributes, on, ...own } = properties;
  if (className !== undefined) element.className = className;
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  for (const [event, listener] of Object.entries(on ?? {})) element.addEventListener(event, listener as EventListener);
  Object.assign(element, own);
  element.append(...children.filter((child) => child !== null));
  return element;
}
