import type { Picture } from "../face-landmarker/face-landmarker";
import { MEDIAPIPE_REFINED, type SidedPoints } from "../face-landmarker/mediapipe-refined";

/** The house's colours of the two sides, in the tones that show on a picture. */
const RIGHT_COLOUR = "#f2a775";
const LEFT_COLOUR = "#aab5ff";

/** Draws what the landmarker found, so that a person sees that it holds on to the face. */
export class Overlay {
  readonly canvas = document.createElement("canvas");
  private readonly context: CanvasRenderingContext2D;

  constructor() {
    const context = this.canvas.getContext("2d");
    if (context === null) throw new Error("This browser cannot draw on a canvas.");
    this.context = context;
    this.canvas.className = "capture-overlay";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** Landmarks over whatever lies beneath the canvas; with `picture`, over that frame. `longest` limits the canvas's size. */
  draw(width: number, height: number, xyz: Float32Array | null, picture: Picture | null = null, longest = 640): void {
    const scale = Math.min(1, longest / Math.max(width, height));
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
    } else if (picture === null) {
      this.context.clearRect(0, 0, w, h);
    }
    picture?.draw(this.context, 0, 0, width, height, w, h);
    if (xyz === null) return;
    this.context.lineWidth = Math.max(1, w / 400);
    for (const [side, colour] of [[MEDIAPIPE_REFINED.right, RIGHT_COLOUR], [MEDIAPIPE_REFINED.left, LEFT_COLOUR]] as const) this.side(xyz, side, colour, scale);
    this.context.strokeStyle = "#ffffffcc";
    this.line(xyz, LIPS, scale, true);
  }

  private side(xyz: Float32Array, side: SidedPoints, colour: string, scale: number): void {
    this.context.strokeStyle = colour;
    this.line(xyz, side.lidOutline, scale, true);
    this.line(xyz, side.brow, scale, false);
    const [mx, my] = at(xyz, side.mouthCorner, scale);
    this.context.fillStyle = colour;
    this.context.beginPath();
    this.context.arc(mx, my, this.context.lineWidth * 2.5, 0, 2 * Math.PI);
    this.context.fill();
  }

  private line(xyz: Float32Array, points: readonly number[], scale: number, closed: boolean): void {
    this.context.beginPath();
    points.forEach((index, i) => {
      const [x, y] = at(xyz, index, scale);
      if (i === 0) this.context.moveTo(x, y);
      else this.context.lineTo(x, y);
    });
    if (closed) this.context.closePath();
    this.context.stroke();
  }
}

const LIPS = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];

function at(xyz: Float32Array, index: number, scale: number): [number, number] {
  return [xyz[index * 3]! * scale, xyz[index * 3 + 1]! * scale]; // indices of the scheme
}
