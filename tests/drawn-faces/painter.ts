import { StillBlockCodec } from './codec.js';
import { at, type FaceShape } from '../../web/virtual-face/face/shape.ts';
import type { FaceLook } from './face.js';
import { Mover, poseAt, type Motion, type Pose } from '../../web/virtual-face/face/movement.ts';
import { buildPieces, type Piece } from './parts.js';
import { Random } from '../../web/virtual-face/face/random.ts';
import type { Scene } from './scene.js';
import { paintSkin, SKIN_SIZE } from './skin.js';
import { EYE, LIPS, SIDES, type Side } from '../../web/virtual-face/face/topology.ts';

/** Part of the picture to draw: its corner in picture pixels, drawn pixels per picture pixel, drawn size. */
export interface Window { readonly x: number; readonly y: number; readonly scale: number; readonly size: readonly [number, number] }

const PIVOT = [0, -1.5, -6.5] as const;
const RAD = Math.PI / 180;
const enum Kind { Skin = 0, RightEye = 1, LeftEye = 2, Mouth = 3, Piece = 4 }

interface Placed { readonly screen: Float32Array; readonly light: Float32Array; readonly shine: Float32Array }

interface Iris { x: number; y: number; radius: number; squash: number; highlightX: number; highlightY: number; light: number }

/** A small rasteriser: shaded, textured triangles with a depth buffer, averaged over the open shutter. */
export class Painter {
  private readonly mover: Mover;
  private readonly pieces: readonly Piece[];
  private readonly skin: Uint8ClampedArray;
  /** All opaque triangles, face first: what they show and their corners in the common vertex list. */
  private readonly kind: Uint8Array;
  private readonly corners: Uint16Array;
  private readonly screen: Float32Array;
  private readonly light: Float32Array;
  private readonly shine: Float32Array;
  private readonly tint: Float32Array;
  /** 1 at upper lid and upper lip, 0 at lower, between for the corners. */
  private readonly upness: Float32Array;
  private readonly moved: Float32Array;
  private readonly normal: Float32Array;
  private readonly placed: Placed;
  private readonly pieceBuffers: readonly Placed[];
  private readonly noise: Int8Array;
  /** The white of the eye, held back where the camera opens up for dark skin. */
  private readonly white: number;
  private backdrop: Uint8Array | null = null;
  private owner = new Int32Array(0);
  private second = new Float32Array(0);
  private third = new Float32Array(0);
  private depth = new Float32Array(0);
  private colour = new Float32Array(0);
  private sum = new Float32Array(0);
  private scratch = new Float32Array(0);
  private readonly codec = new StillBlockCodec();

