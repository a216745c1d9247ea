import type { Channel, Motion, Stroke, Sway, Pose } from '../../web/virtual-face/face/movement.ts';
import { Random } from '../../web/virtual-face/face/random.ts';
import type { Side } from '../../web/virtual-face/face/topology.ts';

export type PlanName = 'graded' | 'trains' | 'healthy' | 'still' | 'stairs' | 'tasks' | 'demo';
export const PLANS: readonly PlanName[] = ['graded', 'healthy', 'trains', 'tasks', 'still', 'stairs', 'demo'];

/** How a spasm spreads over the half face. */
export type Pattern = 'both' | 'eye' | 'mouth' | 'brow';

export interface TruthEvent {
  kind: 'spasm' | 'tonic' | 'blink' | 'smile' | 'talk' | 'turn' | 'gaze' | 'brow' | 'pucker' | 'squint' | 'hold' | 'task';
  t0: number;
  t1: number;
  side: Side | 'B';
  grade?: number;
  /** Share of lid closure, mouth-corner shift and brow lift in interocular distances. */
  eye?: number;
  mouth?: number;
  brow?: number;
  pattern?: Pattern;
  /** Peak of each side where the two differ by design. */
  left?: number;
  right?: number;
  /** What else goes on at the same time. */
  during?: string;
  task?: string;
}

export interface Mark { readonly task: string; readonly side: Side | 'B'; readonly t0: number; readonly t1: number }

export interface Plan {
  readonly name: PlanName;
  readonly duration: number;
  readonly side: Side;
  readonly events: readonly TruthEvent[];
  readonly marks: readonly Mark[];
  readonly motion: Motion;
}

const GRADES: readonly (readonly [number, number])[] = [[0.1, 0.01], [0.2, 0.02], [0.35, 0.04], [0.6, 0.07], [0.9, 0.12]];
export const DURATIONS: readonly number[] = [0.06, 0.1, 0.18, 0.3];

export interface PlanWishes {
  /** 1 = ordinary head movement. */
  readonly restless?: number;
  /** Ordinary unevenness of smiles and blinks between the sides. */
  readonly uneven?: number;
  readonly brisk?: number;
  /** The subject leans about and comes nearer and goes back: 1 = by a third of an interocular distance and a tenth of the size. */
  readonly wander?: number;
}

class Writer {
  readonly strokes: Stroke[] = [];
  readonly events: TruthEvent[] = [];
  readonly marks: Mark[] = [];
  t: number;
  constructor(readonly random: Random, readonly side: Side, readonly uneven: number, start: number) { this.t = start; }

  stroke(channel: Channel, t0: number, t1: number, size: number, rise: number, fall: number, more: { tremble?: number; rate?: number } = {}): void {
    this.strokes.push({ channel, t0, t1, size, rise, fall, ...more });
  }
  both(channel: 'lid' | 'squint' | 'mouth' | 'smile' | 'brow', t0: number, t1: number, left: number, right: number, rise: number, fall: number, lag = 0): void {
    this.stroke(`${channel}L`, t0 + Math.max(0, lag), t1 + Math.max(0, lag), left, rise, fall);
    this.stroke(`${channel}R`, t0 + Math.max(0, -lag), t1 + Math.max(0, -lag), right, rise, fall);
  }
  note(event: TruthEvent): void { this.events.push(event); }

