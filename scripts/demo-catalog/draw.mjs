/**
 * Pictures of the demo shop, drawn on request: SVG text of 400 × 400, without scripts, text or links.
 */
import { COLOURS, materialHex, mix } from './colours.mjs';
import { DRAWINGS } from './drawings.mjs';
import { OFFICE } from './drawings/office.mjs';
import { tonesOf } from './drawings/svg.mjs';
import { hashText } from './rng.mjs';
import { drawingFor } from './words-to-drawings.mjs';

/**
 * Everyday colour words that the catalog itself does not use.
 *
 * @type {Readonly<Record<string, string>>}
 */
const OTHER_COLOURS = {
  blue: '#4f7fb8',
  green: '#5f9a6a',
  pink: '#e093a8',
  purple: '#8562a8',
  gray: '#9aa1a9',
  beige: '#dccbb0',
  tan: '#c79a6b',
  khaki: '#a8a077',
  gold: '#d8b04c',
  golden: '#d8b04c',
  turquoise: '#4bb3ad',
  maroon: '#772c3a',
  mauve: '#a98aa8',
  peach: '#f0b291',
  violet: '#7d63b0',
  wooden: '#c79a63',
};

const COLOUR_WORDS = new Map([...Object.entries(OTHER_COLOURS), ...Object.entries(COLOURS)]);
const FALLBACKS = [
  'slate',
  'terracotta',
  'sage',
  'mustard',
  'petrol',
  'blush',
  'denim blue',
  'olive',
  'coral',
  'plum',
  'teal',
  'caramel',
].flatMap((name) => COLOURS[name] ?? []);
const PARTNERS = ['cream', 'mustard', 'coral', 'navy', 'sage', 'caramel', 'mint'].flatMap(
  (name) => COLOURS[name] ?? [],
);

/**
 * @param {Pick<import('./catalog-types.mjs').Look, 'drawing' | 'colour' | 'accent' | 'variant'>} look what to draw
 * @returns {string} SVG
 */
function paint(look) {
  const draw = DRAWINGS.get(look.drawing) ?? OFFICE.gift;
  const tones = tonesOf(look.colour, look.accent, look.variant);
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">' +
    `<rect width="400" height="400" fill="${tones.bg}"/>` +
    `<circle cx="200" cy="200" r="172" fill="${tones.halo}"/>${draw(tones)}</svg>`
  );
}

/** @type {(value: unknown) => boolean} */
const isHex = (value) => typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value);

/**
 * Picture of an item of the generated catalog.
 *
 * @param {import('./catalog-types.mjs').CatalogItem} item needs `id` only
 * @param {import('./catalog-types.mjs').Look} [look] its entry of `looks.json`; without a usable one
 *   the picture is {@link drawPlaceholder}'s
 * @returns {string} SVG, less than 3 kB
 */
export function drawItem(item, look) {
  if (!look || !isHex(look.colour) || !isHex(look.accent) || !Number.isInteger(look.variant)) {
    return drawPlaceholder(item);
  }
  return paint(look);
}

/**
 * @param {import('./catalog-types.mjs').CatalogItem} item any record
 * @param {number} hash of its id
 * @returns {string} hex
 */
function colourFor(item, hash) {
  const title = typeof item.title === 'string' ? item.title : '';
  const words = title.toLowerCase().match(/[a-z]+/g) ?? [];
  for (const [i, word] of words.entries()) {
    const hex = COLOUR_WORDS.get(`${word} ${words[i + 1]}`) ?? COLOUR_WORDS.get(word);
    if (hex) return hex;
  }
  const natural = words.map((word) => materialHex(word)).find((hex) => hex !== undefined);
  if (natural) return natural;
  const fallback = FALLBACKS[hash % FALLBACKS.length] ?? '#66727f';
  return mix(fallback, '#8a94a0', ((hash >>> 8) % 5) * 0.05);
}

/**
 * Picture for a record of any catalog: the nearest drawing by its words, the colour from a colour
 * word in the title or from a hash of the id. A record without known words gets a parcel.
 *
 * @param {import('./catalog-types.mjs').CatalogItem} item needs `id` only
 * @returns {string} SVG, less than 3 kB; equal for equal records
 */
export function drawPlaceholder(item) {
  const hash = hashText(String(item.id));
  const colour = colourFor(item, hash);
  const partners = PARTNERS.filter((hex) => hex !== colour);
  return paint({
    drawing: drawingFor(item),
    colour,
    accent: partners[(hash >>> 16) % partners.length] ?? colour,
    variant: (hash >>> 4) % 6,
  });
}
