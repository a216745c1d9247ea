import { Random } from '../../web/virtual-face/face/random.ts';

/** Camera, light and picture quality of one clip. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Interocular distance in picture pixels when the head faces the camera. */
  readonly iodPx: number;
  /** Place of the head's middle in the picture. */
  readonly centreX: number;
  readonly centreY: number;
  /** Unit vector to the lamp (x to the subject's left, y up, z to the camera). */
  readonly light: readonly [number, number, number];
  readonly ambient: number;
  readonly diffuse: number;
  /** Overall brightness; below 0.6 the room is dim. */
  readonly gain: number;
  /** Share by which the lamp flickers, and its beat with the camera. */
  readonly flicker: number;
  readonly flickerRate: number;
  readonly warmth: number;
  /** Standard deviation of the sensor noise in grey levels. */
  readonly noise: number;
  /** Pictures averaged over the open shutter, and the share of the frame it is open. */
  readonly subframes: number;
  readonly shutter: number;
  /** 0 = sharp, 1 = soft lens. */
  readonly softness: number;
  /** Blocks whose mean change stays under this are not sent again, as a frugal codec does; 0 = off. */
  readonly codec: number;
}

export interface SceneWishes {
  readonly iodPx: number;
  readonly noise?: number;
  readonly dim?: boolean;
  readonly sideLight?: boolean;
  readonly softness?: number;
  readonly codec?: number;
  readonly flicker?: number;
}

/** `skin` is the mean grey level of the skin: a camera exposes for the face, though not all the way. */
export function makeScene(wishes: SceneWishes, seed: string, skin: number): Scene {
  const random = new Random(`scene ${seed}`);
  const [width, height] = wishes.iodPx > 115 ? [800, 600] : wishes.iodPx > 92 ? [720, 540] : [640, 480];
  const angle = wishes.sideLight === true ? random.pick([-1, 1]) * random.between(0.8, 1.15) : random.between(-0.5, 0.5);
  const lift = random.between(0.2, 0.7);
  const exposure = Math.max(1, Math.min(2, (150 / skin) ** 0.75));
  return {
    width, height, iodPx: wishes.iodPx,
    centreX: width * random.between(0.46, 0.54), centreY: height * random.between(0.46, 0.53),
    light: [Math.sin(angle) * Math.cos(lift), Math.sin(lift), Math.cos(angle) * Math.cos(lift)],
    ambient: wishes.sideLight === true ? 0.42 : random.between(0.5, 0.62),
    diffuse: wishes.sideLight === true ? 0.72 : random.between(0.42, 0.55),
    gain: exposure * (wishes.dim === true ? random.between(0.45, 0.58) : random.between(0.85, 1.02)),
    flicker: wishes.flicker ?? random.between(0.005, 0.025), flickerRate: random.between(0.3, 9),
    warmth: random.between(-0.07, 0.09),
    noise: wishes.noise ?? random.between(2, 4),
    subframes: 3, shutter: 2 / 3,
    softness: wishes.softness ?? random.between(0.3, 0.8), codec: wishes.codec ?? 0,
  };
}
