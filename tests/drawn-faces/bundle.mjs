// Finds the packages of the web workspace and bundles the TypeScript of this folder for the page or for Node.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const web = resolve(here, '../../web');
export const need = createRequire(join(web, 'package.json'));
export const faceMesh = dirname(need.resolve('@mediapipe/face_mesh/package.json'));

export function bundle(entry, format) {
  return need('esbuild').buildSync({
    entryPoints: [join(here, entry)], bundle: true, write: false, format, target: 'es2022', nodePaths: [join(web, 'node_modules')], logLevel: 'error',
  }).outputFiles[0].text;
}

export function load(entry) {
  return import(`data:text/javascript;base64,${Buffer.from(bundle(entry, 'esm')).toString('base64')}`);
}
