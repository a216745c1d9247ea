#!/usr/bin/env node
// Draws faces with known movements, lets the real tracker see them and writes landmark series with their truth.
import { createServer } from 'node:http';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync, gunzipSync } from 'node:zlib';
import { bundle, faceMesh, load, need } from './bundle.mjs';

const { chromium } = need('playwright-core');

const USAGE = `node tests/drawn-faces/draw-faces.mjs [options]
  --out DIR        where NAME.lm.gz and NAME.truth.json go (default: corpus)
  --only PATTERN   only clips whose name matches this regular expression
  --seed N         another seed gives other faces and plans (default 1)
  --list           list the clips and leave
  --check          print the tracking table of the clips in DIR and leave
  --png T          save a picture of each chosen clip at T seconds
  --points         with --png: mark the drawn vertices
  --read           print how held lid closures and mouth pulls are read back
  --speed          print how long drawing one frame takes
  --video FILE     film the first chosen clip: .webm, .mjpeg or .y4m
  --from S --to S  with --video: the stretch to film`;

const options = { out: 'corpus', only: '.', seed: 1, from: 0, to: 1e9 };
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i].replace(/^--/, '');
  if (['list', 'check', 'points', 'read', 'speed', 'help'].includes(name)) options[name] = true;
  else if (['out', 'only', 'seed', 'png', 'video', 'from', 'to'].includes(name) && i + 1 < process.argv.length) {
    const value = process.argv[++i];
    options[name] = ['seed', 'png', 'from', 'to'].includes(name) ? Number(value) : value;
  } else { console.error(`Unknown option ${process.argv[i]}.\n${USAGE}`); process.exit(2); }
}
if (options.help) { console.log(USAGE); process.exit(0); }

const catalogue = await load('catalogue.ts');
const chosen = catalogue.clips().filter((clip) => new RegExp(options.only).test(clip.name));
const files = (clip) => [join(options.out, `${clip.name}.lm.gz`), join(options.out, `${clip.name}.truth.json`)];

if (options.list) {
  let total = 0;
  for (const clip of chosen) {
    const { plan, look } = catalogue.prepare(clip, options.seed);
    const frames = Math.round(plan.duration * clip.fps);
    total += frames;
    console.log(`${clip.name.padEnd(28)} ${String(frames).padStart(6)} frames  ${plan.duration.toFixed(1).padStart(6)} s  ${look.name}`);
  }
  console.log(`${chosen.length} clips, ${total} frames`);
  process.exit(0);
}

const figure = (value, digits = 2) => (value === null || value === undefined ? '-' : value.toFixed(digits));
if (options.check) {
  console.log('clip                         frames  lost%  crops  error%IOD  r eye  gain  r mouth  gain  r lids   fps');
  for (const clip of chosen) {
    if (!files(clip).every(existsSync)) continue;
    const { check: c } = JSON.parse(readFileSync(files(clip)[1], 'utf8'));
    console.log(`${clip.name.padEnd(28)} ${String(c.frames).padStart(6)}  ${figure((100 * c.lost) / c.frames).padStart(5)}  ${String(c.crops).padStart(5)}  ${figure(100 * c.error, 1).padStart(9)}  ${figure(c.eye).padStart(5)}  ${figure(c.eyeGain, 3).padStart(5)} ${figure(c.mouth).padStart(7)}  ${figure(c.mouthGain).padStart(5)}  ${figure(c.lids).padStart(6)}  ${figure(c.frames / c.seconds, 1).padStart(5)}`);
  }
  process.exit(0);
}

const types = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };
const script = bundle('page.ts', 'iife');
const html = '<!doctype html><meta charset="utf-8"><title>Drawn faces</title><script src="/face_mesh/face_mesh.js"></script><script src="/page.js"></script>';
mkdirSync(options.out, { recursive: true });
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const give = (body, kind) => { response.writeHead(200, { 'content-type': types[kind] ?? 'application/octet-stream' }); response.end(body); };
  if (path === '/') give(html, 'html');
  else if (path === '/favicon.ico') { response.writeHead(204); response.end(); }
  else if (path === '/page.js') give(script, 'js');
  else if (path.startsWith('/face_mesh/')) {
    const file = join(faceMesh, basename(path));
    if (existsSync(file)) give(readFileSync(file), path.split('.').pop());
    else { response.writeHead(404); response.end(); }
  } else if (path.startsWith('/result/') && request.method === 'POST') {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => { keep(basename(path), Buffer.concat(parts)); response.end(); });
  } else { response.writeHead(404); response.end(); }
});

function keep(name, body) {
  if (name === 'start') writeFileSync(options.video, '');
  else if (name === 'part') appendFileSync(options.video, body);
  else if (name === 'truth') writeFileSync(`${options.video}.truth.json`, body);
  else {
    // Write beside and rename, so that a reader never meets half a file.
    const file = join(options.out, name);
    writeFileSync(`${file}.part`, name.endsWith('.gz') ? gzipSync(body, { level: 6 }) : body);
    renameSync(`${file}.part`, file);
  }
}

