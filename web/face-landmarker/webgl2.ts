import { LandmarkerUnavailable } from "./face-landmarker";

/** The tracker uploads pictures through WebGL2 even when it computes on the processor. */
export function requireWebGl2(): void {
  const canvas = document.createElement("canvas");
  let context: WebGL2RenderingContext | null = null;
  try {
    context = canvas.getContext("webgl2");
  } catch {
    // Some browsers throw where others answer null; both mean the same.
  }
  if (context === null) {
    throw new LandmarkerUnavailable(
      "This browser cannot draw with WebGL 2, which finding a face needs. Turn on hardware acceleration in the browser’s settings, or use a current Chrome, Edge, Firefox or Safari.");
  }
  context.getExtension("WEBGL_lose_context")?.loseContext();
}
