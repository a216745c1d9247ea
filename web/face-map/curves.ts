/** SVG path of a curve given as its first point, then two control points and an end for each piece. */
export function curvePath(curve: readonly number[], closed: boolean): string {
  let path = `M${curve[0] ?? 0} ${curve[1] ?? 0}`;
  for (let i = 2; i + 5 < curve.length; i += 6) path += `C${curve.slice(i, i + 6).join(" ")}`;
  return closed ? `${path}Z` : path;
}

/** SVG path of straight lines given as their corners, x and y in turn. */
export function linePath(corners: readonly number[], closed: boolean): string {
  const places: string[] = [];
  for (let i = 0; i + 1 < corners.length; i += 2) places.push(`${corners[i]} ${corners[i + 1]}`);
  return `M${places.join("L")}${closed ? "Z" : ""}`;
}
