/**
 * Subdivision of a triangle mesh with fixed topology. What a refined vertex takes from which control vertex is worked out
 * once; a frame is then one pass over those weights. Loop's rule inside; along the rims of holes a four-point rule, so
 * that lids and lips stay where the landmarks are.
 */
export interface SmoothMesh {
  readonly count: number;
  readonly triangles: Uint16Array;
  /** Weights in rows: row v is from start[v] to start[v + 1]. */
  readonly start: Uint32Array;
  readonly source: Uint16Array;
  readonly weight: Float32Array;
  /** Old rims and vertices keep their numbers; a new vertex in the middle of an edge is found by its ends. */
  readonly levels: readonly EdgeTable[];
}

type Row = Map<number, number>;

/** Gives the vertex in the middle of an edge. */
export class EdgeTable {
  private readonly middle = new Map<number, number>();
  constructor(private readonly vertices: number) {}
  key(a: number, b: number): number { return Math.min(a, b) * this.vertices + Math.max(a, b); }
  set(a: number, b: number, vertex: number): void { this.middle.set(this.key(a, b), vertex); }
  get(a: number, b: number): number {
    const found = this.middle.get(this.key(a, b));
    if (found === undefined) throw new Error(`There is no edge from ${a} to ${b}.`);
    return found;
  }
}

interface Level { readonly rows: Row[]; readonly triangles: number[] }

/** `sharp` vertices are ends of a rim, as the corners of an eye: curves are not bent round them. */
export function smoothMesh(count: number, triangles: ArrayLike<number>, depth: number, sharp: ReadonlySet<number>): SmoothMesh {
  let level: Level = { rows: Array.from({ length: count }, (_, v) => new Map([[v, 1]])), triangles: Array.from(triangles) };
  const levels: EdgeTable[] = [];
  for (let d = 0; d < depth; d++) {
    const [next, edges] = refine(level, sharp);
    level = next;
    levels.push(edges);
  }
  const start = new Uint32Array(level.rows.length + 1);
  const source: number[] = [];
  const weight: number[] = [];
  level.rows.forEach((row, v) => {
    for (const [from, share] of row) {
      if (Math.abs(share) < 1e-5) continue;
      source.push(from);
      weight.push(share);
    }
    start[v + 1] = source.length;
  });
  return { count: level.rows.length, triangles: Uint16Array.from(level.triangles), start, source: Uint16Array.from(source), weight: Float32Array.from(weight), levels };
}

function refine(level: Level, sharp: ReadonlySet<number>): [Level, EdgeTable] {
  const { rows, triangles } = level;
  const count = rows.length;
  const edges = new EdgeTable(count);
  const opposite = new Map<number, { ends: [number, number]; across: number[] }>();
  const near: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const [a, b, c] = [triangles[t + k]!, triangles[t + (k + 1) % 3]!, triangles[t + (k + 2) % 3]!]; // three corners
      const key = edges.key(a, b);
      const edge = opposite.get(key) ?? { ends: [a, b], across: [] };
      edge.across.push(c);
      opposite.set(key, edge);
      near[a]!.add(b);
      near[b]!.add(a);
    }
  }
  const rim = new Map<number, number[]>();
  for (const { ends: [a, b], across } of opposite.values()) {
    if (across.length !== 1) continue;
    for (const [one, other] of [[a, b], [b, a]] as const) rim.set(one, [...(rim.get(one) ?? []), other]);
  }
  const blend = (parts: readonly (readonly [number, number])[]): Row => {
    const out: Row = new Map();
    for (const [vertex, share] of parts) for (const [from, w] of rows[vertex]!) out.set(from, (out.get(from) ?? 0) + w * share);
    return out;
  };
  const next: Row[] = [];
  for (let v = 0; v < count; v++) {
    if (rim.has(v) || near[v]!.size < 3) { next.push(rows[v]!); continue; }
    const n = near[v]!.size;
    const beta = (5 / 8 - (3 / 8 + Math.cos(2 * Math.PI / n) / 4) ** 2) / n;
    next.push(blend([[v, 1 - n * beta], ...[...near[v]!].map((u) => [u, beta] as const)]));
  }
  for (const { ends: [a, b], across } of opposite.values()) {
    edges.set(a, b, next.length);
    if (across.length === 2) { next.push(blend([[a, 3 / 8], [b, 3 / 8], [across[0]!, 1 / 8], [across[1]!, 1 / 8]])); continue; }
    const before = sharp.has(a) ? undefined : rim.get(a)!.find((v) => v !== b);
    const after = sharp.has(b) ? undefined : rim.get(b)!.find((v) => v !== a);
    const parts: [number, number][] = [[a, 0.5], [b, 0.5]];
    for (const [beyond, ownEnd, otherEnd] of [[before, a, b], [after, b, a]] as const) {
      if (beyond !== undefined) parts.push([beyond, -1 / 16], [ownEnd, 1 / 16]);
      else parts.push([ownEnd, -1 / 32], [otherEnd, 1 / 32]); // next to a sharp end: a little fuller than a straight line
    }
    next.push(blend(parts));
  }
  const faces: number[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    const [ab, bc, ca] = [edges.get(a, b), edges.get(b, c), edges.get(c, a)];
    faces.push(a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca);
  }
  return [{ rows: next, triangles: faces }, edges];
}

/** Spreads values of the control vertices (`width` numbers each) over the refined ones. */
export function spread(mesh: SmoothMesh, control: Float32Array, width: number, out: Float32Array): void {
  const { start, source, weight } = mesh;
  for (let v = 0; v < mesh.count; v++) {
    const end = start[v + 1]!;
    for (let d = 0; d < width; d++) {
      let sum = 0;
      for (let i = start[v]!; i < end; i++) sum += weight[i]! * control[source[i]! * width + d]!;
      out[v * width + d] = sum;
    }
  }
}

/** The refined row of vertices along a row of control vertices that are joined by edges. */
export function refinedRow(mesh: SmoothMesh, row: readonly number[]): number[] {
  let now = [...row];
  for (const edges of mesh.levels) now = now.flatMap((v, k) => (k + 1 < now.length ? [v, edges.get(v, now[k + 1]!)] : [v]));
  return now;
}

/** Adds up the normals of the triangles at every vertex and makes them unit vectors. */
export function normals(position: Float32Array, triangles: Uint16Array, out: Float32Array): void {
  out.fill(0);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]! * 3;
    const b = triangles[t + 1]! * 3;
    const c = triangles[t + 2]! * 3;
    const ux = position[b]! - position[a]!;
    const uy = position[b + 1]! - position[a + 1]!;
    const uz = position[b + 2]! - position[a + 2]!;
    const vx = position[c]! - position[a]!;
    const vy = position[c + 1]! - position[a + 1]!;
    const vz = position[c + 2]! - position[a + 2]!;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (const i of [a, b, c]) {
      out[i]! += nx;
      out[i + 1]! += ny;
      out[i + 2]! += nz;
    }
  }
  for (let i = 0; i < out.length; i += 3) {
    const length = Math.hypot(out[i]!, out[i + 1]!, out[i + 2]!) || 1;
    out[i]! /= length;
    out[i + 1]! /= length;
    out[i + 2]! /= length;
  }
}
