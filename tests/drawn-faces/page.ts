import { readCanonicalMesh, type CanonicalMesh } from '../../web/virtual-face/face/canonical-mesh.ts';
import { clips, prepare, type Clip } from './catalogue.js';
import { shapeFace } from '../../web/virtual-face/face/shape.ts';
import { Painter, type Window } from './painter.js';
import { MODEL, openTracker, read, trackClip, type Tracker } from './track.js';
import { filmClip } from './film.js';

declare global {
  interface Window {
    FaceMesh: new (options: { locateFile: (file: string) => string }) => Tracker;
    drawnFaces: typeof api;
    reportProgress: (frame: number, frames: number) => void;
  }
}

let mesh: Promise<CanonicalMesh> | null = null;
let tracker: Promise<Tracker> | null = null;

function canonical(): Promise<CanonicalMesh> {
  mesh ??= (async () => {
    const [loader, bundle] = await Promise.all([
      fetch('/face_mesh/face_mesh_solution_packed_assets_loader.js').then((r) => r.text()),
      fetch('/face_mesh/face_mesh_solution_packed_assets.data').then((r) => r.arrayBuffer()),
    ]);
    return readCanonicalMesh(loader, new Uint8Array(bundle));
  })();
  return mesh;
}

function openedTracker(): Promise<Tracker> {
  tracker ??= openTracker(() => new window.FaceMesh({ locateFile: (file) => `/face_mesh/${file}` }));
  return tracker;
}

async function painterFor(clip: Clip, seed: number) {
  const prepared = prepare(clip, seed);
  const shape = shapeFace(await canonical(), prepared.look);
  return { ...prepared, shape, painter: new Painter(shape, prepared.look, prepared.scene, prepared.plan.motion) };
}

function clipNamed(name: string): Clip {
  const clip = clips().find((c) => c.name === name);
  if (clip === undefined) throw new Error(`There is no clip ${name}.`);
  return clip;
}

async function send(file: string, body: Uint8Array<ArrayBuffer> | string): Promise<void> {
  const answer = await fetch(`/result/${file}`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`The result ${file} was not stored.`);
}

const api = {
  /** A picture of one instant as a PNG. */
  async picture(name: string, seed: number, t: number, points: boolean): Promise<string> {
    const clip = clipNamed(name);
    const { painter, scene } = await painterFor(clip, seed);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [scene.width, scene.height];
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const image = pen.createImageData(scene.width, scene.height);
    const whole: Window = { x: 0, y: 0, scale: 1, size: [scene.width, scene.height] };
    painter.draw(t, 1 / clip.fps, Math.round(t * clip.fps), whole, image.data);
    pen.putImageData(image, 0, 0);
    if (points) {
      const drawn = painter.landmarks(t);
      pen.fillStyle = '#0f0';
      for (let i = 0; i < 468; i++) pen.fillRect((drawn[i * 3] as number) - 0.5, (drawn[i * 3 + 1] as number) - 0.5, 1, 1);
    }
    return canvas.toDataURL('image/png').split(',')[1] as string;
  },

  /** Tracks one clip and stores its landmark series, truth and check. */
  async track(name: string, seed: number): Promise<void> {
    const clip = clipNamed(name);
    const { painter, look, scene, plan, shape } = await painterFor(clip, seed);
    const { series, check } = await trackClip(painter, await openedTracker(), clip.fps, plan.duration, `drawn ${look.name}, ${clip.plan}`, window.reportProgress, {
      stairs: clip.plan === 'stairs', spasms: plan.events.some((e) => e.kind === 'spasm' || e.kind === 'tonic' || e.kind === 'hold'),
      quiet: (t) => !plan.events.some((e) => !['spasm', 'tonic', 'blink', 'hold'].includes(e.kind) && t > e.t0 - 0.1 && t < e.t1 + 0.1),
    });
    const frames = check.frames;
    await send(`${name}.lm.gz`, series as Uint8Array<ArrayBuffer>);
    await send(`${name}.truth.json`, JSON.stringify({
      fps: clip.fps, frames, duration: frames / clip.fps, width: scene.width, height: scene.height, iod_px: scene.iodPx, side: plan.side, plan: plan.name, seed, noise: scene.noise,
      units: 'eye = fraction of lid closure; mouth,brow = displacement in interocular distances; left,right = peak of each side; side is the SUBJECT side (image not mirrored)',
      model: 'attention', tracker: MODEL, face: look.name, look, scene, iod_cm: shape.iod, events: plan.events, ...(plan.marks.length > 0 ? { marks: plan.marks } : {}), check,
    }, null, 1));
  },

  /** Films one clip: a WebM file, a JPEG sequence or a YUV4MPEG file. */
  async film(name: string, seed: number, kind: 'webm' | 'mjpeg' | 'y4m', from: number, to: number): Promise<void> {
    const clip = clipNamed(name);
    const { painter, look, plan, scene } = await painterFor(clip, seed);
    await send('start', '');
    await filmClip(painter, clip.fps, from, Math.min(to, plan.duration), kind, (part) => send('part', part), window.reportProgress);
    await send('truth', JSON.stringify({ fps: clip.fps, duration: Math.min(to, plan.duration) - from, from, width: scene.width, height: scene.height, iod_px: scene.iodPx, side: plan.side, plan: plan.name, seed, face: look.name, events: plan.events.filter((e) => e.t1 > from && e.t0 < to), marks: plan.marks }, null, 1));
  },

  /** Milliseconds to draw and to track one frame. */
  async speed(name: string, seed: number): Promise<{ draw: number; clip: string }> {
    const { painter } = await painterFor(clipNamed(name), seed);
    const pixels = new Uint8ClampedArray(288 * 288 * 4);
    const crop: Window = { x: 140, y: 60, scale: 0.8, size: [288, 288] };
    const began = performance.now();
    for (let i = 0; i < 60; i++) painter.draw(i / 30, 1 / 30, i, crop, pixels);
    return { draw: (performance.now() - began) / 60, clip: name };
  },

  /** Opening of the lids and height of the mouth corners as the tracker reads one held pose. */
  async readPose(name: string, seed: number, set: Record<string, number>): Promise<{ aperture: Record<string, number>; corner: Record<string, number> }> {
    const prepared = prepare(clipNamed(name), seed);
    const shape = shapeFace(await canonical(), prepared.look);
    const strokes = Object.entries(set).map(([channel, size]) => ({ channel: channel as 'lidL', t0: -10, t1: 10, rise: 0.01, fall: 0.01, size }));
    const painter = new Painter(shape, prepared.look, { ...prepared.scene, noise: 0 }, { strokes, sway: [] });
    const { scene } = painter;
    const t = await openedTracker();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [scene.width, scene.height];
    const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    const image = pen.createImageData(scene.width, scene.height);
    painter.draw(0, 1 / 30, 0, { x: 0, y: 0, scale: 1, size: [scene.width, scene.height] }, image.data);
    pen.putImageData(image, 0, 0);
    let row: Float32Array | null = null;
    t.onResults((results) => {
      const points = results.multiFaceLandmarks?.[0];
      row = points === undefined ? null : Float32Array.from(points.flatMap((p) => [p.x * scene.width, p.y * scene.height, p.z * scene.width]));
    });
    t.reset();
    for (let i = 0; i < 4; i++) await t.send({ image: canvas });
    if (row === null) throw new Error('The tracker saw no face.');
    return read(row);
  },
};
window.drawnFaces = api;
