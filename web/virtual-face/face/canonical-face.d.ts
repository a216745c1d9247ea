/** Made by the build from the installed face_mesh package (vite.config.ts). */
declare module "virtual:canonical-face" {
  export const position: readonly number[];
  export const texture: readonly number[];
  export const triangles: readonly number[];
}