  constructor(readonly shape: FaceShape, readonly look: FaceLook, readonly scene: Scene, readonly motion: Motion) {
    this.mover = new Mover(shape, look);
    this.pieces = buildPieces(shape, look);
    this.skin = paintSkin(shape, look);
    this.white = 0.66 + 0.34 * Math.min(1, (look.skin[0] + look.skin[1] + look.skin[2]) / 570);
    const count = shape.position.length / 3;
    this.moved = new Float32Array(count * 3);
    this.normal = new Float32Array(count * 3);
    const sizes = this.pieces.map((piece) => piece.position.length / 3);
    const total = sizes.reduce((sum, n) => sum + n, count);
    this.screen = new Float32Array(total * 3);
    this.light = new Float32Array(total);
    this.shine = new Float32Array(total);
    this.tint = new Float32Array(total * 3);
    const share = (from: number, n: number): Placed => ({ screen: this.screen.subarray(from * 3, (from + n) * 3), light: this.light.subarray(from, from + n), shine: this.shine.subarray(from, from + n) });
    this.placed = share(0, count);
    let next = count;
    const starts = sizes.map((n) => { const from = next; next += n; return from; });
    this.pieceBuffers = sizes.map((n, k) => share(starts[k] as number, n));
    this.pieces.forEach((piece, k) => this.tint.set(piece.colour, (starts[k] as number) * 3));
    this.upness = new Float32Array(count).fill(0.5);
    const ring: Record<Side, Set<number>> = { L: new Set(), R: new Set() };
    for (const side of SIDES) {
      const eye = EYE[side];
      for (const v of [...eye.upper, ...eye.lower, ...eye.corners]) ring[side].add(v);
      for (const v of eye.upper) this.upness[v] = 1;
      for (const v of eye.lower) this.upness[v] = 0;
    }
    const inner = new Set<number>([...LIPS.upper[3], ...LIPS.lower[3]]);
    for (const v of LIPS.upper[3].slice(1, -1)) this.upness[v] = 1;
    for (const v of LIPS.lower[3].slice(1, -1)) this.upness[v] = 0;
    const { triangles } = shape.mesh;
    const kinds: number[] = [];
    const corners: number[] = [];
    for (let t = 0; t < triangles.length; t += 3) {
      const own = [triangles[t], triangles[t + 1], triangles[t + 2]] as [number, number, number];
      corners.push(...own);
      kinds.push(own.every((v) => ring.R.has(v)) ? Kind.RightEye : own.every((v) => ring.L.has(v)) ? Kind.LeftEye : own.every((v) => inner.has(v)) ? Kind.Mouth : Kind.Skin);
    }
    this.pieces.forEach((piece, k) => {
      if (piece.alpha !== 1) return;
      for (const v of piece.triangles) corners.push((starts[k] as number) + v);
      for (let t = 0; t < piece.triangles.length; t += 3) kinds.push(Kind.Piece);
    });
    this.kind = Uint8Array.from(kinds);
    this.corners = Uint16Array.from(corners);
    const random = new Random(`noise ${look.seed} ${scene.iodPx}`);
    this.noise = Int8Array.from({ length: 1 << 16 }, () => Math.max(-127, Math.min(127, Math.round(random.normal() * 32))));
  }

  pose(t: number): Pose { return poseAt(this.motion, t); }

  /** Draws the frame whose shutter opens at `t` into `pixels` (RGBA, window size); `frame` numbers the noise. */
  draw(t: number, period: number, frame: number, window: Window, pixels: Uint8ClampedArray): void {
    const [w, h] = window.size;
    const area = w * h;
    if (this.depth.length !== area) {
      this.depth = new Float32Array(area);
      this.owner = new Int32Array(area);
      this.second = new Float32Array(area);
      this.third = new Float32Array(area);
      this.colour = new Float32Array(area * 3);
      this.sum = new Float32Array(area * 3);
      this.scratch = new Float32Array(area * 3);
    }
    this.sum.fill(0);
    const n = this.scene.subframes;
    for (let s = 0; s < n; s++) {
      const when = t + (n === 1 ? 0 : (s / (n - 1) - 0.5) * this.scene.shutter * period);
      this.picture(this.pose(when), window, [0.33, -0.29, 0.02, -0.4][s % 4] as number, [-0.21, 0.1, 0.37, -0.37][s % 4] as number);
      const { sum, colour } = this;
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (colour[i] as number);
    }
    this.develop(t, frame, window, pixels);
  }

  /** Where the camera sees the moved face's vertices at `t`, in picture pixels. */
  landmarks(t: number): Float32Array {
    this.place(this.pose(t), 0, 0, 0, 0, 1);
    return Float32Array.from(this.placed.screen);
  }

