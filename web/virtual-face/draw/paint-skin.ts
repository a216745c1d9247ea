import { Random } from "../face/random.ts";
import { mix, type Colour } from "../face/shape.ts";
import { EYE, LIPS, NOSTRILS, SIDES } from "../face/topology.ts";
import type { Look } from "../look.ts";
import { Brush } from "./brush.ts";
import type { Pixels } from "./gl.ts";
import { paintLines } from "./paint-lines.ts";
import { paintBrows, paintStubble } from "./paint-hair.ts";

/** Paints one person's skin as a flat picture in the mesh's texture space. Alpha holds its lines. */
export function paintSkin(look: Look, texture: Float32Array, size: number): Pixels {
  const brush = new Brush(size, texture);
  const random = new Random(`skin of ${look.seed}`);
  const tone = (towards: Colour, share: number): Colour => mix(look.skin, towards, share);
  const dark = look.skinTone >= 7;
  const ruddy = tone(dark ? [120, 50, 40] : [206, 84, 74], dark ? 0.28 : 0.4);
  const shade = tone([70, 30, 24], 0.42);
  const pale = tone([255, 236, 206], 0.4);
  const s = brush.size;
  brush.fill(look.skin);

  blotches(brush, random, look, ruddy, pale);
  // Blood lies near the surface on cheeks, nose and chin; the brow is yellower.
  for (const side of SIDES) {
    const [cx, cy] = brush.at(EYE[side].cheek);
    brush.wash(cx + (side === "R" ? 0.03 : -0.03) * s, cy + 0.01 * s, 0.17, ruddy, 0.36, 0.7);
    brush.wash(cx, cy + 0.06 * s, 0.13, ruddy, 0.14, 0.9);
  }
  const [nx, ny] = brush.at(4);
  brush.wash(nx, ny + 0.01 * s, 0.065, ruddy, 0.6, 0.9);
  const [chx, chy] = brush.at(199);
  brush.wash(chx, chy, 0.1, ruddy, 0.28, 0.7);
  const [fx, fy] = brush.at(151);
  brush.wash(fx, fy, 0.26, tone([236, 200, 130], 0.3), dark ? 0.15 : 0.3, 0.45);
  if (look.freckles > 0) {
    for (let i = 0; i < 420 * look.freckles; i++) brush.wash(s * (0.5 + 0.17 * random.normal()), s * (0.48 + 0.09 * random.normal()), random.between(0.0016, 0.0042), tone([140, 78, 44], 0.6), random.between(0.15, 0.5));
  }
  for (let i = 0; i < 34 * look.lines; i++) brush.wash(random.between(0.1, 0.9) * s, random.between(0.1, 0.85) * s, random.between(0.004, 0.014), tone([96, 56, 34], 0.6), random.between(0.08, 0.3), random.between(0.6, 1));
  for (let i = random.whole(0, 3); i > 0; i--) brush.wash(random.between(0.2, 0.8) * s, random.between(0.2, 0.9) * s, 0.006, tone([52, 30, 24], 0.8), 0.8);

  // Under the hair and before it the skin is darkened by the first strands.
  if (look.cut !== "bald") for (let i = 0; i <= 40; i++) {
    const u = i / 40;
    brush.wash(u * s, (0.085 + 0.9 * Math.abs(u - 0.5) ** 2.6) * s, 0.05, look.hair, look.cut === "receding" ? 0.12 : 0.34);
  }

  lids(brush, look, tone, shade, ruddy);
  if (look.stubble > 0) paintStubble(brush, look, random);
  nose(brush, shade);
  lips(brush, look, random);
  paintBrows(brush, look, random);
  const data = brush.pixels();
  speckle(data, random, dark ? 0.05 : 0.035);
  const lines = paintLines(look.seed, texture, size);
  for (let i = 0; i < lines.length; i++) data[i * 4 + 3] = lines[i]!;
  return { size, data };
}

/** Nothing alive has one colour: large and small patches of more and less blood. */
function blotches(brush: Brush, random: Random, look: Look, ruddy: Colour, pale: Colour): void {
  const s = brush.size;
  for (let i = 0; i < 130; i++) brush.wash(random.next() * s, random.next() * s, random.between(0.03, 0.11), random.chance(0.55) ? ruddy : pale, random.between(0.02, 0.09));
  for (let i = 0; i < 900; i++) brush.wash(random.next() * s, random.next() * s, random.between(0.004, 0.014), random.chance(0.5) ? ruddy : pale, random.between(0.02, 0.1 + 0.06 * look.lines));
}

