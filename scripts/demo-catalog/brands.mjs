/**
 * The brands of the demo shop. All are invented; none is meant to name a real maker.
 */
const TECH = ['Electronics', 'Smart home'];
const HOME = ['Bedroom & bath', 'Living room'];

/** @type {readonly (readonly [string, number, number, import('./catalog-types.mjs').Brand['character'], readonly string[]])[]} */
const ROWS = [
  ['Voltarn', 2, 0.82, 'tech', TECH],
  ['Quorvex', 1, 0.6, 'tech', [...TECH, 'Office']],
  ['Nimbrel', 3, 0.9, 'luxury', ['Electronics', 'Music']],
  ['Pellarix', 0, 0.38, 'budget', [...TECH, 'Office']],
  ['Tesselwick', 2, 0.78, 'eco', ['Electronics', 'Office']],
  ['Brixholt', 1, 0.55, 'plain', ['Electronics', 'Garden & DIY']],
  ['Hearthwire', 2, 0.8, 'tech', ['Smart home']],
  ['Kindlatch', 1, 0.66, 'tech', ['Smart home']],
  ['Lumenfold', 1, 0.7, 'eco', ['Smart home', 'Living room', 'Office']],
  ['Dovemarrow', 2, 0.84, 'craft', HOME],
  ['Linnhaven', 1, 0.68, 'eco', HOME],
  ['Sloombury', 0, 0.45, 'budget', HOME],
  ['Aurelisse', 3, 0.93, 'luxury', [...HOME, 'Beauty & care']],
  ['Fennrush', 1, 0.62, 'eco', ['Living room', 'Bedroom & bath', 'Garden & DIY']],
  ['Castellorn', 3, 0.88, 'luxury', ['Living room', 'Office']],
  ['Norrabo', 1, 0.6, 'plain', ['Living room', 'Kitchen', 'Office', 'Bedroom & bath']],
  ['Dayplain', 0, 0.4, 'budget', ['Kitchen', 'Bedroom & bath', 'Clothing', 'Office']],
  ['Copperwade', 2, 0.86, 'craft', ['Kitchen']],
  ['Saltrow', 1, 0.67, 'plain', ['Kitchen']],
  ['Emberkin', 2, 0.76, 'tech', ['Kitchen', 'Smart home']],
  ['Pottermoss', 1, 0.74, 'craft', ['Kitchen', 'Garden & DIY']],
  ['Vermeuil & Ott', 3, 0.9, 'luxury', ['Kitchen', 'Shoes & accessories']],
  ['Thistlebarrow', 1, 0.72, 'eco', ['Garden & DIY']],
  ['Wrenfurrow', 2, 0.8, 'craft', ['Garden & DIY']],
  ['Ploughbarrow', 0, 0.44, 'budget', ['Garden & DIY']],
  ['Cragmarten', 2, 0.85, 'tech', ['Outdoors & sports']],
  ['Fellstrider', 1, 0.68, 'plain', ['Outdoors & sports', 'Shoes & accessories']],
  ['Skarnvik', 2, 0.81, 'eco', ['Outdoors & sports', 'Clothing']],
  ['Tarnwick', 1, 0.58, 'plain', ['Outdoors & sports', 'Clothing']],
  ['Trampelow', 0, 0.42, 'budget', ['Outdoors & sports', 'Shoes & accessories']],
  ['Loomhart', 1, 0.7, 'eco', ['Clothing', 'Bedroom & bath']],
  ['Ostrelle', 3, 0.87, 'luxury', ['Clothing', 'Shoes & accessories']],
  ['Corriewool', 2, 0.83, 'craft', ['Clothing']],
  ['Plainfold', 0, 0.46, 'budget', ['Clothing', 'Shoes & accessories']],
  ['Cobblarn', 2, 0.8, 'craft', ['Shoes & accessories']],
  ['Treadlow', 1, 0.64, 'tech', ['Shoes & accessories', 'Outdoors & sports']],
  ['Deskarra', 1, 0.65, 'plain', ['Office']],
  ['Quillmoor', 2, 0.85, 'craft', ['Office', 'Books & paper']],
  ['Tumblewick', 1, 0.73, 'playful', ['Kids & toys']],
  ['Pippinfold', 2, 0.84, 'eco', ['Kids & toys']],
  ['Bramblebo', 0, 0.48, 'budget', ['Kids & toys', 'Pets']],
  ['Osier & Otter', 1, 0.69, 'playful', ['Kids & toys', 'Books & paper']],
  ['Sorrelune', 2, 0.79, 'eco', ['Beauty & care']],
  ['Myrrhine', 3, 0.88, 'luxury', ['Beauty & care']],
  ['Millrinse', 0, 0.5, 'budget', ['Beauty & care']],
  ['Fernley Croft', 1, 0.7, 'craft', ['Beauty & care']],
  ['Waggonby', 1, 0.71, 'playful', ['Pets']],
  ['Purrfold', 2, 0.78, 'craft', ['Pets']],
  ['Greenhowl', 1, 0.66, 'eco', ['Pets']],
  ['Fretwander', 1, 0.72, 'craft', ['Music']],
  ['Ardentone', 2, 0.83, 'tech', ['Music']],
  ['Drumlarch', 0, 0.47, 'budget', ['Music']],
  ['Quire & Thistle', 1, 0.74, 'craft', ['Books & paper']],
  ['Nightjar Row', 1, 0.76, 'plain', ['Books & paper']],
  ['Paperhythe', 0, 0.52, 'eco', ['Books & paper']],
  ['Monckfield Atlas', 2, 0.82, 'plain', ['Books & paper']],
];