  spasm(t0: number, duration: number, eye: number, mouth: number, options: { grade?: number; pattern?: Pattern; brow?: number; tonic?: boolean; during?: string } = {}): void {
    const { random, side } = this;
    const pattern = options.pattern ?? 'both';
    const lid = pattern === 'mouth' ? eye * 0.3 : eye;
    const corner = pattern === 'eye' ? mouth * 0.3 : mouth;
    const lift = options.brow ?? (pattern === 'brow' ? mouth * 0.5 : 0);
    const rise = options.tonic === true ? random.between(0.05, 0.12) : duration * random.between(0.34, 0.44);
    const fall = options.tonic === true ? random.between(0.1, 0.25) : duration * random.between(0.4, 0.5);
    const tremor = options.tonic === true ? { tremble: random.between(0.03, 0.18), rate: random.between(5, 11) } : {};
    this.stroke(`lid${side}`, t0, t0 + duration, lid, rise, fall, tremor);
    this.stroke(`mouth${side}`, t0, t0 + duration, corner, rise, fall, tremor);
    if (lift !== 0) this.stroke(`brow${side}`, t0, t0 + duration, lift, rise, fall, tremor);
    this.note({
      kind: options.tonic === true ? 'tonic' : 'spasm', t0, t1: t0 + duration, side, ...(options.grade === undefined ? {} : { grade: options.grade }),
      eye: lid, mouth: corner, ...(lift === 0 ? {} : { brow: lift }), pattern, ...(options.during === undefined ? {} : { during: options.during }),
    });
  }

  /** A blink of both eyes: not always complete, not always even, one side up to a frame late. Returns its length. */
  blink(t0: number): number {
    const { random } = this;
    const length = random.between(0.15, 0.35);
    const full = random.chance(0.25) ? random.between(0.4, 0.8) : random.between(0.88, 1);
    const weaker = 1 - this.uneven * (random.chance(0.35) ? random.between(0.08, 0.2) : random.between(0, 0.07));
    const leftWeak = random.chance(0.5);
    const left = full * (leftWeak ? weaker : 1);
    const right = full * (leftWeak ? 1 : weaker);
    const lag = this.uneven * (random.chance(0.3) ? random.between(-0.033, 0.033) : 0);
    this.both('lid', t0, t0 + length, left, right, length * random.between(0.3, 0.38), length * random.between(0.5, 0.58), lag);
    if (random.chance(0.4)) this.both('brow', t0, t0 + length + 0.05, -0.012, -0.012, length * 0.4, length * 0.5);
    this.note({ kind: 'blink', t0, t1: t0 + length + Math.abs(lag), side: 'B', eye: full, left, right });
    return length + Math.abs(lag);
  }

  smile(t0: number, smirks = false): number {
    const { random } = this;
    const length = random.between(1.1, 3);
    const size = random.between(0.05, smirks ? 0.09 : 0.12);
    // Now and then a smirk: one corner does most of it.
    const stronger = 1 + this.uneven * (smirks && random.chance(0.2) ? random.between(1, 1.8) : random.between(0.2, 0.4));
    const leftStrong = random.chance(0.5);
    const left = size * (leftStrong ? stronger : 1);
    const right = size * (leftStrong ? 1 : stronger);
    const lead = this.uneven * random.between(0, 0.12) * (leftStrong ? -1 : 1);
    const rise = random.between(0.25, 0.6);
    const fall = random.between(0.4, 0.9);
    this.both('smile', t0, t0 + length, left, right, Math.min(rise, length * 0.4), Math.min(fall, length * 0.5), lead);
    const narrow = random.between(0.1, 0.4);
    this.both('squint', t0 + 0.08, t0 + length, narrow * (leftStrong ? 1.08 : 1), narrow * (leftStrong ? 1 : 1.08), Math.min(rise, length * 0.4), Math.min(fall, length * 0.45));
    if (random.chance(0.5)) this.stroke('jaw', t0 + 0.1, t0 + length, random.between(0.05, 0.22), 0.4, 0.5);
    this.note({ kind: 'smile', t0, t1: t0 + length + Math.abs(lead), side: 'B', mouth: size, left, right });
    return length + Math.abs(lead);
  }

