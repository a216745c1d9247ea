/**
 * How open every vertex is to the light of the room: skin that sees other skin before it is darker. Only neighbours within
 * a few centimetres count, and the list of them is made once, so that folds darken as they form.
 */
export class Occlusion {
  private readonly start: Uint32Array;
  private readonly other: Uint16Array;
  private readonly share: Float32Array;

  constructor(position: Float32Array, triangles: Uint16Array, private readonly reach = 2.6) {
    const count = position.length / 3;
    this.start = new Uint32Array(count + 1);
    // A vertex stands for the skin around it.
    const area = new Float32Array(count);
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [triangles[t]! * 3, triangles[t + 1]! * 3, triangles[t + 2]! * 3];
      const u = [0, 1, 2].map((d) => position[b + d]! - position[a + d]!);
      const v = [0, 1, 2].map((d) => position[c + d]! - position[a + d]!);
      const size = Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!) / 6;
      for (const i of [a, b, c]) area[i / 3]! += Math.min(0.6, size);
    }
    const other: number[] = [];
    const share: number[] = [];
    for (let v = 0; v < count; v++) {
      let sum = 0;
      const from = other.length;
      for (let u = 0; u < count; u++) {
        const far = Math.hypot(...[0, 1, 2].map((d) => position[u * 3 + d]! - position[v * 3 + d]!));
        if (u === v || far > this.reach || far < 0.05) continue;
        const weight = area[u]! * (1 - far / this.reach);
        other.push(u);
        share.push(weight);
        sum += weight;
      }
      for (let i = from; i < share.length; i++) share[i]! /= sum;
      this.start[v + 1] = other.length;
    }
    this.other = Uint16Array.from(other);
    this.share = Float32Array.from(share);
  }

  /** Writes 1 (open) to 0 into every `width`-th number of `out`. */
  read(position: Float32Array, normal: Float32Array, out: Float32Array, width: number): void {
    for (let v = 0; v + 1 < this.start.length; v++) {
      const [x, y, z] = [position[v * 3]!, position[v * 3 + 1]!, position[v * 3 + 2]!];
      const [nx, ny, nz] = [normal[v * 3]!, normal[v * 3 + 1]!, normal[v * 3 + 2]!];
      let covered = 0;
      for (let i = this.start[v]!; i < this.start[v + 1]!; i++) {
        const u = this.other[i]! * 3;
        const dx = position[u]! - x;
        const dy = position[u + 1]! - y;
        const dz = position[u + 2]! - z;
        const towards = (nx * dx + ny * dy + nz * dz) / Math.sqrt(dx * dx + dy * dy + dz * dz + 1e-6);
        if (towards > 0) covered += this.share[i]! * towards;
      }
      out[v * width] = Math.max(0.22, 1 - 2.1 * covered);
    }
  }
}
