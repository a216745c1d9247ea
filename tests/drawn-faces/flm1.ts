/** Writes the FLM1 landmark layout (before gzip): see the README of the reference recordings. */
export interface SeriesHeader {
  readonly frames: number;
  readonly landmarks: number;
  readonly width: number;
  readonly height: number;
  readonly fps_nominal: number;
  readonly time_s: readonly number[];
  readonly [more: string]: unknown;
}

export const LOST = -1000;

/** `rows` holds landmark * 3 pixel values per frame; null marks a frame without a face. */
export function encodeSeries(header: SeriesHeader, rows: readonly (Float32Array | null)[]): Uint8Array {
  const channels = header.landmarks * 3;
  const head = new TextEncoder().encode(JSON.stringify(header));
  const values = channels * rows.length;
  const out = new Uint8Array(8 + head.length + values * 2);
  out.set([0x46, 0x4c, 0x4d, 0x31]);
  new DataView(out.buffer).setUint32(4, head.length, true);
  out.set(head, 8);
  let low = 8 + head.length;
  let high = low + values;
  for (let channel = 0; channel < channels; channel++) {
    let before = 0;
    for (const row of rows) {
      const value = Math.max(-32767, Math.min(32767, Math.round((row === null ? LOST : (row[channel] as number)) * 32)));
      const step = (value - before) & 0xffff;
      before = value;
      out[low++] = step & 0xff;
      out[high++] = step >> 8;
    }
  }
  return out;
}
