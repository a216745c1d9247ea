import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from 'mediabunny';
import type { Painter } from './painter.js';

/** Draws a stretch of a clip at full size and hands over the film in parts. */
export async function filmClip(painter: Painter, fps: number, from: number, to: number, kind: 'webm' | 'mjpeg' | 'y4m', part: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>, progress: (frame: number, frames: number) => void): Promise<void> {
  const { width, height } = painter.scene;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This browser has no 2D canvas.');
  const image = pen.createImageData(width, height);
  const frames = Math.round((to - from) * fps);
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 3_000_000 });
  if (kind === 'webm') {
    output.addVideoTrack(source, { frameRate: fps });
    await output.start();
  }
  if (kind === 'y4m') await part(new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`));
  for (let frame = 0; frame < frames; frame++) {
    painter.draw(from + frame / fps, 1 / fps, frame, { x: 0, y: 0, scale: 1, size: [width, height] }, image.data);
    if (kind === 'y4m') await part(planes(image.data, width, height));
    else {
      pen.putImageData(image, 0, 0);
      if (kind === 'webm') await source.add(frame / fps, 1 / fps);
      else {
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.92));
        if (blob === null) throw new Error('The picture could not be written as JPEG.');
        await part(new Uint8Array(await blob.arrayBuffer()));
      }
    }
    if (frame % 10 === 0) progress(frame, frames);
  }
  if (kind === 'webm') {
    await output.finalize();
    if (target.buffer === null) throw new Error('The film is empty.');
    await part(new Uint8Array(target.buffer));
  }
}

/** One YUV4MPEG frame, full-range BT.601. */
function planes(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode('FRAME\n');
  const luma = width * height;
  const half = (width >> 1) * (height >> 1);
  const out = new Uint8Array(head.length + luma + 2 * half);
  out.set(head);
  let y = head.length;
  for (let i = 0; i < luma * 4; i += 4) out[y++] = Math.round(0.299 * (rgba[i] as number) + 0.587 * (rgba[i + 1] as number) + 0.114 * (rgba[i + 2] as number));
  let c = head.length + luma;
  for (let row = 0; row + 1 < height; row += 2) for (let column = 0; column + 1 < width; column += 2) {
    const i = (row * width + column) * 4;
    const mean = (d: number): number => ((rgba[i + d] as number) + (rgba[i + 4 + d] as number) + (rgba[i + width * 4 + d] as number) + (rgba[i + width * 4 + 4 + d] as number)) / 4;
    const [r, g, b] = [mean(0), mean(1), mean(2)] as const;
    out[c] = Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
    out[c + half] = Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
    c++;
  }
  return out;
}
