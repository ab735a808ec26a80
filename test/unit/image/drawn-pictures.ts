/** Product pictures drawn without a canvas: a thing of one colour on a plain light ground. */
import type { Random } from '../../../src/core/rng.ts';
import type { Pixels } from '../../../src/image/shrink.ts';

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

type Inside = (x: number, y: number) => boolean;

const box =
  (left: number, top: number, right: number, bottom: number): Inside =>
  (x, y) =>
    x >= left && x < right && y >= top && y < bottom;

const disc =
  (cx: number, cy: number, radius: number): Inside =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) < radius;

const any =
  (...parts: readonly Inside[]): Inside =>
  (x, y) =>
    parts.some((part) => part(x, y));

const cut =
  (whole: Inside, hole: Inside): Inside =>
  (x, y) =>
    whole(x, y) && !hole(x, y);

/** Things in a square from 0 to 1, about in its middle. */
const THINGS = {
  shirt: cut(any(box(0.32, 0.22, 0.68, 0.84), box(0.14, 0.22, 0.86, 0.42)), disc(0.5, 0.2, 0.09)),
  mug: any(box(0.26, 0.28, 0.64, 0.78), cut(disc(0.66, 0.52, 0.17), disc(0.66, 0.52, 0.1))),
  lamp: any(disc(0.5, 0.32, 0.2), box(0.47, 0.5, 0.53, 0.82), box(0.34, 0.8, 0.66, 0.86)),
  bench: any(box(0.1, 0.5, 0.9, 0.6), box(0.16, 0.6, 0.24, 0.78), box(0.76, 0.6, 0.84, 0.78)),
} as const satisfies Readonly<Record<string, Inside>>;

/** Name of a thing. */
type ThingName = keyof typeof THINGS;

/** What to draw. */
export interface Drawing {
  readonly thing: ThingName;
  readonly colour: Rgb;
  /** Default near white; null draws on nothing. */
  readonly ground?: Rgb | null;
  /** Pixels of the side, default 96. */
  readonly size?: number;
  /** Moved right and down, in sides. */
  readonly move?: readonly [number, number];
  /** Dark bars across the thing. */
  readonly isStriped?: boolean;
}

function colourAt(drawing: Drawing, x: number, y: number): readonly [...Rgb, number] {
  const { colour, ground = [246, 245, 243], isStriped = false, move = [0, 0], thing } = drawing;
  if (!THINGS[thing](x - move[0], y - move[1])) return ground ? [...ground, 255] : [0, 0, 0, 0];
  // Light falls from above, as on a photograph.
  const light = (1.1 - 0.25 * y) * (isStriped && Math.floor(y * 24) % 2 === 0 ? 0.45 : 1);
  const lit = colour.map((channel) => Math.min(255, channel * light)) as [number, number, number];
  return [...lit, 255];
}

/**
 * Draws with four samples a pixel, so that edges are soft.
 *
 * @param drawing - What.
 * @returns Pixels.
 */
export function draw(drawing: Drawing): Pixels {
  const { size = 96 } = drawing;
  const data = new Uint8ClampedArray(size * size * 4);
  for (let i = 0; i < size * size; i++) {
    const sum = [0, 0, 0, 0];
    for (let sample = 0; sample < 4; sample++) {
      const x = ((i % size) + 0.25 + (sample & 1) / 2) / size;
      const y = (Math.floor(i / size) + 0.25 + (sample >> 1) / 2) / size;
      const [r, g, b, alpha] = colourAt(drawing, x, y);
      for (const [c, value] of [r, g, b].entries()) sum[c] = (sum[c] as number) + value * alpha;
      sum[3] = (sum[3] as number) + alpha;
    }
    const alpha = sum[3] as number;
    if (alpha === 0) continue;
    for (let c = 0; c < 3; c++) data[i * 4 + c] = (sum[c] as number) / alpha;
    data[i * 4 + 3] = alpha / 4;
  }
  return { data, width: size, height: size };
}

/** Shades that people call by one word. */
const SHADES: Readonly<Record<string, readonly Rgb[]>> = {
  red: [
    [200, 40, 45],
    [160, 30, 40],
    [225, 75, 70],
  ],
  blue: [
    [40, 70, 180],
    [30, 50, 110],
    [80, 140, 215],
  ],
  green: [
    [50, 130, 70],
    [30, 90, 55],
    [110, 175, 110],
  ],
  black: [
    [40, 40, 44],
    [28, 28, 30],
    [62, 62, 66],
  ],
  yellow: [
    [235, 200, 60],
    [215, 175, 40],
    [245, 220, 110],
  ],
};

/** A drawn picture with what is in it. */
export interface Labelled {
  readonly colour: string;
  readonly thing: ThingName;
  readonly pixels: Pixels;
}

/**
 * A shop's pictures: every shade of every colour on every thing, each a little different.
 *
 * @param random - Draws size, place, ground and stripes.
 * @param rounds - How often each is drawn.
 * @returns 60 pictures a round.
 */
export function drawShop(random: Random, rounds: number): Labelled[] {
  const things = Object.keys(THINGS) as ThingName[];
  const all = Object.entries(SHADES).flatMap(([colour, shades]) =>
    shades.flatMap((rgb) => things.map((thing) => ({ colour, rgb, thing }))),
  );
  return Array.from({ length: rounds }, () => all)
    .flat()
    .map(({ colour, rgb, thing }) => {
      const grey = 235 + Math.floor(random() * 20);
      const size = 40 + Math.floor(random() * 80);
      const jitter = rgb.map((channel) => channel + (random() - 0.5) * 20);
      const pixels = draw({
        thing,
        colour: jitter as unknown as Rgb,
        ground: [grey, grey, grey],
        size,
        move: [(random() - 0.5) * 0.1, (random() - 0.5) * 0.1],
        isStriped: random() < 0.3,
      });
      return { colour, thing, pixels };
    });
}
