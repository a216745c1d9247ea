import { ALL_FORMATS, BlobSource, Input, UnsupportedInputFormatError, VideoSampleSink, type InputVideoTrack, type VideoSample } from "mediabunny";
import type { Picture } from "../face-landmarker/face-landmarker";

/** The file cannot be read; the message says why and what to do. */
export class VideoUnreadable extends Error {
  override readonly name = "VideoUnreadable";
}

export const LONGEST_MINUTES = 60;
export const LARGEST_GIGABYTES = 8;

/** What is known of a video file before its frames are read. */
export interface VideoFacts {
  /** Pixels, after the rotation that the file asks for. */
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly codec: string;
  /** What the file says of its length where that is more than is in it; null where both agree. */
  readonly promisedSeconds: number | null;
}

/** One decoded frame. Its picture may be drawn until the next frame is asked for. */
export interface VideoFrameStep {
  /** Seconds since the first frame, from the file's own time stamps. */
  readonly timeSeconds: number;
  readonly picture: Picture;
}

/**
 * A video file on this device, decoded frame by frame: the next frame is decoded when the last was taken, so that none
 * is lost however slow the taker is.
 */
export class VideoFile {
  private constructor(readonly facts: VideoFacts, private readonly input: Input, private readonly track: InputVideoTrack, private readonly first: number) {}

  /** @throws VideoUnreadable for whatever is not a video that this browser decodes, within the limits. */
  static async open(file: File): Promise<VideoFile> {
    if (typeof VideoDecoder === "undefined") {
      throw new VideoUnreadable(
        "This browser cannot decode video files frame by frame (WebCodecs is missing). Use a current Chrome, Edge, Firefox or Safari over https, or record with the camera here.");
    }
    if (file.size === 0) throw new VideoUnreadable("The file is empty. Choose the video file itself.");
    if (file.size > LARGEST_GIGABYTES * 1e9) {
      throw new VideoUnreadable(`The file has ${(file.size / 1e9).toFixed(1)} GB; the limit is ${LARGEST_GIGABYTES} GB. Cut the video to the part that is to be measured.`);
    }
    const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
    try {
      const track = await openTrack(input, file);
      return new VideoFile(await factsOf(track), input, track, await track.getFirstTimestamp());
    } catch (failure) {
      input.dispose();
      throw failure instanceof VideoUnreadable ? failure : unreadable(file, failure);
    }
  }

  /** All frames in the order in which they are shown. */
  async *frames(): AsyncGenerator<VideoFrameStep, void, void> {
    const sink = new VideoSampleSink(this.track);
    let last = -Infinity;
    try {
      // Frames before time zero are there for the decoder only and are never shown.
      for await (const sample of sink.samples(Math.max(0, this.first))) {
        try {
          const timeSeconds = sample.timestamp - Math.max(0, this.first);
          if (timeSeconds <= last) continue; // a second frame at the same time says nothing more
          last = timeSeconds;
          yield { timeSeconds, picture: pictureOf(sample, this.facts) };
        } finally {
          sample.close();
        }
      }
    } catch (failure) {
      if (failure instanceof VideoUnreadable) throw failure;
      throw new VideoUnreadable(
        `The video is damaged after ${last > 0 ? last.toFixed(1) : "0"} s and cannot be decoded further. Copy it again from the camera, or cut the damaged part off.`, { cause: failure });
    }
  }

  close(): void {
    this.input.dispose();
  }
}

async function openTrack(input: Input, file: File): Promise<InputVideoTrack> {
  let track: InputVideoTrack | null;
  try {
    track = await input.getPrimaryVideoTrack();
  } catch (failure) {
    throw failure instanceof UnsupportedInputFormatError ? notAVideo(file) : unreadable(file, failure);
  }
  if (track === null && (await input.getTracks()).length === 0) throw unreadable(file, null); // cut off before its table of contents
  if (track === null) throw new VideoUnreadable(`“${file.name}” holds no picture, only sound or data. Choose a video of the face.`);
  const codec = await track.getCodec();
  if (codec === "hevc" && !(await track.canDecode())) {
    throw new VideoUnreadable(
      "This video is in HEVC (H.265), which this browser cannot decode. On an iPhone choose Settings, Camera, Formats, “Most Compatible” and film again; or convert the file to H.264 (MP4); or open this page in Safari.");
  }
  if (codec === null || !(await track.canDecode())) {
    const named = codec === null ? "an unknown format" : codec.toUpperCase();
    throw new VideoUnreadable(`This video is in ${named}, which this browser cannot decode. Convert it to H.264 (MP4) or VP9 (WebM) and choose it again.`);
  }
  return track;
}

async function factsOf(track: InputVideoTrack): Promise<VideoFacts> {
  const stats = await track.computePacketStats();
  const first = Math.max(0, await track.getFirstTimestamp());
  const durationSeconds = await track.computeDuration() - first;
  if (!(durationSeconds > 0)) throw new VideoUnreadable("The video has no length. Choose another file.");
  if (durationSeconds > LONGEST_MINUTES * 60) {
    throw new VideoUnreadable(
      `The video is ${Math.round(durationSeconds / 60)} minutes long; the limit is ${LONGEST_MINUTES} minutes. Cut it to the part that is to be measured.`);
  }
  const promised = await track.getDurationFromMetadata() ?? 0;
  return {
    promisedSeconds: promised - first - durationSeconds > 1 ? promised - first : null,
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    durationSeconds,
    frames: stats.packetCount,
    framesPerSecond: stats.averagePacketRate,
    codec: (await track.getCodec()) ?? "",
  };
}

function pictureOf(sample: VideoSample, facts: VideoFacts): Picture {
  if (sample.displayWidth !== facts.width || sample.displayHeight !== facts.height) {
    throw new VideoUnreadable(`The size of the picture changes at ${sample.timestamp.toFixed(1)} s. Cut the video there and read the parts one by one.`);
  }
  return {
    width: facts.width,
    height: facts.height,
    // Respects the rotation and the mirroring that the file asks for, as every player does.
    draw: (context, sx, sy, sw, sh, dw, dh) => { sample.draw(context, sx, sy, sw, sh, 0, 0, dw, dh); },
  };
}

function notAVideo(file: File): VideoUnreadable {
  return new VideoUnreadable(`“${file.name}” is not a video file that can be read here. Choose an MP4, MOV or WebM file.`);
}

function unreadable(file: File, cause: unknown): VideoUnreadable {
  return new VideoUnreadable(`“${file.name}” is damaged or not a video file. Copy it again from the camera, or choose an MP4, MOV or WebM file.`, { cause });
}
