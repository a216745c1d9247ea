import { at, eyeCentre, mix, type Colour, type FaceShape } from '../../web/virtual-face/face/shape.ts';
import type { FaceLook } from './face.js';
import { Random } from '../../web/virtual-face/face/random.ts';
import { EYE, OUTLINE, SIDES } from '../../web/virtual-face/face/topology.ts';

/** Everything of a person that is not the face mesh: rigid pieces with a colour per vertex. */
export interface Piece {
  readonly attach: 'head' | 'body';
  readonly position: Float32Array;
  readonly normal: Float32Array;
  readonly colour: Float32Array;
  readonly triangles: Uint16Array;
  readonly alpha: number;
  readonly shine: number;
  /** Vertices that follow a vertex of the moving face: own number and the face's. */
  readonly welded: readonly (readonly [number, number])[];
}

type Point = readonly [number, number, number];

class Builder {
  private readonly points: Point[] = [];
  private readonly colours: Colour[] = [];
  private readonly faces: number[] = [];
  private readonly weld: [number, number][] = [];
  constructor(private readonly centre: Point | null) {}
  add(point: Point, colour: Colour): number { this.points.push(point); this.colours.push(colour); return this.points.length - 1; }
  follow(vertex: number, faceVertex: number): void { this.weld.push([vertex, faceVertex]); }
  triangle(a: number, b: number, c: number): void { this.faces.push(a, b, c); }
  quad(a: number, b: number, c: number, d: number): void { this.triangle(a, b, c); this.triangle(a, c, d); }
  grid(rows: readonly (readonly number[])[], closed: boolean): void {
    for (let r = 0; r + 1 < rows.length; r++) {
      const top = rows[r] as readonly number[];
      const low = rows[r + 1] as readonly number[];
      for (let k = 0; k < top.length - (closed ? 0 : 1); k++) {
        const n = (k + 1) % top.length;
        this.quad(top[k] as number, top[n] as number, low[n] as number, low[k] as number);
      }
    }
  }
  build(attach: Piece['attach'], options: { alpha?: number; shine?: number } = {}): Piece {
    const count = this.points.length;
    const normal = new Float32Array(count * 3);
    for (let f = 0; f < this.faces.length; f += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => this.points[this.faces[f + k] as number] as Point) as [Point, Point, Point];
      const n = cross(a, b, c);
      const middle: Point = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3];
      const towards = this.centre === null ? n[2] : n[0] * (middle[0] - this.centre[0]) + n[1] * (middle[1] - this.centre[1]) + n[2] * (middle[2] - this.centre[2]);
      const flip = towards < 0 ? -1 : 1;
      for (let k = 0; k < 3; k++) {
        const i = (this.faces[f + k] as number) * 3;
        for (let d = 0; d < 3; d++) normal[i + d] = (normal[i + d] as number) + flip * (n[d] as number);
      }
    }
    for (let i = 0; i < count; i++) {
      const length = Math.hypot(normal[i * 3] as number, normal[i * 3 + 1] as number, normal[i * 3 + 2] as number) || 1;
      for (let d = 0; d < 3; d++) normal[i * 3 + d] = (normal[i * 3 + d] as number) / length;
    }
    return {
      attach, normal, triangles: Uint16Array.from(this.faces), alpha: options.alpha ?? 1, shine: options.shine ?? 0, welded: this.weld,
      position: Float32Array.from(this.points.flat()), colour: Float32Array.from(this.colours.flat()),
    };
  }
}

