import { CANONICAL } from "../../web/virtual-face/face/canonical.ts";
import { Actor } from "../../web/virtual-face/actor.ts";
import { AT_EASE, Mover, poseAt, type Motion, type Pose } from "../../web/virtual-face/face/movement.ts";
import { interocular } from "../../web/virtual-face/face/shape.ts";
import type { FaceFrames } from "../../web/virtual-face/face/track.ts";
import { makeLook } from "../../web/virtual-face/look.ts";

const SIZE = { width: 640, height: 480 };
const PIXELS_PER_CM = 16;

/** A recording as the engine makes them: 478 points as shares of a picture, from a motion plan of the drawn faces. */
export function madeRecording(motion: Motion, seconds: number, rate: number, seed: number, jitterMm = 0): FaceFrames {
  const { rest } = new Actor(makeLook({ seed }), null);
  const position = rest.slice(0, CANONICAL.position.length);
  const mover = new Mover({ mesh: CANONICAL, position, iod: interocular(position) }, AT_EASE);
  const times = Array.from({ length: Math.round(seconds * rate) }, (_, i) => i / rate);
  let noise = 12345;
  const jitter = (): number => { noise = (Math.imul(noise, 1103515245) + 12345) >>> 0; return (noise / 2 ** 32 - 0.5) * 2 * jitterMm * 0.1; };
  const points = times.map((time) => {
    const pose = poseAt(motion, time);
    const moved = Float32Array.from(rest);
    mover.deform(pose, AT_EASE, moved);
    return seen(moved, pose, jitter);
  });
  return { ...SIZE, times, points };
}

function seen(head: Float32Array, pose: Pose, jitter: () => number): Float32Array {
  const rad = Math.PI / 180;
  const [cy, sy, cp, sp, cr, sr] = [pose.yaw, pose.pitch, pose.roll].flatMap((turn) => [Math.cos(turn * rad), Math.sin(turn * rad)]) as [number, number, number, number, number, number];
  const out = new Float32Array(head.length);
  for (let i = 0; i < head.length; i += 3) {
    const [x, y, z] = [head[i]!, head[i + 1]!, head[i + 2]!];
    const [ax, az] = [cy * x + sy * z, -sy * x + cy * z];
    const [by, bz] = [cp * y - sp * az, sp * y + cp * az];
    const scale = PIXELS_PER_CM * (1 + pose.near);
    out[i] = 0.5 + ((cr * ax - sr * by + pose.shiftX + jitter()) * scale) / SIZE.width;
    out[i + 1] = 0.5 - ((sr * ax + cr * by + pose.shiftY + jitter()) * scale) / SIZE.height;
    out[i + 2] = (-bz * scale) / SIZE.width;
  }
  return out;
}
