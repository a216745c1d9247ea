import { at, type FaceShape } from "./shape.ts";
import { smooth } from "./random.ts";
import { EYE, LIPS, SIDES, type Side } from "./topology.ts";

/** What can move. Lids and squints are shares of the opening; mouth, smile and brow are interocular distances. */
export const CHANNELS = [
  "lidL", "lidR", "squintL", "squintR", "mouthL", "mouthR", "smileL", "smileR", "browL", "browR",
  "jaw", "pucker", "lipSide", "gazeX", "gazeY", "yaw", "pitch", "roll", "near",
] as const;
export type Channel = (typeof CHANNELS)[number];
export type Pose = Record<Channel, number> & { shiftX: number; shiftY: number };

/** One stroke of one channel: S-shaped rise, hold, S-shaped fall; exactly zero outside t0 to t1. */
export interface Stroke {
  readonly channel: Channel;
  readonly t0: number;
  readonly t1: number;
  readonly rise: number;
  readonly fall: number;
  readonly size: number;
  /** Share of the size by which a hold trembles, and how often per second. */
  readonly tremble?: number;
  readonly rate?: number;
}

export function strokeAt(stroke: Stroke, t: number): number {
  if (t <= stroke.t0 || t >= stroke.t1) return 0;
  const up = smooth(0, 1, (t - stroke.t0) / stroke.rise);
  const down = smooth(0, 1, (stroke.t1 - t) / stroke.fall);
  const tremor = stroke.tremble === undefined ? 1 : 1 - stroke.tremble * 0.5 * (1 - Math.cos(2 * Math.PI * (stroke.rate ?? 8) * (t - stroke.t0)));
  return stroke.size * Math.min(up, down) * tremor;
}

/** A slow wave of the head: the sum of a few sines that never quite repeats. */
export interface Sway { readonly channel: keyof Pose; readonly waves: readonly { readonly size: number; readonly rate: number; readonly phase: number }[] }

export interface Motion { readonly strokes: readonly Stroke[]; readonly sway: readonly Sway[] }

const LIDS: ReadonlySet<string> = new Set(["lidL", "lidR", "squintL", "squintR"]);

/** The pose at one instant. Closures of one lid combine like shutters, everything else adds. */
export function poseAt(motion: Motion, t: number): Pose {
  const pose = { shiftX: 0, shiftY: 0 } as Pose;
  for (const channel of CHANNELS) pose[channel] = 0;
  for (const stroke of motion.strokes) {
    if (t <= stroke.t0 || t >= stroke.t1) continue;
    const value = strokeAt(stroke, t);
    if (LIDS.has(stroke.channel)) pose[stroke.channel] = 1 - (1 - pose[stroke.channel]) * (1 - value);
    else pose[stroke.channel] += value;
  }
  for (const { channel, waves } of motion.sway) {
    for (const wave of waves) pose[channel] += wave.size * Math.sin(2 * Math.PI * wave.rate * t + wave.phase);
  }
  return pose;
}

/** What a face has while nothing moves. */
export interface Resting {
  /** Share of lid closure. */
  readonly ptosis: Readonly<Record<Side, number>>;
  /** The mouth corner hangs, in interocular distances; negative is a contracture up. */
  readonly droop: Readonly<Record<Side, number>>;
  /** The brow stands higher, in interocular distances. */
  readonly browHeight: Readonly<Record<Side, number>>;
  readonly restingSmile: number;
}

export const AT_EASE: Resting = { ptosis: { L: 0, R: 0 }, droop: { L: 0, R: 0 }, browHeight: { L: 0, R: 0 }, restingSmile: 0 };

const UPPER_SHARE = 0.78;

/** Weights of every movement on every vertex, fixed for one face. */
export class Mover {
  private readonly count: number;
  private readonly corner: Record<Side, Float32Array>;
  private readonly smile: Record<Side, Float32Array>;
  private readonly cheek: Record<Side, Float32Array>;
  private readonly brow: Record<Side, Float32Array>;
  private readonly jaw: Float32Array;
  private readonly lips: Float32Array;
  private readonly mouth: [number, number, number];

