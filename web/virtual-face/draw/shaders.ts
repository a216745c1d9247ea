/**
 * The shaders. Light is fixed to the camera and never changes strength: a face that twitches does not make the screen
 * flash (see ../flash.ts). Colours are squared to be near linear while light is added, and the root is taken at the end.
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
vec3 lit(vec3 albedo, vec3 n, float open, float gloss, vec3 bleed) {
  float k = dot(n, KEY), f = dot(n, FILL);
  // Light that went under the skin comes out beyond the edge of the shadow, red further than blue.
  vec3 key = clamp((vec3(k) + bleed) / (1.0 + bleed), 0.0, 1.0);
  float fill = clamp(f * 0.75 + 0.25, 0.0, 1.0);
  float sky = 0.5 + 0.5 * n.y;
  vec3 room = mix(vec3(0.13, 0.105, 0.10), vec3(0.25, 0.26, 0.28), sky);
  float shade = mix(0.55, 1.0, open);
  vec3 light = key * vec3(0.80, 0.765, 0.72) * shade + fill * vec3(0.11, 0.12, 0.14) * open + room * open;
  float glint = max(dot(n, KEY_HALF), 0.0);
  glint *= glint; glint *= glint; float broad = glint; glint *= glint; glint *= glint;
  float edge = 1.0 - clamp(n.z, 0.0, 1.0); edge *= edge; edge *= edge;
  return albedo * light + vec3((0.035 * broad + 0.16 * glint) * gloss * open) + vec3(0.022, 0.024, 0.028) * edge * open * (0.5 + 0.5 * n.y);
}
// Bright parts are bent down softly, as film does.
vec4 shown(vec3 c) { c = max(c, 0.0); return vec4(sqrt(c * (1.0 + 0.12 * c) / (1.0 + 0.42 * c)) , 1.0); }
`;

export const SKIN_VERTEX = `${VERTEX_HEAD}
out vec3 vNormal; out vec2 vPlace; out vec4 vExtra;
void main() {
  gl_Position = uView * (uHead * vec4(position, 1.0));
  vNormal = mat3(uHead) * normal; vPlace = place; vExtra = extra;
}`;

/** extra: openness to light, depth of lines, bruise, tint of the muscle areas. */
export const SKIN_FRAGMENT = `
uniform sampler2D uSkin; uniform sampler2D uLines; uniform sampler2D uGrain; uniform sampler2D uAreas;
uniform vec3 uAcross; uniform vec3 uDown; uniform vec3 uBruise; uniform float uShowAreas; uniform float uFine; uniform vec3 uBleed; uniform float uGloss;
in vec3 vNormal; in vec2 vPlace; in vec4 vExtra;
out vec4 colour;
${LIGHT}
void main() {
  vec3 albedo = texture(uSkin, vPlace).rgb;
  vec4 lines = texture(uLines, vPlace);
  albedo *= albedo;
  vec2 slope = (lines.rg - 0.5) * 3.4 * vExtra.y;
  if (uFine > 0.0) slope += (texture(uGrain, vPlace * 9.0).rg - 0.5) * uFine;
  vec3 n = normalize(vNormal);
  n = normalize(n - uAcross * slope.x - uDown * slope.y);
  albedo *= mix(vec3(1.0), vec3(0.62, 0.48, 0.44), clamp(lines.b * vExtra.y, 0.0, 1.0));
  albedo = mix(albedo, albedo * uBruise, clamp(vExtra.z, 0.0, 1.0));
  if (uShowAreas > 0.0) { vec4 area = texture(uAreas, vPlace); albedo = mix(albedo, area.rgb * area.rgb, area.a * uShowAreas); }
  colour = shown(lit(albedo, n, vExtra.x, lines.a * uGloss, uBleed));
}`;

/** Pieces with one colour per vertex (extra.rgb) that hang on the head (place.x = 1), the body (0) or between. */
export const PIECE_VERTEX = `${VERTEX_HEAD}
uniform mat4 uBody;
out vec3 vNormal; out vec3 vColour; out float vOpen;
void main() {
  vec4 head = uHead * vec4(position, 1.0), body = uBody * vec4(position, 1.0);
  gl_Position = uView * mix(body, head, place.x);
  vNormal = mix(mat3(uBody) * normal, mat3(uHead) * normal, place.x);
  vColour = extra.rgb; vOpen = extra.a;
}`;

