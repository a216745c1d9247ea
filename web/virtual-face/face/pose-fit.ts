import type { HeadPose } from "../draw/matrix.ts";

/**
 * The turn, size and shift that lay one set of points on another with the least squares (Horn's quaternion method).
 * It keeps its last answer as the start of the next search, because a head turns little between frames.
 */
export class PoseFit {
  private q: [number, number, number, number] = [1, 0, 0, 0];

  /** `model` has three numbers per entry of `vertices`; `seen` is a whole frame. */
  fit(model: Float32Array, seen: Float32Array, vertices: readonly number[]): HeadPose {
    const n = vertices.length;
    const [a, b] = [[0, 0, 0], [0, 0, 0]];
    vertices.forEach((v, i) => {
      for (let d = 0; d < 3; d++) {
        a[d]! += model[i * 3 + d]! / n;
        b[d]! += seen[v * 3 + d]! / n;
      }
    });
    const s = new Float64Array(9);
    let modelSize = 0;
    let seenSize = 0;
    vertices.forEach((v, i) => {
      for (let r = 0; r < 3; r++) {
        const p = model[i * 3 + r]! - a[r]!;
        modelSize += p * p;
        seenSize += (seen[v * 3 + r]! - b[r]!) ** 2;
        for (let c = 0; c < 3; c++) s[r * 3 + c]! += p * (seen[v * 3 + c]! - b[c]!);
      }
    });
    const turn = this.turnOf(s);
    const size = Math.sqrt(seenSize / modelSize);
    const place = [0, 1, 2].map((r) => b[r]! - size * (turn[r * 3]! * a[0]! + turn[r * 3 + 1]! * a[1]! + turn[r * 3 + 2]! * a[2]!)) as [number, number, number];
    return { turn, size, place };
  }

  private turnOf(s: Float64Array): number[] {
    const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = s as unknown as [number, number, number, number, number, number, number, number, number];
    const m = [
      [xx + yy + zz, yz - zy, zx - xz, xy - yx],
      [yz - zy, xx - yy - zz, xy + yx, zx + xz],
      [zx - xz, xy + yx, -xx + yy - zz, yz + zy],
      [xy - yx, zx + xz, yz + zy, -xx - yy + zz],
    ];
    // The largest eigenvalue is wanted; added to the diagonal, this makes it the largest in size too.
    const shift = Math.max(...m.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0)));
    let q = this.q;
    for (let round = 0; round < 400; round++) {
      const next = m.map((row, r) => row.reduce((sum, x, c) => sum + x * q[c]!, shift * q[r]!)) as [number, number, number, number];
      const length = Math.hypot(...next);
      const moved = Math.max(...next.map((x, k) => Math.abs(x / length - q[k]!)));
      q = next.map((x) => x / length) as [number, number, number, number];
      if (moved < 1e-8) break;
    }
    this.q = q;
    const [w, x, y, z] = q;
    return [
      1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
      2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
      2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
    ];
  }
}