function cross(a: Point, b: Point, c: Point): [number, number, number] {
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

const SKULL: Point = [0, 2.4, -3.6];

/** Builds head, ears, hair, neck, shoulders, fringe and glasses for one person, back to front where it matters. */
export function buildPieces(shape: FaceShape, look: FaceLook): Piece[] {
  const p = shape.position;
  const random = new Random(`pieces ${look.seed}`);
  const pieces: Piece[] = [];
  const skin = look.skin;
  const strand = (): Colour => mix(look.hair, random.chance(0.5) ? [0, 0, 0] : [255, 236, 210], random.between(0, 0.16));
  const wide = Math.abs(at(p, 454)[0]);

  // Sides of the head behind the outline of the mesh.
  {
    const b = new Builder(SKULL);
    const rows: number[][] = [[], [], [], []];
    OUTLINE.forEach((v) => {
      const [x, y, z] = at(p, v);
      const jaw = y < -4.5;
      const bearded = look.beard === 'full' && y < -0.5 ? mix(look.hair, skin, 0.15) : look.beard === 'stubble' && y < -1 ? mix(look.hair, skin, 0.75) : skin;
      const steps: Point[] = jaw
        ? [[x, y, z], [x * 0.97, y + 0.15, z - 1.6], [x * 0.86, y + 1, z - 4.4], [x * 0.6, y + 3, z - 7]]
        : [[x, y, z], [x * 1.015, y + (y > 5 ? 0.7 : 0), z - 1.4], [x * 1.0, y + (y > 5 ? 1.1 : 0), z - 3.6], [x * 0.9, y, z - 7]];
      steps.forEach((s, r) => {
        const id = b.add(s, bearded);
        if (r === 0) b.follow(id, v);
        (rows[r] as number[]).push(id);
      });
    });
    b.grid(rows, true);
    pieces.push(b.build('head'));
  }
  // Ears.
  for (const side of SIDES) {
    const b = new Builder([0, 0, -3]);
    const sign = side === 'L' ? 1 : -1;
    const rows: number[][] = [];
    for (let r = 0; r <= 4; r++) {
      const row: number[] = [];
      for (let k = 0; k < 8; k++) {
        const polar = (Math.PI * r) / 4;
        const turn = (2 * Math.PI * k) / 8;
        row.push(b.add([sign * (wide + 0.15 + 0.65 * Math.sin(polar) * Math.max(-0.2, Math.cos(turn))), 0.9 + 2.2 * Math.cos(polar), -3.1 + 1.1 * Math.sin(polar) * Math.sin(turn)], mix(skin, [180, 60, 50], 0.12)));
      }
      rows.push(row);
    }
    b.grid(rows, true);
    pieces.push(b.build('head'));
  }
  // Hair: arcs from the hairline over the skull, turned about the axis between the ears.
  {
    const b = new Builder(SKULL);
    const ordered = [234, 127, 162, 21, 54, 103, 67, 109, 10, 338, 297, 332, 284, 251, 389, 356, 454];
    const rows: number[][] = [];
    for (let r = 0; r <= 7; r++) {
      const angle = (r / 7) * 2.2;
      rows.push(ordered.map((v) => {
        const [x, y, z] = at(p, v);
        const puff = look.hairCut === 'bald' ? 1.01 : 1.015 + 0.1 * Math.sin(Math.min(1, r / 2.5) * Math.PI * 0.5);
        const dy = (y - SKULL[1]) * puff;
        const dz = (z - SKULL[2]) * puff;
        return b.add([x * (look.hairCut === 'bald' ? 1.01 : 1 + 0.07 * Math.min(1, r / 2)), SKULL[1] + dy * Math.cos(angle) + dz * Math.sin(angle), SKULL[2] + dz * Math.cos(angle) - dy * Math.sin(angle)], look.hairCut === 'bald' ? skin : strand());
      }));
    }
    b.grid(rows, false);
    pieces.push(b.build('head', { shine: look.hairCut === 'bald' ? 0.3 : 0.12 }));
  }
  if (look.hairCut === 'long') for (const side of SIDES) {
    const b = new Builder([0, -3, -5]);
    const sign = side === 'L' ? 1 : -1;
    const rows: number[][] = [];
    for (let r = 0; r <= 6; r++) {
      const y = 6.5 - 3.4 * r;
      const out = 0.3 + 1.1 * Math.sin((Math.PI * Math.min(r, 5)) / 7);
      rows.push([-1.2, -3.2, -5.4, -8].map((z, k) => b.add([sign * (wide + out - 0.25 + 0.8 * k) * (r === 0 ? 0.86 - 0.08 * k : 1), y, z], strand())));
    }
    b.grid(rows, false);
    pieces.push(b.build('head', { shine: 0.12 }));
  }
  // Neck and shoulders.
  {
    const b = new Builder([0, -12, -6]);
    const rows: number[][] = [];
    for (const [y, radius] of [[-5.5, 5.1], [-9.5, 4.9], [-13, 5.1], [-16.5, 6.4], [-19, 9]] as const) {
      const row: number[] = [];
      for (let k = 0; k <= 10; k++) {
        const turn = (Math.PI * k) / 10;
        row.push(b.add([-radius * Math.cos(turn), y, -5.5 + radius * Math.sin(turn)], mix(skin, [20, 8, 6], y > -8 ? 0.55 : y > -11 ? 0.3 : 0.12)));
      }
      rows.push(row);
    }
    b.grid(rows, false);
    pieces.push(b.build('body'));
  }
  {
    const b = new Builder([0, -30, -20]);
    const rows: number[][] = [];
    for (let r = 0; r <= 4; r++) {
      const row: number[] = [];
      for (let k = -8; k <= 8; k++) {
        const x = k * 2.9;
        const top = -15.2 - (Math.abs(x) / 20) ** 2 * 4.5 - (Math.abs(x) < 5 ? 2.4 - 0.4 * Math.abs(x) : 0);
        row.push(b.add([x, top - r * 8, -7 + r * 1.6 - (Math.abs(x) / 20) ** 2 * 5], mix(look.cloth, [0, 0, 0], random.between(0, 0.08))));
      }
      rows.push(row);
    }
    b.grid(rows, false);
    pieces.push(b.build('body'));
  }
  // Fringe over the brow.
  if (look.fringe > 0) {
    const b = new Builder(null);
    const strands = 17;
    const lean = random.between(-1, 1);
    for (let i = 0; i < strands; i++) {
      const x = (i / (strands - 1) - 0.5) * 2 * wide * 0.84;
      const top = 8.6 * look.length - 0.05 * x * x;
      const browY = at(p, EYE[x > 0 ? 'L' : 'R'].browEdge[2] as number)[1];
      const tip = top - (top - browY + 0.4) * look.fringe * random.between(0.75, 1.08);
      const front = (y: number): number => 5.4 + 0.25 - 0.075 * x * x - 0.03 * Math.max(0, y - 5) ** 2;
      const colour = strand();
      const left = b.add([x - 0.75, top, front(top) - 0.6], colour);
      const right = b.add([x + 0.75, top, front(top) - 0.6], strand());
      const midY = (top + tip) / 2;
      const ml = b.add([x - 0.7 + lean * 0.4, midY, front(midY) + 0.4], colour);
      const mr = b.add([x + 0.7 + lean * 0.4, midY, front(midY) + 0.4], strand());
      const end = b.add([x + lean * 1.1, tip, front(tip) + 0.4], colour);
      b.quad(left, right, mr, ml);
      b.triangle(ml, mr, end);
    }
    pieces.push(b.build('head', { shine: 0.1 }));
  }
  // Glasses: rims, bridge, temples; the lenses come last because they are translucent.
  if (look.glasses !== 'none') {
    const rim: Colour = look.glasses === 'thick' ? [26, 22, 22] : look.glasses === 'thin' ? [120, 100, 70] : [190, 190, 196];
    const breadth = look.glasses === 'thick' ? 0.34 : look.glasses === 'thin' ? 0.15 : 0.08;
    const frame = new Builder(null);
    const lens = new Builder(null);
    const glare = new Builder(null);
    const inner: Record<string, number> = {};
    for (const side of SIDES) {
      const sign = side === 'L' ? 1 : -1;
      const [ex, ey, ez] = eyeCentre(p, side);
      const cx = ex + sign * 0.12;
      const cy = ey - 0.35;
      const outerRow: number[] = [];
      const innerRow: number[] = [];
      const lensRow: number[] = [];
      const centre = lens.add([cx, cy, ez + 1.9], [225, 235, 245]);
      for (let k = 0; k < 20; k++) {
        const turn = (2 * Math.PI * k) / 20;
        const c = Math.sign(Math.cos(turn)) * Math.abs(Math.cos(turn)) ** 0.75;
        const s = Math.sign(Math.sin(turn)) * Math.abs(Math.sin(turn)) ** 0.75;
        const rx = 2.55;
        const ry = 1.85;
        const depth = (x: number): number => ez + 1.95 - 0.09 * Math.abs(x - ex) - 0.05 * Math.max(0, sign * (x - ex)) ** 2;
        outerRow.push(frame.add([cx + (rx + breadth) * c, cy + (ry + breadth) * s, depth(cx + rx * c)], rim));
        innerRow.push(frame.add([cx + rx * c, cy + ry * s, depth(cx + rx * c)], rim));
        lensRow.push(lens.add([cx + rx * c, cy + ry * s, depth(cx + rx * c) - 0.02], [225, 235, 245]));
        if (k === (side === 'L' ? 9 : 1)) inner[side] = outerRow[k] as number;
      }
      frame.grid([outerRow, innerRow], true);
      for (let k = 0; k < 20; k++) lens.triangle(centre, lensRow[k] as number, lensRow[(k + 1) % 20] as number);
      // The temple runs from the rim to the ear.
      const t0 = frame.add([cx + sign * 2.6, cy + 0.9, ez + 1.6], rim);
      const t1 = frame.add([cx + sign * 2.6, cy + 0.9 - Math.max(0.3, breadth), ez + 1.6], rim);
      const t2 = frame.add([sign * (wide + 0.35), cy + 0.75, -2.4], rim);
      const t3 = frame.add([sign * (wide + 0.35), cy + 0.75 - Math.max(0.3, breadth), -2.4], rim);
      frame.quad(t0, t2, t3, t1);
      // A pale reflection across a part of the lens.
      const gx = cx + random.between(-1.2, 0.3);
      const gy = cy + random.between(-0.2, 0.7);
      glare.quad(glare.add([gx - 0.5, gy + 0.7, ez + 2.02], [255, 255, 255]), glare.add([gx + 0.6, gy + 0.9, ez + 2.02], [255, 255, 255]), glare.add([gx + 0.1, gy - 0.7, ez + 2.02], [255, 255, 255]), glare.add([gx - 0.8, gy - 0.6, ez + 2.02], [235, 240, 255]));
    }
    const [bx, by, bz] = at(p, 6);
    const bl = frame.add([bx + 0.9, by + 0.35, bz + 0.55], rim);
    const br = frame.add([bx - 0.9, by + 0.35, bz + 0.55], rim);
    const bl2 = frame.add([bx + 0.9, by + 0.35 - Math.max(0.2, breadth), bz + 0.55], rim);
    const br2 = frame.add([bx - 0.9, by + 0.35 - Math.max(0.2, breadth), bz + 0.55], rim);
    frame.quad(bl, br, br2, bl2);
    pieces.push(frame.build('head', { shine: 0.4 }));
    pieces.push(lens.build('head', { alpha: 0.06 }));
    if (look.glare > 0) pieces.push(glare.build('head', { alpha: look.glare }));
  }
  return pieces;
}
