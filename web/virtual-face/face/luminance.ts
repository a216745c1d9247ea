import { CAMERA, type HeadPose } from "../draw/matrix.ts";
import { CELLS } from "../flash.ts";
import type { FaceRig } from "./rig.ts";

const GROUND = 0.42;
const STRIDE = 3;

/**
 * Relative luminance of the cells of the picture, near enough to tell a flash: the same light as in the shaders, on every
 * third vertex that looks at the camera. Cells without skin have the ground's, which never changes.
 */
export function luminances(rig: FaceRig, pose: HeadPose): Float32Array {
  const sum = new Float32Array(CELLS * CELLS);
  const count = new Float32Array(CELLS * CELLS);
  const [r, g, b] = rig.look.skin;
  const albedo = 0.2126 * (r / 255) ** 2 + 0.7152 * (g / 255) ** 2 + 0.0722 * (b / 255) ** 2;
  const m = pose.turn;
  const { position: p, normal: n, extra } = rig;
  for (let v = 0; v < rig.mesh.count; v += STRIDE) {
    const i = v * 3;
    const nz = m[6]! * n[i]! + m[7]! * n[i + 1]! + m[8]! * n[i + 2]!; // nine numbers
    if (nz <= 0) continue;
    const nx = m[0]! * n[i]! + m[1]! * n[i + 1]! + m[2]! * n[i + 2]!;
    const ny = m[3]! * n[i]! + m[4]! * n[i + 1]! + m[5]! * n[i + 2]!;
    const x = pose.place[0] + pose.size * (m[0]! * p[i]! + m[1]! * p[i + 1]! + m[2]! * p[i + 2]!);
    const y = pose.place[1] + pose.size * (m[3]! * p[i]! + m[4]! * p[i + 1]! + m[5]! * p[i + 2]!);
    const column = Math.floor((0.5 + x / (2 * CAMERA.half)) * CELLS);
    const row = Math.floor((0.5 - (y - CAMERA.height) / (2 * CAMERA.half)) * CELLS);
    if (column < 0 || column >= CELLS || row < 0 || row >= CELLS) continue;
    const open = extra[v * 4]!;
    const key = Math.max(0, (-0.446 * nx + 0.494 * ny + 0.746 * nz + 0.25) / 1.25);
    const cell = row * CELLS + column;
    // What faces the camera fills more of the picture.
    sum[cell]! += nz * albedo * (0.77 * key * (0.55 + 0.45 * open) + (0.1 + 0.19 * (0.5 + 0.5 * ny)) * open);
    count[cell]! += nz;
  }
  return sum.map((value, cell) => (count[cell]! < 2 ? GROUND : value / count[cell]!));
}
