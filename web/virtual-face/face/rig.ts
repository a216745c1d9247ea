import type { Look } from "../look.ts";
import { CANONICAL } from "./canonical.ts";
import { FoldDepth } from "./fold-depth.ts";
import { ForceMeter, type Forces } from "./forces.ts";
import { FACE_POINTS, HEAD_POINTS, HeadMesh } from "./head-mesh.ts";
import { Occlusion } from "./occlusion.ts";
import { normals, refinedRow, smoothMesh, spread, type SmoothMesh } from "./smooth-mesh.ts";
import { EYE, LIPS, OUTLINE, SIDES, type Side } from "./topology.ts";

const HEAD = new HeadMesh(CANONICAL);
const SHARP = new Set<number>([...SIDES.flatMap((side) => [...EYE[side].corners]), LIPS.upper[3][0], LIPS.upper[3][10]]);
const ROUNDS = 2;
const RIM = new Set<number>(OUTLINE);
const refined = new Map<number, SmoothMesh>();

function mesh(depth: number): SmoothMesh {
  let found = refined.get(depth);
  if (found === undefined) refined.set(depth, found = smoothMesh(HEAD_POINTS, HEAD.triangles, depth, SHARP));
  return found;
}

/** Two rims that face each other: lids or lips. */
export interface Opening { readonly upper: readonly number[]; readonly lower: readonly number[] }

/** From the landmarks of one moment to the smooth skin that is drawn. All positions are centimetres in the head's own frame. */
export class FaceRig {
  readonly mesh: SmoothMesh;
  readonly texture: Float32Array;
  readonly position: Float32Array;
  readonly normal: Float32Array;
  /** Openness to light, depth of lines, bruise, gloss. */
  readonly extra: Float32Array;
  readonly eyes: Readonly<Record<Side, Opening>>;
  readonly mouth: Opening;
  readonly meter: ForceMeter;
  forces: Forces;

  private readonly control = new Float32Array(HEAD_POINTS * 3);
  private readonly smoothed = new Float32Array(FACE_POINTS * 3);
  private readonly sharpened = new Float32Array(HEAD_POINTS * 3);
  private readonly controlNormal = new Float32Array(HEAD_POINTS * 3);
  private readonly controlExtra = new Float32Array(HEAD_POINTS * 4);
  private readonly skull: Float32Array;
  private readonly occlusion: Occlusion;
  private readonly folds: FoldDepth;

  constructor(readonly look: Look, readonly rest: Float32Array, depth: number) {
    this.mesh = mesh(depth);
    this.texture = new Float32Array(this.mesh.count * 2);
    spread(this.mesh, HEAD.texture, 2, this.texture);
    this.position = new Float32Array(this.mesh.count * 3);
    this.normal = new Float32Array(this.mesh.count * 3);
    this.extra = new Float32Array(this.mesh.count * 4);
    const opening = (upper: readonly number[], lower: readonly number[]): Opening => ({ upper: refinedRow(this.mesh, upper), lower: refinedRow(this.mesh, lower) });
    const eye = (side: Side): Opening => {
      const { upper, lower, corners: [outer, inner] } = EYE[side];
      return opening([outer, ...upper, inner], [outer, ...lower, inner]);
    };
    this.eyes = { R: eye("R"), L: eye("L") };
    this.mouth = opening(LIPS.upper[3], LIPS.lower[3]);
    this.meter = new ForceMeter(rest);
    this.skull = HEAD.skull(rest);
    this.folds = new FoldDepth(rest, look);
    this.folds.gloss(this.controlExtra, 4, 3);
    this.control.set(rest.subarray(0, FACE_POINTS * 3));
    HEAD.follow(this.control, rest, this.skull);
    this.occlusion = new Occlusion(this.control, HEAD.triangles);
    this.forces = this.update(rest);
  }

  /** The triangles that a camera before the face can see; the back of the head is none of its business. */
  visibleTriangles(): Uint16Array {
    const { triangles } = this.mesh;
    const kept: number[] = [];
    for (let t = 0; t < triangles.length; t += 3) {
      const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
      if (corners.some((v) => this.normal[v * 3 + 2]! > -0.45)) kept.push(...corners);
    }
    return Uint16Array.from(kept);
  }

  /** Bruises: a value per control vertex, kept until it is set again. */
  setBruise(depth: Float32Array): void {
    for (let v = 0; v < HEAD_POINTS; v++) this.controlExtra[v * 4 + 2] = depth[v] ?? 0;
  }

  update(points: Float32Array, passive?: Readonly<Record<Side, number>>): Forces {
    const { control, sharpened, controlExtra } = this;
    control.set(points.subarray(0, FACE_POINTS * 3));
    this.forces = this.meter.read(points, passive);
    this.folds.bulge(this.forces, control);
    HEAD.follow(control, this.rest, this.skull);
    normals(control, HEAD.triangles, this.controlNormal);
    this.occlusion.read(control, this.controlNormal, controlExtra, 4);
    this.folds.read(this.forces, controlExtra, 4, 1);
    this.sharpen();
    spread(this.mesh, sharpened, 3, this.position);
    normals(this.position, this.mesh.triangles, this.normal);
    spread(this.mesh, controlExtra, 4, this.extra);
    return this.forces;
  }

  /** Smoothing draws corners in; what it takes is added before, so that the skin passes through the landmarks. */
  private sharpen(): void {
    const { control, sharpened, smoothed } = this;
    const { start, source, weight } = this.mesh;
    sharpened.set(control);
    for (let round = 0; round < ROUNDS; round++) {
      for (let v = 0; v < FACE_POINTS; v++) {
        // The outline is the edge of the face against the ground: there a smooth curve is worth more.
        if (RIM.has(v)) continue;
        for (let d = 0; d < 3; d++) {
          let sum = 0;
          for (let i = start[v]!; i < start[v + 1]!; i++) sum += weight[i]! * sharpened[source[i]! * 3 + d]!;
          smoothed[v * 3 + d] = control[v * 3 + d]! - sum;
        }
      }
      for (let i = 0; i < smoothed.length; i++) sharpened[i]! += smoothed[i]!;
    }
  }
}