function complete(clip) {
  const [series, truth] = files(clip);
  if (!existsSync(series) || !existsSync(truth)) return false;
  try {
    const known = JSON.parse(readFileSync(truth, 'utf8'));
    const raw = gunzipSync(readFileSync(series));
    const header = JSON.parse(raw.subarray(8, 8 + raw.readUInt32LE(4)).toString('utf8'));
    return known.seed === options.seed && header.frames === known.frames && raw.length === 8 + raw.readUInt32LE(4) + header.frames * header.landmarks * 6;
  } catch { return false; }
}

await new Promise((done) => server.listen(0, '127.0.0.1', done));
const profile = mkdtempSync(join(tmpdir(), 'drawn-faces-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', headless: true,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = 0;
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error' && !/GL|gl_context|XNNPACK|INFO/.test(message.text())) console.error(`page: ${message.text()}`); });
  let report = () => {};
  await page.exposeFunction('reportProgress', (frame, frames) => report(frame, frames));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);

  if (options.speed) for (const clip of chosen) console.log(await page.evaluate(([name, seed]) => window.drawnFaces.speed(name, seed), [clip.name, options.seed]));
  else if (options.png !== undefined) {
    for (const clip of chosen) {
      const file = join(options.out, `${clip.name}_${options.png}s.png`);
      writeFileSync(file, Buffer.from(await page.evaluate(([name, seed, t, points]) => window.drawnFaces.picture(name, seed, t, points), [clip.name, options.seed, options.png, options.points === true]), 'base64'));
      console.log(file);
    }
  } else if (options.read) {
    for (const clip of chosen) {
      const ask = (set) => page.evaluate(([name, seed, pose]) => window.drawnFaces.readPose(name, seed, pose), [clip.name, options.seed, set]);
      const rest = await ask({});
      console.log(`${clip.name}: resting opening L ${figure(rest.aperture.L, 3)} R ${figure(rest.aperture.R, 3)}`);
      const shift = (now, side) => figure(100 * (now.corner[side] - rest.corner[side]), 1);
      const open = (now, side) => figure(now.aperture[side] / rest.aperture[side]);
      for (const side of ['L', 'R']) {
        for (const closure of [0.1, 0.2, 0.35, 0.6, 0.9, 1]) { const now = await ask({ [`lid${side}`]: closure }); console.log(`  lid ${side} ${closure}: open L ${open(now, 'L')} R ${open(now, 'R')}; mouth L ${shift(now, 'L')} R ${shift(now, 'R')}`); }
        for (const pull of [0.01, 0.02, 0.04, 0.08, 0.12]) { const now = await ask({ [`mouth${side}`]: pull }); console.log(`  mouth ${side} ${(100 * pull).toFixed(0)} %IOD: mouth L ${shift(now, 'L')} R ${shift(now, 'R')}; open L ${open(now, 'L')} R ${open(now, 'R')}`); }
      }
    }
  } else if (options.video !== undefined) {
    const clip = chosen[0];
    if (clip === undefined) throw new Error('No clip has that name.');
    report = (frame, frames) => process.stderr.write(`\r${clip.name} ${frame}/${frames} `);
    await page.evaluate(([name, seed, kind, from, to]) => window.drawnFaces.film(name, seed, kind, from, to), [clip.name, options.seed, options.video.split('.').pop(), options.from, options.to]);
    process.stderr.write(`\n${options.video} ${statSync(options.video).size} bytes\n`);
  } else {
    const sizes = new Map(chosen.map((clip) => [clip, Math.round(catalogue.prepare(clip, options.seed).plan.duration * clip.fps)]));
    const open = chosen.filter((clip) => !complete(clip));
    console.error(`${chosen.length} clips, ${chosen.length - open.length} already complete, ${open.length} to draw`);
    const began = Date.now();
    let done = 0;
    const total = open.reduce((sum, clip) => sum + sizes.get(clip), 0);
    for (const clip of open) {
      const started = Date.now();
      let last = 0;
      report = (frame, frames) => {
        if (Date.now() - last < (process.stderr.isTTY ? 1000 : 15000)) return;
        last = Date.now();
        const elapsed = (last - began) / 1000;
        const rate = (done + frame) / elapsed;
        const left = rate > 0 ? (total - done - frame) / rate : 0;
        process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${clip.name} ${frame}/${frames}  ${rate.toFixed(1)} fps  ${elapsed.toFixed(0)} s gone  ${left.toFixed(0)} s left ${process.stderr.isTTY ? ' ' : '\n'}`);
      };
      try {
        await page.evaluate(([name, seed]) => window.drawnFaces.track(name, seed), [clip.name, options.seed]);
        const { check } = JSON.parse(readFileSync(files(clip)[1], 'utf8'));
        console.error(`${process.stderr.isTTY ? '\n' : ''}done ${clip.name}: ${(check.frames / ((Date.now() - started) / 1000)).toFixed(1)} fps, lost ${check.lost}, crops ${check.crops}, error ${figure(100 * check.error, 1)} %IOD, r eye ${figure(check.eye)} mouth ${figure(check.mouth)} lids ${figure(check.lids)}`);
      } catch (error) { failed++; console.error(`${clip.name} failed: ${error.message}`); }
      done += sizes.get(clip);
    }
  }
} finally {
  await browser.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);
