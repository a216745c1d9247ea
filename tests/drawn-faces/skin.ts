import { mix, type Colour, type FaceShape } from '../../web/virtual-face/face/shape.ts';
import type { FaceLook } from './face.js';
import { Random } from '../../web/virtual-face/face/random.ts';
import { EYE, LIPS, NOSTRILS, SIDES } from '../../web/virtual-face/face/topology.ts';

export const SKIN_SIZE = 512;

function css(colour: Colour, alpha = 1): string {
  return `rgba(${colour.map((c) => Math.round(Math.max(0, Math.min(255, c)))).join(',')},${alpha})`;
}

/** Paints one person's skin, brows, lips, beard and lines as a flat picture in the mesh's texture space. */
export function paintSkin(shape: FaceShape, look: FaceLook): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(SKIN_SIZE, SKIN_SIZE);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This browser has no 2D canvas.');
  const random = new Random(`skin ${look.seed}`);
  const uv = shape.mesh.texture;
  const point = (v: number): [number, number] => [(uv[v * 2] ?? 0) * SKIN_SIZE, (uv[v * 2 + 1] ?? 0) * SKIN_SIZE];
  const trace = (list: readonly number[], close: boolean, dy = 0): void => {
    pen.beginPath();
    list.forEach((v, i) => { const [x, y] = point(v); if (i === 0) pen.moveTo(x, y + dy); else pen.lineTo(x, y + dy); });
    if (close) pen.closePath();
  };
  const stroke = (colour: string, width: number): void => { pen.strokeStyle = colour; pen.lineWidth = width; pen.lineCap = 'round'; pen.lineJoin = 'round'; pen.stroke(); };
  const soft = (x: number, y: number, radius: number, colour: Colour, alpha: number, flat = 1): void => {
    pen.save();
    pen.translate(x, y);
    pen.scale(1, flat);
    const wash = pen.createRadialGradient(0, 0, 0, 0, 0, radius);
    wash.addColorStop(0, css(colour, alpha));
    wash.addColorStop(1, css(colour, 0));
    pen.fillStyle = wash;
    pen.fillRect(-radius, -radius, 2 * radius, 2 * radius);
    pen.restore();
  };
  const shade = mix(look.skin, [40, 14, 10], 0.5);
  const ruddy = mix(look.skin, [190, 70, 60], 0.5);

  pen.fillStyle = css(look.skin);
  pen.fillRect(0, 0, SKIN_SIZE, SKIN_SIZE);
  for (let i = 0; i < 90; i++) {
    soft(random.between(0, SKIN_SIZE), random.between(0, SKIN_SIZE), random.between(12, 60), random.chance(0.5) ? ruddy : mix(look.skin, [255, 240, 220], 0.4), random.between(0.02, 0.08));
  }
  for (const side of SIDES) {
    const eye = EYE[side];
    const [cx, cy] = point(eye.cheek);
    soft(cx, cy, 62, ruddy, 0.22);
    // Socket, bag under the eye, side of the nose.
    const [ex, ey] = point(eye.upperSkin[3] as number);
    soft(ex, ey - 3, 42, shade, 0.3, 0.42);
    const [bx, by] = point(eye.lowerSkin[4] as number);
    soft(bx, by + 5, 34, shade, 0.12 + 0.25 * look.age, 0.35);
    const inner = point(eye.corners[1]);
    soft(inner[0] + (side === 'R' ? 6 : -6), inner[1] + 4, 16, shade, 0.3);
  }
  // Nose: shade beside the wings, nostrils, light on the ridge.
  soft(...point(4), 20, mix(look.skin, [255, 250, 240], 0.6), 0.25);
  for (const v of [129, 358, 98, 327]) soft(...point(v), 13, shade, 0.38);
  for (const ring of NOSTRILS) {
    const [x, y] = ring.map(point).reduce(([ax, ay], [px, py]) => [ax + px / ring.length, ay + py / ring.length], [0, 0] as [number, number]);
    soft(x, y + 1, 8, mix(shade, [10, 4, 4], 0.7), 0.95, 0.55);
  }
  trace([97, 2, 326], false); stroke(css(shade, 0.35), 3);

  // Beard under the lips, so that lips stay clear.
  if (look.beard !== 'none') {
    const full = look.beard === 'full';
    const hair = mix(look.hair, look.skin, full ? 0.08 : look.beard === 'stubble' ? 0.45 : 0.12);
    const [, noseY] = point(2);
    const [, chinY] = point(152);
    const [middle] = point(152);
    const count = look.beard === 'moustache' ? 500 : full ? 5200 : 3600;
    for (let i = 0; i < count; i++) {
      const x = random.between(0, SKIN_SIZE);
      const y = look.beard === 'moustache' ? random.between(noseY + 4, point(0)[1] + 3) : random.between(noseY + 4, chinY + 22);
      const across = Math.abs(x - middle) / (SKIN_SIZE / 2);
      const edge = look.beard === 'moustache' ? (across < 0.3 ? 0 : 1) : y < point(61)[1] ? (across < 0.27 || across > 0.8 ? 0 : smoothBeard(across, (y - noseY) / 60)) : 0;
      if (random.next() < edge) continue;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + random.between(-3, 3), y + random.between(4, full ? 12 : 5));
      stroke(css(mix(hair, look.skin, random.between(0, 0.25)), full ? 0.75 : look.beard === 'moustache' ? 0.85 : 0.28), full ? 2.6 : 1.8);
    }
  }

  // Lips.
  const rim = [...LIPS.upper[0], ...[...LIPS.lower[0]].reverse().slice(1, -1)];
  trace(rim, true);
  pen.fillStyle = css(look.lips, look.beard === 'full' ? 0.8 : 0.92);
  pen.fill();
  stroke(css(look.lips, 0.35), 3);
  for (const row of [LIPS.lower[1], LIPS.lower[2]]) { trace(row.slice(3, 8), false); stroke(css(mix(look.lips, [255, 230, 225], 0.35), 0.28), 5); }
  trace(LIPS.upper[3], false); stroke(css(mix(look.lips, [30, 6, 8], 0.75), 0.9), 3.2);
  trace(LIPS.lower[3], false); stroke(css(mix(look.lips, [30, 6, 8], 0.75), 0.9), 3.2);
  for (const side of SIDES) { const [x, y] = point(EYE[side].mouthCorner); soft(x, y, 10, mix(look.lips, [30, 10, 8], 0.6), 0.6); }
  const [lx, ly] = point(17);
  soft(lx, ly + 9, 24, shade, 0.3, 0.4);

  // Lids: crease, lash line, lower margin.
  for (const side of SIDES) {
    const eye = EYE[side];
    const [outer, inner] = eye.corners;
    // The lid is smooth and catches the light, most of all when it is down.
    for (const k of [1, 2, 3, 4, 5]) {
      const [ax, ay] = point(eye.upper[k] as number);
      const [bx, by] = point(eye.upperSkin[k] as number);
      soft((ax + bx) / 2, (ay + by) / 2 - 1, 10, mix(look.skin, [255, 226, 204], 0.3), 0.55, 0.7);
    }
    trace([outer, ...eye.upperSkin.slice(1, 6), inner], false); stroke(css(shade, 0.4), 2.5);
    trace([outer, ...eye.upper, inner], false); stroke(css(look.makeUp ? [14, 10, 12] : mix(look.hair, [16, 10, 10], 0.75), look.makeUp ? 1 : 0.88), look.makeUp ? 9 : 6.5);
    trace([outer, ...eye.lower, inner], false); stroke(css(mix(shade, ruddy, 0.4), look.makeUp ? 0.8 : 0.5), look.makeUp ? 5 : 4);
    if (look.makeUp) for (const v of eye.upperSkin.slice(1, 6)) soft(...point(v), 14, [90, 60, 110], 0.25);
  }

  // Brows, hair by hair.
  const browColour = look.brow === 'light' ? mix(look.hair, look.skin, 0.6) : mix(look.hair, [20, 16, 16], 0.25);
  const hairs = look.brow === 'thick' ? 420 : look.brow === 'thin' ? 150 : look.brow === 'light' ? 160 : 280;
  for (const side of SIDES) {
    const eye = EYE[side];
    const out = side === 'R' ? -1 : 1;
    for (let i = 0; i < hairs; i++) {
      const along = random.between(0, 4);
      const k = Math.min(3, Math.floor(along));
      const f = along - k;
      const lerp = (list: readonly number[]): [number, number] => {
        const a = point(list[k] as number);
        const b = point(list[k + 1] as number);
        return [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f];
      };
      const top = lerp(eye.browTop);
      const edge = lerp(eye.browEdge);
      const breadth = look.brow === 'thin' ? 0.3 : look.brow === 'thick' ? 1.15 : 0.75;
      const across = 0.5 + (random.next() - 0.5) * breadth * (0.55 + 0.12 * along);
      const x = top[0] + (edge[0] - top[0]) * across;
      const y = top[1] + (edge[1] - top[1]) * across;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + out * random.between(3, 9), y - random.between(-1, 6) * (along > 3 ? 1 : 0.3));
      stroke(css(browColour, look.brow === 'light' ? 0.35 : 0.62), look.brow === 'thick' ? 2.6 : 2);
    }
  }

  // Lines of age: forehead, crow's feet, nose to mouth.
  const crease = (x: number, y: number, dx: number, dy: number, bend: number, strength: number, width = 2): void => {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.quadraticCurveTo(x + dx / 2 + bend, y + dy / 2 + bend, x + dx, y + dy);
    stroke(css(shade, strength), width);
  };
  const age = look.age;
  for (const side of SIDES) {
    const out = side === 'R' ? -1 : 1;
    const [wx, wy] = point(side === 'R' ? 129 : 358);
    const [mx, my] = point(EYE[side].mouthCorner);
    crease(wx + out * 4, wy - 2, mx - wx + out * 10, my - wy - 4, out * 5, 0.12 + 0.4 * age, 3);
    if (age > 0.35) {
      const [ox, oy] = point(EYE[side].corners[0]);
      for (let i = -2; i <= 2; i++) crease(ox + out * 7, oy + i * 4, out * random.between(12, 24), i * 5, random.between(-2, 2), 0.4 * age, 1.6);
      crease(mx + out * 3, my + 4, out * 3, 18, out * 2, 0.35 * age, 2.4);
    }
  }
  if (age > 0.35) for (let i = 0; i < 4; i++) {
    const [x, y] = point(151);
    crease(x - random.between(70, 100), y - 24 + i * 13, random.between(150, 190), random.between(-5, 5), random.between(-4, 4), 0.3 * age, 2);
  }
  if (age > 0.6) for (let i = 0; i < 26; i++) soft(random.between(60, 450), random.between(40, 440), random.between(2, 5), shade, 0.3);
  return pen.getImageData(0, 0, SKIN_SIZE, SKIN_SIZE).data;
}

function smoothBeard(across: number, down: number): number {
  return across > 0.27 && down < 0.9 + 0.6 * (0.6 - across) ? 0.96 : 0.1;
}
