import type { UnsentRecording } from "./recording-upload";

/** A recording that waits on this device, with what a person needs to know it again. */
export interface StoredRecording extends UnsentRecording {
  /** When it was stored, milliseconds since 1970. */
  readonly storedAt: number;
}

const DATABASE = "facialis-capture";
const STORE = "unsent";

/** Recordings that the server has not acknowledged whole. They are kept in this browser and deleted once it has. */
export class UnsentStore {
  private constructor(private readonly database: IDBDatabase) {}

  static open(): Promise<UnsentStore> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => { request.result.createObjectStore(STORE, { keyPath: "id" }); };
      request.onsuccess = () => { resolve(new UnsentStore(request.result)); };
      request.onerror = () => { reject(request.error ?? new Error("This browser keeps no data for this page.")); };
    });
  }

  async keep(recording: UnsentRecording): Promise<void> {
    const stored: StoredRecording = { ...recording, storedAt: Date.now() };
    await this.inTransaction("readwrite", (store) => store.put(stored));
  }

  /** Oldest first. */
  async all(): Promise<readonly StoredRecording[]> {
    const found = await this.inTransaction("readonly", (store) => store.getAll() as IDBRequest<StoredRecording[]>);
    return found.sort((a, b) => a.storedAt - b.storedAt);
  }

  async forget(id: string): Promise<void> {
    await this.inTransaction("readwrite", (store) => store.delete(id));
  }

  private inTransaction<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => { resolve(request.result); };
      transaction.onabort = () => { reject(transaction.error ?? new Error("The browser could not store the recording.")); };
    });
  }
}
