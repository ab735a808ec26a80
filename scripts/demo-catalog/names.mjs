/**
 * Model names by family and invented book titles.
 */

/** @type {Record<import('./catalog-types.mjs').Family, readonly string[]>} */
export const LINES = {
  device: [
    'Arc',
    'Onda',
    'Vero',
    'Tern',
    'Strata',
    'Cirro',
    'Lumo',
    'Pico',
    'Norda',
    'Tempo',
    'Rill',
    'Axo',
    'Mono',
    'Vela',
    'Kern',
    'Soma',
  ],
  home: [
    'Fjell',
    'Alma',
    'Linden',
    'Havn',
    'Moor',
    'Solvi',
    'Birk',
    'Ronda',
    'Tove',
    'Elin',
    'Marlo',
    'Ysel',
    'Kivi',
    'Bodil',
    'Tilde',
    'Rowan',
  ],
  wear: [
    'Iris',
    'Otto',
    'Maren',
    'Nell',
    'Bruno',
    'Freya',
    'Ines',
    'Greta',
    'Hugo',
    'Ada',
    'Lotte',
    'Emil',
    'Runa',
    'Silas',
  ],
  sport: [
    'Ridge',
    'Skarn',
    'Cairn',
    'Vale',
    'Traverse',
    'Bracken',
    'Scree',
    'Fjord',
    'Gully',
    'Col',
    'Summit',
    'Moraine',
  ],
  play: ['Pip', 'Momo', 'Tilda', 'Rumpel', 'Fips', 'Juno', 'Bo', 'Wilma', 'Kasper', 'Nanu'],
  care: ['Calm', 'Bloom', 'Dew', 'Ember', 'Still', 'Meadow', 'Tide', 'Dusk', 'Grove', 'Hush'],
  music: [
    'Cadence',
    'Aria',
    'Reel',
    'Verse',
    'Chorus',
    'Ballad',
    'Étude',
    'Refrain',
    'Serenade',
    'Canto',
  ],
  book: [],
};

const NOVEL_THINGS = [
  'Ledger',
  'Orchard',
  'Ferry',
  'Lantern',
  'Almanac',
  'Tide Bell',
  'Glass Boat',
  'Paper Crown',
  'Salt Road',
  'Winter Harbour',
  'Clock Garden',
  'Copper Hour',
  'Quiet Mill',
  'Heron House',
];
const NOVEL_PLACES = [
  'Orrowby',
  'Varnholm',
  'Saint Merrow',
  'the Hollin Fen',
  'Castle Quay',
  'Lower Tessel',
  'the Ninth Canal',
  'Eskerdale',
  'Port Avelin',
];
const NOVEL_HEADS = [
  'The Last',
  'The Second',
  'The Borrowed',
  'The Unlit',
  'The Patient',
  'Her Brother’s',
  'The Cartographer’s',
  'The Drowned',
];
const COOK_A = [
  'Butter',
  'Quince',
  'Smoke',
  'Barley',
  'Plum',
  'Thyme',
  'Lemon',
  'Chestnut',
  'Rye',
  'Fennel',
  'Saffron',
  'Apricot',
];
const COOK_B = [
  'Salt',
  'Honey',
  'Embers',
  'Cream',
  'Almonds',
  'Vinegar',
  'Pepper',
  'Walnuts',
  'Brown Bread',
  'Herbs',
];
const COOK_C = [
  'The Long Table',
  'A Kitchen by the Canal',
  'Suppers from a Small Stove',
  'Cooking for the Whole Street',
  'The Unhurried Oven',
  'Four Seasons, One Pan',
];
const GUIDE_A = [
  'Walking',
  'Slowly through',
  'Forty Days in',
  'On Foot across',
  'Hidden Corners of',
  'Wild Birds of',
  'By Train to',
];
const GUIDE_B = [
  'the Varn Valley',
  'the Orlo Coast',
  'the Halder Fells',
  'the Merrow Islands',
  'Upper Tessel',
  'the Skarn Plateau',
  'the Hollin Fens',
  'Port Avelin',
];

/**
 * An invented book title.
 *
 * @param {'novel' | 'cook' | 'guide'} kind what the book is
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {string} such as `The Borrowed Ledger`
 */
export function bookTitle(kind, rng) {
  if (kind === 'guide') return `${rng.pick(GUIDE_A)} ${rng.pick(GUIDE_B)}`;
  if (kind === 'cook') {
    return rng.chance(0.35) ? rng.pick(COOK_C) : `${rng.pick(COOK_A)} & ${rng.pick(COOK_B)}`;
  }
  return rng.chance(0.5)
    ? `${rng.pick(NOVEL_HEADS)} ${rng.pick(NOVEL_THINGS)}`
    : `The ${rng.pick(NOVEL_THINGS)} of ${rng.pick(NOVEL_PLACES)}`;
}
