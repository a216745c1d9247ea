import type { FaceLandmarker, Landmarks } from "../face-landmarker/face-landmarker";
import type { Mark } from "./protocol";
import { Recorder, type TimedLids } from "./recorder";
import { judgeRightEye, type RightEyeAnswer } from "./right-eye";
import type { VideoFile, VideoFrameStep } from "./video-file";

/** A stretch of a video, seconds from its first frame. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ReadingProgress {
  readonly framesDone: number;
  readonly framesTotal: number;
  readonly elapsedSeconds: number;
  /** Estimated from the pace so far; null until there is one. */
  readonly remainingSeconds: number | null;
  readonly facesFound: number;
}

/** Seconds beside the closed right eye that show how open the eyes are otherwise, and that are kept out of rest. */
const BESIDE_SECONDS = 3;
const MARGIN_SECONDS = 1;

/** Finds the landmarks in every frame of a video. Pauses between frames only to let the page breathe. */
export async function readVideo(
  video: VideoFile, landmarker: FaceLandmarker, signal: AbortSignal,
  onFrame: (step: VideoFrameStep, landmarks: Landmarks | null) => void, onProgress: (progress: ReadingProgress) => void,
): Promise<Recorder> {
  const { facts } = video;
  landmarker.restart();
  const recorder = new Recorder({
    source: "videoFile", width: facts.width, height: facts.height, framesPerSecond: facts.framesPerSecond,
    device: `video file (${facts.codec})`, protocol: "",
  }, landmarker);
  const began = performance.now();
  let breathed = began;
  for await (const step of video.frames()) {
    const landmarks = await landmarker.detect(step.picture);
    signal.throwIfAborted();
    recorder.add(step.timeSeconds, landmarks);
    onFrame(step, landmarks);
    const now = performance.now();
    if (now - breathed > 60) {
      const elapsedSeconds = (now - began) / 1000;
      const remaining = Math.max(0, facts.frames - recorder.frames) * elapsedSeconds / recorder.frames;
      onProgress({
        framesDone: recorder.frames, framesTotal: facts.frames, elapsedSeconds,
        remainingSeconds: elapsedSeconds < 1.5 ? null : remaining, facesFound: recorder.facesFound,
      });
      await breathe();
      signal.throwIfAborted();
      breathed = performance.now();
    }
  }
  return recorder;
}

/** Which eye closed during `span`, against the frames shortly before and after it. */
export function rightEyeInVideo(lids: readonly TimedLids[], span: Span): RightEyeAnswer {
  const within = (from: number, to: number): readonly TimedLids[] => lids.filter((l) => l.timeSeconds >= from && l.timeSeconds < to);
  const beside = [...within(span.from - BESIDE_SECONDS, span.from), ...within(span.to, span.to + BESIDE_SECONDS)];
  return judgeRightEye(beside, within(span.from, span.to));
}

/** Marks of a video: rest as chosen (or all of it), without the closed right eye and a second around it. */
export function marksFor(durationSeconds: number, rest: Span | null, rightEye: Span | null): readonly Mark[] {
  const chosen = rest ?? { from: 0, to: durationSeconds };
  const parts = rightEye === null
    ? [chosen]
    : [
        { from: chosen.from, to: Math.min(chosen.to, rightEye.from - MARGIN_SECONDS) },
        { from: Math.max(chosen.from, rightEye.to + MARGIN_SECONDS), to: chosen.to },
      ];
  const marks: Mark[] = parts
    .filter((part) => part.to - part.from >= MARGIN_SECONDS)
    .map((part) => ({ phase: "rest", startSeconds: part.from, endSeconds: part.to }));
  if (rightEye !== null) marks.push({ phase: "closeRightEye", startSeconds: rightEye.from, endSeconds: rightEye.to });
  return marks.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** Lets events, drawing and timers run; unlike a timer it is not slowed down in a tab that is not seen. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
