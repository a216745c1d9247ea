#!/usr/bin/env node
// Draws sheets of faces to look at and measures how long a picture takes: node tests/virtual-face/draw.mjs FOLDER
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { openPage } from './browser.mjs';

const folder = process.argv[2];
if (folder === undefined) { console.error('node tests/virtual-face/draw.mjs FOLDER'); process.exit(2); }
mkdirSync(folder, { recursive: true });

const person = (seed, age, sex, tone, side = 'left') => ({ seed: String(seed), age: String(age), sex, 'skin-tone': String(tone), side });
const PEOPLE = [person(1, 45, 'female', 3), person(2, 62, 'male', 4), person(3, 30, 'female', 8), person(4, 72, 'female', 2), person(5, 50, 'male', 9), person(6, 35, 'male', 5),
  person(11, 28, 'female', 5), person(12, 74, 'male', 2), person(13, 55, 'female', 7), person(14, 40, 'male', 10), person(15, 80, 'female', 1), person(16, 52, 'male', 6)];
const SPASM = { lidL: 0.9, mouthL: 0.12, squintL: 0.2 };
const ONE = person(9, 58, 'female', 3);
const SHEETS = {
  'people-at-rest': [PEOPLE.map((attributes) => ({ attributes })), 4],
  'people-in-spasm': [PEOPLE.map((attributes) => ({ attributes, hold: SPASM })), 4],
  'muscles-apart': [[{}, { lidL: 0.8, squintL: 0.4 }, { mouthL: 0.14 }, { lidL: 0.9, mouthL: 0.13 }, { lidL: 0.9, mouthL: 0.12, browL: 0.09 }, { browL: -0.05, squintL: 0.4 }].map((hold) => ({ attributes: ONE, hold })), 3],
  'after-treatment': [[{}, { ptosis: 3 }, { mouthDroop: 5 }, { browAsymmetry: 4 }, { bruises: [{ side: 'left', lateralIpd: 0.8, downIpd: 0.15, days: 2 }] }, { bruises: [{ side: 'left', lateralIpd: 0.8, downIpd: 0.15, days: 9 }] }].map((state) => ({ attributes: ONE, state })), 3],
  tasks: [[{ lidL: 1, lidR: 1 }, { smileL: 0.135, smileR: 0.135, squintL: 0.3, squintR: 0.3, jaw: 0.1 }, { pucker: 0.95 }, { jaw: 0.5 }, { browL: 0.1, browR: 0.1 }, { lidL: 1, lidR: 0.5 }].map((hold) => ({ attributes: ONE, hold })), 3],
};

/** Processor time of the drawing process of this browser so far, milliseconds; it counts both cores and no other program. */
function drawingTime() {
  const stat = (pid) => { const text = readFileSync(`/proc/${pid}/stat`, 'utf8'); return text.slice(text.lastIndexOf(')') + 2).split(' '); };
  let sum = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=gpu-process')) continue;
      let above = pid;
      while (Number(above) > 1 && above !== String(process.pid)) above = stat(above)[1];
      if (above === String(process.pid)) sum += (Number(stat(pid)[11]) + Number(stat(pid)[12])) * 10;
    } catch { /* a process that ended meanwhile */ }
  }
  return sum;
}

const { page, faults, close } = await openPage({ size: { width: 1000, height: 1200 } });
try {
  for (const [name, [wanted, columns]] of Object.entries(SHEETS)) {
    writeFileSync(join(folder, `${name}.png`), Buffer.from(await page.evaluate(([w, c]) => window.virtualFaceLab.sheet(w, c, 480), [wanted, columns]), 'base64'));
    console.log(join(folder, `${name}.png`));
  }
  await page.evaluate((attributes) => window.virtualFaceLab.show(attributes, 'trains'), person(4, 60, 'female', 3));
  console.log('level  pixels  processor ms (both cores)  best ms  median ms  pictures/s at best  load');
  for (let level = 0; level < 5; level++) {
    await page.evaluate((l) => window.virtualFaceLab.times(l, 720, 5), level);
    const before = drawingTime();
    const { times, pixels } = await page.evaluate((l) => window.virtualFaceLab.times(l, 720, 60), level);
    const figure = (value, width) => value.toFixed(1).padStart(width);
    console.log(`${String(level).padStart(5)}  ${String(pixels).padStart(6)}  ${figure((drawingTime() - before) / 60, 25)}  ${figure(times[1], 7)}  ${figure(times[30], 9)}  ${figure(1000 / times[1], 18)}  ${figure(loadavg()[0], 4)}`);
  }
  if (faults.length > 0) console.error(faults);
} finally { await close(); }
