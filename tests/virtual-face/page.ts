import { CANONICAL } from "../../web/virtual-face/face/canonical.ts";
import { AT_EASE, CHANNELS, Mover, type Pose } from "../../web/virtual-face/face/movement.ts";
import { shapeFace } from "../../web/virtual-face/face/shape.ts";
import { UPRIGHT } from "../../web/virtual-face/draw/matrix.ts";
import { Renderer } from "../../web/virtual-face/draw/renderer.ts";
import { makeLook, type LookWishes } from "../../web/virtual-face/look.ts";
import { QUALITIES } from "../../web/virtual-face/quality.ts";

function posed(set: Partial<Pose>): Pose {
  const pose = { shiftX: 0, shiftY: 0 } as Pose;
  for (const channel of CHANNELS) pose[channel] = 0;
  return Object.assign(pose, set);
}

interface Wanted { look: LookWishes; pose?: Partial<Pose>; level?: number; size?: number; turn?: number }

function drawn({ look: wishes, pose = {}, level = 0, size = 480, turn = 0 }: Wanted): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [size, size];
  const gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true });
  if (gl === null) throw new Error("No WebGL 2.");
  const look = makeLook(wishes);
  const shape = shapeFace(CANONICAL, look.bones);
  const rest = shape.position;
  const renderer = new Renderer(gl, look, rest, QUALITIES[level]!);
  const points = new Float32Array(rest.length);
  new Mover(shape, AT_EASE).apply(posed(pose), points);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  renderer.draw({ points, pose: { ...UPRIGHT, turn: [c, 0, s, 0, 1, 0, -s, 0, c] } });
  gl.finish();
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [size, size];
  copy.getContext("2d")!.drawImage(canvas, 0, 0);
  renderer.dispose();
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return copy;
}

const lab = {
  /** A sheet of faces as a PNG. */
  sheet(wanted: Wanted[], columns: number, size: number): string {
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [columns * size, Math.ceil(wanted.length / columns) * size];
    const pen = sheet.getContext("2d")!;
    wanted.forEach((one, i) => pen.drawImage(drawn({ ...one, size }), (i % columns) * size, Math.floor(i / columns) * size));
    return sheet.toDataURL("image/png").split(",")[1]!;
  },
};

declare global { interface Window { virtualFaceLab: typeof lab } }
window.virtualFaceLab = lab;