  talk(t0: number, length: number): number {
    const { random } = this;
    let t = t0;
    while (t < t0 + length - 0.12) {
      const beat = 1 / random.between(2.4, 6);
      const end = Math.min(t0 + length, t + beat * random.between(0.9, 1.25));
      if (random.chance(0.88)) {
        this.stroke('jaw', t, end, random.between(0.08, 0.62), (end - t) * 0.42, (end - t) * 0.5);
        if (random.chance(0.4)) this.stroke('pucker', t, end, random.between(0.15, 0.7), (end - t) * 0.45, (end - t) * 0.5);
        else {
          const wide = random.between(0, 0.045);
          this.both('smile', t, end, wide * (1 + this.uneven * random.between(-0.35, 0.35)), wide * (1 + this.uneven * random.between(-0.35, 0.35)), (end - t) * 0.45, (end - t) * 0.5);
        }
        if (random.chance(0.5)) this.stroke('lipSide', t, end, this.uneven * random.between(-0.018, 0.018), (end - t) * 0.45, (end - t) * 0.5);
      }
      t += beat;
    }
    this.stroke('pitch', t0, t0 + length, random.between(-2.5, 2.5), length * 0.3, length * 0.3);
    this.stroke('yaw', t0, t0 + length, random.between(-2.5, 2.5), length * 0.4, length * 0.3);
    if (random.chance(0.5)) this.both('brow', t0 + length * 0.3, t0 + length * 0.3 + 0.6, random.between(0.01, 0.04), random.between(0.01, 0.04), 0.2, 0.25);
    this.note({ kind: 'talk', t0, t1: t0 + length, side: 'B' });
    return length;
  }

  turn(t0: number, strength = 1): number {
    const { random } = this;
    const length = random.between(1.4, 3);
    const yaw = random.pick([-1, 1]) * random.between(7, 15) * strength;
    const pitch = (random.chance(0.6) ? random.between(-10, 10) : random.between(-3, 3)) * strength;
    const roll = random.between(-8, 8) * strength * (random.chance(0.5) ? 1 : 0.3);
    const rise = length * random.between(0.25, 0.4);
    this.stroke('yaw', t0, t0 + length, yaw, rise, rise);
    this.stroke('pitch', t0, t0 + length, pitch, rise, rise * 0.9);
    this.stroke('roll', t0, t0 + length, roll, rise, rise);
    // The eyes partly hold their aim; a head that nods drags the lids along.
    this.stroke('gazeX', t0, t0 + length, (-yaw / 15) * random.between(0, 0.8), rise * 0.7, rise * 0.7);
    if (pitch < -4) this.stroke('gazeY', t0, t0 + length, -random.between(0.1, 0.5), rise, rise);
    if (random.chance(0.25)) this.blink(t0 + rise * 0.4);
    this.note({ kind: 'turn', t0, t1: t0 + length, side: 'B' });
    return length;
  }

  gaze(t0: number, down: boolean): number {
    const { random } = this;
    const length = random.between(0.7, 2);
    // Half of the downward aim closes the lids by half of that share: 20 to 40 % less opening.
    this.stroke('gazeY', t0, t0 + length, down ? -random.between(0.4, 0.8) : random.between(-0.1, 0.3), 0.07, 0.09);
    this.stroke('gazeX', t0, t0 + length, random.between(-0.7, 0.7), 0.06, 0.06);
    this.note({ kind: 'gaze', t0, t1: t0 + length, side: 'B', ...(down ? { during: 'down' } : {}) });
    return length;
  }

  browRaise(t0: number): number {
    const { random } = this;
    const length = random.between(0.6, 1.8);
    const size = random.between(0.05, 0.12);
    const left = size * (1 + this.uneven * random.between(-0.3, 0.3));
    const right = size * (1 + this.uneven * random.between(-0.3, 0.3));
    this.both('brow', t0, t0 + length, left, right, 0.2, 0.3);
    this.note({ kind: 'brow', t0, t1: t0 + length, side: 'B', brow: size, left, right });
    return length;
  }

  pucker(t0: number): number {
    const length = this.random.between(0.8, 1.6);
    this.stroke('pucker', t0, t0 + length, this.random.between(0.6, 1), 0.3, 0.3);
    this.stroke('lipSide', t0, t0 + length, this.uneven * this.random.between(-0.02, 0.02), 0.3, 0.3);
    this.note({ kind: 'pucker', t0, t1: t0 + length, side: 'B' });
    return length;
  }

