/**
 * The canonical face: 468 vertices in centimetres (x to the subject's left, y up, z to the camera),
 * their texture coordinates and 898 triangles, taken from the data file of the installed
 * @mediapipe/face_mesh package (Apache-2.0). Nothing of it is stored in this repository.
 */
export interface CanonicalMesh {
  /** x, y, z of every vertex, centimetres. */
  readonly position: Float32Array;
  /** u, v of every vertex, 0 to 1, v downwards. */
  readonly texture: Float32Array;
  /** Three vertex numbers per triangle. */
  readonly triangles: Uint16Array;
}

const ASSET = "geometry_pipeline_metadata_landmarks.binarypb";

/** A protocol-buffer field: number, wire type and either its value or its bytes. */
interface Field { readonly id: number; readonly wire: number; readonly value: number; readonly bytes: Uint8Array }

const NONE = new Uint8Array(0);

class Reader {
  private at = 0;
  constructor(private readonly source: Uint8Array) {}
  get done(): boolean { return this.at >= this.source.length; }
  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.source[this.at++];
      if (byte === undefined) throw new Error("The canonical face ends in the middle of a number.");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }
  take(length: number): Uint8Array {
    const part = this.source.subarray(this.at, this.at + length);
    if (part.length !== length) throw new Error("The canonical face ends in the middle of a field.");
    this.at += length;
    return part;
  }
}

function fieldsOf(source: Uint8Array): Field[] {
  const reader = new Reader(source);
  const fields: Field[] = [];
  while (!reader.done) {
    const key = reader.varint();
    const id = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) fields.push({ id, wire, value: reader.varint(), bytes: NONE });
    else if (wire === 2) fields.push({ id, wire, value: 0, bytes: reader.take(reader.varint()) });
    else if (wire === 5) fields.push({ id, wire, value: 0, bytes: reader.take(4) });
    else throw new Error(`Unexpected wire type ${wire} in the canonical face.`);
  }
  return fields;
}

function floats(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(i * 4, true));
}

/** Reads the mesh out of the package's asset bundle; `loader` is the text of its asset table. */
export function readCanonicalMesh(loader: string, bundle: Uint8Array): CanonicalMesh {
  const entry = new RegExp(`"filename": ?"[^"]*${ASSET.replaceAll(".", '\\.')}", ?"start": ?(\\d+), ?"end": ?(\\d+)`).exec(loader);
  if (entry === null) throw new Error(`The face_mesh package does not name ${ASSET}.`);
  const vertices: number[] = [];
  const indices: number[] = [];
  for (const part of fieldsOf(bundle.subarray(Number(entry[1]), Number(entry[2])))) {
    if (part.wire !== 2 || part.bytes.length < 5000) continue;
    for (const field of fieldsOf(part.bytes)) {
      if (field.id === 3) vertices.push(...floats(field.bytes));
      else if (field.id === 4 && field.wire === 0) indices.push(field.value);
      else if (field.id === 4) {
        const packed = new Reader(field.bytes);
        while (!packed.done) indices.push(packed.varint());
      }
    }
  }
  const count = vertices.length / 5;
  if (count !== 468 || indices.length !== 898 * 3) {
    throw new Error(`Expected 468 vertices and 898 triangles, found ${count} and ${indices.length / 3}.`);
  }
  const position = new Float32Array(count * 3);
  const texture = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    position.set(vertices.slice(i * 5, i * 5 + 3), i * 3);
    texture.set(vertices.slice(i * 5 + 3, i * 5 + 5), i * 2);
  }
  return { position, texture, triangles: Uint16Array.from(indices) };
}

/** The mesh as the text of a module, for bundlers: no page has to fetch the whole package for it. */
export function canonicalModule(loader: string, bundle: Uint8Array): string {
  const mesh = readCanonicalMesh(loader, bundle);
  const list = (values: Iterable<number>): string => `[${[...values].map((value) => Number(value.toPrecision(7))).join(",")}]`;
  return `export const position = ${list(mesh.position)};\nexport const texture = ${list(mesh.texture)};\nexport const triangles = ${list(mesh.triangles)};`;
}
