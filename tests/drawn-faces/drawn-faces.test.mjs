// What the drawn faces promise, without a browser: node --test tests/drawn-faces
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { faceMesh, load } from './bundle.mjs';

const { clips, prepare } = await load('catalogue.ts');
const { poseAt, strokeAt, Mover } = await load('../../web/virtual-face/face/movement.ts');
const { shapeFace, at } = await load('../../web/virtual-face/face/shape.ts');
const { readCanonicalMesh } = await load('../../web/virtual-face/face/canonical-mesh.ts');
const { encodeSeries, LOST } = await load('flm1.ts');

const mesh = readCanonicalMesh(readFileSync(join(faceMesh, 'face_mesh_solution_packed_assets_loader.js'), 'utf8'), readFileSync(join(faceMesh, 'face_mesh_solution_packed_assets.data')));

test('the canonical mesh is a symmetric disc', () => {
  assert.equal(mesh.position.length, 468 * 3);
  assert.equal(mesh.triangles.length, 898 * 3);
  assert.ok(Math.abs(at(mesh.position, 33)[0] + at(mesh.position, 263)[0]) < 1e-5);
  assert.ok(at(mesh.position, 263)[0] > 0, 'the subject\'s left has positive x');
});

test('the same seed gives the same face, scene and plan, another seed does not', () => {
  const clip = clips()[0];
  assert.deepEqual(prepare(clip, 1), prepare(clip, 1));
  assert.notDeepEqual(prepare(clip, 1).plan.events, prepare(clip, 2).plan.events);
});

test('every event lies inside its clip and spasms stay on the affected side', () => {
  for (const clip of clips()) {
    const { plan } = prepare(clip, 1);
    for (const event of plan.events) {
      assert.ok(event.t0 >= 0 && event.t1 > event.t0 && event.t1 <= plan.duration + 1e-6, `${clip.name} ${event.kind} ${event.t0}`);
      if (event.kind === 'spasm' || event.kind === 'tonic') assert.equal(event.side, plan.side, clip.name);
      if (clip.plan === 'healthy') assert.ok(!['spasm', 'tonic'].includes(event.kind));
    }
  }
});

test('the mouth corner of the spasm side is still outside the true intervals and reaches the true size within', () => {
  for (const clip of clips().filter((c) => c.plan === 'graded' || c.plan === 'trains')) {
    const { plan } = prepare(clip, 1);
    const channel = `mouth${plan.side}`;
    const spasms = plan.events.filter((e) => e.kind === 'spasm' || e.kind === 'tonic');
    for (let t = 0; t < plan.duration; t += 0.05) {
      if (!spasms.some((e) => t > e.t0 - 1e-3 && t < e.t1 + 1e-3)) assert.equal(poseAt(plan.motion, t)[channel], 0, `${clip.name} at ${t}`);
    }
    for (const stroke of plan.motion.strokes.filter((s) => s.channel === channel)) {
      const event = spasms.find((e) => Math.abs(e.t0 - stroke.t0) < 1e-3 && Math.abs(e.mouth - stroke.size) < 1e-3);
      assert.ok(event, `${clip.name}: a pull at ${stroke.t0} without truth`);
      let peak = 0;
      for (let t = stroke.t0; t < stroke.t1; t += 0.001) peak = Math.max(peak, strokeAt(stroke, t));
      assert.ok(peak > 0.97 * stroke.size, `${clip.name}: reaches ${peak} of ${stroke.size}`);
    }
  }
});

test('every graded plan holds each grade and duration twice', () => {
  for (const clip of clips().filter((c) => c.plan === 'graded')) {
    const spasms = prepare(clip, 1).plan.events.filter((e) => e.kind === 'spasm' && e.during !== 'turn' && e.during !== 'talk');
    assert.equal(spasms.length, 40, clip.name);
  }
});

test('a pull moves one corner by its size and hardly the other; a closure shuts one eye', () => {
  const { look } = prepare(clips()[0], 1);
  const shape = shapeFace(mesh, { ...look, droop: { L: 0, R: 0 }, ptosis: { L: 0, R: 0 }, restingSmile: 0 });
  const mover = new Mover(shape, { ...look, droop: { L: 0, R: 0 }, ptosis: { L: 0, R: 0 }, restingSmile: 0 });
  const rest = new Float32Array(468 * 3);
  const moved = new Float32Array(468 * 3);
  const still = poseAt({ strokes: [], sway: [] }, 0);
  const shift = (v) => Math.hypot(moved[v * 3] - rest[v * 3], moved[v * 3 + 1] - rest[v * 3 + 1]) / shape.iod;
  const gap = (p, up, low) => Math.abs(p[up * 3 + 1] - p[low * 3 + 1]);
  mover.apply(still, rest);
  mover.apply({ ...still, mouthL: 0.1 }, moved);
  assert.ok(Math.abs(shift(291) - 0.1) < 0.003, `left corner ${shift(291)}`);
  assert.ok(shift(61) < 0.002, `right corner ${shift(61)}`);
  mover.apply({ ...still, lidR: 0.5 }, moved);
  assert.ok(Math.abs(gap(moved, 159, 145) / gap(rest, 159, 145) - 0.5) < 0.02);
  assert.ok(Math.abs(gap(moved, 386, 374) / gap(rest, 386, 374) - 1) < 1e-6);
});

test('the series is read back as it was written', () => {
  const rows = [Float32Array.from([1, 2.5, -3, 100, 200, 5]), null, Float32Array.from([1.03125, 2, -3, 640, 479, 0])];
  const bytes = Buffer.from(encodeSeries({ frames: 3, landmarks: 2, width: 640, height: 480, fps_nominal: 30, time_s: [0, 0.1, 0.2] }, rows));
  assert.equal(bytes.toString('latin1', 0, 4), 'FLM1');
  const start = 8 + bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 8, start));
  const values = header.frames * header.landmarks * 3;
  for (let channel = 0; channel < 6; channel++) {
    let value = 0;
    for (let frame = 0; frame < 3; frame++) {
      const k = start + channel * 3 + frame;
      value = ((value + (bytes[k] | (bytes[k + values] << 8))) << 16) >> 16;
      assert.ok(Math.abs(value / 32 - (rows[frame]?.[channel] ?? LOST)) <= 1 / 64);
    }
  }
});
