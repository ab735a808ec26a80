/**
 * What was read of a catalog, and which lines were left out, in words.
 */
import { byRole, make } from './dom.js';

/** @typedef {import('./bring-items.js').ItemMaker} ItemMaker */
/** @typedef {import('./bring-items.js').Problem} Problem */
/** @typedef {import('./engine.js').Candidate} Candidate */

const SHOWN = 50;

/**
 * Says what was read.
 *
 * @param {{ name: string, format: string, maker: ItemMaker, left: number }} facts - `left`: items
 *   beyond the most that are ranked.
 */
export function showFacts({ name, format, maker, left }) {
  const { further, items, priceless } = maker;
  const sentences = [
    `${counted(items.length, 'item')} from ${name}, read as ${format}.`,
    further > 0 && `${counted(further, 'further line')} added a variant or a picture to them.`,
    priceless.length > 0 &&
      `${counted(priceless.length, 'price')} could not be read, first on line ${priceless[0]}.`,
    left > 0 && `The last ${left.toLocaleString('en')} are not arranged: it would be too many.`,
  ];
  byRole('facts')?.replaceChildren(sentences.filter((text) => text !== false).join(' '));
}

/** Address of the file that can be saved; it takes memory until it is revoked. */
let address = '';

/**
 * Offers the items as a file in the interchange format; it is made on the page.
 *
 * @param {readonly Candidate[]} items - In the order of the file.
 */
export function offerFile(items) {
  URL.revokeObjectURL(address);
  const lines = items.map((item) => `${JSON.stringify(item)}\n`);
  address = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
  byRole('save')?.setAttribute('href', address);
}

/**
 * Names the lines that were left out.
 *
 * @param {readonly Problem[]} problems - From top to bottom.
 */
export function showProblems(problems) {
  const place = byRole('problems');
  const [first] = problems;
  if (first === undefined) {
    place?.replaceChildren();
    return;
  }
  const lines = problems
    .slice(0, SHOWN)
    .map(({ line, problem }) =>
      make('li', { 'data-testid': 'problem' }, `Line ${line}: ${problem}`),
    );
  const rest = problems.length - lines.length;
  place?.replaceChildren(
    make(
      'details',
      { class: 'left-out' },
      make('summary', {}, inShort(problems.length, first)),
      make('ul', {}, lines, rest > 0 && make('li', {}, `and ${rest.toLocaleString('en')} more`)),
    ),
  );
}

/**
 * @param {number} count - How many lines.
 * @param {Problem} first - The uppermost.
 * @returns {string} `3 lines left out; first: line 17, no title`.
 */
function inShort(count, { line, problem }) {
  return `${counted(count, 'line')} left out; first: line ${line}, ${problem}`;
}

/**
 * @param {number} count - How many.
 * @param {string} noun - Of one.
 * @returns {string} `1 item`, `2 items`.
 */
function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