  private place(pose: Pose, x0: number, y0: number, ox: number, oy: number, scale: number): { eyes: Record<Side, Iris> } {
    const { scene, shape } = this;
    this.mover.apply(pose, this.moved);
    const cy = Math.cos(pose.yaw * RAD);
    const sy = Math.sin(pose.yaw * RAD);
    const cp = Math.cos(pose.pitch * RAD);
    const sp = Math.sin(pose.pitch * RAD);
    const cr = Math.cos(pose.roll * RAD);
    const sr = Math.sin(pose.roll * RAD);
    // Roll after pitch after yaw.
    const m = [
      cr * cy - sr * sp * sy, -sr * cp, cr * sy + sr * sp * cy,
      sr * cy + cr * sp * sy, cr * cp, sr * sy - cr * sp * cy,
      -cp * sy, sp, cp * cy,
    ] as const;
    const distance = 10 * shape.iod;
    const focal = (scene.iodPx / shape.iod) * (distance - 3.5);
    const zoom = 1 + pose.near;
    const tx = pose.shiftX * shape.iod;
    const ty = pose.shiftY * shape.iod;
    const project = (x: number, y: number, z: number, out: Float32Array, i: number): void => {
      const f = (focal * zoom) / (distance - z);
      out[i] = (scene.centreX + (x + tx) * f - x0) * scale + ox;
      out[i + 1] = (scene.centreY - (y + ty) * f - y0) * scale + oy;
      out[i + 2] = z;
    };
    const turn = (x: number, y: number, z: number): [number, number, number] => {
      const a = x - PIVOT[0];
      const b = y - PIVOT[1];
      const c = z - PIVOT[2];
      return [m[0] * a + m[1] * b + m[2] * c + PIVOT[0], m[3] * a + m[4] * b + m[5] * c + PIVOT[1], m[6] * a + m[7] * b + m[8] * c + PIVOT[2]];
    };
    const [lx, ly, lz] = scene.light;
    const hx = lx / 2;
    const hy = ly / 2;
    const hz = (lz + 1) / 2;
    const hl = Math.hypot(hx, hy, hz);
    const shadeAt = (nx: number, ny: number, nz: number, out: Placed, v: number, shine: number): void => {
      const lambert = nx * lx + ny * ly + nz * lz;
      out.light[v] = scene.ambient * (0.86 + 0.14 * ny) + scene.diffuse * Math.max(0, lambert * 0.85 + 0.15);
      const glint = Math.max(0, (nx * hx + ny * hy + nz * hz) / hl);
      out.shine[v] = shine * 46 * glint ** 14;
    };

    const moved = this.moved;
    const normal = this.normal.fill(0);
    const { triangles } = shape.mesh;
    for (let t = 0; t < triangles.length; t += 3) {
      const a = (triangles[t] as number) * 3;
      const b = (triangles[t + 1] as number) * 3;
      const c = (triangles[t + 2] as number) * 3;
      const ux = (moved[b] as number) - (moved[a] as number);
      const uy = (moved[b + 1] as number) - (moved[a + 1] as number);
      const uz = (moved[b + 2] as number) - (moved[a + 2] as number);
      const vx = (moved[c] as number) - (moved[a] as number);
      const vy = (moved[c + 1] as number) - (moved[a + 1] as number);
      const vz = (moved[c + 2] as number) - (moved[a + 2] as number);
      let nx = uy * vz - uz * vy;
      let ny = uz * vx - ux * vz;
      let nz = ux * vy - uy * vx;
      if (nz < 0 && Math.abs(nz) > 0.3 * Math.hypot(nx, ny)) { nx = -nx; ny = -ny; nz = -nz; }
      for (const i of [a, b, c]) {
        normal[i] = (normal[i] as number) + nx;
        normal[i + 1] = (normal[i + 1] as number) + ny;
        normal[i + 2] = (normal[i + 2] as number) + nz;
      }
    }
    const place = this.placed;
    for (let v = 0; v < normal.length / 3; v++) {
      const i = v * 3;
      const [x, y, z] = turn(moved[i] as number, moved[i + 1] as number, moved[i + 2] as number);
      project(x, y, z, place.screen, i);
      const a = normal[i] as number;
      const b = normal[i + 1] as number;
      const c = normal[i + 2] as number;
      const length = Math.hypot(a, b, c) || 1;
      shadeAt((m[0] * a + m[1] * b + m[2] * c) / length, (m[3] * a + m[4] * b + m[5] * c) / length, (m[6] * a + m[7] * b + m[8] * c) / length, place, v, 0.45);
    }
    this.pieces.forEach((piece, k) => {
      const buffer = this.pieceBuffers[k] as Placed;
      const fixed = piece.attach === 'body';
      for (let v = 0; v < buffer.light.length; v++) {
        const i = v * 3;
        const x = piece.position[i] as number;
        const y = piece.position[i + 1] as number;
        const z = piece.position[i + 2] as number;
        const [a, b, c] = fixed ? [x, y, z] : turn(x, y, z);
        project(a, b, c, buffer.screen, i);
        const p = piece.normal[i] as number;
        const q = piece.normal[i + 1] as number;
        const r = piece.normal[i + 2] as number;
        if (fixed) shadeAt(p, q, r, buffer, v, piece.shine);
        else shadeAt(m[0] * p + m[1] * q + m[2] * r, m[3] * p + m[4] * q + m[5] * r, m[6] * p + m[7] * q + m[8] * r, buffer, v, piece.shine);
      }
      for (const [own, face] of piece.welded) {
        for (let d = 0; d < 3; d++) buffer.screen[own * 3 + d] = place.screen[face * 3 + d] as number;
        buffer.light[own] = place.light[face] as number;
        buffer.shine[own] = 0;
      }
    });
    const eyes = {} as Record<Side, Iris>;
    for (const side of SIDES) {
      // The ball sits behind the lids; the iris rides on its front and turns with the gaze.
      const [outer, inner] = EYE[side].corners;
      const a = at(moved, outer);
      const b = at(moved, inner);
      const gx = Math.sin(pose.gazeX * 0.55);
      const gy = Math.sin(pose.gazeY * 0.5);
      const gz = Math.sqrt(Math.max(0.1, 1 - gx * gx - gy * gy));
      const ball = 1.2;
      const [x, y, z] = turn((a[0] + b[0]) / 2 + ball * gx, (a[1] + b[1]) / 2 + 0.06 + ball * gy, (a[2] + b[2]) / 2 - 0.45 + ball * gz);
      const spot = new Float32Array(3);
      project(x, y, z, spot, 0);
      const radius = (0.6 * focal * zoom * scale) / (distance - z);
      const facing = m[6] * gx + m[7] * gy + m[8] * gz;
      eyes[side] = {
        x: spot[0] as number, y: spot[1] as number, radius, squash: Math.max(0.75, Math.min(1, facing)),
        highlightX: (spot[0] as number) + lx * radius * 0.5, highlightY: (spot[1] as number) - ly * radius * 0.5, light: scene.ambient + scene.diffuse * Math.max(0.1, lz * 0.8),
      };
    }
    return { eyes };
  }

