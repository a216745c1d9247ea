import type { Moment } from "../actor.ts";
import { CANONICAL } from "../face/canonical.ts";
import { FaceRig } from "../face/rig.ts";
import { SIDES, type Side } from "../face/topology.ts";
import type { Look } from "../look.ts";
import type { Quality } from "../quality.ts";
import { ballOf, BALL_RADIUS, gazeTo, Strip } from "./eyes.ts";
import { GpuMesh, makeProgram, makeTexture, type Pixels, type Program } from "./gl.ts";
import { hair } from "./hair.ts";
import { Lashes } from "./lashes.ts";
import { CAMERA, cameraMatrix, eyeInHead, headMatrix, UPRIGHT, type HeadPose, type Matrix } from "./matrix.ts";
import { paintGrain } from "./paint-lines.ts";
import { paintSkin } from "./paint-skin.ts";
import { pieces } from "./pieces.ts";
import * as shaders from "./shaders.ts";

const CLOTH_BLEED: [number, number, number] = [0.1, 0.1, 0.1];

/** Draws one person's face. One canvas, one person; another look makes another renderer. */
export class Renderer {
  rig: FaceRig;
  private readonly programs: Readonly<Record<"skin" | "fineSkin" | "piece" | "hair" | "hairEdge" | "eye" | "mouth" | "lash" | "ground", Program>>;
  private readonly textures: { skin: WebGLTexture; grain: WebGLTexture; areas: WebGLTexture | null };
  private readonly body: readonly GpuMesh[];
  private readonly shells: readonly { readonly ragged: readonly [number, number]; readonly inner: GpuMesh; readonly edge: GpuMesh }[];
  private readonly ground: GpuMesh;
  private readonly lashes: Lashes;
  private readonly lashMesh: GpuMesh;
  private skin!: GpuMesh;
  private strips!: { eyes: Record<Side, [Strip, GpuMesh]>; mouth: [Strip, GpuMesh] };
  private target: { frame: WebGLFramebuffer; parts: WebGLRenderbuffer[]; width: number; height: number } | null = null;
  private readonly balls: Record<Side, [number, number, number]>;
  private bruise: { tint: readonly [number, number, number]; depth: Float32Array } = { tint: [1, 1, 1], depth: new Float32Array(0) };

  constructor(private readonly gl: WebGL2RenderingContext, readonly look: Look, private readonly rest: Float32Array, private quality: Quality) {
    const eyeLike = (fragment: string): Program => makeProgram(gl, shaders.EYE_VERTEX, fragment);
    this.programs = {
      skin: makeProgram(gl, shaders.SKIN_VERTEX, shaders.SKIN_FRAGMENT), fineSkin: makeProgram(gl, shaders.SKIN_VERTEX, shaders.FINE_SKIN_FRAGMENT), piece: makeProgram(gl, shaders.PIECE_VERTEX, shaders.PIECE_FRAGMENT),
      hair: makeProgram(gl, shaders.HAIR_VERTEX, shaders.HAIR_FRAGMENT), hairEdge: makeProgram(gl, shaders.HAIR_VERTEX, shaders.HAIR_EDGE_FRAGMENT), eye: eyeLike(shaders.EYE_FRAGMENT), mouth: eyeLike(shaders.MOUTH_FRAGMENT),
      lash: eyeLike(shaders.LASH_FRAGMENT), ground: makeProgram(gl, shaders.GROUND_VERTEX, shaders.GROUND_FRAGMENT),
    };
    const mips = quality.mips;
    this.textures = {
      skin: makeTexture(gl, paintSkin(look, CANONICAL.texture, this.quality.skin), false, mips),
      grain: makeTexture(gl, paintGrain(128), true, mips), areas: null,
    };
    this.body = pieces(look).map((piece) => new GpuMesh(gl, piece, piece.triangles));
    this.shells = hair(look).map((shell) => ({ ragged: shell.ragged, inner: new GpuMesh(gl, shell, shell.triangles), edge: new GpuMesh(gl, shell, shell.edge) }));
    this.ground = new GpuMesh(gl, { position: Float32Array.of(-1, -1, 0, 3, -1, 0, -1, 3, 0) }, Uint16Array.of(0, 1, 2));
    this.lashes = new Lashes(look.sex === "female" ? 0.62 : 0.44);
    this.lashMesh = new GpuMesh(gl, { position: this.lashes.position }, this.lashes.triangles);
    this.balls = { R: ballOf(rest, "R"), L: ballOf(rest, "L") };
    this.rig = this.build();
  }

  setQuality(quality: Quality): void {
    const finer = quality.depth !== this.quality.depth;
    this.quality = quality;
    if (finer) this.rig = this.build();
  }

  setAreas(areas: Pixels | null): void {
    if (this.textures.areas !== null) this.gl.deleteTexture(this.textures.areas);
    this.textures.areas = areas === null ? null : makeTexture(this.gl, areas, false, false);
  }