/** @type {readonly import('./catalog-types.mjs').Brand[]} */
export const BRANDS = ROWS.map(([name, level, quality, character, departments]) => ({
  name,
  level,
  quality,
  character,
  departments,
}));

/**
 * Sentences about the maker: `any` fits everything, `durable` things that can be repaired, `device`
 * things with software. `{brand}` is its name, `[a|b]` the thing's grammatical number.
 *
 * @type {Record<import('./catalog-types.mjs').Brand['character'], { any: readonly string[], durable: readonly string[], device?: readonly string[] }>}
 */
export const MAKER_SENTENCES = {
  plain: {
    any: [
      '{brand} listens to letters and answers every one.',
      '{brand} keeps the range small and the quality steady.',
    ],
    durable: [
      '{brand} gives a three-year guarantee.',
      '{brand} tests [it|them] in ordinary homes before [it goes|they go] on sale.',
    ],
  },
  eco: {
    any: [
      '{brand} pays its workshops fairly and ships without plastic.',
      '{brand} runs on wind power and uses sustainable materials wherever it can.',
    ],
    durable: [
      'A repair is free for five years at {brand}.',
      '{brand} takes [it|them] back at the end and recycles what is left.',
    ],
  },
  tech: {
    any: ['{brand} publishes its test results for everyone to read.'],
    durable: ['The engineers at {brand} worked on [it|them] for two years.'],
    device: [
      '{brand} promises software updates for six years.',
      'The {brand} app is free and shows no advertising.',
    ],
  },
  craft: {
    any: ['A small workshop of {brand} makes [it|them] in batches of a hundred.'],
    durable: [
      '{brand} finishes each piece by hand.',
      '{brand} marks each piece with the initials of its maker.',
    ],
  },
  luxury: {
    any: [
      '{brand} delivers [it|them] in a lined gift box.',
      '{brand} makes [it|them] in small numbers.',
    ],
    durable: [
      'The atelier of {brand} spends a day on each luxury piece.',
      '{brand} offers luxury of the quiet kind, with a care service for life.',
    ],
  },
  budget: {
    any: [
      '{brand} leaves out the frills, and the low price shows it.',
      'A simple choice from {brand} at an honest price.',
      '{brand} keeps [it|them] affordable by selling without fancy boxes.',
    ],
    durable: ['{brand} saves on the packaging and not on the guarantee.'],
  },
  playful: {
    any: [
      '{brand} adds a sticker sheet to every parcel.',
      '{brand} asked forty children and several dogs for advice.',
    ],
    durable: ['{brand} replaces lost parts for the price of a stamp.'],
  },
};
