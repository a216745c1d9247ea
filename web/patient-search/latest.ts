/**
 * Runs one question at a time for whoever types: waits until the hand rests, and lets only the answer to the newest text through.
 * Answers may arrive in another order than the questions were asked.
 */
export class Latest<Question, Answer> {
  #number = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly show: (answer: Answer) => void,
    private readonly fail: (reason: unknown) => void,
    private readonly restMs = 150,
  ) {}

  /** Asks once the hand has rested. Whatever was asked before no longer counts. */
  put(question: Question): void {
    this.drop();
    const number = this.#number;
    this.#waiting = setTimeout(() => {
      this.ask(question).then(
        (answer) => number === this.#number && this.show(answer),
        (reason: unknown) => number === this.#number && this.fail(reason),
      );
    }, this.restMs);
  }

  /** Forgets what is waiting or under way. */
  drop(): void {
    this.#number += 1;
    clearTimeout(this.#waiting);
  }
}
