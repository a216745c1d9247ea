import { onFace } from "./areas.ts";
import { CANONICAL } from "./face/canonical.ts";
import { FACE_POINTS } from "./face/head-mesh.ts";
import { bruiseLook, type Bruise } from "./state.ts";

/** How deep bruises are at every landmark, and the tint of the deepest; they move with the skin. */
export function bruiseField(bruises: readonly Bruise[]): { readonly tint: readonly [number, number, number]; readonly depth: Float32Array } {
  const depth = new Float32Array(FACE_POINTS);
  let tint: readonly [number, number, number] = [1, 1, 1];
  let deepest = 0;
  for (const bruise of bruises) {
    const look = bruiseLook(bruise.days ?? 1);
    if (look.depth > deepest) [deepest, tint] = [look.depth, look.tint];
    const [x, y] = onFace(bruise.lateralIpd, bruise.downIpd, bruise.side === "left" ? 1 : -1);
    const radius = (bruise.radiusMm ?? 7) / 10;
    for (let v = 0; v < FACE_POINTS; v++) {
      // Blood sinks: longer downwards than up.
      const dy = CANONICAL.position[v * 3 + 1]! - y;
      const far = Math.hypot((CANONICAL.position[v * 3]! - x) / radius, dy / (dy < 0 ? 1.5 * radius : radius));
      depth[v] = Math.max(depth[v]!, look.depth * Math.min(1, 1.35 * Math.exp(-(far ** 2) * 0.55)));
    }
  }
  return { tint, depth };
}
