/**
 * Shoppers that shop by themselves: who they are, and what they turn to next. Pure.
 */

/** @typedef {import('../src/core/types.ts').Item & Record<string, unknown>} Candidate */

/**
 * @typedef {object} Persona
 * @property {string} id - For marks and tests.
 * @property {string} name - First name.
 * @property {string} about - The same in a word or two.
 * @property {string} errand - What she or he is about, after the name.
 * @property {readonly string[]} kinds - Categories of the last level, in the order of interest.
 */

/** @typedef {'look' | 'cart'} Deed */

/** @typedef {{ item: Candidate, isInWindow: boolean }} Choice */

/** @type {readonly Persona[]} */
export const PERSONAS = [
  {
    id: 'mara',
    name: 'Mara',
    about: 'first kitchen',
    errand: 'sets up her first kitchen',
    kinds: ['Frying pans', 'Kitchen knives', 'Chopping boards'],
  },
  {
    id: 'jon',
    name: 'Jon',
    about: 'outdoors',
    errand: 'packs for a week outdoors',
    kinds: ['Tents', 'Sleeping bags', 'Backpacks'],
  },
  {
    id: 'ada',
    name: 'Ada',
    about: 'new dog',
    errand: 'has a new dog',
    kinds: ['Dog beds', 'Collars', 'Dry food'],
  },
  {
    id: 'lin',
    name: 'Lin',
    about: 'music',
    errand: 'makes music at home',
    kinds: ['Headphones', 'Guitars', 'Turntables'],
  },
];

/** What a persona does, one deed after the other. @type {readonly Deed[]} */
export const DEEDS = ['look', 'look', 'look', 'cart', 'look', 'look', 'cart', 'look'];

/** So many deeds are about one kind of thing, then comes the next. */
const DEEDS_OF_KIND = 3;

/**
 * Chooses what a persona turns to next: what the window offers, else what the shop's list has.
 *
 * @param {Persona} persona - Who chooses.
 * @param {object} shop - What there is.
 * @param {readonly Candidate[]} shop.window - Items from top to bottom.
 * @param {readonly Candidate[]} shop.list - All items, in the shop's order.
 * @param {readonly string[]} done - Ids that were turned to before, in order.
 * @returns {Choice | null} Null when there is nothing left of the kind whose turn it is.
 */
export function nextChoice({ kinds }, { list, window }, done) {
  const kind = kinds[Math.floor(done.length / DEEDS_OF_KIND) % kinds.length];
  const isWanted = (/** @type {Candidate} */ { categoryPath, id }) =>
    categoryPath?.at(-1) === kind && !done.includes(id);
  const own = window.find(isWanted);
  const item = own ?? list.find(isWanted);
  return item === undefined ? null : { item, isInWindow: own !== undefined };
}

/**
 * What a persona does, in words.
 *
 * @param {Persona} persona - Who.
 * @param {Deed} deed - What.
 * @param {Choice} choice - With which item.
 * @returns {string} One sentence.
 */
export function deedInWords({ name }, deed, { item, isInWindow }) {
  const title = `“${item.title ?? item.id}”`;
  if (deed === 'cart') return `${name} puts ${title} in the cart.`;
  if (isInWindow) return `${name} sees ${title} in the window and looks at it.`;
  return `${name} goes to ${item.categoryPath?.at(-1) ?? 'the shelves'} and looks at ${title}.`;
}
