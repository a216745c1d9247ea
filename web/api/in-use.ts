/** Fired on the document by what needs the screen for minutes without a touch, so that the screen does not lock under it. */
export const inUseEvent = "facialis-in-use";

/** Someone sits before the camera: the screen counts as touched. */
export function screenInUse(): void {
  document.dispatchEvent(new Event(inUseEvent));
}
