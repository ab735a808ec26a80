/**
 * True attributes of one item, drawn before any word is written about it.
 */
import { BRANDS } from './brands.mjs';
import { COLOURS, lightness, materialHex } from './colours.mjs';
import { LINES } from './names.mjs';

const ACCENTS = [
  '#e3b168',
  '#f0e6d2',
  '#d9896a',
  '#7fa3b8',
  '#8fae93',
  '#3f4552',
  '#c9a24b',
  '#e7d7c9',
  '#5e7f8f',
];
const ECO_WORDS = [
  'organic',
  'recycled',
  'bamboo',
  'cork',
  'hemp',
  'linen',
  'refill',
  'vegan',
  'certified',
];
const FINE_WORDS = [
  'cashmere',
  'silk',
  'marble',
  'walnut',
  'titanium',
  'platinum',
  'full-grain',
  'copper',
  'gold',
  'carbon',
  'brass',
  'mulberry',
  'velvet',
];

/** @type {(material: string, words: readonly string[]) => boolean} */
const mentions = (material, words) => words.some((word) => material.includes(word));

/**
 * @typedef {object} Design
 * @property {import('./catalog-types.mjs').ProductType} type
 * @property {import('./catalog-types.mjs').Brand | undefined} brand
 * @property {string} line model name, '' for books
 * @property {string} material
 * @property {string} colour word, '' when the material gives the colour
 * @property {string} scent '' for other things
 * @property {readonly [string, string]} special
 * @property {string} size '' without sizes
 * @property {string} finish colour and material in words
 * @property {import('./catalog-types.mjs').Look} look
 */

/**
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {string} special its adjective
 * @param {import('./catalog-types.mjs').Brand | undefined} brand maker
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string} material, by the brand's character
 */
function chooseMaterial({ materials, materialsOf }, special, brand, rng) {
  return rng.weighted(materialsOf?.[special] ?? materials, (material) => {
    let weight = 1;
    if (brand?.character === 'eco' && mentions(material, ECO_WORDS)) weight *= 5;
    if ((brand?.level ?? 1) === 3 && mentions(material, FINE_WORDS)) weight *= 4;
    if ((brand?.level ?? 1) === 0 && mentions(material, FINE_WORDS)) weight *= 0.15;
    return weight;
  });
}

/**
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {string} colour hex
 * @param {string} material words
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string} hex
 */
function chooseAccent(type, colour, material, rng) {
  if (type.accentPool) return rng.pick(type.accentPool);
  const natural = type.tint === 'both' ? materialHex(material) : undefined;
  if (natural) return natural;
  const own = lightness(colour);
  const apart = ACCENTS.filter((hex) => Math.abs(lightness(hex) - own) > 0.16);
  return rng.pick(apart);
}

/**
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {string} material words
 * @param {string} colour word or ''
 * @returns {string} colour and material in words
 */
function finishOf(type, material, colour) {
  if (type.tint === 'scent') return '';
  if (type.tint !== 'colour' || type.colourFree) return material;
  return `${colour} ${material}`;
}

/**
 * The picture's tones and variant: the same attributes as in the words.
 *
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {{ colour: string, material: string, scent: readonly [string, string] | undefined, special: readonly [string, string] }} attributes what was chosen
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {import('./catalog-types.mjs').Look} look
 */
function lookOf(type, attributes, rng) {
  const { colour, material, scent, special } = attributes;
  const main = scent?.[1] ?? COLOURS[colour] ?? materialHex(material) ?? '#9aa1a9';
  return {
    type: type.key,
    drawing: type.draw,
    colour: main,
    accent: chooseAccent(type, main, material, rng),
    variant: rng.pick(type.variantsOf?.[special[0]] ?? type.drawVariants ?? [0, 1, 2, 3, 4, 5]),
  };
}

/**
 * Draws brand, material, colour and the rest for one item of a type.
 *
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {Design} true attributes of one item
 */
export function designItem(type, rng) {
  const makers = BRANDS.filter((brand) => brand.departments.includes(type.department));
  const brand = rng.chance(0.04) ? undefined : rng.pick(makers);
  const special = rng.pick(type.specials);
  const material = chooseMaterial(type, special[0], brand, rng);
  const colour = type.tint === 'colour' || type.tint === 'both' ? rng.pick(type.colours ?? []) : '';
  const scent = type.scents ? rng.pick(type.scents) : undefined;
  const lines = LINES[type.family];
  return {
    type,
    brand,
    line: lines.length > 0 ? rng.pick(lines) : '',
    material,
    colour,
    scent: scent?.[0] ?? '',
    special,
    size: type.sizes ? rng.pick(type.sizes) : '',
    finish: finishOf(type, material, colour),
    look: lookOf(type, { colour, material, scent, special }, rng),
  };
}