function lids(brush: Brush, look: Look, tone: (towards: Colour, share: number) => Colour, shade: Colour, ruddy: Colour): void {
  const s = brush.size;
  const lash = mix(look.browHair, [14, 10, 9], 0.75);
  for (const side of SIDES) {
    const eye = EYE[side];
    const [outer, inner] = eye.corners;
    const middle = brush.between(outer, inner, 0.5);
    // The socket is darker, below the eye most of all; the lid itself is thin skin.
    brush.wash(middle[0], middle[1] - 0.035 * s, 0.085, mix(shade, ruddy, 0.4), 0.26, 0.5);
    const bag = brush.at(eye.lowerSkin[3]!);
    brush.wash(bag[0], bag[1] + 0.022 * s, 0.075, tone([92, 60, 84], 0.5), 0.3 + 0.2 * look.lines, 0.4);
    for (let k = 1; k < 6; k++) {
      const [x, y] = brush.between(eye.upper[k]!, eye.upperSkin[k]!, 0.5);
      // Thin and smooth, it catches the light, most of all when it is down.
      brush.wash(x, y, 0.022, tone(look.skinTone >= 6 ? [255, 222, 200] : [232, 160, 138], 0.33), 0.5, 0.6);
    }
    // The crease above the lid.
    const crease = [outer, ...eye.upperSkin.slice(0, 6), inner].map((v, i, all) => { const [x, y] = brush.at(v); return [x, y - (i > 0 && i + 1 < all.length ? 0.004 * s : 0)] as [number, number]; });
    for (const [width, alpha] of [[0.012, 0.13], [0.006, 0.2], [0.003, 0.3]] as const) { brush.trace(crease); brush.stroke(mix(shade, [60, 24, 20], 0.3), alpha, width); }
    const inside = brush.at(inner);
    brush.wash(inside[0], inside[1], 0.02, ruddy, 0.6, 0.7);
    brush.trace([outer, ...eye.upper, inner].map((v) => brush.at(v)));
    brush.stroke(lash, look.sex === "female" ? 0.85 : 0.6, look.sex === "female" ? 0.0075 : 0.0055);
    brush.trace([outer, ...eye.lower, inner].map((v) => brush.at(v)));
    brush.stroke(mix(ruddy, lash, 0.35), 0.45, 0.005);
  }
}

function nose(brush: Brush, shade: Colour): void {
  const s = brush.size;
  for (const hole of NOSTRILS) {
    const places = hole.map((v) => brush.at(v));
    const x = places.reduce((sum, p) => sum + p[0], 0) / places.length;
    const y = places.reduce((sum, p) => sum + p[1], 0) / places.length;
    brush.wash(x, y, 0.03, shade, 0.6, 0.55);
    brush.wash(x, y + 0.002 * s, 0.02, [34, 14, 12], 0.95, 0.5, x < s / 2 ? -0.25 : 0.25);
  }
  for (const wing of [[129, 49], [358, 279]] as const) {
    const [x, y] = brush.between(wing[0], wing[1], 0.2);
    brush.wash(x, y, 0.026, shade, 0.35, 1.5);
  }
}

function lips(brush: Brush, look: Look, random: Random): void {
  const { pen, size: s } = brush;
  const edge = [...LIPS.upper[0], ...[...LIPS.lower[0]].reverse().slice(1, -1)].map((v) => brush.at(v));
  const tones = [mix(look.lips, [60, 20, 22], 0.16), look.lips] as const;
  for (const [width, alpha] of [[0.014, 0.12], [0.009, 0.2], [0.005, 0.3]] as const) { brush.trace(edge, true); brush.stroke(look.lips, alpha, width); }
  pen.save();
  brush.trace(edge, true);
  pen.clip();
  brush.fill(tones[1]);
  const [mx, my] = brush.at(13);
  pen.fillStyle = `rgb(${tones[0].map(Math.round).join(",")})`;
  pen.fillRect(0, 0, s, my);
  for (let i = 0; i < 130; i++) {
    const x = mx + random.normal() * 0.055 * s;
    pen.beginPath();
    pen.moveTo(x, my - random.between(0.0, 0.04) * s);
    pen.quadraticCurveTo(x + random.between(-2, 2), my, x + (x - mx) * 0.12, my + random.between(0.0, 0.045) * s);
    brush.stroke(random.chance(0.5) ? mix(look.lips, [80, 24, 26], 0.5) : mix(look.lips, [255, 214, 206], 0.3), 0.14, 0.0014);
  }
  const [lx, ly] = brush.at(16);
  brush.wash(lx, ly, 0.05, mix(look.lips, [255, 220, 212], 0.4), 0.4, 0.3);
  pen.restore();
  for (const row of [LIPS.upper[3], LIPS.lower[3]]) { brush.trace(row.map((v) => brush.at(v))); brush.stroke(mix(look.lips, [40, 8, 10], 0.7), 0.75, 0.005); }
  for (const side of SIDES) { const [x, y] = brush.at(EYE[side].mouthCorner); brush.wash(x, y, 0.018, mix(look.lips, [50, 18, 14], 0.6), 0.5); }
}

function speckle(data: Uint8ClampedArray, random: Random, strength: number): void {
  const noise = Float32Array.from({ length: 4096 }, () => random.normal());
  for (let i = 0; i < data.length; i += 4) {
    const grain = 1 + strength * noise[(Math.imul(i, 2654435761) >>> 14) & 4095]!;
    data[i]! *= grain;
    data[i + 1]! *= grain;
    data[i + 2]! *= grain;
  }
}