  constructor(private readonly shape: FaceShape, private readonly look: Resting) {
    const { position, iod } = shape;
    this.count = position.length / 3;
    const middle = at(position, 168)[0];
    const lidVertices = new Set(SIDES.flatMap((s) => [...EYE[s].upper, ...EYE[s].lower, ...EYE[s].corners]));
    const lidSkin = new Set(SIDES.flatMap((s) => [...EYE[s].upperSkin, ...EYE[s].lowerSkin]));
    const perSide = (make: (side: Side) => Float32Array): Record<Side, Float32Array> => ({ L: make("L"), R: make("R") });
    const field = (weight: (x: number, y: number, v: number) => number): Float32Array => {
      const out = new Float32Array(this.count);
      for (let v = 0; v < this.count; v++) out[v] = weight(position[v * 3] ?? 0, position[v * 3 + 1] ?? 0, v);
      return out;
    };
    const onSide = (side: Side, x: number, soft: number): number => 1 / (1 + Math.exp((side === "L" ? -1 : 1) * (x - middle) / (soft * iod)));
    const around = (vertex: number, spread: number, side: Side, soft: number): Float32Array => {
      const [cx, cy] = at(position, vertex);
      const raw = field((x, y, v) => lidVertices.has(v) ? 0 : Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * (spread * iod) ** 2)) * onSide(side, x, soft) * (lidSkin.has(v) ? 0.3 : 1));
      const peak = raw[vertex] || 1;
      return raw.map((w) => w / peak);
    };
    this.corner = perSide((s) => around(EYE[s].mouthCorner, 0.22, s, 0.06));
    this.smile = perSide((s) => around(EYE[s].mouthCorner, 0.3, s, 0.1));
    this.cheek = perSide((s) => around(EYE[s].cheek, 0.27, s, 0.06));
    this.brow = perSide((s) => {
      const line = [...EYE[s].browTop, ...EYE[s].browEdge].map((v) => at(position, v));
      return field((x, y, v) => {
        if (lidVertices.has(v)) return 0;
        const near = Math.min(...line.map(([bx, by]) => (x - bx) ** 2 + (y - by) ** 2));
        return Math.exp(-near / (2 * (0.17 * iod) ** 2)) * onSide(s, x, 0.06) * (lidSkin.has(v) ? 0.25 : 1);
      });
    });
    this.mouth = at(position, 13);
    const [, mouthY] = this.mouth;
    const half = Math.abs(at(position, 61)[0] - at(position, 291)[0]) / 2;
    const lowerLip = new Set<number>(LIPS.lower.flatMap((row) => row.slice(1, -1)));
    const upperLip = new Set<number>(LIPS.upper.flatMap((row) => [...row]));
    this.jaw = field((x, y, v) => {
      const across = Math.max(0, 1 - (Math.abs(x) / half) ** 2.4);
      if (upperLip.has(v)) return -0.06 * across;
      if (lowerLip.has(v)) return 0.2 * (1 - across) + 0.95 * across;
      return smooth(mouthY + 0.2, mouthY - 2.2, y) * (1 - 0.55 * smooth(1.5, 7.5, Math.abs(x)));
    });
    this.lips = field((x, y) => Math.exp(-(x ** 2) / (2 * (0.42 * iod) ** 2) - (y - mouthY) ** 2 / (2 * (0.24 * iod) ** 2)));
  }

  /** Writes the moved vertices (before the head's rotation) into `out`. */
  apply(pose: Pose, out: Float32Array): void {
    out.set(this.shape.position);
    this.deform(pose, this.look, out);
  }

  /** Moves a face that may already be moving: every movement adds to where the vertices are. */
  deform(pose: Pose, resting: Resting, out: Float32Array): void {
    const { iod } = this.shape;
    for (const side of SIDES) {
      const sign = side === "L" ? 1 : -1;
      const pull = (side === "L" ? pose.mouthL : pose.mouthR) * iod;
      const smile = ((side === "L" ? pose.smileL : pose.smileR) + resting.restingSmile) * iod;
      const droop = resting.droop[side] * iod;
      const brow = ((side === "L" ? pose.browL : pose.browR) + resting.browHeight[side]) * iod;
      const lift = 0.45 * smile + 0.35 * pull;
      const corner = this.corner[side];
      const smiling = this.smile[side];
      const cheek = this.cheek[side];
      const raised = this.brow[side];
      for (let v = 0; v < this.count; v++) {
        const c = corner[v] as number;
        const s = smiling[v] as number;
        const k = cheek[v] as number;
        const b = raised[v] as number;
        const i = v * 3;
        out[i] = (out[i] as number) + sign * (c * pull * 0.6 + s * smile * 0.78 - c * droop * 0.2);
        out[i + 1] = (out[i + 1] as number) + c * pull * 0.8 + s * smile * 0.6 + k * lift + b * brow - c * droop;
        out[i + 2] = (out[i + 2] as number) - s * smile * 0.35 - c * pull * 0.12 + k * lift * 0.5;
      }
    }
    const drop = pose.jaw * 1.9;
    const round = pose.pucker;
    const aside = pose.lipSide * iod;
    const [mx, my] = this.mouth;
    for (let v = 0; v < this.count; v++) {
      const i = v * 3;
      const j = this.jaw[v] as number;
      const l = this.lips[v] as number;
      out[i] = (out[i] as number) - l * round * 0.36 * ((out[i] as number) - mx) + l * aside;
      out[i + 1] = (out[i + 1] as number) - j * drop + l * round * 0.18 * ((out[i + 1] as number) - my) * (1 - l);
      out[i + 2] = (out[i + 2] as number) - Math.max(0, j) * drop * 0.25 + l * round * 0.5;
    }
    for (const side of SIDES) {
      const down = Math.max(0, -pose.gazeY);
      const up = Math.max(0, pose.gazeY);
      const closed = closure(pose, resting, side);
      const lidDown = 1 - (1 - closed) * (1 - 0.5 * down);
      this.closeLids(out, side, lidDown * (up > 0 ? 1 - 0.1 * up : 1), side === "L" ? pose.squintL : pose.squintR);
    }
  }

  /** Share by which a side's lids are shut on purpose or in spasm, without gaze and squint. */
  closure(pose: Pose, side: Side): number {
    return closure(pose, this.look, side);
  }

  private closeLids(out: Float32Array, side: Side, closed: number, squint: number): void {
    const eye = EYE[side];
    const bulge = 0.22 * closed;
    for (let k = 0; k < eye.upper.length; k++) {
      const u = (eye.upper[k] as number) * 3;
      const l = (eye.lower[k] as number) * 3;
      const gap: [number, number, number] = [0, 1, 2].map((d) => (out[l + d] as number) - (out[u + d] as number)) as [number, number, number];
      const fromBelow = (1 - UPPER_SHARE) * closed + squint * 0.55 * (1 - closed);
      const fromAbove = UPPER_SHARE * closed + squint * 0.18 * (1 - closed);
      const middle = Math.sin((Math.PI * (k + 1)) / (eye.upper.length + 1));
      for (const [row, share, lifted, base] of [
        [eye.upper, fromAbove, 1, u], [eye.upperSkin, fromAbove * 0.62, 0.7, -1], [eye.upperFold, fromAbove * 0.14, 0.1, -1],
      ] as const) {
        const v = base >= 0 ? base : (row[k] as number) * 3;
        for (let d = 0; d < 3; d++) out[v + d] = (out[v + d] as number) + share * (gap[d] as number);
        out[v + 2] = (out[v + 2] as number) + bulge * middle * lifted;
      }
      for (const [row, share, base] of [[eye.lower, fromBelow, l], [eye.lowerSkin, fromBelow * 0.55, -1], [eye.lowerFold, fromBelow * 0.2, -1]] as const) {
        const v = base >= 0 ? base : (row[k] as number) * 3;
        for (let d = 0; d < 3; d++) out[v + d] = (out[v + d] as number) - share * (gap[d] as number);
        if (base >= 0) out[v + 2] = (out[v + 2] as number) + bulge * middle;
      }
    }
  }
}

function closure(pose: Pose, resting: Resting, side: Side): number {
  const active = side === "L" ? pose.lidL : pose.lidR;
  return 1 - (1 - active) * (1 - resting.ptosis[side]);
}
