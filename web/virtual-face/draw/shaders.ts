/**
 * The shaders. Light is fixed to the camera and never changes strength: a face that twitches does not make the screen
 * flash (see ../flash.ts). Light is worked out at the vertices, which lie a few pixels apart, and a pixel only multiplies:
 * a computer without graphics hardware has to keep up. Light is the root of what a lamp gives, so that colours can stay as
 * they are on the screen.
 */
const VERTEX_HEAD = `
uniform mat4 uView;       // from centimetres before the camera to the screen
uniform mat4 uHead;       // head to camera
in vec3 position; in vec3 normal; in vec2 place; in vec4 extra;
`;

/** Soft light from above and the viewer's left, a weaker one from the right, and what the room gives back. */
const LIGHT = `
const vec3 KEY = vec3(-0.446, 0.494, 0.746);
const vec3 FILL = vec3(0.70, 0.10, 0.70);
const vec3 KEY_HALF = vec3(-0.239, 0.264, 0.934);
// Light that went under the skin comes out beyond the edge of the shadow, red further than blue.
vec3 lamp(vec3 n, float open, vec3 bleed) {
  vec3 key = clamp((vec3(dot(n, KEY)) + bleed) / (1.0 + bleed), 0.0, 1.0);
  float fill = clamp(dot(n, FILL) * 0.75 + 0.25, 0.0, 1.0);
  vec3 room = mix(vec3(0.13, 0.105, 0.10), vec3(0.25, 0.26, 0.28), 0.5 + 0.5 * n.y);
  return key * vec3(0.80, 0.765, 0.72) * mix(0.55, 1.0, open) + fill * vec3(0.11, 0.12, 0.14) * open + room * open;
}
float glint(vec3 n) {
  float g = max(dot(n, KEY_HALF), 0.0);
  g *= g; g *= g; float broad = g; g *= g; g *= g;
  float edge = 1.0 - clamp(n.z, 0.0, 1.0); edge *= edge; edge *= edge;
  return 0.03 * broad + 0.15 * g + 0.02 * edge * (0.5 + 0.5 * n.y);
}
// Bright parts are bent down softly, as film does.
vec3 film(vec3 light) { return sqrt(light * (1.0 + 0.08 * light) / (1.0 + 0.26 * light)); }
`;

/** extra: openness to light, depth of lines, bruise, gloss. */
export const SKIN_VERTEX = `${VERTEX_HEAD}
uniform vec3 uBleed; uniform float uGloss; uniform vec3 uBruise;
out vec3 vLight; out vec2 vShine; out vec2 vPlace;
${LIGHT}
void main() {
  gl_Position = uView * (uHead * vec4(position, 1.0));
  vec3 n = normalize(mat3(uHead) * normal);
  vec3 light = lamp(n, extra.x, uBleed);
  vLight = film(light) * (1.0 - extra.z * (1.0 - uBruise));
  vShine = vec2(glint(n) * uGloss * extra.x * extra.w, 2.0 * extra.y / (0.3 + 0.7 * light.g));
  vPlace = place;
}`;

/** The texture holds the colour of the skin and, in alpha, what its lines do to the light when they are deep. */
export const SKIN_FRAGMENT = `
uniform sampler2D uSkin;
in vec3 vLight; in vec2 vShine; in vec2 vPlace;
out vec4 colour;
void main() {
  vec4 skin = texture(uSkin, vPlace);
  colour = vec4(skin.rgb * (vLight * (1.0 + (skin.a - 0.5) * vShine.y)) + vShine.x, 1.0);
}`;

/** With pores, and with the areas of the muscles where they are asked for. */
export const FINE_SKIN_FRAGMENT = `
uniform sampler2D uSkin; uniform sampler2D uGrain; uniform sampler2D uAreas;
uniform float uShowAreas; uniform float uFine;
in vec3 vLight; in vec2 vShine; in vec2 vPlace;
out vec4 colour;
void main() {
  vec4 skin = texture(uSkin, vPlace);
  vec2 pore = texture(uGrain, vPlace * 4.5).rg - 0.5;
  float tilt = (skin.a - 0.5) * vShine.y + (pore.x + pore.y) * uFine;
  if (uShowAreas > 0.0) { vec4 area = texture(uAreas, vPlace); skin.rgb = mix(skin.rgb, area.rgb, area.a); }
  colour = vec4(skin.rgb * (vLight * (1.0 + tilt)) + vShine.x * (1.0 + 2.0 * tilt), 1.0);
}`;

