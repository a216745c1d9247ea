import "../../web/virtual-face/index.ts";
import { FacerecWriter } from "../../web/facerec/facerec.ts";
import { MediaPipeFaceMesh } from "../../web/face-landmarker/mediapipe-face-mesh.ts";
import type { Picture } from "../../web/face-landmarker/face-landmarker.ts";
import { interocularPixels, lidOpening } from "../../web/face-landmarker/eyes.ts";
import type { Motion, Stroke } from "../../web/virtual-face/face/movement.ts";
import { Track } from "../../web/virtual-face/face/track.ts";
import type { FaceState, WeekState } from "../../web/virtual-face/state.ts";
import type { VirtualFace } from "../../web/virtual-face/virtual-face.ts";
import { makePlan } from "../drawn-faces/schedule.ts";
import { madeRecording } from "./made-recording.ts";

/** A face to be drawn: attributes, what moves (held strokes) and what a treatment did. */
interface Wanted {
  attributes?: Record<string, string>;
  hold?: Partial<Record<Stroke["channel"], number>>;
  state?: Partial<FaceState>;
  level?: number;
}

const room = (): HTMLElement => document.getElementById("room")!;

function make(attributes: Record<string, string> = {}): VirtualFace {
  const face = document.createElement("virtual-face") as VirtualFace;
  for (const [name, value] of Object.entries(attributes)) face.setAttribute(name, value);
  return face;
}

const turn = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));

/** Rest for a second, then what is held, from 1 to 3 s. */
function held(hold: NonNullable<Wanted["hold"]>): Motion {
  return { sway: [], strokes: Object.entries(hold).map(([channel, size]) => ({ channel: channel as Stroke["channel"], t0: 1, t1: 3, rise: 0.05, fall: 0.05, size })) };
}

const seedOf = (attributes: Record<string, string> = {}): number => Number(attributes["seed"] ?? 1);

async function picture({ attributes = {}, hold = {}, state = {}, level = 0 }: Wanted, size: number): Promise<HTMLCanvasElement> {
  const face = make({ ...attributes, quiet: "" });
  face.frames = madeRecording(held(hold), 4, 30, seedOf(attributes));
  face.state = state;
  face.quality = level;
  room().replaceChildren(face);
  face.querySelector<HTMLElement>("figure")!.style.width = `${size}px`;
  face.pause();
  await turn();
  await turn();
  face.seek(2);
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [size, size];
  copy.getContext("2d")!.drawImage(face.canvas, 0, 0, size, size);
  face.canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  return copy;
}

let tracker: MediaPipeFaceMesh | undefined;

/** The canvas as a picture of a camera. */
function camera(canvas: HTMLCanvasElement): Picture {
  return { width: canvas.width, height: canvas.height, draw: (context, ...place) => { context.drawImage(canvas, ...place.slice(0, 4) as [number, number, number, number], 0, 0, ...place.slice(4) as [number, number]); } };
}

