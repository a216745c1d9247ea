import type { CanonicalMesh } from "./canonical-mesh.ts";
import { anglesOf, directionOf, onSkull } from "./skull.ts";
import { EYE, LIPS, OUTLINE, SIDES } from "./topology.ts";

export const FACE_POINTS = 468;
/** Rings of vertices behind the outline of the face, and one pole at the back of the head. */
const RINGS = 4;
export const HEAD_POINTS = FACE_POINTS + RINGS * OUTLINE.length + 1;
/** How much of an outline vertex's movement a ring takes along: skin slides, bone stays. */
const FOLLOWS = [0.55, 0.15, 0, 0];

/**
 * The face mesh grown into a whole head, so that the skin goes on behind the outline without a seam. Eyes and mouth are
 * holes. The rings are numbered after the 468 landmarks.
 */
export class HeadMesh {
  readonly triangles: Uint16Array;
  /** Two numbers per vertex; the rings keep the place of their outline vertex. */
  readonly texture: Float32Array;

  constructor(mesh: CanonicalMesh) {
    const rings = SIDES.map((side) => new Set<number>([...EYE[side].upper, ...EYE[side].lower, ...EYE[side].corners]));
    const holes = [...rings, new Set<number>([...LIPS.upper[3], ...LIPS.lower[3]])];
    const faces: number[] = [];
    for (let t = 0; t < mesh.triangles.length; t += 3) {
      const corners = mesh.triangles.slice(t, t + 3);
      if (!holes.some((hole) => corners.every((v) => hole.has(v)))) faces.push(...corners);
    }
    const size = OUTLINE.length;
    const at = (ring: number, k: number): number => ring === 0 ? OUTLINE[k % size]! : FACE_POINTS + (ring - 1) * size + (k % size); // ring 0 is the outline
    for (let ring = 0; ring < RINGS; ring++) {
      for (let k = 0; k < size; k++) {
        faces.push(at(ring, k), at(ring + 1, k + 1), at(ring + 1, k), at(ring, k), at(ring, k + 1), at(ring + 1, k + 1));
      }
    }
    for (let k = 0; k < size; k++) faces.push(at(RINGS, k), at(RINGS, k + 1), HEAD_POINTS - 1);
    this.triangles = Uint16Array.from(faces);
    this.texture = new Float32Array(HEAD_POINTS * 2);
    this.texture.set(mesh.texture);
    for (let v = FACE_POINTS; v < HEAD_POINTS; v++) {
      const outline = OUTLINE[(v - FACE_POINTS) % size]!; // the pole takes any
      this.texture[v * 2] = mesh.texture[outline * 2]!;
      this.texture[v * 2 + 1] = mesh.texture[outline * 2 + 1]!;
    }
  }

  /** Places the rings behind a face at rest: over the skull above, round the jaw below. */
  skull(rest: Float32Array): Float32Array {
    const out = new Float32Array((HEAD_POINTS - FACE_POINTS) * 3);
    const size = OUTLINE.length;
    OUTLINE.forEach((vertex, k) => {
      const [x, y, z] = [rest[vertex * 3]!, rest[vertex * 3 + 1]!, rest[vertex * 3 + 2]!];
      const { turn, polar: from } = anglesOf(x, y, z);
      for (let ring = 1; ring <= RINGS; ring++) {
        const share = ring / (RINGS + 0.6);
        const bone = onSkull(directionOf(turn, from + (Math.PI - from) * share), 0);
        // Near the outline the ring still has the face's own form.
        const own = (1 - share) ** 7;
        const before = [x, y, z - 1.5 * ring];
        for (let d = 0; d < 3; d++) out[((ring - 1) * size + k) * 3 + d] = bone[d]! * (1 - own) + before[d]! * own;
        // Under the jaw the skin runs back and a little up to the neck.
        if (y < -2.6) out[((ring - 1) * size + k) * 3 + 1]! += 0.5 * ring * Math.min(1, (-2.6 - y) / 3);
      }
    });
    out.set(onSkull([0, 0, -1], 0), out.length - 3);
    return out;
  }

  /** Completes `points`, whose first 468 vertices are the moving face, with the head behind it. */
  follow(points: Float32Array, rest: Float32Array, skull: Float32Array): void {
    const size = OUTLINE.length;
    points.set(skull, FACE_POINTS * 3);
    for (let ring = 0; ring < RINGS; ring++) {
      const share = FOLLOWS[ring]!;
      if (share === 0) continue;
      OUTLINE.forEach((vertex, k) => {
        const i = (FACE_POINTS + ring * size + k) * 3;
        for (let d = 0; d < 3; d++) points[i + d]! += share * (points[vertex * 3 + d]! - rest[vertex * 3 + d]!);
      });
    }
  }
}