  squint(t0: number): number {
    const { random } = this;
    const length = random.between(0.5, 1.6);
    const size = random.between(0.25, 0.55);
    const left = size * (1 + this.uneven * random.between(-0.12, 0.12));
    const right = size * (1 + this.uneven * random.between(-0.12, 0.12));
    this.both('squint', t0, t0 + length, left, right, 0.15, 0.25);
    this.both('brow', t0, t0 + length, -0.02, -0.02, 0.2, 0.25);
    this.note({ kind: 'squint', t0, t1: t0 + length, side: 'B', eye: size, left, right });
    return length;
  }
}

function swaying(random: Random, restless: number, wander: number): Sway[] {
  const wave = (size: number, slow: number, fast: number): { size: number; rate: number; phase: number } => ({ size: size * restless * random.between(0.5, 1.2), rate: random.between(slow, fast), phase: random.between(0, 2 * Math.PI) });
  const channel = (name: keyof Pose, size: number): Sway => ({ channel: name, waves: [wave(size, 0.03, 0.1), wave(size * 0.5, 0.12, 0.35), wave(size * 0.12, 0.6, 1.6)] });
  return [
    channel('yaw', 1.8), channel('pitch', 1.3), channel('roll', 1.1), channel('shiftX', 0.05), channel('shiftY', 0.03), channel('near', 0.03),
    ...(wander === 0 ? [] : (['shiftX', 'shiftY', 'near'] as const).map((name): Sway => ({
      channel: name, waves: [{ size: wander * (name === 'near' ? 0.1 : name === 'shiftX' ? 0.45 : 0.25), rate: random.between(0.02, 0.06), phase: random.between(0, 2 * Math.PI) }],
    }))),
  ];
}