/** Pieces with one colour per vertex (extra.rgb) that hang on the head (place.x = 1), the body (0) or between. */
export const PIECE_VERTEX = `${VERTEX_HEAD}
uniform mat4 uBody; uniform vec3 uBleed; uniform float uGloss;
out vec3 vColour;
${LIGHT}
void main() {
  vec4 head = uHead * vec4(position, 1.0), body = uBody * vec4(position, 1.0);
  gl_Position = uView * mix(body, head, place.x);
  vec3 n = normalize(mix(mat3(uBody) * normal, mat3(uHead) * normal, place.x));
  vColour = extra.rgb * film(lamp(n, extra.a, uBleed)) + glint(n) * uGloss * extra.a;
}`;

export const PIECE_FRAGMENT = `
in vec3 vColour;
out vec4 colour;
void main() { colour = vec4(vColour, 1.0); }`;

/** Hair as a shell: place = across and along the strands; extra = direction of the strand, openness. */
export const HAIR_VERTEX = `${VERTEX_HEAD}
uniform vec3 uHair;
out vec3 vBase; out vec3 vStreak; out vec3 vGrain;
${LIGHT}
void main() {
  gl_Position = uView * (uHead * vec4(position, 1.0));
  mat3 turn = mat3(uHead);
  vec3 n = normalize(turn * normal), t = normalize(turn * extra.xyz);
  float along = dot(t, KEY_HALF), across = 1.0 - along * along;
  across *= across; across *= across; across *= across;
  float lock = 0.5 + 0.5 * sin(place.x * 11.0) * sin(place.x * 4.3 + 1.0);
  vBase = uHair * film(lamp(n, extra.w, vec3(0.25))) * (0.80 + 0.30 * lock);
  vStreak = (uHair * 0.7 + 0.12) * across * 0.22 * extra.w * clamp(0.4 + n.z, 0.0, 1.0) * (0.5 + lock);
  vGrain = vec3(place.x * 0.62, place.y * 0.035, place.y);
}`;

export const HAIR_FRAGMENT = `
uniform sampler2D uGrain;
in vec3 vBase; in vec3 vStreak; in vec3 vGrain;
out vec4 colour;
void main() {
  float fine = texture(uGrain, vGrain.xy).b;
  colour = vec4(vBase * (0.58 + 0.62 * fine) + vStreak * (0.3 + fine), 1.0);
}`;

/** The first strands and the tips stand apart, so that hair has no edge. Apart, because throwing pixels away is dear. */
export const HAIR_EDGE_FRAGMENT = `
uniform sampler2D uGrain; uniform vec2 uRagged;
in vec3 vBase; in vec3 vStreak; in vec3 vGrain;
out vec4 colour;
void main() {
  float fine = texture(uGrain, vGrain.xy).b, lock = texture(uGrain, vec2(vGrain.x * 0.31 + 0.3, vGrain.y)).b;
  if (vGrain.z < uRagged.x * (0.15 + fine) * (0.4 + lock) || vGrain.z > uRagged.y - 0.12 * fine) discard;
  colour = vec4(vBase * (0.58 + 0.62 * fine) + vStreak * (0.3 + fine), 1.0);
}`;

/** What is seen through the opening of the lids: the ray meets a ball. place = outer to inner corner, lower to upper lid. */
export const EYE_VERTEX = `${VERTEX_HEAD}
out vec3 vPoint; out vec2 vPlace;
void main() { gl_Position = uView * (uHead * vec4(position, 1.0)); vPoint = position; vPlace = place; }`;

