// Opens Chromium on a page of this folder, bundled together with the island, and with the face mesh beside it. Loopback only.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faceMesh, load, need } from '../drawn-faces/bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, '../../web');
const types = { js: 'text/javascript', wasm: 'application/wasm', css: 'text/css' };
/** What the pages of the program allow. */
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:";
/** Finding landmarks needs more, as on the page with the camera. */
const CAMERA_POLICY = "default-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; worker-src 'self' blob:; img-src 'self' data: blob:";

const { canonicalModule } = await load('../../web/virtual-face/face/canonical-mesh.ts');
const canonicalFace = {
  name: 'canonical-face',
  setup(build) {
    build.onResolve({ filter: /^virtual:canonical-face$/ }, ({ path }) => ({ path, namespace: 'canonical' }));
    build.onLoad({ filter: /.*/, namespace: 'canonical' }, () => ({
      loader: 'js',
      contents: canonicalModule(readFileSync(join(faceMesh, 'face_mesh_solution_packed_assets_loader.js'), 'utf8'), readFileSync(join(faceMesh, 'face_mesh_solution_packed_assets.data'))),
    }));
  },
};

/** `files` are served under their names; `camera` allows what the face mesh needs. Ends with `close`. */
export async function openPage({ files = {}, camera = false, size = { width: 800, height: 1100 }, reducedMotion = 'no-preference' } = {}) {
  const built = await need('esbuild').build({
    entryPoints: [join(here, 'page.ts')], bundle: true, write: false, format: 'iife', target: 'es2022', outdir: '/out', plugins: [canonicalFace],
    nodePaths: [join(web, 'node_modules')], logLevel: 'error',
  });
  const made = Object.fromEntries(built.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Virtual face</title><link rel="stylesheet" href="/facialis.css"><link rel="stylesheet" href="/page.css">${camera ? '<script src="/face-mesh/face_mesh.js"></script>' : ''}<script src="/page.js" defer></script><main><h1>Virtual face</h1><div id="room"></div></main></html>`;
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const give = (body, kind) => { response.writeHead(200, { 'content-type': kind, 'content-security-policy': camera ? CAMERA_POLICY : POLICY }); response.end(body); };
    const name = basename(path);
    if (path === '/') give(html, 'text/html');
    else if (path === '/facialis.css') give(readFileSync(join(web, '../src/Facialis.Web/wwwroot/facialis.css')), 'text/css');
    else if (files[name] !== undefined) give(files[name], 'application/octet-stream');
    else if (made[name] !== undefined) give(made[name], types[name.split('.').pop()]);
    else if (path.startsWith('/face-mesh/') && existsSync(join(faceMesh, name))) give(readFileSync(join(faceMesh, name)), types[name.split('.').pop()] ?? 'application/octet-stream');
    else { response.writeHead(path === '/favicon.ico' ? 204 : 404); response.end(); }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const browser = await need('playwright-core').chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--use-angle=swiftshader', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const page = await (await browser.newContext({ viewport: size, reducedMotion })).newPage();
  const faults = [];
  page.on('pageerror', (error) => { faults.push(error.message); });
  page.on('console', (message) => { if (message.type() === 'error' && !/GL|gl_context|XNNPACK|INFO/.test(message.text())) faults.push(message.text()); });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => window.virtualFaceLab !== undefined);
  return { page, faults, close: async () => { await browser.close(); server.close(); } };
}
