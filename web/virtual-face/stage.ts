import type { Moment } from "./actor.ts";
import type { Pixels } from "./draw/gl.ts";
import { Renderer } from "./draw/renderer.ts";
import { luminances } from "./face/luminance.ts";
import { FlashLimiter } from "./flash.ts";
import type { Look } from "./look.ts";
import { QUALITIES, QualityGovernor } from "./quality.ts";

/** Where a computer without graphics hardware begins, instead of being slow first. */
const SOFTWARE_LEVEL = 1;

function drawnBySoftware(gl: WebGL2RenderingContext): boolean {
  const more = gl.getExtension("WEBGL_debug_renderer_info");
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(gl.getParameter(more?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)));
}

/** The canvas, what draws on it, and the two that watch it: for flashes and for speed. */
export class Stage {
  readonly canvas = document.createElement("canvas");
  readonly governor = new QualityGovernor();
  private readonly limiter = new FlashLimiter();
  private readonly gl: WebGL2RenderingContext | null;
  private renderer: Renderer | null = null;
  private worn: { look: Look; rest: Float32Array } | null = null;
  private areas: Pixels | null = null;
  private bruise: { tint: readonly [number, number, number]; depth: Float32Array } | null = null;
  private readonly sizes = new ResizeObserver(() => this.resize());

  /** `redraw` is called when the picture was lost or its size changed. */
  constructor(private readonly redraw: () => void) {
    this.canvas.className = "virtual-face-canvas";
    this.gl = this.canvas.getContext("webgl2", { antialias: false, depth: true, powerPreference: "low-power" });
    if (this.gl !== null && drawnBySoftware(this.gl)) this.governor.level = SOFTWARE_LEVEL;
    this.canvas.addEventListener("webglcontextlost", (event) => { event.preventDefault(); this.renderer = null; });
    this.canvas.addEventListener("webglcontextrestored", () => { if (this.worn !== null) { this.wear(this.worn.look, this.worn.rest); this.redraw(); } });
  }

  get works(): boolean {
    return this.gl !== null;
  }

  wear(look: Look, rest: Float32Array): void {
    this.worn = { look, rest };
    this.sizes.observe(this.canvas);
    if (this.gl === null || this.gl.isContextLost()) return;
    this.renderer?.dispose();
    this.renderer = new Renderer(this.gl, look, rest, QUALITIES[this.governor.level]!); // a level is one of the list
    this.renderer.setAreas(this.areas);
    if (this.bruise !== null) this.renderer.setBruise(this.bruise.tint, this.bruise.depth);
    this.resize();
  }

  setAreas(areas: Pixels | null): void {
    this.areas = areas;
    this.renderer?.setAreas(areas);
  }

  setBruise(tint: readonly [number, number, number], depth: Float32Array): void {
    this.bruise = { tint, depth };
    this.renderer?.setBruise(tint, depth);
  }

  setLevel(level: number): void {
    this.governor.level = level;
    this.renderer?.setQuality(QUALITIES[level]!); // a level is one of the list
    this.resize();
  }

  /** False where the picture is held back for the sake of the eyes of those who watch. */
  show(moment: Moment, seconds: number): boolean {
    if (this.renderer === null) return false;
    this.renderer.prepare(moment);
    if (!this.limiter.allows(seconds, luminances(this.renderer.rig, moment.pose))) return false;
    this.renderer.draw(moment);
    return true;
  }

  private resize(): void {
    const quality = QUALITIES[this.governor.level]!;
    const wanted = Math.round(Math.min((this.canvas.clientWidth || 720) * Math.min(2, devicePixelRatio), quality.pixels));
    if (this.canvas.width === wanted && this.canvas.height === wanted) return;
    [this.canvas.width, this.canvas.height] = [wanted, wanted];
    this.redraw();
  }

  close(): void {
    this.sizes.disconnect();
    this.renderer?.dispose();
    this.renderer = null;
  }
}

/** The picture with the patient's sides written on it; it takes the keyboard. */
export function framed(canvas: HTMLCanvasElement): HTMLElement {
  const frame = document.createElement("div");
  frame.className = "virtual-face-stage";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Virtual face; space plays and pauses, arrows step by a frame");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "A drawn face of no real person; the caption says what it does");
  frame.append(canvas, ...(["Right", "Left"] as const).map((word) => {
    const mark = document.createElement("span");
    mark.className = `virtual-face-side virtual-face-${word.toLowerCase()}`;
    mark.textContent = word;
    return mark;
  }));
  return frame;
}
