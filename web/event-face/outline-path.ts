import type { FaceOutline } from "../recording/report.ts";

/** One outline of a face as an SVG path, in thousandths of the interocular distance. Empty where there is no face. */
export function outlinePath(outline: FaceOutline, points: readonly number[]): string {
  if (points.length === 0) return "";
  const corners = outline.points.map((place) => `${points[2 * place] ?? 0},${points[2 * place + 1] ?? 0}`);
  return `M${corners.join("L")}${outline.closed ? "Z" : ""}`;
}
