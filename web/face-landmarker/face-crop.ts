/** A square (or, for the whole picture, a rectangle) of the picture, in its pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FaceBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Side of the crop over the larger side of the face: leaves room for the tracker"s own margin and for sway. */
const ROOM = 1.7;
/** The crop moves when the face has drifted by more than this share of the crop"s side from its middle. */
const DRIFT = 0.1;
/** ... or when the face has grown or shrunk by more than this factor. */
const GROWTH = 1.25;
/** After that many frames without a face the whole picture is searched. */
const LOST_FRAMES = 3;

/**
 * Chooses which part of the picture the tracker sees: a square around the face, moved seldom, because every move
 * invalidates the tracker"s own region and so needs a restart of the tracker.
 */
export class FaceCrop {
  private current: Crop | null = null;
  private lost = 0;

  /** What to show the tracker in the next picture; the whole picture until a face was found. */
  next(width: number, height: number): Crop {
    return this.current ?? { x: 0, y: 0, width, height };
  }

  /** Takes note of where the face was found; true where the crop moved, so that the tracker must be restarted. */
  found(face: FaceBounds, width: number, height: number): boolean {
    this.lost = 0;
    const wanted = cropAround(face, width, height);
    if (this.current !== null && !hasDrifted(this.current, wanted)) return false;
    // Where the crop could not be better than it is (a face at the picture"s edge), moving would only cost restarts.
    if (this.current !== null && sameCrop(this.current, wanted)) return false;
    this.current = wanted;
    return true;
  }

  /** Takes note of a frame without a face; true where the search goes back to the whole picture. */
  missed(): boolean {
    this.lost++;
    if (this.lost < LOST_FRAMES || this.current === null) return false;
    this.current = null;
    return true;
  }

  reset(): void {
    this.current = null;
    this.lost = 0;
  }
}

/** The square around a face, kept inside the picture; smaller than wished where the picture is too small. */
export function cropAround(face: FaceBounds, width: number, height: number): Crop {
  const size = Math.max(face.right - face.left, face.bottom - face.top) * ROOM;
  const side = Math.max(1, Math.round(Math.min(size, width, height)));
  const place = (middle: number, limit: number): number => Math.round(Math.min(Math.max(middle - side / 2, 0), limit - side));
  return {
    x: place((face.left + face.right) / 2, width),
    y: place((face.top + face.bottom) / 2, height),
    width: side,
    height: side,
  };
}

/** Smallest rectangle that holds all landmarks (x, y, z triples). */
export function boundsOf(xyz: Float32Array): FaceBounds {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i + 2 < xyz.length; i += 3) {
    const x = xyz[i]!; // inside the array by the loop"s bound
    const y = xyz[i + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}

function hasDrifted(current: Crop, wanted: Crop): boolean {
  const limit = DRIFT * current.width;
  const dx = wanted.x + wanted.width / 2 - current.x - current.width / 2;
  const dy = wanted.y + wanted.height / 2 - current.y - current.height / 2;
  const growth = wanted.width / current.width;
  return Math.abs(dx) > limit || Math.abs(dy) > limit || growth > GROWTH || growth < 1 / GROWTH;
}

function sameCrop(a: Crop, b: Crop): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width;
}
