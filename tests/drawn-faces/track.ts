import { encodeSeries, LOST } from './flm1.js';
import type { Painter, Window } from './painter.js';
import { EYE, SIDES, type Side } from '../../web/virtual-face/face/topology.ts';

interface Point { readonly x: number; readonly y: number; readonly z: number }
interface Results { readonly multiFaceLandmarks?: readonly (readonly Point[])[] }
export interface Tracker {
  setOptions(options: Record<string, unknown>): void;
  onResults(listener: (results: Results) => void): void;
  initialize(): Promise<void>;
  reset(): void;
  send(input: { image: HTMLCanvasElement }): Promise<void>;
}

export const POINTS = 478;
export const MODEL = '@mediapipe/face_mesh 0.4.1633559619 refineLandmarks (attention)';
const CROP = 288;
const MARGIN = 1.7;

/** How a clip was read, to see at once whether the tracker held on to the face. */
export interface Check {
  readonly frames: number;
  readonly lost: number;
  readonly crops: number;
  /** Mean distance of tracked from drawn points, in interocular distances. */
  readonly error: number;
  /**
   * Correlation and slope of measured on injected: lid closure and mouth corner as left minus right, both lids together.
   * Smiles, speech, turns, gaze and other ordinary movements are left out, since they move what is measured but not what is injected.
   */
  readonly eye: number | null;
  readonly eyeGain: number | null;
  readonly mouth: number | null;
  readonly mouthGain: number | null;
  readonly lids: number | null;
  readonly seconds: number;
}

export async function openTracker(make: () => Tracker): Promise<Tracker> {
  const tracker = make();
  tracker.setOptions({ maxNumFaces: 1, refineLandmarks: true, minDetectionConfidence: 0.5, minTrackingConfidence: 0.5, useCpuInference: true });
  await tracker.initialize();
  return tracker;
}

