import type { Colour } from "../face/shape.ts";

/** Paints in the texture space of the mesh: places are landmarks or shares of the picture, 0 to 1, v downwards. */
export class Brush {
  readonly pen: CanvasRenderingContext2D;

  constructor(readonly size: number, private readonly texture: Float32Array) {
    const canvas = document.createElement("canvas");
    canvas.width = size;
    canvas.height = size;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (pen === null) throw new Error("This browser cannot paint on a canvas.");
    this.pen = pen;
    pen.lineCap = "round";
    pen.lineJoin = "round";
  }

  /** Place of a landmark, pixels. */
  at(vertex: number): [number, number] {
    return [this.texture[vertex * 2]! * this.size, this.texture[vertex * 2 + 1]! * this.size]; // 468 landmarks
  }

  between(a: number, b: number, share: number): [number, number] {
    const [p, q] = [this.at(a), this.at(b)];
    return [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share];
  }

  fill(colour: Colour): void {
    this.pen.fillStyle = css(colour);
    this.pen.fillRect(0, 0, this.size, this.size);
  }

  /** A round wash that fades to its edge; radius as a share of the picture. */
  wash(x: number, y: number, radius: number, colour: Colour, alpha: number, flat = 1, turn = 0): void {
    const { pen } = this;
    const r = radius * this.size;
    pen.save();
    pen.translate(x, y);
    pen.rotate(turn);
    pen.scale(1, flat);
    const wash = pen.createRadialGradient(0, 0, 0, 0, 0, r);
    for (const stop of [0, 0.25, 0.5, 0.75, 1]) wash.addColorStop(stop, css(colour, alpha * (1 - stop * stop * (3 - 2 * stop))));
    pen.fillStyle = wash;
    pen.fillRect(-r, -r, 2 * r, 2 * r);
    pen.restore();
  }

  /** A smooth line through points in pixels. */
  trace(points: readonly (readonly [number, number])[], closed = false): void {
    const { pen } = this;
    pen.beginPath();
    const n = points.length;
    const get = (i: number): readonly [number, number] => points[closed ? (i + n) % n : Math.min(n - 1, Math.max(0, i))]!; // kept inside
    pen.moveTo(...get(0));
    for (let i = 0; i < (closed ? n : n - 1); i++) {
      const [a, b, c, d] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
      pen.bezierCurveTo(b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[0], c[1]);
    }
    if (closed) pen.closePath();
  }

  stroke(colour: Colour, alpha: number, width: number): void {
    this.pen.strokeStyle = css(colour, alpha);
    this.pen.lineWidth = width * this.size;
    this.pen.stroke();
  }

  pixels(): Uint8ClampedArray {
    return this.pen.getImageData(0, 0, this.size, this.size).data;
  }
}

export function css(colour: Colour, alpha = 1): string {
  return `rgba(${colour.map((c) => Math.round(Math.max(0, Math.min(255, c)))).join(",")},${alpha})`;
}
