import { expect, test } from "vitest";
import {
  eyeFrame, framed, inArea, mouthFrame, nearestSite, panned, placeAt, resized, signedX, toFace, toScreen, wholeFace, zoomed, type View,
} from "./geometry.ts";
import { sides, type Site } from "./model.ts";

/** Seeded, so that a failure comes again. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const views: View[] = [1, 2.5, 7].flatMap((factor) => [false, true].map((mirrored) => zoomed(wholeFace(560, 620, mirrored), factor, { x: 200, y: 300 })));

test("a place drawn and tapped again is the same place, at every zoom and mirrored", () => {
  const next = chance(7);
  for (let i = 0; i < 20_000; i++) {
    const place = placeAt((next() - 0.5) * 2.4, next() * 3 - 1, next() < 0.5 ? "patientRight" : "patientLeft");
    const view = views[Math.floor(next() * views.length)]!; // the index is below the length
    const spot = toScreen(view, signedX(place), place.downIpd);
    const back = toFace(view, spot);
    expect(placeAt(back.x, back.y, place.side)).toEqual(place);
  }
});

test("the patient's right is on the viewer's left, and in the mirror on the viewer's right", () => {
  for (const frame of [undefined, eyeFrame("patientRight"), mouthFrame("patientLeft")]) {
    for (const mirrored of [false, true]) {
      const view = frame === undefined ? wholeFace(400, 500, mirrored) : framed(frame, 400, 500, mirrored);
      const right = toScreen(view, signedX({ side: "patientRight", lateralIpd: 0.5, downIpd: 0 }), 0);
      const left = toScreen(view, signedX({ side: "patientLeft", lateralIpd: 0.5, downIpd: 0 }), 0);
      expect(right.x < left.x).toBe(!mirrored);
    }
  }
});

test("mirroring a place twice changes nothing and once only its side", () => {
  for (const side of sides) {
    const place = placeAt(side === "patientLeft" ? 0.66 : -0.66, -0.07, side);
    expect(place).toEqual({ side, lateralIpd: 0.66, downIpd: -0.07 });
    expect(signedX(place)).toBe(side === "patientLeft" ? 0.66 : -0.66);
  }
});

test("the midline has no side of its own", () => {
  expect(placeAt(0, 0.3, "patientLeft").side).toBe("patientLeft");
  expect(placeAt(-0.00001, 0.3, "patientRight")).toEqual({ side: "patientRight", lateralIpd: 0, downIpd: 0.3 });
  expect(placeAt(0.0001, 0.3, "patientRight").side).toBe("patientLeft");
});

test("zooming holds the spot that it is about, and knows its ends", () => {
  const view = wholeFace(560, 620, true);
  const about = { x: 150, y: 220 };
  const near = zoomed(view, 3, about);
  expect(toFace(near, about).x).toBeCloseTo(toFace(view, about).x);
  expect(toFace(near, about).y).toBeCloseTo(toFace(view, about).y);
  expect(zoomed(view, 1000, about).scale).toBeCloseTo(view.scale * 8);
  expect(zoomed(view, 0.001, about).scale).toBeCloseTo(view.scale * 0.7);
});

test("panning goes with the finger, also in the mirror, and never loses the face", () => {
  for (const mirrored of [false, true]) {
    const view = zoomed(wholeFace(560, 620, mirrored), 4, { x: 280, y: 310 });
    const before = toScreen(view, 0.1, 0.2);
    const after = toScreen(panned(view, 40, -25), 0.1, 0.2);
    expect(after.x - before.x).toBeCloseTo(40);
    expect(after.y - before.y).toBeCloseTo(-25);
    expect(Math.abs(panned(view, 1e6, 0).centreX)).toBeLessThanOrEqual(1.6);
  }
});

test("another size of the stage shows the same part of the face", () => {
  const view = zoomed(wholeFace(560, 620, false), 2, { x: 100, y: 100 });
  const grown = resized(view, 1120, 1240);
  expect(grown.scale).toBeCloseTo(view.scale * 2);
  expect([grown.centreX, grown.centreY]).toEqual([view.centreX, view.centreY]);
});

test("the edge of an area belongs to it", () => {
  const area = [0.2, 0, 0.8, 0, 0.8, 0.3, 0.5, 0.3, 0.5, 0.6, 0.2, 0.6];
  const inside: [number, number][] = [[0.3, 0.1], [0.3, 0.5], [0.2, 0.6], [0.5, 0.3], [0.5, 0.45]];
  const outside: [number, number][] = [[0.7, 0.5], [0.1, 0.1], [0.9, 0.3], [0.501, 0.301]];
  for (const [x, y] of inside) expect(inArea(area, x, y), `${x} ${y}`).toBe(true);
  for (const [x, y] of outside) expect(inArea(area, x, y), `${x} ${y}`).toBe(false);
});

test("the nearest site counts from its usual places", () => {
  const site = (id: string, reach: [number, number, number, number]): Site => ({
    id, reach, name: id, shortName: id, muscleId: "OOC", lateral: reach[0], down: reach[1], depth: "subcutaneous", depthText: "", why: "", neighbourEffect: "", mark: "estimate", source: "",
  });
  const sites = [site("near", [0.5, 0, 0.5, 0]), site("wide", [0.6, 0, 0.9, 0.1])];
  expect(nearestSite(sites, 0.54, 0)?.site.id).toBe("near");
  expect(nearestSite(sites, 0.7, 0.05)).toMatchObject({ site: { id: "wide" }, distance: 0 });
  expect(nearestSite([], 0, 0)).toBeUndefined();
});
