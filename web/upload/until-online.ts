/** Waits that many seconds, or until the browser says that it is online again; rejects when aborted. */
export function untilOnline(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => () => {
      clearTimeout(timer);
      removeEventListener("online", online);
      signal.removeEventListener("abort", aborted);
      settle();
    };
    const online = done(resolve);
    const aborted = done(() => { reject(signal.reason as Error); });
    const timer = setTimeout(online, seconds * 1000);
    addEventListener("online", online);
    signal.addEventListener("abort", aborted);
  });
}
