import type { FaceFrames } from "../recording/report.ts";

/**
 * The place of the frame with both eyes widest open: within a burst of spasms the only one that shows the face at rest.
 */
export function restFrame(frames: FaceFrames): number {
  const lids = frames.outlines.filter((outline) => outline.name === "rightLids" || outline.name === "leftLids");
  let best = 0;
  let widest = -1;
  frames.points.forEach((points, i) => {
    if (points.length === 0) return;
    let open = 0;
    for (const { points: places } of lids) {
      const heights = places.map((place) => points[2 * place + 1] ?? 0);
      open += Math.max(...heights) - Math.min(...heights);
    }
    if (open > widest) [best, widest] = [i, open];
  });
  return best;
}