/** Writes one plan: its strokes are what is drawn, its events are the truth. */
export function makePlan(name: PlanName, side: Side, seed: string, wishes: PlanWishes = {}): Plan {
  const random = new Random(`plan ${name} ${seed}`);
  const uneven = wishes.uneven ?? 1;
  let restless = wishes.restless ?? 1;
  const w = new Writer(random, side, uneven, name === 'stairs' || name === 'tasks' ? 2.5 : 2);
  const gap = (low: number, high: number): void => { w.t += random.between(low, high) / (wishes.brisk ?? 1); };
  const pattern = (): Pattern => { const r = random.next(); return r < 0.55 ? 'both' : r < 0.7 ? 'eye' : r < 0.86 ? 'mouth' : 'brow'; };
  let duration = 0;

  if (name === 'graded') {
    type Act = { grade: number; length: number } | 'blink' | 'smile' | 'turn' | 'talk' | 'gaze' | 'brow';
    const acts: Act[] = [];
    for (let grade = 1; grade <= 5; grade++) for (const length of DURATIONS) for (let i = 0; i < 2; i++) acts.push({ grade, length });
    const add = (act: Act, count: number): void => { for (let i = 0; i < count; i++) acts.push(act); };
    add('blink', random.whole(10, 14)); add('smile', 3); add('turn', 3); add('talk', random.whole(2, 3)); add('gaze', random.whole(2, 4)); add('brow', random.whole(0, 1));
    let nearBlink = 0;
    let amid = 0;
    for (const act of random.shuffle(acts)) {
      if (act === 'blink') { w.t += w.blink(w.t); gap(0.4, 1.1); }
      else if (act === 'smile') { w.t += w.smile(w.t); gap(0.4, 1); }
      else if (act === 'turn') {
        const start = w.t;
        const length = w.turn(start, Math.min(1.3, 0.8 * restless + 0.2));
        if (amid < 2 && random.chance(0.35)) { amid++; w.spasm(start + length * 0.5, 0.18, 0.9, 0.12, { grade: 5, during: 'turn' }); }
        w.t += length; gap(0.4, 1);
      } else if (act === 'talk') {
        const start = w.t;
        const length = w.talk(start, random.between(2, 3.5));
        if (amid < 2 && random.chance(0.35)) { amid++; w.spasm(start + length * 0.5, 0.3, 0.9, 0.12, { grade: 5, during: 'talk' }); }
        w.t += length; gap(0.4, 1);
      } else if (act === 'gaze') { w.t += w.gaze(w.t, true); gap(0.3, 0.9); }
      else if (act === 'brow') { w.t += w.browRaise(w.t); gap(0.4, 1); }
      else {
        const [eye, mouth] = GRADES[act.grade - 1] as readonly [number, number];
        if (nearBlink < 4 && act.grade >= 3 && random.chance(0.3)) {
          nearBlink++;
          const first = random.chance(0.5);
          if (first) { w.blink(w.t); w.t += random.between(0.12, 0.3); }
          w.spasm(w.t, act.length, eye, mouth, { grade: act.grade, pattern: pattern(), during: 'blink' });
          if (!first) w.t += w.blink(w.t + random.between(0.1, 0.3)) + 0.3;
        } else w.spasm(w.t, act.length, eye, mouth, { grade: act.grade, pattern: pattern() });
        w.t += act.length;
        gap(0.45, 1.25);
      }
    }
    duration = w.t + 1.2;
  } else if (name === 'trains') {
    duration = 25;
    while (w.t < duration - 4) {
      const kind = random.next();
      if (kind < 0.5) {
        const count = random.whole(3, 7);
        const grade = random.whole(3, 5);
        const [eye, mouth] = GRADES[grade - 1] as readonly [number, number];
        const how = pattern();
        for (let i = 0; i < count; i++) {
          const length = random.between(0.07, 0.17);
          const size = random.between(0.8, 1.05);
          w.spasm(w.t, length, Math.min(1, eye * size), mouth * size, { grade, pattern: how });
          w.t += length + random.between(0.12, 0.35);
        }
        if (random.chance(0.5)) {
          const hold = random.between(0.8, 3);
          w.spasm(w.t, hold, 0.85, 0.11, { grade: 5, tonic: true, brow: random.chance(0.5) ? 0.03 : 0 });
          w.t += hold;
        }
      } else if (kind < 0.72) {
        const hold = random.between(0.8, 3);
        const grade = random.pick([4, 5]);
        const [eye, mouth] = GRADES[grade - 1] as readonly [number, number];
        w.spasm(w.t, hold, eye, mouth, { grade, tonic: true, pattern: pattern() });
        w.t += hold;
      } else { w.t += w.blink(w.t); }
      gap(0.7, 1.6);
    }
    duration = Math.max(duration, w.t + 1);
  } else if (name === 'healthy') {
    duration = 60;
    const acts = ['blink', 'blink', 'blink', 'blink', 'smile', 'smile', 'talk', 'turn', 'turn', 'gaze', 'gaze', 'brow', 'pucker', 'squint'] as const;
    let queue: (typeof acts)[number][] = [];
    while (w.t < duration - 4.5) {
      if (queue.length === 0) queue = random.shuffle(acts);
      const act = queue.pop();
      const start = w.t;
      if (act === 'blink') w.t += w.blink(start);
      else if (act === 'smile') { const length = w.smile(start, true); if (random.chance(0.4)) w.blink(start + length * random.between(0.1, 0.6)); w.t += length; }
      else if (act === 'talk') { const length = w.talk(start, random.between(2, 4.5)); for (let k = 0.6; k < length - 0.5; k += random.between(0.8, 2.5)) if (random.chance(0.5)) w.blink(start + k); w.t += length; }
      else if (act === 'turn') w.t += w.turn(start);
      else if (act === 'gaze') w.t += w.gaze(start, random.chance(0.6));
      else if (act === 'brow') w.t += w.browRaise(start);
      else if (act === 'pucker') w.t += w.pucker(start);
      else w.t += w.squint(start);
      gap(0.15, 0.9);
    }
  } else if (name === 'still') {
    duration = 20;
    restless *= 0.12;
  } else if (name === 'stairs') {
    const step = 0.5;
    for (const what of ['eye', 'mouth'] as const) {
      for (let i = 0; i <= (what === 'eye' ? 10 : 6); i++) {
        const value = what === 'eye' ? i / 10 : i * 0.02;
        if (value > 0) w.stroke(what === 'eye' ? `lid${side}` : `mouth${side}`, w.t, w.t + step, value, 0.001, 0.001);
        w.note({ kind: 'hold', t0: w.t, t1: w.t + step, side, eye: what === 'eye' ? value : 0, mouth: what === 'mouth' ? value : 0 });
        w.t += step;
      }
      w.t += 1;
    }
    duration = w.t + 1;
    restless *= 0.15;
  } else if (name === 'tasks') {
    while (w.t < 19) {
      const grade = random.whole(2, 5);
      const [eye, mouth] = GRADES[grade - 1] as readonly [number, number];
      if (random.chance(0.3)) w.t += w.blink(w.t);
      else { const length = random.pick(DURATIONS); w.spasm(w.t, length, eye, mouth, { grade, pattern: pattern() }); w.t += length; }
      gap(0.6, 1.6);
    }
    w.t = Math.max(20.5, w.t);
    w.marks.push({ task: 'rest', side: 'B', t0: 0, t1: 20 });
    const task = (label: string, on: Side | 'B', perform: (t0: number, t1: number) => void): void => {
      const t0 = w.t;
      const t1 = t0 + 4;
      perform(t0 + random.between(0.5, 0.9), t1 - random.between(0.6, 1));
      w.marks.push({ task: label, side: on, t0, t1 });
      w.note({ kind: 'task', t0, t1, side: on, task: label });
      w.t = t1 + 0.8;
    };
    const slight = (value: number): number => value * (1 + uneven * random.between(-0.12, 0.12));
    task('gentle closure right', 'R', (a, b) => { w.stroke('lidR', a, b, 0.97, 0.25, 0.25); w.stroke('mouthR', a, b, 0.008, 0.25, 0.25); w.stroke('squintL', a, b, random.between(0.05, 0.2), 0.3, 0.3); });
    task('gentle closure', 'B', (a, b) => w.both('lid', a, b, 0.97, 0.98, 0.25, 0.3));
    task('tight closure', 'B', (a, b) => { w.both('lid', a, b, 1, 1, 0.15, 0.3); w.both('brow', a, b, -0.04, -0.04, 0.2, 0.3); w.both('smile', a, b, slight(0.03), slight(0.03), 0.2, 0.3); });
    task('brow lift', 'B', (a, b) => w.both('brow', a, b, slight(0.1), slight(0.1), 0.25, 0.3));
    task('smile', 'B', (a, b) => { w.both('smile', a, b, slight(0.12), slight(0.12), 0.3, 0.4); w.both('squint', a, b, 0.25, 0.25, 0.3, 0.4); });
    task('pucker', 'B', (a, b) => w.stroke('pucker', a, b, 0.95, 0.3, 0.3));
    duration = w.t + 0.7;
  } else {
    // A short film for the browser: the subject shuts the right eye, rests, and the left side contracts eight times.
    duration = 30;
    restless *= 0.6;
    w.stroke('lidR', 2, 4, 0.97, 0.2, 0.2);
    w.note({ kind: 'task', t0: 2, t1: 4, side: 'R', task: 'gentle closure right' });
    w.marks.push({ task: 'gentle closure right', side: 'R', t0: 2, t1: 4 }, { task: 'rest', side: 'B', t0: 6, t1: 30 });
    w.t = 7;
    for (let i = 0; i < 8; i++) {
      const grade = i % 2 === 0 ? 5 : 4;
      const [eye, mouth] = GRADES[grade - 1] as readonly [number, number];
      const length = [0.18, 0.3, 0.3, 0.18][i % 4] as number;
      w.spasm(w.t, length, eye, mouth, { grade });
      if (i % 2 === 1) w.blink(w.t + 1.3);
      w.t += random.between(2.5, 2.9);
    }
  }
  const round = (x: number): number => Math.round(x * 10000) / 10000;
  const events = w.events.map((event) => {
    const out: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(event)) out[key] = typeof value === 'number' ? round(value) : value;
    return out as unknown as TruthEvent;
  }).sort((a, b) => a.t0 - b.t0);
  return {
    name, side, events, duration,
    marks: w.marks.map((m) => ({ ...m, t0: round(m.t0), t1: round(m.t1) })),
    motion: { strokes: w.strokes.sort((a, b) => a.t0 - b.t0), sway: swaying(random, restless, wishes.wander ?? 0) },
  };
}
