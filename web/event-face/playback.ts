/** Where an animation stands. Times are seconds on the recording's clock. */
export interface Playback {
  readonly position: number;
  readonly playing: boolean;
  /** 1 is as it happened, 0.25 a quarter as fast. */
  readonly speed: number;
}

/** The place of the frame that is on screen at that moment: the last one that has begun. */
export function frameAt(times: readonly number[], position: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (times[middle]! <= position + 1e-6) low = middle; // middle lies within the list
    else high = middle - 1;
  }
  return low;
}

/** Time goes on; at the end it begins anew after a short rest on the last frame. */
export function advance(playback: Playback, elapsedSeconds: number, times: readonly number[]): Playback {
  const first = times[0];
  const last = times.at(-1);
  if (!playback.playing || first === undefined || last === undefined) return playback;
  const next = playback.position + elapsedSeconds * playback.speed;
  return { ...playback, position: next > last + REST_SECONDS * playback.speed ? first : next };
}

/** One frame forwards or back; stepping stops the animation. The ends hold. */
export function step(playback: Playback, frames: 1 | -1, times: readonly number[]): Playback {
  const at = Math.min(Math.max(frameAt(times, playback.position) + frames, 0), times.length - 1);
  return { ...playback, playing: false, position: times[at] ?? playback.position };
}

const REST_SECONDS = 0.4;

/** How much of the recording to show around an event, so that the face is seen at rest before and after. */
export function clip(event: { readonly startSeconds: number; readonly endSeconds: number }, duration: number): { from: number; to: number } {
  const before = 1;
  const after = 0.5;
  const longest = 12;
  const from = Math.max(0, event.startSeconds - before);
  return { from, to: Math.min(duration, event.endSeconds + after, from + longest) };
}
