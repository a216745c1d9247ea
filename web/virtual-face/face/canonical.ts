import { position, texture, triangles } from "virtual:canonical-face";
import type { CanonicalMesh } from "./canonical-mesh.ts";

/** The canonical face of the landmarks, as the build read it from the package. */
export const CANONICAL: CanonicalMesh = {
  position: Float32Array.from(position), texture: Float32Array.from(texture), triangles: Uint16Array.from(triangles),
};
