/** A drawn signature: strokes of points in thousandths of the pad, so that it does not depend on the size of the screen. */
export class Strokes {
  readonly #strokes: [number, number][][] = [];

  get isEmpty(): boolean {
    return this.#strokes.every((stroke) => stroke.length < 3);
  }

  get all(): readonly (readonly [number, number][])[] {
    return this.#strokes;
  }

  begin(x: number, y: number): void {
    this.#strokes.push([thousandths(x, y)]);
  }

  /** Goes on with the stroke; a point at the same place as the last adds nothing. */
  add(x: number, y: number): void {
    const stroke = this.#strokes.at(-1);
    const [newX, newY] = thousandths(x, y);
    const last = stroke?.at(-1);
    if (stroke !== undefined && (last === undefined || last[0] !== newX || last[1] !== newY)) {
      stroke.push([newX, newY]);
    }
  }

  clear(): void {
    this.#strokes.length = 0;
  }

  /** As the server keeps and hashes it: "x,y x,y;x,y ...". Empty where nothing was drawn. */
  toString(): string {
    return this.isEmpty ? "" : this.#strokes.map((stroke) => stroke.map(([x, y]) => `${x},${y}`).join(" ")).join(";");
  }
}

function thousandths(x: number, y: number): [number, number] {
  const within = (share: number) => Math.round(1000 * Math.min(1, Math.max(0, share)));
  return [within(x), within(y)];
}
