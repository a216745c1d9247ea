import { readFacerec } from "../facerec/facerec.ts";
import type { FaceFrames } from "./face/track.ts";

/** Fetches a `.facerec` recording of our own server and makes frames of it. */
export async function loadFrames(address: string, signal: AbortSignal): Promise<FaceFrames> {
  const response = await fetch(address, { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const { header, frames } = await readFacerec(new Uint8Array(await response.arrayBuffer()));
  if (header.landmarks.length !== 478) throw new Error("It holds a part of the landmarks only; a face needs all 478.");
  return {
    width: header.width, height: header.height, times: frames.map((frame) => frame.timeSeconds),
    points: frames.map(({ positions }) => (positions === null ? null : positions.map((value, i) => value / (i % 3 === 1 ? header.height : header.width)))),
  };
}
