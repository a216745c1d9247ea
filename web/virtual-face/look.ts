import { Random, smooth } from "./face/random.ts";
import { mix, type Bones, type Colour } from "./face/shape.ts";

export type Sex = "female" | "male";
export type HairCut = "cropped" | "short" | "bob" | "long" | "tied" | "receding" | "bald";

/** What the page may ask for; everything left out follows from the seed. */
export interface LookWishes {
  readonly seed?: number;
  /** Years. */
  readonly age?: number;
  readonly sex?: Sex;
  /** Monk scale, 1 (lightest) to 10. */
  readonly skinTone?: number;
}

/** All that makes one face on screen differ from another; colours are sRGB, 0 to 255. */
export interface Look {
  readonly seed: number;
  readonly age: number;
  readonly sex: Sex;
  readonly skinTone: number;
  /** 0 = smooth, 1 = the skin of about eighty years. */
  readonly lines: number;
  readonly skin: Colour;
  readonly lips: Colour;
  readonly hair: Colour;
  readonly browHair: Colour;
  readonly iris: Colour;
  readonly cloth: Colour;
  readonly ground: Colour;
  readonly cut: HairCut;
  /** 0 = thin, 1 = thick. */
  readonly brow: number;
  /** 0 = shaved, 1 = the shadow of two days. */
  readonly stubble: number;
  readonly freckles: number;
  readonly bones: Bones;
}

/** The ten tones of the Monk scale. */
const MONK: readonly Colour[] = [
  [246, 237, 228], [243, 231, 219], [247, 234, 208], [234, 218, 186], [215, 189, 150],
  [160, 126, 86], [130, 92, 67], [96, 65, 52], [58, 49, 42], [41, 36, 32],
];
/** Fitzpatrick types I to VI on the Monk scale; the two do not measure the same, so this is for the picture only. */
const FITZPATRICK: Readonly<Record<string, number>> = { I: 1, II: 2, III: 4, IV: 5, V: 7, VI: 9 };
const NATURAL: Readonly<Record<"black" | "dark" | "brown" | "blond" | "red", Colour>> = {
  black: [26, 22, 21], dark: [48, 34, 27], brown: [88, 60, 40], blond: [176, 140, 92], red: [134, 70, 38],
};

/** Reads `skin-tone`: "1" to "10" (Monk) or "I" to "VI" (Fitzpatrick). */
export function readSkinTone(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const word = text.trim().toUpperCase();
  const tone = FITZPATRICK[word] ?? Number(word);
  return Number.isFinite(tone) ? Math.min(10, Math.max(1, Math.round(tone))) : undefined;
}

/** What the attributes `seed`, `age`, `sex` and `skin-tone` of an element ask for. */
export function readWishes(element: Element): LookWishes {
  const number = (name: string): number | undefined => {
    const value = parseFloat(element.getAttribute(name) ?? "");
    return Number.isFinite(value) ? value : undefined;
  };
  const [seed, age, skinTone, sex] = [number("seed"), number("age"), readSkinTone(element.getAttribute("skin-tone")), element.getAttribute("sex")];
  return {
    ...(seed === undefined ? {} : { seed }), ...(age === undefined ? {} : { age }), ...(skinTone === undefined ? {} : { skinTone }),
    ...(sex === "female" || sex === "male" ? { sex } : {}),
  };
}

/** Fills in what the wishes leave open. The same seed is the same person, whatever else is asked for. */
export function makeLook(wishes: LookWishes = {}): Look {
  const seed = wishes.seed ?? 1;
  const draw = (what: string): Random => new Random(`${what} of ${seed}`);
  const person = draw("person");
  const drawnSex: Sex = person.chance(0.6) ? "female" : "male";
  const drawnAge = person.between(38, 78);
  const drawnTone = person.whole(1, 10);
  const sex = wishes.sex ?? drawnSex;
  const age = Math.min(95, Math.max(18, wishes.age ?? drawnAge));
  const skinTone = Math.min(10, Math.max(1, Math.round(wishes.skinTone ?? drawnTone)));
  const lines = smooth(24, 84, age);

  const colours = draw("colours");
  const monk = MONK[skinTone - 1]!; // 1 to 10
  // The scale's swatches are flatter than lit skin: a little more blood in the light tones, none of the dark ones black.
  const blood: Colour = skinTone <= 5 ? [224, 150, 122] : [150, 84, 54];
  // A camera opens up for dark skin, though not all the way.
  const exposure = 1 + 0.1 * Math.max(0, skinTone - 6);
  const skin = mix([0, 0, 0], mix(mix(monk, blood, skinTone <= 3 ? 0.3 : skinTone <= 5 ? 0.22 : 0.16), [colours.between(190, 215), 150, 120], 0.05), exposure);
  const kinds = skinTone >= 6 ? (["black", "black", "dark"] as const) : skinTone >= 4 ? (["black", "dark", "brown"] as const) : (["dark", "brown", "brown", "blond", "red"] as const);
  const natural = NATURAL[colours.pick<keyof typeof NATURAL>(kinds)];
  const grey = smooth(38, 76, age + colours.between(-10, 10)) * (sex === "female" && colours.chance(0.5) ? 0.35 : 1);
  const hair = mix(natural, [188, 186, 182], grey);
  const irises: readonly Colour[] = skinTone >= 6 ? [[52, 32, 20], [64, 40, 24]] : skinTone >= 4 ? [[70, 44, 26], [96, 66, 34]] : [[92, 128, 158], [104, 124, 128], [98, 112, 72], [110, 84, 44], [82, 54, 32]];
  const iris = colours.pick(irises);
  const lips = mix(skin, sex === "female" ? [158, 52, 58] : [150, 74, 68], skinTone >= 7 ? 0.28 : 0.42 - 0.12 * lines);

  const style = draw("style");
  const cut = style.pick<HairCut>(sex === "female"
    ? (age > 62 ? ["bob", "short", "tied", "bob"] : ["long", "bob", "tied", "long"])
    : (age > 50 ? ["receding", "cropped", "short", "bald"] : ["short", "cropped", "short"]));

  const bone = draw("bones");
  const vary = (spread: number): number => 1 + Math.max(-1.8, Math.min(1.8, bone.normal())) * spread;
  const female = sex === "female" ? 1 : -1;
  return {
    seed, age, sex, skinTone, lines, skin, lips, hair, browHair: mix(natural, [150, 148, 144], grey * 0.55), iris, cut,
    cloth: style.pick<Colour>([[58, 78, 104], [104, 58, 62], [196, 192, 184], [64, 66, 70], [70, 98, 84], [120, 106, 88]]),
    ground: [172, 180, 184],
    brow: Math.min(1, Math.max(0, (sex === "male" ? 0.68 : 0.36) + style.between(-0.22, 0.22) - 0.15 * lines)),
    stubble: sex === "male" && style.chance(0.75) ? style.between(0.25, 0.85) : 0,
    freckles: skinTone <= 3 && style.chance(0.35) ? style.between(0.3, 1) : 0,
    bones: {
      seed, width: vary(0.035) - 0.012 * female, length: vary(0.035), jaw: vary(0.055) - 0.035 * female, nose: vary(0.12) - 0.04 * female,
      eyeSpacing: vary(0.032), eyeSize: vary(0.08) + 0.04 * female, eyeTilt: 0.025 * bone.normal(), mouthWidth: vary(0.065),
      lipFullness: vary(0.14) + 0.06 * female - 0.22 * lines + (skinTone >= 7 ? 0.14 : 0), cheekFullness: 0.35 * bone.normal() - 0.3 * lines, restingOpen: 0,
    },
  };
}