const lab = {
  /** What the landmark model sees on the drawn face: opening of the lids and place of the mouth corners, held still. */
  async read(wanted: Wanted, size: number): Promise<{ lids: { right: number; left: number }; corners: { right: [number, number]; left: [number, number] } } | null> {
    if (tracker === undefined) await (tracker = new MediaPipeFaceMesh()).init();
    tracker.restart();
    const canvas = await picture(wanted, size);
    let found = null;
    for (let i = 0; i < 5; i++) found = await tracker.detect(camera(canvas));
    if (found === null) return null;
    const xyz = found.xyz;
    const iod = interocularPixels(xyz);
    const at = (v: number): [number, number] => [(xyz[v * 3]! - xyz[168 * 3]!) / iod, (xyz[v * 3 + 1]! - xyz[168 * 3 + 1]!) / iod];
    return { lids: lidOpening(xyz), corners: { right: at(61), left: at(291) } };
  },

  /** A sheet of faces as a PNG. */
  async sheet(wanted: Wanted[], columns: number, size: number): Promise<string> {
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [columns * size, Math.ceil(wanted.length / columns) * size];
    const pen = sheet.getContext("2d")!;
    for (const [i, one] of wanted.entries()) pen.drawImage(await picture(one, size), (i % columns) * size, Math.floor(i / columns) * size);
    room().replaceChildren();
    return sheet.toDataURL("image/png").split(",")[1]!;
  },

  /**
   * Plays a plan of the drawn faces to the landmark model, picture by picture, and reads its landmarks as a recording:
   * the contractions planted on a side, and when each side was seen to contract alone (start and end, seconds).
   */
  async follow(plan: "demo" | "trains", side: "L" | "R", attributes: Record<string, string>, from: number, to: number): Promise<{ planted: [number, number][]; seen: Record<"L" | "R", [number, number][]>; lost: number }> {
    if (tracker === undefined) await (tracker = new MediaPipeFaceMesh()).init();
    tracker.restart();
    const made = makePlan(plan, side, "1");
    const face = make({ ...attributes, quiet: "" });
    face.frames = madeRecording(made.motion, to, 30, seedOf(attributes));
    face.quality = 2;
    room().replaceChildren(face);
    face.querySelector<HTMLElement>("figure")!.style.width = "480px";
    face.pause();
    await turn();
    await turn();
    const times: number[] = [];
    const points: (Float32Array | null)[] = [];
    for (let time = from; time < to; time += 1 / 30) {
      face.seek(time);
      const found = await tracker.detect(camera(face.canvas));
      times.push(time);
      points.push(found === null ? null : found.xyz.map((value) => value / face.canvas.width));
    }
    const { forces } = new Track({ width: 1, height: 1, times, points });
    const bouts = (own: "L" | "R"): [number, number][] => {
      const other = own === "L" ? "R" : "L";
      const out: [number, number][] = [];
      let on = false;
      forces.forEach((force, i) => {
        const pull = Math.max(force[own].closed - force[other].closed, (force[own].corner - force[other].corner) / 0.8);
        if (!on && pull > 0.3) { on = true; out.push([times[i]!, times[i]!]); }
        if (on && pull < 0.15) on = false;
        if (on) out.at(-1)![1] = times[i]!;
      });
      // The lids of a blink may be one picture apart.
      return out.filter(([start, end]) => end - start > 0.03);
    };
    return {
      planted: made.events.filter((event) => (event.kind === "spasm" || event.kind === "tonic") && event.t0 > from && event.t1 < to).map((event) => [event.t0, event.t1]),
      seen: { L: bouts("L"), R: bouts("R") }, lost: points.filter((one) => one === null).length,
    };
  },

  /** Puts an element with a plan of the drawn faces on the page. */
  show(attributes: Record<string, string>, plan: "trains" | "healthy" | "demo" | null, weeks: WeekState[] = []): void {
    const face = make(attributes);
    if (plan !== null) {
      const made = makePlan(plan, attributes["side"] === "left" ? "L" : "R", attributes["seed"] ?? "1");
      face.frames = madeRecording(made.motion, Math.min(30, made.duration), 30, seedOf(attributes), 0.2);
    }
    if (weeks.length > 0) face.weeks = weeks;
    room().replaceChildren(face);
  },

  face(): VirtualFace { return document.querySelector("virtual-face") as VirtualFace; },

  /** Plays the face on the page and counts the pictures that were drawn per second, second by second, with the level at its end. */
  async play(seconds: number): Promise<{ rate: number; level: number }[]> {
    const face = lab.face();
    const gl = face.canvas.getContext("webgl2")!;
    const clear = gl.clear.bind(gl);
    let drawn = 0;
    gl.clear = (mask) => { drawn++; clear(mask); };
    face.play();
    const out: { rate: number; level: number }[] = [];
    for (let i = 0; i < seconds; i++) {
      const [began, before] = [performance.now(), drawn];
      while (performance.now() - began < 1000) await turn();
      out.push({ rate: (drawn - before) / ((performance.now() - began) / 1000), level: face.quality });
    }
    return out;
  },

  /**
   * Steps through a recording and looks at the real pixels: the greatest number of flashes within a second that any quarter
   * of a block of 4 x 3 cells (of 8 x 8) shows. The clock is the recording's own.
   */
  async flashes(rate: number, seconds: number): Promise<number> {
    const face = lab.face();
    face.pause();
    await turn();
    const small = document.createElement("canvas");
    [small.width, small.height] = [8, 8];
    const pen = small.getContext("2d", { willReadFrequently: true })!;
    const cells: { extreme: number; rising: boolean | null; turns: number[] }[] = Array.from({ length: 64 }, () => ({ extreme: -1, rising: null, turns: [] }));
    for (let i = 0; i < seconds * rate; i++) {
      face.seek(i / rate);
      pen.drawImage(face.canvas, 0, 0, 8, 8);
      const { data } = pen.getImageData(0, 0, 8, 8);
      cells.forEach((cell, k) => {
        const [r, g, b] = [0, 1, 2].map((d) => (data[k * 4 + d]! / 255) ** 2.2) as [number, number, number];
        const now = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        if (cell.extreme < 0) { cell.extreme = now; return; }
        const change = now - cell.extreme;
        if (cell.rising !== null && (cell.rising ? change > 0 : change < 0)) cell.extreme = now;
        else if (Math.abs(change) >= 0.1) { cell.extreme = now; cell.rising = change > 0; cell.turns.push(i / rate); }
      });
    }
    let worst = 0;
    for (let t = 0; t < seconds; t += 0.1) {
      const flashes = cells.map(({ turns }) => turns.filter((time) => time >= t && time < t + 1).length / 2);
      for (let y = 0; y <= 5; y++) for (let x = 0; x <= 4; x++) {
        const block = [0, 1, 2].flatMap((dy) => [0, 1, 2, 3].map((dx) => flashes[(y + dy) * 8 + x + dx]!)).sort((p, q) => q - p);
        worst = Math.max(worst, block[2]!);
      }
    }
    return worst;
  },

  /** A recording file of the same kind. */
  async recordingFile(plan: "trains" | "demo", side: "L" | "R", seconds: number): Promise<number[]> {
    const made = makePlan(plan, side, "1");
    const { times, points, width, height } = madeRecording(made.motion, seconds, 30, 1);
    const parts: Uint8Array[] = [];
    const writer = new FacerecWriter({
      id: "01890000-0000-7000-8000-000000000001", source: "generator", scheme: "mediapipe-478-refined", landmarks: Array.from({ length: 478 }, (_, i) => i), width, height,
      nominalFramesPerSecond: 30, mirroring: "notMirrored", landmarker: "none", device: "none", protocol: "none", demonstration: true,
    }, (part) => { parts.push(part.slice()); });
    times.forEach((timeSeconds, i) => {
      writer.append({ timeSeconds, positions: Float32Array.from(points[i]!, (value, k) => value * (k % 3 === 1 ? height : width)) });
    });
    await writer.complete();
    return parts.flatMap((part) => [...part]);
  },

  /** Milliseconds per picture at one level of quality until its pixels are there, in rising order. */
  async times(level: number, size: number, pictures: number): Promise<{ times: number[]; skin: number[]; pixels: number }> {
    const face = lab.face();
    face.querySelector<HTMLElement>("figure")!.style.width = `${size}px`;
    face.pause();
    await turn();
    face.quality = level;
    await turn();
    const gl = face.canvas.getContext("webgl2")!;
    const pixel = new Uint8Array(4);
    const [times, skin]: [number[], number[]] = [[], []];
    for (let i = 0; i < pictures; i++) {
      const began = performance.now();
      face.seek(2 + i / 30);
      skin.push(performance.now() - began);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      times.push(performance.now() - began);
    }
    const rising = (list: number[]): number[] => list.sort((p, q) => p - q);
    return { times: rising(times), skin: rising(skin), pixels: face.canvas.width };
  },
};

declare global { interface Window { virtualFaceLab: typeof lab } }
window.virtualFaceLab = lab;
