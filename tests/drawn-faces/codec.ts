import type { Window } from './painter.js';

/** A stand-in for a frugal video codec: blocks of 8 by 8 pixels that hardly change are held. */
export class StillBlockCodec {
  private previous: { key: string; pixels: Uint8ClampedArray } | null = null;

  /** Puts the last picture's blocks where the new ones changed by less than `limit` grey levels on average. */
  apply(window: Window, pixels: Uint8ClampedArray, limit: number): void {
    const [w, h] = window.size;
    const key = `${window.x},${window.y},${window.scale},${w},${h}`;
    const last = this.previous;
    if (last !== null && last.key === key) {
      for (let by = 0; by < h; by += 8) for (let bx = 0; bx < w; bx += 8) {
        let change = 0;
        let count = 0;
        for (let y = by; y < Math.min(h, by + 8); y++) for (let x = bx; x < Math.min(w, bx + 8); x++) {
          const i = (y * w + x) * 4 + 1;
          change += (pixels[i] as number) - (last.pixels[i] as number) > 0 ? (pixels[i] as number) - (last.pixels[i] as number) : (last.pixels[i] as number) - (pixels[i] as number);
          count++;
        }
        if (change / count >= limit) continue;
        for (let y = by; y < Math.min(h, by + 8); y++) for (let x = bx; x < Math.min(w, bx + 8); x++) {
          const i = (y * w + x) * 4;
          for (let d = 0; d < 3; d++) pixels[i + d] = last.pixels[i + d] as number;
        }
      }
    }
    this.previous = { key, pixels: Uint8ClampedArray.from(pixels) };
  }
}