  private picture(pose: Pose, window: Window, jitterX: number, jitterY: number): void {
    const { eyes } = this.place(pose, window.x, window.y, jitterX, jitterY, window.scale);
    const [w, h] = window.size;
    this.depth.fill(-1e9);
    this.owner.fill(-1);
    this.fillBackdrop(window);
    // First which triangle every pixel shows, then its colour, then what is translucent.
    const { corners, kind, screen } = this;
    for (let t = 0; t < kind.length; t++) this.claim(t, screen, corners[t * 3] as number, corners[t * 3 + 1] as number, corners[t * 3 + 2] as number, w, h);
    this.shadePixels(eyes, window);
    this.pieces.forEach((piece, k) => { if (piece.alpha !== 1) this.glaze(piece, this.pieceBuffers[k] as Placed, w, h); });
  }

  /** Notes triangle `t` and the weights of its second and third corner for every pixel where it is nearest. */
  private claim(t: number, screen: Float32Array, a: number, b: number, c: number, w: number, h: number): void {
    const ax = screen[a * 3] as number;
    const ay = screen[a * 3 + 1] as number;
    const az = screen[a * 3 + 2] as number;
    const bx = screen[b * 3] as number;
    const by = screen[b * 3 + 1] as number;
    const bz = (screen[b * 3 + 2] as number) - az;
    const cx = screen[c * 3] as number;
    const cy = screen[c * 3 + 1] as number;
    const cz = (screen[c * 3 + 2] as number) - az;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (Math.abs(area) < 1e-4) return;
    const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx)));
    const x1 = Math.min(w - 1, Math.floor(Math.max(ax, bx, cx)));
    const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy)));
    const y1 = Math.min(h - 1, Math.floor(Math.max(ay, by, cy)));
    if (x1 < x0 || y1 < y0) return;
    const { depth, owner, second, third } = this;
    const invert = 1 / area;
    const dbx = (cy - ay) * invert;
    const dcx = -(by - ay) * invert;
    for (let y = y0; y <= y1; y++) {
      let wb = ((x0 - ax) * (cy - ay) - (y - ay) * (cx - ax)) * invert;
      let wc = ((y - ay) * (bx - ax) - (x0 - ax) * (by - ay)) * invert;
      const end = y * w + x1;
      for (let i = y * w + x0; i <= end; i++, wb += dbx, wc += dcx) {
        if (wb < -1e-5 || wc < -1e-5 || wb + wc > 1.00001) continue;
        const z = az + wb * bz + wc * cz;
        if (z <= (depth[i] as number)) continue;
        depth[i] = z;
        owner[i] = t;
        second[i] = wb;
        third[i] = wc;
      }
    }
  }

  private shadePixels(eyes: Record<Side, Iris>, window: Window): void {
    const { owner, second, third, corners, kind, light, shine, tint, skin, colour, upness, screen } = this;
    const texture = this.shape.mesh.texture;
    const [w] = window.size;
    const iris = { [Kind.RightEye]: eyes.R, [Kind.LeftEye]: eyes.L } as Record<number, Iris>;
    const gap = Math.max(0.001, (screen[14 * 3 + 1] as number) - (screen[13 * 3 + 1] as number));
    const unit = (this.scene.iodPx / 6.3) * window.scale;
    const mouthLight = this.scene.ambient + this.scene.diffuse * 0.5;
    for (let i = 0; i < owner.length; i++) {
      const t = owner[i] as number;
      if (t < 0) continue;
      const wb = second[i] as number;
      const wc = third[i] as number;
      const wa = 1 - wb - wc;
      const a = corners[t * 3] as number;
      const b = corners[t * 3 + 1] as number;
      const c = corners[t * 3 + 2] as number;
      const o = i * 3;
      const what = kind[t] as number;
      if (what === Kind.Skin) {
        const u = Math.max(0, Math.min(SKIN_SIZE - 1.01, (wa * (texture[a * 2] as number) + wb * (texture[b * 2] as number) + wc * (texture[c * 2] as number)) * SKIN_SIZE - 0.5));
        const v = Math.max(0, Math.min(SKIN_SIZE - 1.01, (wa * (texture[a * 2 + 1] as number) + wb * (texture[b * 2 + 1] as number) + wc * (texture[c * 2 + 1] as number)) * SKIN_SIZE - 0.5));
        const iu = u | 0;
        const iv = v | 0;
        const fu = u - iu;
        const fv = v - iv;
        const k = (iv * SKIN_SIZE + iu) * 4;
        const k2 = k + SKIN_SIZE * 4;
        const w00 = (1 - fu) * (1 - fv);
        const w10 = fu * (1 - fv);
        const w01 = (1 - fu) * fv;
        const w11 = fu * fv;
        const l = wa * (light[a] as number) + wb * (light[b] as number) + wc * (light[c] as number);
        const s = wa * (shine[a] as number) + wb * (shine[b] as number) + wc * (shine[c] as number);
        colour[o] = ((skin[k] as number) * w00 + (skin[k + 4] as number) * w10 + (skin[k2] as number) * w01 + (skin[k2 + 4] as number) * w11) * l + s;
        colour[o + 1] = ((skin[k + 1] as number) * w00 + (skin[k + 5] as number) * w10 + (skin[k2 + 1] as number) * w01 + (skin[k2 + 5] as number) * w11) * l + s;
        colour[o + 2] = ((skin[k + 2] as number) * w00 + (skin[k + 6] as number) * w10 + (skin[k2 + 2] as number) * w01 + (skin[k2 + 6] as number) * w11) * l + s;
      } else if (what === Kind.Piece) {
        const l = wa * (light[a] as number) + wb * (light[b] as number) + wc * (light[c] as number);
        const s = shine[a] as number;
        colour[o] = (wa * (tint[a * 3] as number) + wb * (tint[b * 3] as number) + wc * (tint[c * 3] as number)) * l + s;
        colour[o + 1] = (wa * (tint[a * 3 + 1] as number) + wb * (tint[b * 3 + 1] as number) + wc * (tint[c * 3 + 1] as number)) * l + s;
        colour[o + 2] = (wa * (tint[a * 3 + 2] as number) + wb * (tint[b * 3 + 2] as number) + wc * (tint[c * 3 + 2] as number)) * l + s;
      } else {
        const up = wa * (upness[a] as number) + wb * (upness[b] as number) + wc * (upness[c] as number);
        if (what === Kind.Mouth) {
          const teeth = ((1 - up) * gap) / unit < 0.55 && gap > 0.15 * unit;
          colour[o] = (teeth ? 168 : 62) * mouthLight;
          colour[o + 1] = (teeth ? 162 : 22) * mouthLight;
          colour[o + 2] = (teeth ? 153 : 24) * mouthLight;
        } else this.shadeEye(o, i % w, (i / w) | 0, up, iris[what] as Iris);
      }
    }
  }

  private shadeEye(o: number, x: number, y: number, up: number, iris: Iris): void {
    const { colour, look } = this;
    const dx = (x - iris.x) / iris.squash;
    const dy = y - iris.y;
    const far = Math.sqrt(dx * dx + dy * dy);
    const out = far / iris.radius;
    const shadow = iris.light * (1 - 0.42 * up * up);
    const round = 1 - 0.14 * Math.min(1.6, Math.max(0, out - 1));
    const white = round * this.white;
    let r = 232 * white;
    let g = 226 * white;
    let b = 222 * white;
    const edge = Math.max(0, Math.min(1, iris.radius - far + 0.5));
    if (edge > 0) {
      const [ir, ig, ib] = look.iris;
      const limbus = out > 0.82 ? 0.55 : dy > 0 ? 1.2 : 1.04;
      const pupil = Math.max(0, Math.min(1, iris.radius * 0.42 - far + 0.5));
      r += (ir * limbus * (1 - pupil) + 8 * pupil - r) * edge;
      g += (ig * limbus * (1 - pupil) + 8 * pupil - g) * edge;
      b += (ib * limbus * (1 - pupil) + 9 * pupil - b) * edge;
    }
    const spark = Math.max(0, Math.min(1, iris.radius * 0.2 - Math.hypot(x - iris.highlightX, y - iris.highlightY) + 0.5));
    colour[o] = r * shadow + (250 - r * shadow) * spark;
    colour[o + 1] = g * shadow + (250 - g * shadow) * spark;
    colour[o + 2] = b * shadow + (250 - b * shadow) * spark;
  }

  /** Lays a translucent piece over the picture where nothing is in front of it. */
  private glaze(piece: Piece, buffer: Placed, w: number, h: number): void {
    const { colour, owner, second, third } = this;
    const { triangles, alpha } = piece;
    const tint = piece.colour;
    const mark = -2;
    for (let t = 0; t < triangles.length; t += 3) {
      const a = triangles[t] as number;
      const b = triangles[t + 1] as number;
      const c = triangles[t + 2] as number;
      const xs = [a, b, c].map((v) => buffer.screen[v * 3] as number);
      const ys = [a, b, c].map((v) => buffer.screen[v * 3 + 1] as number);
      this.claim(mark, buffer.screen, a, b, c, w, h);
      const shine = buffer.shine[a] as number;
      for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= Math.min(h - 1, Math.ceil(Math.max(...ys))); y++) {
        for (let x = Math.max(0, Math.floor(Math.min(...xs))); x <= Math.min(w - 1, Math.ceil(Math.max(...xs))); x++) {
          const i = y * w + x;
          if (owner[i] !== mark) continue;
          owner[i] = -1;
          const wb = second[i] as number;
          const wc = third[i] as number;
          const wa = 1 - wb - wc;
          const light = wa * (buffer.light[a] as number) + wb * (buffer.light[b] as number) + wc * (buffer.light[c] as number);
          for (let d = 0; d < 3; d++) {
            const value = (wa * (tint[a * 3 + d] as number) + wb * (tint[b * 3 + d] as number) + wc * (tint[c * 3 + d] as number)) * light + shine;
            colour[i * 3 + d] = (colour[i * 3 + d] as number) * (1 - alpha) + value * alpha;
          }
        }
      }
    }
  }

  private fillBackdrop(window: Window): void {
    const { scene, colour } = this;
    if (this.backdrop === null) {
      const random = new Random(`backdrop ${this.look.seed}`);
      const { width, height } = scene;
      const [r, g, b] = this.look.background;
      const bumps = Array.from({ length: 9 }, () => ({ x: random.between(0, width), y: random.between(0, height), s: random.between(40, 160), d: random.between(-42, 34) }));
      const edges = Array.from({ length: 3 }, () => ({ x: random.between(0, width), d: random.between(-16, 16) }));
      const out = new Uint8Array(width * height * 3);
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
        let add = -18 * (y / height);
        for (const q of bumps) add += q.d * Math.exp(-((x - q.x) ** 2 + (y - q.y) ** 2) / (2 * q.s * q.s));
        for (const e of edges) add += x > e.x ? e.d : 0;
        const o = (y * width + x) * 3;
        out[o] = Math.max(0, Math.min(255, r + add));
        out[o + 1] = Math.max(0, Math.min(255, g + add));
        out[o + 2] = Math.max(0, Math.min(255, b + add));
      }
      this.backdrop = out;
    }
    const { backdrop } = this;
    const [w, h] = window.size;
    let o = 0;
    for (let y = 0; y < h; y++) {
      const row = Math.max(0, Math.min(scene.height - 1, Math.round(y / window.scale + window.y))) * scene.width;
      for (let x = 0; x < w; x++) {
        const k = (row + Math.max(0, Math.min(scene.width - 1, Math.round(x / window.scale + window.x)))) * 3;
        colour[o++] = backdrop[k] as number;
        colour[o++] = backdrop[k + 1] as number;
        colour[o++] = backdrop[k + 2] as number;
      }
    }
  }

  /** Lens, light, noise and codec: from the averaged picture to the picture a camera hands over. */
  private develop(t: number, frame: number, window: Window, pixels: Uint8ClampedArray): void {
    const { scene, sum, scratch, noise } = this;
    const [w, h] = window.size;
    const side = scene.softness * 0.25;
    const centre = 1 - 2 * side;
    const row = w * 3;
    for (let y = 0; y < h; y++) {
      const start = y * row;
      for (let i = start; i < start + row; i++) {
        const left = i - 3 < start ? i : i - 3;
        const right = i + 3 >= start + row ? i : i + 3;
        scratch[i] = centre * (sum[i] as number) + side * ((sum[left] as number) + (sum[right] as number));
      }
    }
    const beat = 1 + scene.flicker * Math.sin(2 * Math.PI * scene.flickerRate * t);
    const gain = (scene.gain * beat) / scene.subframes;
    const warm = [gain * (1 + scene.warmth), gain, gain * (1 - scene.warmth)] as const;
    // Shrinking averages the noise of neighbouring sensor pixels.
    const level = (scene.noise / 32) * window.scale;
    let cursor = (Math.imul(frame + 1, 2654435761) >>> 8) & 0xffff;
    let o = 0;
    for (let y = 0; y < h; y++) {
      const above = y === 0 ? 0 : -row;
      const below = y === h - 1 ? 0 : row;
      for (let x = 0; x < w; x++) {
        const i = y * row + x * 3;
        const grain = (noise[cursor & 0xffff] as number) * level;
        for (let d = 0; d < 3; d++) {
          const k = i + d;
          const value = centre * (scratch[k] as number) + side * ((scratch[k + above] as number) + (scratch[k + below] as number));
          pixels[o++] = value * (warm[d] as number) + grain + 0.6 * level * (noise[(cursor + 7919 * (d + 1)) & 0xffff] as number);
        }
        pixels[o++] = 255;
        cursor++;
      }
      cursor = (cursor + 40503) & 0xffff;
    }
    if (scene.codec > 0) this.codec.apply(window, pixels, scene.codec + scene.noise);
  }
}
