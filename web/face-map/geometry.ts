import type { Side, Site, Zone } from "./model.ts";

/** A place on one half of the face, IPD: lateral is never negative. */
export interface Place {
  readonly side: Side;
  readonly lateralIpd: number;
  readonly downIpd: number;
}

/**
 * How the face lies on the screen. Face coordinates: x towards the patient's left, y down, IPD. As the injector sees the patient, the
 * patient's left is on the viewer's right, so x grows to the right of the screen; mirrored, as the patient sees herself, it grows to the left.
 */
export interface View {
  /** Face coordinates in the middle of the stage, IPD. */
  readonly centreX: number;
  readonly centreY: number;
  /** Pixels per IPD. */
  readonly scale: number;
  readonly mirrored: boolean;
  /** Size of the stage, pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

const DECIMALS = 10_000;
const REACH = 3;

/** What part of the drawing can be brought to the middle, IPD. */
export const face = { left: -1.6, right: 1.6, top: -1.85, bottom: 2.6 } as const;

export function toScreen(view: View, x: number, y: number): Spot {
  const across = view.mirrored ? view.centreX - x : x - view.centreX;
  return { x: view.width / 2 + across * view.scale, y: view.height / 2 + (y - view.centreY) * view.scale };
}

export function toFace(view: View, spot: Spot): Spot {
  const across = (spot.x - view.width / 2) / view.scale;
  return { x: view.mirrored ? view.centreX - across : view.centreX + across, y: view.centreY + (spot.y - view.height / 2) / view.scale };
}

/** Towards the patient's left, IPD. */
export function signedX(place: Place): number {
  return place.side === "patientLeft" ? place.lateralIpd : -place.lateralIpd;
}

/** Rounds to what is stored. The midline itself has no side of its own: there the named one holds. */
export function placeAt(x: number, y: number, onMidline: Side): Place {
  const lateralIpd = kept(Math.min(Math.abs(x), REACH));
  const downIpd = kept(Math.max(-REACH, Math.min(REACH, y)));
  const side: Side = lateralIpd === 0 ? onMidline : x > 0 ? "patientLeft" : "patientRight";
  return { side, lateralIpd, downIpd };
}

function kept(ipd: number): number {
  return Math.round(ipd * DECIMALS) / DECIMALS + 0; // + 0 makes of a negative zero a plain one
}

/** The whole face as large as the stage allows. */
export function wholeFace(width: number, height: number, mirrored: boolean): View {
  return framed({ left: -1.32, right: 1.32, top: -1.2, bottom: 2.02 }, width, height, mirrored);
}

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Parts of the face that a button brings near. Left and right are face coordinates. */
export function eyeFrame(side: Side): Frame {
  return side === "patientLeft" ? { left: 0.08, right: 1.12, top: -0.55, bottom: 0.45 } : { left: -1.12, right: -0.08, top: -0.55, bottom: 0.45 };
}

export function mouthFrame(side: Side): Frame {
  return side === "patientLeft" ? { left: -0.12, right: 1.1, top: 0.3, bottom: 1.75 } : { left: -1.1, right: 0.12, top: 0.3, bottom: 1.75 };
}

export function framed(frame: Frame, width: number, height: number, mirrored: boolean): View {
  const scale = Math.min(width / (frame.right - frame.left), height / (frame.bottom - frame.top));
  return { centreX: (frame.left + frame.right) / 2, centreY: (frame.top + frame.bottom) / 2, scale, mirrored, width, height };
}

/** Nearer or farther with one spot of the screen staying where it is. */
export function zoomed(view: View, factor: number, about: Spot): View {
  const whole = wholeFace(view.width, view.height, view.mirrored).scale;
  const scale = Math.max(whole * 0.7, Math.min(whole * 8, view.scale * factor));
  const held = toFace(view, about);
  const next = { ...view, scale };
  const now = toFace(next, about);
  return within({ ...next, centreX: next.centreX + held.x - now.x, centreY: next.centreY + held.y - now.y });
}

export function panned(view: View, dx: number, dy: number): View {
  const across = dx / view.scale;
  return within({ ...view, centreX: view.centreX + (view.mirrored ? across : -across), centreY: view.centreY - dy / view.scale });
}

function within(view: View): View {
  return {
    ...view,
    centreX: Math.max(face.left, Math.min(face.right, view.centreX)),
    centreY: Math.max(face.top, Math.min(face.bottom, view.centreY)),
  };
}

/** The stage got another size: the middle stays, and so does how much of the face is seen. */
export function resized(view: View, width: number, height: number): View {
  const before = wholeFace(view.width, view.height, view.mirrored).scale;
  const after = wholeFace(width, height, view.mirrored).scale;
  return { ...view, width, height, scale: view.scale * (after / before) };
}

/** Distance to a site's usual places, IPD; 0 among them. */
export function siteDistance(site: Site, lateral: number, down: number): number {
  const [fromX, fromY, toX, toY] = site.reach;
  return Math.hypot(Math.max(0, fromX - lateral, lateral - toX), Math.max(0, fromY - down, down - toY));
}

export function nearestSite(sites: readonly Site[], lateral: number, down: number): { readonly site: Site; readonly distance: number } | undefined {
  let best: { site: Site; distance: number } | undefined;
  for (const site of sites) {
    const distance = siteDistance(site, lateral, down);
    if (best === undefined || distance < best.distance) best = { site, distance };
  }
  return best;
}

/** Whether a place is inside an area or on its edge; the area is corners, lateral and down in turn. The server decides; this only shows. */
export function inArea(area: readonly number[], lateral: number, down: number): boolean {
  let inside = false;
  for (let i = 0, j = area.length - 2; i < area.length; j = i, i += 2) {
    const [x1, y1, x2, y2] = [area[j]!, area[j + 1]!, area[i]!, area[i + 1]!]; // corners come in pairs
    const turn = (x2 - x1) * (down - y1) - (y2 - y1) * (lateral - x1);
    const onLine = Math.abs(turn) < 1e-12;
    if (onLine && lateral >= Math.min(x1, x2) && lateral <= Math.max(x1, x2) && down >= Math.min(y1, y2) && down <= Math.max(y1, y2)) return true;
    if ((y1 <= down && down < y2 && turn < 0) || (y2 <= down && down < y1 && turn > 0)) inside = !inside;
  }
  return inside;
}

export function zonesAt(zones: readonly Zone[], lateral: number, down: number): Zone[] {
  return zones.filter((zone) => zone.areas.some((area) => inArea(area, lateral, down)));
}
