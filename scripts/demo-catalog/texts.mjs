/**
 * Title, description and tags of a designed item.
 */
import { MAKER_SENTENCES } from './brands.mjs';
import { bookTitle } from './names.mjs';
import { CLOSERS, FINISH_SENTENCES, OPENERS } from './phrases.mjs';
import { articleFor, fill, titleCase } from './words.mjs';

/** @type {(type: import('./catalog-types.mjs').ProductType, words: string) => string} */
const withArticle = (type, words) =>
  type.plural || type.mass ? words : `${articleFor(words)} ${words}`;

/**
 * @param {import('./design.mjs').Design} design the item
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {Map<string, string>} words by slot name
 */
function slotsOf(design, rng) {
  const { type, special } = design;
  const [use = '', use2 = ''] = rng.shuffle(type.uses);
  return new Map([
    ['thing', withArticle(type, type.noun)],
    ['sthing', withArticle(type, `${special[0]} ${type.noun}`)],
    ['noun', type.noun],
    ['short', type.short],
    ['finish', design.finish],
    ['material', design.material],
    ['colour', design.colour],
    ['scent', design.scent],
    ['size', design.size],
    ['brand', design.brand?.name ?? ''],
    ['in', type.inWord ?? 'in'],
    ['use', use],
    ['use2', use2],
  ]);
}

/**
 * Sentences that the description must hold so that it says what the picture shows.
 *
 * @param {import('./design.mjs').Design} design the item
 * @param {string} opener first pattern
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string[]} patterns
 */
function dueSentences(design, opener, rng) {
  const { type } = design;
  /** @type {string[]} */
  const due = [design.special[1]];
  const named = opener.includes('{finish}') || opener.includes('{scent}');
  if (!named) due.push(type.tasteText ?? type.madeText ?? rng.pick(FINISH_SENTENCES[type.family]));
  if (type.colourText) due.push(type.colourText);
  return due;
}

/**
 * What may be said about the maker of this kind of thing.
 *
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {import('./catalog-types.mjs').Brand} brand maker
 * @returns {readonly string[]} patterns
 */
function makerSentences(type, brand) {
  const { any, durable, device = [] } = MAKER_SENTENCES[brand.character];
  if (type.family === 'device') return [...any, ...durable, ...device];
  const lasting = ['home', 'sport', 'music', 'play'].includes(type.family) && !type.simple;
  return lasting ? [...any, ...durable] : any;
}

/**
 * @param {import('./design.mjs').Design} design the item
 * @param {string} opener first pattern
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string[]} patterns that may follow, likelier ones twice
 */
function spareSentences(design, opener, rng) {
  const { type, brand } = design;
  const spare = rng.shuffle(type.details).slice(0, 2);
  if (brand) spare.push(rng.pick(makerSentences(type, brand)));
  if (type.sizeText) spare.push(type.sizeText, type.sizeText);
  if (!opener.includes('{use2}')) spare.push(rng.pick(CLOSERS));
  return rng.shuffle(spare);
}

/**
 * Writes two to four sentences.
 *
 * @param {import('./design.mjs').Design} design the item
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string} the text
 */
export function describe(design, rng) {
  const { type } = design;
  const slots = slotsOf(design, rng);
  const opener = rng.pick(OPENERS[type.family]);
  const due = dueSentences(design, opener, rng);
  const wanted = Math.max(due.length, 2 + rng.int(2));
  const spare = [...new Set(spareSentences(design, opener, rng))].slice(0, wanted - due.length);
  // The proof of the special comes first; care, size and maker follow in any order.
  return [opener, ...due, ...spare].map((p) => fill(p, slots, type.plural === true)).join(' ');
}

/**
 * @param {import('./design.mjs').Design} design the item
 * @returns {string[]} titles in lower case
 */
function plainTitles({ type, brand, line, special, finish, colour, scent }) {
  const maker = brand ? `${brand.name} ` : '';
  const noun = type.noun;
  if (type.tint === 'scent') {
    return [
      `${maker}${line} ${special[0]} ${noun}, ${scent}`,
      `${maker}${special[0]} ${noun} with ${scent}`,
      `${line} ${noun} with ${scent}`,
      `${maker}${line} ${scent} ${noun}`,
    ];
  }
  const tint = colour && !type.colourFree ? colour : finish;
  return [
    `${maker}${line} ${special[0]} ${noun} in ${tint}`,
    `${maker}${special[0]} ${noun}, ${finish}`,
    `${line} ${special[0]} ${noun}, ${tint}`,
    `${maker}${line} ${noun} in ${finish}`,
    `${maker}${line} ${special[0]} ${noun}`,
  ];
}

/**
 * Writes a title. Call again for another one when it is taken.
 *
 * @param {import('./design.mjs').Design} design the item
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string} the text
 */
export function writeTitle(design, rng) {
  const { type, special } = design;
  if (type.bookTitles) {
    return `${bookTitle(type.bookTitles, rng)}: ${titleCase(withArticle(type, `${special[0]} ${type.noun}`))}`;
  }
  return titleCase(rng.pick(plainTitles(design)));
}

/**
 * Tags: those of the type, the special, the colour and the maker's character.
 *
 * @param {import('./design.mjs').Design} design the item
 * @returns {string[]} without repeats, lower case
 */
export function tagsOf({ type, brand, special, colour, scent, material }) {
  const tags = [...type.tags, special[0]];
  if (colour && !type.colourFree) tags.push(colour);
  if (scent) tags.push(scent);
  else tags.push(material);
  if (brand?.character === 'eco') tags.push('sustainable');
  if (brand?.character === 'luxury') tags.push('luxury');
  if (brand?.character === 'budget') tags.push('value');
  if (brand?.character === 'craft') tags.push('handmade');
  return [...new Set(tags.map((tag) => tag.toLowerCase()))];
}
