/** What was typed and not sent yet: the fields of the form, by name. */
export interface Entry {
  readonly id: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** How one sending ended. "again" waits for a connection, "refused" is shown to the person and not tried again. */
export type Sent = "kept by the server" | "again" | "refused";

/** Where entries wait. A browser without storage keeps them as long as the page is open. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Entries that wait on the device until the server has them. Each is sent until the server says that it is kept; since an entry
 * carries its own id, one that was kept without our hearing of it is not kept twice.
 */
export class Pending {
  #running: Promise<Sent | undefined> | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly key: string,
    private readonly send: (entry: Entry) => Promise<Sent>,
  ) {}

  get all(): readonly Entry[] {
    try {
      const kept: unknown = JSON.parse(this.shelf.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? (kept as Entry[]) : [];
    } catch {
      return []; // not ours, or cut off
    }
  }

  add(entry: Entry): void {
    this.#keep([...this.all.filter((e) => e.id !== entry.id), entry]);
  }

  /** Sends what waits, oldest first, one at a time. Gives how the last one ended; undefined where nothing waited. */
  flush(): Promise<Sent | undefined> {
    this.#running ??= this.#flush().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #flush(): Promise<Sent | undefined> {
    let last: Sent | undefined;
    for (let entry = this.all[0]; entry !== undefined; entry = this.all[0]) {
      last = await this.send(entry).catch(() => "again" as const);
      if (last === "again") {
        return last;
      }
      const { id } = entry;
      this.#keep(this.all.filter((e) => e.id !== id));
    }
    return last;
  }

  #keep(entries: readonly Entry[]): void {
    if (entries.length === 0) {
      this.shelf.removeItem(this.key);
    } else {
      this.shelf.setItem(this.key, JSON.stringify(entries));
    }
  }
}
