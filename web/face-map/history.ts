/** What was, what is and what was undone. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

const MOST = 200;

export function begin<T>(now: T): History<T> {
  return { past: [], now, future: [] };
}

/** A step that can be undone. What was undone before it is gone. */
export function advance<T>(history: History<T>, next: T): History<T> {
  return next === history.now ? history : { past: [...history.past, history.now].slice(-MOST), now: next, future: [] };
}

/** Goes on with the step just made, so that a drag or a row of key presses is undone at once. */
export function amend<T>(history: History<T>, next: T): History<T> {
  return { ...history, now: next, future: [] };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  return before === undefined ? history : { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const after = history.future[0];
  return after === undefined ? history : { past: [...history.past, history.now], now: after, future: history.future.slice(1) };
}