export const EYE_FRAGMENT = `
uniform vec3 uEyeAt; uniform vec3 uBall; uniform float uRadius; uniform vec3 uGaze; uniform vec3 uIris; uniform mat4 uHead; uniform float uVeins; uniform vec3 uLidColour; uniform float uOpen;
in vec3 vPoint; in vec2 vPlace;
out vec4 colour;
${LIGHT}
float speck(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
float ripple(float a, float r) { float i = floor(a), f = fract(a); f = f * f * (3.0 - 2.0 * f); return mix(speck(vec2(i, r)), speck(vec2(i + 1.0, r)), f); }
void main() {
  vec3 ray = normalize(vPoint - uEyeAt);
  vec3 from = uEyeAt - uBall;
  float b = dot(from, ray), c = dot(from, from) - uRadius * uRadius, inside = b * b - c;
  vec3 hit = from + ray * (-b - sqrt(max(inside, 0.0)));
  vec3 n = normalize(hit);
  float facing = dot(n, uGaze);
  vec3 flatPart = n - uGaze * facing;
  float out1 = length(flatPart) * uRadius;
  float side = vPlace.x, up = vPlace.y;
  float corner = smoothstep(0.12, 0.0, side) + smoothstep(0.88, 1.0, side);
  vec3 white = mix(vec3(0.80, 0.775, 0.75), vec3(0.66, 0.44, 0.40), clamp(corner * 0.7 + uVeins * 0.14 * smoothstep(0.6, 1.2, out1), 0.0, 1.0));
  float a = atan(flatPart.y, flatPart.x);
  float fibre = 0.62 + 0.55 * ripple(a * 9.0 + 40.0, 1.0) * ripple(a * 23.0 + 90.0, 2.0) + 0.25 * smoothstep(0.40, 0.22, out1);
  vec3 iris = uIris * uIris * fibre * 1.55 * (1.0 - 0.35 * dot(flatPart, vec3(-0.4, 0.6, 0.0)) / 0.5);
  iris *= mix(1.0, 0.28, smoothstep(0.47, 0.585, out1));
  iris = mix(vec3(0.004), iris, smoothstep(0.185, 0.215, out1));
  vec3 eye = mix(iris, white, smoothstep(0.55, 0.625, out1));
  vec3 turned = normalize(mat3(uHead) * n);
  float key = clamp(dot(turned, KEY) * 0.6 + 0.4, 0.0, 1.0);
  // The lid and its lashes lie over the upper third.
  float shade = mix(1.0, 0.34, smoothstep(0.55, 1.0, up)) * mix(1.0, 0.72, smoothstep(0.25, 0.0, up)) * (1.0 - 0.35 * clamp(corner, 0.0, 1.0));
  vec3 c2 = eye * (key * 0.86 + 0.30) * shade;
  // The wet edge of the lower lid and the pink of the inner corner.
  vec3 rim = uLidColour * uLidColour * 0.95;
  c2 = mix(c2, rim, smoothstep(0.11, 0.05, up) * 0.85);
  c2 = mix(c2, vec3(0.50, 0.22, 0.20) * 0.8, smoothstep(0.93, 0.975, side) * 0.85);
  c2 = mix(c2, vec3(0.03, 0.02, 0.018), smoothstep(0.90, 0.99, up) * 0.8);
  // Through a slit hardly any light gets in.
  c2 *= mix(0.22, 1.0, uOpen);
  // One window is mirrored in the cornea, however the eye turns.
  vec3 cornea = normalize(mat3(uHead) * (n + uGaze * 0.25 * smoothstep(0.62, 0.0, out1)));
  float spark = smoothstep(0.9935, 0.9965, dot(cornea, KEY_HALF)) * smoothstep(0.66, 0.56, out1);
  c2 += vec3(0.85) * spark * smoothstep(1.0, 0.8, up) * uOpen;
  c2 += vec3(0.20) * smoothstep(0.975, 0.995, dot(turned, normalize(vec3(0.30, 0.02, 0.95)))) * 0.08;
  colour = vec4(sqrt(max(c2, 0.0)), 1.0);
}`;

/** Between the lips: teeth that stay with the skull while the lips move, and the dark behind. */
export const MOUTH_FRAGMENT = `
uniform vec3 uTeeth; // height of the biting edge, middle, half width
in vec3 vPoint; in vec2 vPlace;
out vec4 colour;
void main() {
  float x = (vPoint.x - uTeeth.y) / uTeeth.z, up = vPlace.y;
  float arch = 1.0 - 0.55 * x * x;
  float edge = smoothstep(uTeeth.x - 0.03, uTeeth.x + 0.03, vPoint.y + 0.05 * x * x);
  float gap = abs(fract(abs(x) * 3.6) - 0.5) * 2.0;
  vec3 tooth = vec3(0.62, 0.585, 0.52) * arch * (0.72 + 0.28 * smoothstep(0.0, 0.16, 1.0 - gap));
  vec3 dark = mix(vec3(0.075, 0.018, 0.018), vec3(0.19, 0.06, 0.055), smoothstep(0.45, 0.0, up));
  vec3 c = mix(dark, tooth, edge * step(abs(x), 1.0));
  c *= mix(1.0, 0.30, smoothstep(0.55, 1.0, up)) * mix(1.0, 0.5, smoothstep(0.25, 0.0, min(vPlace.x, 1.0 - vPlace.x)));
  colour = vec4(sqrt(c), 1.0);
}`;

export const LASH_FRAGMENT = `
uniform vec3 uHair;
in vec3 vPoint; in vec2 vPlace;
out vec4 colour;
void main() { colour = vec4(uHair, 1.0); }`;

export const GROUND_VERTEX = `
in vec3 position;
out vec2 vPlace;
void main() { vPlace = position.xy; gl_Position = vec4(position.xy, 0.999, 1.0); }`;

export const GROUND_FRAGMENT = `
uniform vec3 uGround;
in vec2 vPlace;
out vec4 colour;
void main() { float far = dot(vPlace - vec2(-0.2, 0.25), vPlace - vec2(-0.2, 0.25)); colour = vec4(uGround * (1.04 - 0.17 * far), 1.0); }`;
