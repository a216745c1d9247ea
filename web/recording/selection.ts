/** Tells the other elements of the page which event of which recording is chosen. */
export interface Selection {
  readonly recordingId: string;
  readonly number: number;
  /** True when the person asked to see it move, not only to look at it. */
  readonly play: boolean;
}

const NAME = "facialis-event-chosen";

export function choose(selection: Selection): void {
  document.dispatchEvent(new CustomEvent<Selection>(NAME, { detail: selection }));
}

/** Listens until the signal aborts. */
export function onChoice(listener: (selection: Selection) => void, signal: AbortSignal): void {
  document.addEventListener(NAME, (event) => listener((event as CustomEvent<Selection>).detail), { signal });
}
