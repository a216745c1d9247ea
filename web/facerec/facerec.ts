/** The .facerec recording format in the browser: what the camera page writes and the server reads. */
export type { CaptureCounts, FaceFrame, Mirroring, Phase, ProtocolMark, RecordingHeader, Scheme, Source } from "./format.ts";
export { mirrorings, phases, schemes } from "./format.ts";
export { FacerecError, readFacerec, type Recording } from "./reader.ts";
export { FacerecWriter, type Sink, type WriterOptions } from "./writer.ts";
