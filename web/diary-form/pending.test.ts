import { expect, test } from "vitest";
import { type Entry, Pending, type Sent, type Shelf } from "./pending.ts";

function shelf(): Shelf & { readonly size: number } {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    get size() {
      return items.size;
    },
  };
}

const entry = (id: string): Entry => ({ id, fields: [["Id", id]] });

test("what could not be sent waits, and is sent once when the line is back", async () => {
  const store = shelf();
  const received: string[] = [];
  let line = false;
  const send = (e: Entry): Promise<Sent> => {
    if (!line) {
      return Promise.reject(new TypeError("no line"));
    }
    received.push(e.id);
    return Promise.resolve("kept by the server");
  };
  const pending = new Pending(store, "diary", send);
  pending.add(entry("a"));
  expect(await pending.flush()).toBe("again");

  // The page is opened again: what waits is still there.
  const later = new Pending(store, "diary", send);
  later.add(entry("b"));
  line = true;
  const both = await Promise.all([later.flush(), later.flush()]);

  expect(both).toEqual(["kept by the server", "kept by the server"]);
  expect(received).toEqual(["a", "b"]);
  expect(store.size).toBe(0);
});

test("what the server refuses is not tried for ever", async () => {
  const store = shelf();
  let tries = 0;
  const pending = new Pending(store, "diary", () => {
    tries++;
    return Promise.resolve("refused");
  });
  pending.add(entry("a"));

  expect(await pending.flush()).toBe("refused");
  expect(await pending.flush()).toBeUndefined();
  expect(tries).toBe(1);
});

test("a shelf with something else in it is empty", () => {
  const store = shelf();
  store.setItem("diary", "{not json");
  expect(new Pending(store, "diary", () => Promise.resolve("again")).all).toEqual([]);
});
