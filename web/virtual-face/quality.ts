/** How much work one picture is. */
export interface Quality {
  readonly words: string;
  /** How often the mesh is divided: 1 or 2. */
  readonly depth: number;
  /** Samples per pixel for smooth edges; 0 for none. */
  readonly samples: number;
  /** Side of the drawn picture, pixels, at most; the browser enlarges it. */
  readonly pixels: number;
  /** Pores. */
  readonly fine: boolean;
  /** Side of the painted skin, pixels, and whether smaller copies of it are kept; both as the face is first drawn. */
  readonly skin: number;
  readonly mips: boolean;
}

export const QUALITIES: readonly Quality[] = [
  { words: "Full quality.", depth: 2, samples: 4, pixels: 960, fine: true, skin: 1024, mips: true },
  { words: "Drawn a little more simply, so that the face keeps up.", depth: 2, samples: 0, pixels: 720, fine: false, skin: 512, mips: false },
  { words: "Drawn with coarser skin, so that the face keeps up.", depth: 1, samples: 0, pixels: 720, fine: false, skin: 512, mips: false },
  { words: "The picture is coarse, so that the face keeps up.", depth: 1, samples: 0, pixels: 540, fine: false, skin: 512, mips: false },
  { words: "The picture is very coarse, so that the face keeps up.", depth: 1, samples: 0, pixels: 400, fine: false, skin: 512, mips: false },
];

/** Frames per second below which the face is drawn more simply. */
export const WANTED_RATE = 30;
const WATCHED = 24;

/** Watches how fast pictures follow each other and says when to draw them more simply. It never goes back up by itself. */
export class QualityGovernor {
  private last: number | null = null;
  private gaps: number[] = [];
  constructor(public level = 0) {}

  /** Forgets the pause that a stop made. */
  restart(): void {
    this.last = null;
    this.gaps = [];
  }

  /** Called once for every turn of the screen while the face moves; true when the level changed. */
  turned(milliseconds: number): boolean {
    const gap = this.last === null ? null : milliseconds - this.last;
    this.last = milliseconds;
    // A page in the background is turned seldom; that says nothing about drawing.
    if (gap === null || gap > 500) return false;
    this.gaps.push(gap);
    if (this.gaps.length < WATCHED) return false;
    const slow = this.rate < WANTED_RATE * 0.97;
    this.gaps = [];
    if (!slow || this.level + 1 >= QUALITIES.length) return false;
    this.level++;
    return true;
  }

  /** Pictures per second lately. */
  get rate(): number {
    return this.gaps.length === 0 ? Infinity : 1000 / (this.gaps.reduce((sum, gap) => sum + gap, 0) / this.gaps.length);
  }
}
