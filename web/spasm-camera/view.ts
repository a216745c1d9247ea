/** One screen of the island. */
export interface View {
  readonly element: HTMLElement;
  /** Stops whatever the view runs; called when another view takes its place or the page goes. */
  close?(): void;
}
