import { call } from "../api/call.ts";
import type { FaceFrames, SignalBand, SpasmReport } from "./report.ts";

const reports = new Map<string, Promise<SpasmReport>>();

/** The report of a recording; asked for once, however many elements of the page show it. */
export function loadReport(recordingId: string): Promise<SpasmReport> {
  let report = reports.get(recordingId);
  if (report === undefined) {
    report = json<SpasmReport>(`/api/recordings/${recordingId}/report`);
    reports.set(recordingId, report);
  }
  return report;
}

export function loadSignals(recordingId: string, from: number, to: number, points: number, signal: AbortSignal): Promise<SignalBand> {
  const query = new URLSearchParams({ from: from.toFixed(3), to: to.toFixed(3), points: String(points) });
  return json(`/api/recordings/${recordingId}/signals?${query}`, signal);
}

export function loadFrames(recordingId: string, from: number, to: number, signal: AbortSignal): Promise<FaceFrames> {
  const query = new URLSearchParams({ from: from.toFixed(3), to: to.toFixed(3) });
  return json(`/api/recordings/${recordingId}/frames?${query}`, signal);
}

async function json<T>(path: `/api/${string}`, signal?: AbortSignal): Promise<T> {
  const response = await call(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}