  setBruise(tint: readonly [number, number, number], depth: Float32Array): void {
    this.bruise = { tint, depth };
    this.rig.setBruise(depth);
  }

  private build(): FaceRig {
    const { gl } = this;
    const rig = new FaceRig(this.look, this.rest, this.quality.depth);
    rig.setBruise(this.bruise.depth);
    this.skin?.free();
    for (const [, mesh] of this.strips === undefined ? [] : [this.strips.eyes.R, this.strips.eyes.L, this.strips.mouth]) mesh.free();
    this.skin = new GpuMesh(gl, { position: rig.position, normal: rig.normal, place: rig.texture, extra: rig.extra }, rig.visibleTriangles());
    const strip = (opening: ConstructorParameters<typeof Strip>[0]): [Strip, GpuMesh] => {
      const made = new Strip(opening);
      return [made, new GpuMesh(gl, { position: made.position, place: made.place }, made.triangles)];
    };
    this.strips = { eyes: { R: strip(rig.eyes.R), L: strip(rig.eyes.L) }, mouth: strip(rig.mouth) };
    return rig;
  }

  /** Moves the skin; drawing it is apart, so that it can be looked at before. */
  prepare({ points, passive }: Moment): void {
    this.rig.update(points, passive);
  }

  draw({ points, pose }: Moment): void {
    const { gl, rig, look } = this;
    this.lashes.update(rig, rig.forces, this.quality.samples > 0);
    const { width, height } = gl.canvas;
    const samples = this.quality.samples;
    gl.bindFramebuffer(gl.FRAMEBUFFER, samples > 0 ? this.multisampled(width, height, samples) : null);
    gl.viewport(0, 0, width, height);
    gl.enable(gl.DEPTH_TEST);
    gl.disable(gl.CULL_FACE);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const view = cameraMatrix(CAMERA.distance, CAMERA.height, CAMERA.half, width / height);
    const head = headMatrix(pose);
    const shoulders = headMatrix({ ...UPRIGHT, place: [pose.place[0] * 0.6, Math.min(0.8, pose.place[1] * 0.6), pose.place[2] * 0.6] });

    // The near things first: what they cover need not be coloured.
    this.drawSkin(view, head);
    this.drawEyes(view, head, pose, points);
    this.drawMouth(view, head);
    const lash = this.use("lash", view, head);
    const dark = look.browHair.map((c) => (c / 255) * 0.28) as [number, number, number];
    gl.uniform3f(lash.uniform("uHair"), ...dark);
    this.lashMesh.write("position", this.lashes.position);
    this.lashMesh.draw();
    const piece = this.use("piece", view, head);
    gl.uniformMatrix4fv(piece.uniform("uBody"), false, shoulders);
    const bleed = this.bleed();
    this.body.forEach((mesh, k) => {
      gl.uniform3f(piece.uniform("uBleed"), ...(k === 1 ? CLOTH_BLEED : bleed));
      gl.uniform1f(piece.uniform("uGloss"), k === 1 ? 0.05 : 0.35);
      mesh.draw();
    });
    for (const name of ["hair", "hairEdge"] as const) {
      const strands = this.use(name, view, head);
      gl.uniform3f(strands.uniform("uHair"), look.hair[0] / 255, look.hair[1] / 255, look.hair[2] / 255);
      this.bind(strands, "uGrain", 2, this.textures.grain);
      for (const shell of this.shells) {
        if (name === "hairEdge") gl.uniform2f(strands.uniform("uRagged"), ...shell.ragged);
        (name === "hair" ? shell.inner : shell.edge).draw();
      }
    }
    const ground = this.use("ground", view, head);
    gl.uniform3f(ground.uniform("uGround"), look.ground[0] / 255, look.ground[1] / 255, look.ground[2] / 255);
    this.ground.draw();
    if (samples > 0) this.resolve(width, height);
  }

  private drawSkin(view: Matrix, head: Matrix): void {
    const { gl, rig } = this;
    const areas = this.textures.areas;
    const fine = this.quality.fine || areas !== null;
    const skin = this.use(fine ? "fineSkin" : "skin", view, head);
    gl.uniform3f(skin.uniform("uBleed"), ...this.bleed());
    gl.uniform3f(skin.uniform("uBruise"), ...(this.bruise.tint.map(Math.sqrt) as [number, number, number]));
    gl.uniform1f(skin.uniform("uGloss"), this.look.skinTone >= 7 ? 1.7 : 1.3);
    this.bind(skin, "uSkin", 0, this.textures.skin);
    if (fine) {
      gl.uniform1f(skin.uniform("uFine"), 0.035 + 0.03 * this.look.lines);
      gl.uniform1f(skin.uniform("uShowAreas"), areas === null ? 0 : 1);
      this.bind(skin, "uGrain", 2, this.textures.grain);
      this.bind(skin, "uAreas", 3, areas ?? this.textures.grain);
    }
    this.skin.write("position", rig.position);
    this.skin.write("normal", rig.normal);
    this.skin.write("extra", rig.extra);
    this.skin.draw();
  }