/** Draws every frame of a clip, lets the tracker see it and returns the landmark series with its check. */
export async function trackClip(painter: Painter, tracker: Tracker, fps: number, duration: number, description: string, progress: (frame: number, frames: number) => void, what: { readonly stairs: boolean; readonly spasms: boolean; readonly quiet: (t: number) => boolean }): Promise<{ series: Uint8Array; check: Check }> {
  const { scene } = painter;
  const frames = Math.round(duration * fps);
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This browser has no 2D canvas.');
  let seen: readonly Point[] | null = null;
  tracker.onResults((results) => { seen = results.multiFaceLandmarks?.[0] ?? null; });
  tracker.reset();
  const whole: Window = { x: 0, y: 0, scale: 1, size: [scene.width, scene.height] };
  let window = whole;
  let side = 0;
  let missed = 0;
  let crops = 0;
  let lost = 0;
  let image = pen.createImageData(...window.size);
  const rows: (Float32Array | null)[] = [];
  const times: number[] = [];
  const injected = { eye: [] as number[], mouth: [] as number[], lids: [] as number[] };
  const measured = { eye: [] as number[], mouth: [] as number[], lids: [] as number[] };
  const calm: boolean[] = [];
  let errorSum = 0;
  let errorCount = 0;
  const began = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    const t = frame / fps;
    if (canvas.width !== window.size[0] || canvas.height !== window.size[1]) {
      [canvas.width, canvas.height] = window.size;
      image = pen.createImageData(...window.size);
    }
    painter.draw(t, 1 / fps, frame, window, image.data);
    pen.putImageData(image, 0, 0);
    seen = null;
    await tracker.send({ image: canvas });
    times.push(Math.round(t * 1e6) / 1e6);
    const points = seen as readonly Point[] | null;
    if (points === null || points.length !== POINTS) {
      rows.push(null);
      lost++;
      if (++missed >= 3 && window !== whole) { window = whole; side = 0; tracker.reset(); }
    } else {
      missed = 0;
      const row = new Float32Array(POINTS * 3);
      const across = window.size[0] / window.scale;
      const down = window.size[1] / window.scale;
      let left = Infinity;
      let right = -Infinity;
      let top = Infinity;
      let bottom = -Infinity;
      for (let i = 0; i < POINTS; i++) {
        const point = points[i] as Point;
        const x = window.x + point.x * across;
        const y = window.y + point.y * down;
        row[i * 3] = x;
        row[i * 3 + 1] = y;
        row[i * 3 + 2] = point.z * across;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
      rows.push(row);
      const reading = read(row);
      const pose = painter.pose(t);
      calm.push(what.quiet(t));
      injected.eye.push(pose.lidL - pose.lidR);
      injected.mouth.push(pose.mouthL - pose.mouthR);
      injected.lids.push((pose.lidL + pose.lidR) / 2);
      measured.eye.push(reading.aperture.R - reading.aperture.L);
      measured.mouth.push(reading.corner.L - reading.corner.R);
      measured.lids.push(-(reading.aperture.L + reading.aperture.R) / 2);
      if (frame % 15 === 0) {
        const truth = painter.landmarks(t);
        for (let i = 0; i < 468; i++) {
          errorSum += Math.hypot((truth[i * 3] as number) - (row[i * 3] as number), (truth[i * 3 + 1] as number) - (row[i * 3 + 1] as number)) / scene.iodPx;
          errorCount++;
        }
      }
      const wanted = MARGIN * Math.max(right - left, bottom - top);
      const cx = (left + right) / 2;
      const cy = (top + bottom) / 2;
      const drift = side === 0 ? Infinity : Math.max(Math.abs(cx - window.x - side / 2), Math.abs(cy - window.y - side / 2), Math.abs(wanted - side) / 2) / side;
      if (drift > 0.1) {
        side = Math.round(wanted);
        const scale = Math.min(1, CROP / side);
        const size = Math.round(side * scale);
        window = { x: Math.round(cx - side / 2), y: Math.round(cy - side / 2), scale: size / side, size: [size, size] };
        crops++;
        tracker.reset();
      }
    }
    if (frame % 10 === 0) {
      progress(frame, frames);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  const series = encodeSeries({
    frames, landmarks: POINTS, width: scene.width, height: scene.height, fps_nominal: fps, unit: 'pixel/32 (z in x-pixels/32)',
    layout: 'int16 first difference over frames, channel-major (landmark*3+xyz), then byte planes low|high', lost_px: LOST,
    mirrored: false, model: MODEL, options: { refineLandmarks: true, useCpuInference: true, crop: CROP }, desc: description, time_s: times,
  }, rows);
  const quick = (values: readonly number[]): number[] => (what.stairs ? [...values] : withoutDrift(values, Math.round(fps * 3))).filter((_, i) => calm[i] === true);
  const eye = what.spasms ? relate(quick(injected.eye), quick(measured.eye)) : null;
  const mouth = what.spasms ? relate(quick(injected.mouth), quick(measured.mouth)) : null;
  const lids = relate(quick(injected.lids), quick(measured.lids));
  return {
    series,
    check: {
      frames, lost, crops, error: errorSum / Math.max(1, errorCount), seconds,
      eye: eye?.r ?? null, eyeGain: eye?.gain ?? null, mouth: mouth?.r ?? null, mouthGain: mouth?.gain ?? null, lids: lids?.r ?? null,
    },
  };
}

/** Lid opening and mouth-corner height along up-and-outward, in interocular distances, roughly freed of the head's tilt. */
export function read(row: Float32Array): { aperture: Record<Side, number>; corner: Record<Side, number> } {
  const at = (v: number): [number, number] => [row[v * 3] as number, row[v * 3 + 1] as number];
  const middle = (a: number, b: number): [number, number] => { const p = at(a); const q = at(b); return [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]; };
  const left = middle(...EYE.L.corners);
  const right = middle(...EYE.R.corners);
  const iod = Math.hypot(left[0] - right[0], left[1] - right[1]);
  const ux = (left[0] - right[0]) / iod;
  const uy = (left[1] - right[1]) / iod;
  const ox = (left[0] + right[0]) / 2;
  const oy = (left[1] + right[1]) / 2;
  const aperture = {} as Record<Side, number>;
  const corner = {} as Record<Side, number>;
  for (const side of SIDES) {
    const eye = EYE[side];
    let open = 0;
    for (const k of [2, 3, 4]) {
      const a = at(eye.upper[k] as number);
      const b = at(eye.lower[k] as number);
      open += (-(b[0] - a[0]) * uy + (b[1] - a[1]) * ux) / 3;
    }
    aperture[side] = open / iod;
    const [x, y] = at(eye.mouthCorner);
    const along = ((x - ox) * ux + (y - oy) * uy) / iod;
    const down = (-(x - ox) * uy + (y - oy) * ux) / iod;
    corner[side] = 0.6 * along * (side === 'L' ? 1 : -1) - 0.8 * down;
  }
  return { aperture, corner };
}

function withoutDrift(values: readonly number[], reach: number): number[] {
  return values.map((value, i) => {
    const near = values.slice(Math.max(0, i - reach), i + reach + 1).sort((a, b) => a - b);
    return value - (near[near.length >> 1] as number);
  });
}

function relate(x: readonly number[], y: readonly number[]): { r: number; gain: number } | null {
  const n = x.length;
  const mx = x.reduce((s, v) => s + v, 0) / n;
  const my = y.reduce((s, v) => s + v, 0) / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const a = (x[i] as number) - mx;
    const b = (y[i] as number) - my;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return xx < 1e-9 || yy < 1e-12 ? null : { r: xy / Math.sqrt(xx * yy), gain: xy / xx };
}
