import { boundsOf, FaceCrop, type Crop } from "./face-crop";
import { lightOf } from "./face-light";
import { LandmarkerUnavailable, type FaceLandmarker, type Landmarks, type Picture } from "./face-landmarker";
import { requireWebGl2 } from "./webgl2";

/** The part of the package"s interface that is used; its own declarations lack `useCpuInference`. */
interface FaceMesh {
  setOptions(options: Record<string, boolean | number>): void;
  onResults(listener: (results: FaceMeshResults) => void): void;
  initialize(): Promise<void>;
  send(input: { image: HTMLCanvasElement }): Promise<void>;
  reset(): void;
  close(): Promise<void>;
}

interface FaceMeshResults {
  readonly multiFaceLandmarks?: readonly (readonly { readonly x: number; readonly y: number; readonly z: number }[])[];
}

declare global {
  interface Window {
    FaceMesh?: new (config: { locateFile: (file: string) => string }) => FaceMesh;
  }
}

const VERSION = "0.4.1633559619";
/** Where our own server offers the package"s files. */
const FILES = "/face-mesh/";
const LANDMARKS = 478;
/** Side of the square that the tracker sees, pixels; the model itself looks at 192 x 192 of it. */
const CROP_PIXELS = 288;
/** The whole picture is searched at no more than this size, pixels. */
const SEARCH_PIXELS = 640;
/** Side of the picture on which light is measured, pixels. */
const LIGHT_PIXELS = 16;

/**
 * MediaPipe Face Mesh with refined lids and lips, computed on the processor. Why each option: docs/capture.md.
 */
export class MediaPipeFaceMesh implements FaceLandmarker {
  readonly modelId = `@mediapipe/face_mesh ${VERSION}; refined; cpu; crop ${CROP_PIXELS}`;
  readonly scheme = "mediapipe-478-refined";

  private mesh: FaceMesh | null = null;
  private answer: FaceMeshResults | null = null;
  private readonly crop = new FaceCrop();
  private readonly canvas = document.createElement("canvas");
  private readonly context = contextOf(this.canvas);
  private readonly lightContext = contextOf(document.createElement("canvas"));
  private readonly xyz = new Float32Array(LANDMARKS * 3);

  constructor() {
    this.lightContext.canvas.width = LIGHT_PIXELS;
    this.lightContext.canvas.height = LIGHT_PIXELS;
  }

  async init(): Promise<void> {
    if (this.mesh !== null) return;
    requireWebGl2();
    await loadScript(`${FILES}face_mesh.js`);
    if (window.FaceMesh === undefined) throw unavailable();
    const mesh = new window.FaceMesh({ locateFile: (file) => FILES + file });
    // Never selfieMode: it mirrors the picture before the landmarks are found, and so swaps right and left.
    mesh.setOptions({ maxNumFaces: 1, refineLandmarks: true, useCpuInference: true, selfieMode: false });
    mesh.onResults((results) => { this.answer = results; });
    try {
      await mesh.initialize();
    } catch (failure) {
      throw unavailable(failure);
    }
    this.mesh = mesh;
  }

  async detect(picture: Picture): Promise<Landmarks | null> {
    if (this.mesh === null) throw new Error("The landmarker was not started: call init() first.");
    const crop = this.crop.next(picture.width, picture.height);
    this.show(picture, crop);
    this.answer = null;
    await this.mesh.send({ image: this.canvas });
    const face = this.found()?.multiFaceLandmarks?.[0];
    if (face === undefined || face.length !== LANDMARKS) {
      if (this.crop.missed()) this.mesh.reset();
      return null;
    }
    for (let i = 0; i < LANDMARKS; i++) {
      const point = face[i]!; // length checked above
      this.xyz[i * 3] = crop.x + point.x * crop.width;
      this.xyz[i * 3 + 1] = crop.y + point.y * crop.height;
      this.xyz[i * 3 + 2] = point.z * crop.width;
    }
    const bounds = boundsOf(this.xyz);
    const light = this.lightAround(crop, bounds);
    if (this.crop.found(bounds, picture.width, picture.height)) this.mesh.reset();
    return { xyz: this.xyz, light };
  }

  restart(): void {
    this.crop.reset();
    this.mesh?.reset();
  }

  async dispose(): Promise<void> {
    await this.mesh?.close();
    this.mesh = null;
  }

  /** The compiler cannot know that the listener ran meanwhile. */
  private found(): FaceMeshResults | null {
    return this.answer;
  }

  private show(picture: Picture, crop: Crop): void {
    const longer = Math.max(crop.width, crop.height);
    const whole = crop.width !== crop.height || longer === Math.max(picture.width, picture.height);
    const scale = whole ? Math.min(1, SEARCH_PIXELS / longer) : CROP_PIXELS / longer;
    const width = Math.max(1, Math.round(crop.width * scale));
    const height = Math.max(1, Math.round(crop.height * scale));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    picture.draw(this.context, crop.x, crop.y, crop.width, crop.height, width, height);
  }

  private lightAround(crop: Crop, face: { left: number; top: number; right: number; bottom: number }) {
    const scale = this.canvas.width / crop.width;
    const x = (face.left - crop.x) * scale;
    const y = (face.top - crop.y) * scale;
    this.lightContext.drawImage(
      this.canvas, x, y, (face.right - face.left) * scale, (face.bottom - face.top) * scale, 0, 0, LIGHT_PIXELS, LIGHT_PIXELS);
    return lightOf(this.lightContext.getImageData(0, 0, LIGHT_PIXELS, LIGHT_PIXELS).data, LIGHT_PIXELS);
  }
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  // Kept in main memory: pixels are read back for the light and uploaded for the tracker in every frame.
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (context === null) throw new LandmarkerUnavailable("This browser cannot draw pictures on a canvas. Use a current Chrome, Edge, Firefox or Safari.");
  return context;
}

function loadScript(address: string): Promise<void> {
  if (document.querySelector(`script[src="${address}"]`) !== null && window.FaceMesh !== undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => { resolve(); });
    script.addEventListener("error", () => {
      script.remove();
      reject(unavailable());
    });
    document.head.append(script);
  });
}

function unavailable(cause?: unknown): LandmarkerUnavailable {
  return new LandmarkerUnavailable(
    "The program that finds the face could not be loaded from this server. Check the connection and load the page again.", { cause });
}