  private drawEyes(view: Matrix, head: Matrix, pose: HeadPose, points: Float32Array): void {
    const { gl, look, rig } = this;
    const eye = this.use("eye", view, head);
    gl.uniform3f(eye.uniform("uEyeAt"), ...eyeInHead(pose, CAMERA.distance, CAMERA.height));
    gl.uniform1f(eye.uniform("uRadius"), BALL_RADIUS);
    gl.uniform3f(eye.uniform("uIris"), look.iris[0] / 255, look.iris[1] / 255, look.iris[2] / 255);
    gl.uniform1f(eye.uniform("uVeins"), 0.4 + 0.6 * look.lines);
    gl.uniform3f(eye.uniform("uLidColour"), look.skin[0] / 255, (look.skin[1] / 255) * 0.8, (look.skin[2] / 255) * 0.76);
    for (const side of SIDES) {
      const ball = this.balls[side];
      const iris = (side === "R" ? 468 : 473) * 3;
      const gaze = points.length > iris + 1 ? gazeTo(ball, [points[iris]!, points[iris + 1]!]) : gazeTo(ball, [ball[0], ball[1]]);
      gl.uniform3f(eye.uniform("uBall"), ...ball);
      gl.uniform3f(eye.uniform("uGaze"), ...gaze);
      gl.uniform1f(eye.uniform("uOpen"), Math.min(1, (1 - rig.forces[side].closed) / 0.4));
      const [strip, mesh] = this.strips.eyes[side];
      strip.update(rig, 0.03);
      mesh.write("position", strip.position);
      mesh.draw();
    }
  }

  private drawMouth(view: Matrix, head: Matrix): void {
    const { gl, rig } = this;
    const [upper, lower] = [rig.mouth.upper, rig.mouth.lower];
    const middle = upper.length >> 1;
    // Lips that touch have nothing between them.
    if (rig.position[upper[middle]! * 3 + 1]! - rig.position[lower[middle]! * 3 + 1]! < 0.04) return;
    const mouth = this.use("mouth", view, head);
    const [strip, mesh] = this.strips.mouth;
    strip.update(rig, 0.1);
    gl.uniform3f(mouth.uniform("uTeeth"), this.rest[2 * 3 + 1]! - 2.32, 0, 2.15);
    mesh.write("position", strip.position);
    mesh.draw();
  }

  /** How far light runs under the skin; little is seen of it in dark skin. */
  private bleed(): [number, number, number] {
    const k = this.look.skinTone >= 7 ? 0.55 : 1;
    return [0.42 * k, 0.2 * k, 0.14 * k];
  }

  private use(name: keyof Renderer["programs"], view: Matrix, head: Matrix): Program {
    const program = this.programs[name];
    this.gl.useProgram(program.handle);
    this.gl.uniformMatrix4fv(program.uniform("uView"), false, view);
    this.gl.uniformMatrix4fv(program.uniform("uHead"), false, head);
    return program;
  }

  private bind(program: Program, name: string, unit: number, texture: WebGLTexture): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniform1i(program.uniform(name), unit);
  }

  private multisampled(width: number, height: number, samples: number): WebGLFramebuffer {
    const { gl } = this;
    if (this.target?.width === width && this.target.height === height) return this.target.frame;
    this.dropTarget();
    const frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    const parts = ([[gl.COLOR_ATTACHMENT0, gl.RGBA8], [gl.DEPTH_ATTACHMENT, gl.DEPTH_COMPONENT24]] as const).map(([place, format]) => {
      const part = gl.createRenderbuffer();
      gl.bindRenderbuffer(gl.RENDERBUFFER, part);
      gl.renderbufferStorageMultisample(gl.RENDERBUFFER, Math.min(samples, gl.getParameter(gl.MAX_SAMPLES) as number), format, width, height);
      gl.framebufferRenderbuffer(gl.FRAMEBUFFER, place, gl.RENDERBUFFER, part);
      return part;
    });
    this.target = { frame, parts, width, height };
    return frame;
  }

  private resolve(width: number, height: number): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.target?.frame ?? null);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null);
    gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  private dropTarget(): void {
    if (this.target === null) return;
    this.gl.deleteFramebuffer(this.target.frame);
    for (const part of this.target.parts) this.gl.deleteRenderbuffer(part);
    this.target = null;
  }

  /** Gives everything back; the context itself stays usable. */
  dispose(): void {
    const { gl } = this;
    this.dropTarget();
    for (const mesh of [this.skin, this.lashMesh, this.ground, ...this.body, ...this.shells.flatMap(({ inner, edge }) => [inner, edge]), this.strips.eyes.R[1], this.strips.eyes.L[1], this.strips.mouth[1]]) mesh.free();
    for (const program of Object.values(this.programs)) gl.deleteProgram(program.handle);
    for (const texture of Object.values(this.textures)) if (texture !== null) gl.deleteTexture(texture);
  }
}
