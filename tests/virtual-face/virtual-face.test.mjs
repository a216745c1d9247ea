// The face on screen in Chromium with software graphics: node --test tests/virtual-face
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './browser.mjs';

const WEEKS = [{ week: 0, severity: 1 }, { week: 4, severity: 0.1, ptosis: 2, strength: { eye: 0.4 } }, { week: 12, severity: 0.7 }];

async function opened(options, work) {
  const room = await openPage(options);
  try {
    await work(room.page);
    assert.deepEqual(room.faults, [], 'the page may say nothing and break no rule of its security policy');
  } finally { await room.close(); }
}

const show = (page, attributes, plan, weeks = []) => page.evaluate(([a, p, w]) => window.virtualFaceLab.show(a, p, w), [attributes, plan, weeks]);

test('keyboard, buttons, weeks and words', async () => {
  await opened({}, async (page) => {
    await show(page, { seed: '3', side: 'left' }, 'trains', WEEKS);
    const face = page.locator('virtual-face');
    await face.getByRole('button', { name: 'Pause' }).waitFor();
    await face.getByRole('group', { name: /^Virtual face/ }).press(' ');
    await face.getByRole('button', { name: 'Play' }).waitFor();
    await face.getByRole('button', { name: 'At the peak' }).click();
    const words = face.locator('figcaption');
    await page.waitForFunction(() => /Left side: strong .* around the eye, mouth corner drawn up/.test(window.virtualFaceLab.face().description));
    const before = await page.evaluate(() => window.virtualFaceLab.face().position);
    await face.getByRole('group', { name: /^Virtual face/ }).press('ArrowRight');
    assert.ok(Math.abs(await page.evaluate(() => window.virtualFaceLab.face().position) - before - 1 / 30) < 0.002, 'an arrow is one frame');
    await page.evaluate(() => { window.heard = []; window.virtualFaceLab.face().addEventListener('week', (event) => window.heard.push(event.detail.week)); });
    await face.getByRole('slider', { name: 'Week after the injection' }).fill('4');
    assert.deepEqual(await page.evaluate(() => window.heard), [4]);
    await page.waitForFunction(() => /lid droops 2 mm/.test(window.virtualFaceLab.face().description));
    assert.match(await words.textContent(), /^Right side: at rest\./);
    assert.equal(await words.getAttribute('aria-live'), 'polite');
  });
});

test('who wants less motion sees the peak first and nothing moves', async () => {
  await opened({ reducedMotion: 'reduce' }, async (page) => {
    await show(page, { seed: '3', side: 'right' }, 'trains');
    await page.waitForFunction(() => /Right side: .*around the eye/.test(window.virtualFaceLab.face().description));
    const at = await page.evaluate(() => window.virtualFaceLab.face().position);
    await page.waitForTimeout(400);
    assert.equal(await page.evaluate(() => window.virtualFaceLab.face().playing), false);
    assert.equal(await page.evaluate(() => window.virtualFaceLab.face().position), at);
    await page.getByRole('button', { name: 'At rest' }).click();
    assert.notEqual(await page.evaluate(() => window.virtualFaceLab.face().position), at);
  });
});

test('a recording of the server is played', async () => {
  let file;
  await opened({}, async (page) => { file = Buffer.from(await page.evaluate(() => window.virtualFaceLab.recordingFile('trains', 'L', 6))); });
  await opened({ files: { 'some.facerec': file } }, async (page) => {
    await show(page, { src: '/some.facerec', side: 'left', seed: '5' }, null);
    await page.waitForFunction(() => window.virtualFaceLab.face().duration > 5.9);
    await show(page, { src: '/none.facerec' }, null);
    await page.getByText('The recording could not be shown. The server answered 404.').waitFor();
  }).catch((failure) => { if (!/404/.test(failure.message)) throw failure; });
});

test('real pixels never flash more than three times a second in a train of spasms', async () => {
  await opened({}, async (page) => {
    for (const tone of ['1', '9']) {
      await show(page, { seed: '2', side: 'left', 'skin-tone': tone }, 'trains');
      const worst = await page.evaluate(() => window.virtualFaceLab.flashes(30, 8));
      console.log(`skin tone ${tone}: at most ${worst} flashes a second in a quarter of a block`);
      assert.ok(worst <= 3);
    }
  });
});

test('the landmark model sees the face, and a closure and a pull where they were drawn', async () => {
  await opened({ camera: true }, async (page) => {
    const attributes = { seed: '1', age: '45', sex: 'female', 'skin-tone': '3', side: 'left' };
    const read = (hold, state = {}) => page.evaluate((w) => window.virtualFaceLab.read(w, 640), { attributes, hold, state });
    const rest = await read({});
    assert.ok(rest, 'a face is found at rest');
    assert.ok(Math.min(rest.lids.left, rest.lids.right) > 0.15);
    for (const [side, other, letter] of [['left', 'right', 'L'], ['right', 'left', 'R']]) {
      const closed = await read({ [`lid${letter}`]: 0.95 });
      assert.ok(closed.lids[side] / rest.lids[side] < 0.35, `${side} lid ${closed.lids[side] / rest.lids[side]}`);
      assert.ok(closed.lids[other] / rest.lids[other] > 0.85, `${other} lid ${closed.lids[other] / rest.lids[other]}`);
      const pulled = await read({ [`mouth${letter}`]: 0.1 });
      const shift = (of) => Math.hypot(pulled.corners[of][0] - rest.corners[of][0], pulled.corners[of][1] - rest.corners[of][1]);
      assert.ok(shift(side) > 0.07 && shift(side) < 0.14, `${side} corner ${shift(side)}`);
      assert.ok(shift(other) < 0.03, `${other} corner ${shift(other)}`);
    }
    const hung = await read({}, { ptosis: 3 });
    assert.ok(hung.lids.left / rest.lids.left < 0.9 && hung.lids.right / rest.lids.right > 0.9);
  });
});

test('contractions planted in a recording come back through picture and landmark model, on their side', async () => {
  await opened({ camera: true }, async (page) => {
    const { planted, seen, lost } = await page.evaluate(() => window.virtualFaceLab.follow('demo', 'L', { seed: '1', age: '52', sex: 'female', 'skin-tone': '4', side: 'left' }, 5, 20));
    const meets = ([a, b], [c, d]) => a < d + 0.15 && b > c - 0.15;
    const found = planted.filter((event) => seen.L.some((bout) => meets(event, bout)));
    const extra = seen.L.filter((bout) => !planted.some((event) => meets(event, bout)));
    console.log(`${found.length} of ${planted.length} planted contractions seen on the left, ${extra.length} more; ${seen.R.length} on the right; ${lost} pictures without a face`);
    assert.equal(lost, 0);
    assert.equal(found.length, planted.length);
    assert.equal(extra.length + seen.R.length, 0);
  });
});

test('it keeps up, or says that it draws more simply', async () => {
  await opened({ size: { width: 1000, height: 1200 } }, async (page) => {
    await show(page, { seed: '4', side: 'left', age: '60', sex: 'female', 'skin-tone': '3' }, 'trains');
    const seconds = await page.evaluate(() => window.virtualFaceLab.play(6));
    console.log(seconds.map(({ rate, level }) => `${rate.toFixed(1)} pictures/s at level ${level}`).join(', '));
    const last = seconds.at(-1);
    assert.ok(last.rate >= 28 || last.level > 0);
    if (last.level > 0) await page.getByText(/so that the face keeps up/).waitFor();
  });
});
