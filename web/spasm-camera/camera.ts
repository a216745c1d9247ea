import type { Picture } from "../face-landmarker/face-landmarker";

/** The camera cannot be used; the message says why and what to do. */
export class CameraUnavailable extends Error {
  override readonly name = "CameraUnavailable";
}

export interface CameraFrame {
  /** Seconds since the camera was opened, from the camera's own clock where the browser tells it. */
  readonly timeSeconds: number;
  readonly picture: Picture;
}

export interface CameraCounts {
  /** Frames that the camera delivered since it was opened. */
  readonly presented: number;
  /** Frames that came while the one before was still being measured. */
  readonly dropped: number;
}

/** A camera, as a stream of frames; frames that come too fast for the taker are counted as dropped. */
export class Camera {
  readonly counts = { presented: 0, dropped: 0 };
  private handle = 0;
  private stopped = false;
  private readonly clock = new CaptureClock();

  private constructor(readonly video: HTMLVideoElement, private readonly stream: MediaStream) {}

  get width(): number { return this.video.videoWidth; }
  get height(): number { return this.video.videoHeight; }
  /** The camera's name as the browser tells it. */
  get name(): string { return this.stream.getVideoTracks()[0]?.label ?? ""; }
  get nominalFramesPerSecond(): number | null { return this.stream.getVideoTracks()[0]?.getSettings().frameRate ?? null; }

  /** @throws CameraUnavailable */
  static async open(deviceId: string | null): Promise<Camera> {
    if (!("mediaDevices" in navigator)) {
      throw new CameraUnavailable("The browser allows the camera only on a secure address (https) or on this computer itself. Ask who runs this server for the https address.");
    }
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          ...(deviceId === null ? { facingMode: "user" } : { deviceId: { exact: deviceId } }),
          width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 60 },
        },
      });
    } catch (failure) {
      throw cameraSentence(failure);
    }
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    await video.play();
    return new Camera(video, stream);
  }

  /** Cameras of this device; names are known only after the camera was once allowed. */
  static async list(): Promise<readonly MediaDeviceInfo[]> {
    if (!("mediaDevices" in navigator)) return [];
    return (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
  }

  /** Hands every frame to `take`, one at a time, until stopped; `lost` is called when the camera goes away. */
  run(take: (frame: CameraFrame) => Promise<void>, lost: (failure: unknown) => void): void {
    this.stream.getVideoTracks()[0]?.addEventListener("ended", () => {
      if (!this.stopped) lost(new CameraUnavailable("The camera was unplugged or taken by another program. Connect it and begin again."));
    });
    let lastPresented = 0;
    const onFrame = (now: number, metadata: VideoFrameCallbackMetadata): void => {
      if (this.stopped) return;
      if (lastPresented > 0) this.counts.dropped += Math.max(0, metadata.presentedFrames - lastPresented - 1);
      this.counts.presented += lastPresented > 0 ? Math.max(1, metadata.presentedFrames - lastPresented) : 1;
      lastPresented = metadata.presentedFrames;
      const timeSeconds = this.clock.read(now, metadata);
      const again = (): void => { if (!this.stopped) this.handle = this.video.requestVideoFrameCallback(onFrame); };
      if (timeSeconds === null) {
        again();
        return;
      }
      take({ timeSeconds, picture: pictureOf(this.video) }).then(again, (failure: unknown) => { if (!this.stopped) lost(failure); });
    };
    this.handle = this.video.requestVideoFrameCallback(onFrame);
  }

  stop(): void {
    this.stopped = true;
    this.video.cancelVideoFrameCallback(this.handle);
    for (const track of this.stream.getTracks()) track.stop();
    this.video.srcObject = null;
  }
}

interface CaptureTimes {
  readonly mediaTime: number;
  readonly captureTime?: DOMHighResTimeStamp;
}

/** Turns what the browser tells of a frame into seconds since the first one; the kind of clock is chosen once. */
export class CaptureClock {
  private kind: "capture" | "media" | "page" | null = null;
  private first = 0;
  private last = -Infinity;

  /** Null for a frame that is no later than the one before. */
  read(now: number, { captureTime, mediaTime }: CaptureTimes): number | null {
    this.kind ??= captureTime !== undefined ? "capture" : mediaTime > 0 ? "media" : "page";
    const seconds = this.kind === "capture" ? (captureTime ?? NaN) / 1000 : this.kind === "media" ? mediaTime : now / 1000;
    if (this.last === -Infinity) this.first = seconds;
    if (!(seconds > this.last)) return null;
    this.last = seconds;
    return seconds - this.first;
  }
}

function pictureOf(video: HTMLVideoElement): Picture {
  return {
    width: video.videoWidth,
    height: video.videoHeight,
    draw: (context, sx, sy, sw, sh, dw, dh) => { context.drawImage(video, sx, sy, sw, sh, 0, 0, dw, dh); },
  };
}

function cameraSentence(failure: unknown): CameraUnavailable {
  const name = failure instanceof DOMException ? failure.name : "";
  const sentence: Record<string, string> = {
    NotAllowedError: "The camera was not allowed. Allow it for this page (the camera sign beside the address) and try again.",
    NotFoundError: "No camera was found. Connect one and try again, or choose a video file.",
    NotReadableError: "The camera is in use by another program. Close that program and try again.",
    OverconstrainedError: "The chosen camera is no longer there. Choose another one.",
  };
  return new CameraUnavailable(sentence[name] ?? "The camera could not be opened. Connect it again and retry, or choose a video file.", { cause: failure });
}