export const PIECE_FRAGMENT = `
uniform vec3 uBleed; uniform float uGloss;
in vec3 vNormal; in vec3 vColour; in float vOpen;
out vec4 colour;
${LIGHT}
void main() { colour = shown(lit(vColour * vColour, normalize(vNormal), vOpen, uGloss, uBleed)); }`;

/** Hair as a shell: place = across and along the strands; extra = direction of the strand, openness. */
export const HAIR_VERTEX = `${VERTEX_HEAD}
out vec3 vNormal; out vec2 vPlace; out vec3 vStrand; out float vOpen;
void main() {
  gl_Position = uView * (uHead * vec4(position, 1.0));
  mat3 turn = mat3(uHead);
  vNormal = turn * normal; vStrand = turn * extra.xyz; vPlace = place; vOpen = extra.w;
}`;

export const HAIR_FRAGMENT = `
uniform sampler2D uGrain; uniform vec3 uHair; uniform vec2 uRagged; uniform float uShine;
in vec3 vNormal; in vec2 vPlace; in vec3 vStrand; in float vOpen;
out vec4 colour;
${LIGHT}
void main() {
  float fine = texture(uGrain, vec2(vPlace.x * 3.1, vPlace.y * 0.06)).b;
  float lock = texture(uGrain, vec2(vPlace.x * 0.61 + 0.3, vPlace.y * 0.045 + 0.5)).b;
  // The first strands stand apart, so that the hairline is no edge.
  if (vPlace.y < uRagged.x * (0.15 + fine) * (0.4 + lock) || vPlace.y > uRagged.y - 0.12 * fine) discard;
  vec3 t = normalize(vStrand + vNormal * (lock - 0.5) * 0.5);
  vec3 n = normalize((gl_FrontFacing || vNormal.z > 0.0 ? vNormal : vNormal * vec3(1.0, 1.0, -1.0)) + vec3(lock - 0.5, 0.0, 0.0) * 0.7);
  float along = dot(t, KEY_HALF), cross2 = sqrt(max(0.0, 1.0 - along * along));
  float streak = cross2 * cross2; streak *= streak; streak *= streak; streak *= streak; streak *= streak;
  float tone = (0.5 + 0.75 * fine) * (0.72 + 0.5 * lock);
  vec3 base = uHair * uHair * tone;
  vec3 c = lit(base, n, vOpen, 0.0, vec3(0.25)) + (uHair * 0.30 + 0.045) * streak * (0.25 + fine) * uShine * vOpen;
  colour = shown(c);
}`;

/** What is seen through the opening of the lids: the ray meets a ball. place = outer to inner corner, lower to upper lid. */
export const EYE_VERTEX = `${VERTEX_HEAD}
out vec3 vPoint; out vec2 vPlace;
void main() { gl_Position = uView * (uHead * vec4(position, 1.0)); vPoint = position; vPlace = place; }`;

export const EYE_FRAGMENT = `
uniform vec3 uEyeAt; uniform vec3 uBall; uniform float uRadius; uniform vec3 uGaze; uniform vec3 uIris; uniform mat4 uHead; uniform float uVeins; uniform vec3 uLidColour;
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
  // One window is mirrored in the cornea, however the eye turns.
  vec3 cornea = normalize(mat3(uHead) * (n + uGaze * 0.25 * smoothstep(0.62, 0.0, out1)));
  float spark = smoothstep(0.9935, 0.9965, dot(cornea, KEY_HALF)) * smoothstep(0.66, 0.56, out1);
  c2 += vec3(0.85) * spark * smoothstep(1.0, 0.8, up);
  c2 += vec3(0.20) * smoothstep(0.975, 0.995, dot(turned, normalize(vec3(0.30, 0.02, 0.95)))) * 0.3;
  colour = shown(c2);
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
