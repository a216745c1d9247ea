import { Brush } from "./draw/brush.ts";
import type { Pixels } from "./draw/gl.ts";
import { CANONICAL } from "./face/canonical.ts";
import type { Colour } from "./face/shape.ts";
import type { Muscle } from "../face-map/model.ts";

/** Half of the pupils' distance on the canonical face and their height, centimetres: the frame of the face map. */
const PUPIL = { x: 3.16, y: 2.62 };
const COLOURS: readonly Colour[] = [[214, 96, 77], [67, 117, 180], [90, 174, 97], [153, 112, 171], [224, 150, 40], [60, 160, 160], [190, 80, 130], [130, 130, 60]];

/** Place of a point of the face map on the canonical face, centimetres. */
export function onFace(lateralIpd: number, downIpd: number, sign: 1 | -1): [number, number] {
  return [sign * lateralIpd * 2 * PUPIL.x, PUPIL.y - downIpd * 2 * PUPIL.x];
}

/** Texture place under a point of the canonical face seen from before; undefined beside the mesh. */
function textureAt(x: number, y: number): [number, number] | undefined {
  const { position: p, texture, triangles } = CANONICAL;
  let best: [number, number] | undefined;
  let front = -Infinity;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    const area = (p[b * 3]! - p[a * 3]!) * (p[c * 3 + 1]! - p[a * 3 + 1]!) - (p[b * 3 + 1]! - p[a * 3 + 1]!) * (p[c * 3]! - p[a * 3]!);
    if (Math.abs(area) < 1e-6) continue;
    const wb = ((x - p[a * 3]!) * (p[c * 3 + 1]! - p[a * 3 + 1]!) - (y - p[a * 3 + 1]!) * (p[c * 3]! - p[a * 3]!)) / area;
    const wc = ((p[b * 3]! - p[a * 3]!) * (y - p[a * 3 + 1]!) - (p[b * 3 + 1]! - p[a * 3 + 1]!) * (x - p[a * 3]!)) / area;
    if (wb < 0 || wc < 0 || wb + wc > 1) continue;
    const wa = 1 - wb - wc;
    const z = wa * p[a * 3 + 2]! + wb * p[b * 3 + 2]! + wc * p[c * 3 + 2]!;
    if (z <= front) continue;
    front = z;
    best = [0, 1].map((d) => wa * texture[a * 2 + d]! + wb * texture[b * 2 + d]! + wc * texture[c * 2 + d]!) as [number, number];
  }
  return best;
}

/** Points along a curve of the face map: its first point, then two control points and an end for each piece. */
export function alongCurve(curve: readonly number[], steps: number): [number, number][] {
  const out: [number, number][] = [];
  let [x, y] = [curve[0] ?? 0, curve[1] ?? 0];
  for (let i = 2; i + 5 < curve.length; i += 6) {
    const [ax, ay, bx, by, cx, cy] = curve.slice(i, i + 6) as [number, number, number, number, number, number];
    for (let k = 0; k < steps; k++) {
      const [s, r] = [k / steps, 1 - k / steps];
      out.push([r ** 3 * x + 3 * r * r * s * ax + 3 * r * s * s * bx + s ** 3 * cx, r ** 3 * y + 3 * r * r * s * ay + 3 * r * s * s * by + s ** 3 * cy]);
    }
    [x, y] = [cx, cy];
  }
  return out;
}

/** Which colour a muscle has, for the legend too. */
export function areaColour(index: number): Colour {
  return COLOURS[index % COLOURS.length]!; // wraps round
}

/** The muscles of the face map, painted on the skin of both halves. */
export function paintAreas(muscles: readonly Muscle[]): Pixels {
  const size = 512;
  const brush = new Brush(size, CANONICAL.texture);
  const { pen } = brush;
  muscles.forEach((muscle, k) => {
    for (const sign of [1, -1] as const) {
      const corners = alongCurve(muscle.curve, 6).flatMap(([lateral, down]) => {
        const place = textureAt(...onFace(lateral, down, sign));
        return place === undefined ? [] : [[place[0] * size, place[1] * size] as const];
      });
      if (corners.length < 3) continue;
      pen.beginPath();
      corners.forEach(([x, y], i) => { if (i === 0) pen.moveTo(x, y); else pen.lineTo(x, y); });
      pen.closePath();
      const colour = areaColour(k);
      pen.fillStyle = `rgba(${colour.join(",")},0.34)`;
      pen.fill();
      brush.stroke(colour, 0.9, 0.004);
    }
  });
  return { size, data: brush.pixels() };
}
