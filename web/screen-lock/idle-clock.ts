/** Tells when a screen has gone untouched for too long, and when the server should hear that someone is there. */
export class IdleClock {
  private reportedAt: number;

  /**
   * @param limitMs Time without a touch after which the screen locks.
   * @param activeAt Moment of the last touch, in milliseconds since 1970.
   * @param reportEveryMs The server hears of touches at most this often.
   */
  constructor(
    private readonly limitMs: number,
    private activeAt: number,
    private readonly reportEveryMs = 20_000,
  ) {
    this.reportedAt = activeAt;
  }

  /** Someone touched the screen, here or in another window. True when the server should hear of it now. */
  touch(now: number): boolean {
    this.activeAt = Math.max(this.activeAt, now);
    if (now - this.reportedAt < this.reportEveryMs) {
      return false;
    }
    this.reportedAt = now;
    return true;
  }

  isOver(now: number): boolean {
    return now - this.activeAt >= this.limitMs;
  }
}
