/**
 * "Why this?": the sentence, then the arithmetic behind it, down to the number that it adds up to.
 */
import { bar, make, openDialog } from './dom.js';
import { report, vitrine } from './engine.js';
import { guessingNote, scoreList } from './scores.js';
import { blockInWords, partInWords, percent, signed } from './words.js';

/** @typedef {import('../src/core/explanation.ts').Explanation} Explanation */
/** @typedef {import('../src/core/types.ts').RankedItem} RankedItem */
/** @typedef {Map<string, string>} SegmentNames */

/**
 * @typedef {object} Question
 * @property {string} itemId - The item.
 * @property {string} title - Its name.
 * @property {RankedItem | null} ranked - Its place in the feed; null while the server's list stands.
 * @property {SegmentNames} names - Names of the segments that have a row on the page.
 * @property {MutableRow | null} row - Its row, where that can be muted.
 * @property {(deed: Deed) => void} onDone - Called when the visitor has put up with less.
 */

/**
 * @typedef {object} MutableRow - A row of a segment.
 * @property {string} segmentId - Of the segment.
 * @property {string} title - Of the row.
 */

/**
 * @typedef {object} Deed - What the visitor did, and how it is taken back.
 * @property {string} words - What was done.
 * @property {(instance: import('../src/core/types.ts').Vitrine) => Promise<unknown>} undo - Takes it back.
 */

/**
 * Opens the answer for one item.
 *
 * @param {Question} question - What is asked.
 * @returns {Promise<void>} Settles when everything known is shown.
 */
export async function openWhy({ itemId, title, ranked, names: shown, row, onDone }) {
  const body = make('div', { class: 'why-content', 'aria-live': 'polite' });
  const done = (/** @type {Deed} */ deed) => {
    dialog.close();
    onDone(deed);
  };
  const actions = make(
    'div',
    { class: 'panel-actions' },
    lessButton(itemId, title, done),
    row === null ? null : muteButton(row, done),
  );
  const dialog = openDialog({ title: 'Why this?', kind: 'why', content: [body, actions] });
  const first = ranked === null ? serverOrder(title) : basics(title, ranked, shown);
  body.replaceChildren(...first);
  const instance = await vitrine();
  if (instance === null) return;
  try {
    const [explanation, segments] = await Promise.all([
      instance.explain(itemId),
      instance.segments.list(),
    ]);
    const names = new Map([
      ...shown,
      ...segments.map(({ id, name }) => /** @type {const} */ ([id, name])),
    ]);
    const more =
      ranked === null
        ? [...memberships(explanation.memberships, names), ...character(explanation)]
        : depths(explanation, names);
    const start = ranked === null ? first : basics(title, explanation, names);
    body.replaceChildren(...start, ...more);
  } catch {
    // No worker, or another feed since: what the page itself knows is still shown.
  }
}

/**
 * @param {string} itemId - The item.
 * @param {string} title - Its name.
 * @param {(deed: Deed) => void} done - Called once it is told.
 * @returns {HTMLElement} The button that asks for less like it.
 */
function lessButton(itemId, title, done) {
  const press = async () => {
    await report({ type: 'less_like_this', itemId });
    done({ words: `Less like “${title}”.`, undo: ({ profile }) => profile.undo() });
  };
  return action('Less like this', 'less', press);
}

/**
 * @param {MutableRow} row - A row.
 * @param {(deed: Deed) => void} done - Called once it is muted.
 * @returns {HTMLElement} The button after which the row never comes; the panel can undo it, too.
 */
function muteButton({ segmentId, title }, done) {
  const press = async () => {
    const instance = await vitrine();
    try {
      await instance?.segments.block(segmentId);
    } catch {
      // No worker: the row stays, and nothing is said.
      return;
    }
    done({ words: `Muted: ${title}.`, undo: ({ segments }) => segments.unfollow(segmentId) });
  };
  return action('Mute this row', 'mute-row', press);
}

/**
 * @param {string} words - On the button.
 * @param {string} testId - Its mark.
 * @param {() => Promise<void>} press - What it does.
 * @returns {HTMLElement} A button of the dialog.
 */
function action(words, testId, press) {
  const attributes = { type: 'button', class: 'plain-button', 'data-testid': testId };
  return make('button', { ...attributes, onclick: () => void press() }, words);
}

/**
 * @param {string} title - The item's name.
 * @returns {HTMLElement[]} What is to be said about the server's list.
 */
function serverOrder(title) {
  return [
    make('p', { class: 'count' }, title),
    make(
      'p',
      { class: 'why-sentence', 'data-testid': 'why-sentence' },
      'It stands here in the shop’s order, which is the same for everybody.',
    ),
  ];
}

/**
 * @param {string} title - The item's name.
 * @param {RankedItem | Explanation} placed - The numbers.
 * @param {SegmentNames} names - Segment names by id.
 * @returns {HTMLElement[]} Sentence, score and memberships.
 */
function basics(title, placed, names) {
  const largest = Math.max(...placed.scoreParts.map((part) => Math.abs(part.value)), 1e-9);
  const parts = readable(placed.scoreParts).map((part) => scorePart(part, largest));
  return [
    make('p', { class: 'count' }, title),
    make('p', { class: 'why-sentence', 'data-testid': 'why-sentence' }, placed.why),
    explored(placed),
    make('h3', {}, 'What its place adds up to'),
    make('div', { 'data-testid': 'score-parts' }, parts),
    measure('Together', make('span'), signed(placed.score), 'is-sum'),
    ...memberships(placed.memberships, names),
  ].filter((element) => element !== null);
}

/** Parts below this share of the largest are told together. */
const SMALL = 0.08;

/**
 * @param {Explanation['scoreParts'] | RankedItem['scoreParts']} parts - Terms of a score.
 * @returns {{ name: string, value: number, words?: string }[]} What reads the same is one.
 */
function joined(parts) {
  /** @type {Map<string, { name: string, value: number, words?: string }>} */
  const found = new Map();
  for (const part of parts) {
    const key = 'words' in part ? part.words : part.name;
    const before = found.get(key);
    found.set(key, before ? { ...before, value: before.value + part.value } : part);
  }
  return [...found.values()];
}

/**
 * @param {Explanation['scoreParts'] | RankedItem['scoreParts']} parts - Terms of a score.
 * @returns {{ name: string, value: number, words?: string }[]} Largest first, small ones as one.
 */
function readable(parts) {
  const told = joined(parts);
  const least = SMALL * Math.max(...told.map(({ value }) => Math.abs(value)));
  const sorted = told.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const large = sorted.filter(({ value }) => Math.abs(value) >= least);
  const rest = sorted.slice(large.length);
  if (rest.length < 2) return sorted;
  const value = rest.reduce((sum, part) => sum + part.value, 0);
  return [...large, { name: 'rest', value, words: `${rest.length} smaller reasons` }];
}

/**
 * @param {RankedItem | Explanation} placed - The numbers.
 * @returns {HTMLElement | null} The chance with which an explored place was drawn.
 */
function explored(placed) {
  if (placed.explored === undefined) return null;
  const chance = percent(placed.explored.propensity);
  return make(
    'p',
    { class: 'count' },
    `A place kept for something new: drawn with a chance of ${chance}.`,
  );
}

/**
 * @param {{ name: string, value: number, words?: string }} part - A term of the score.
 * @param {number} largest - Length of a full bar.
 * @returns {HTMLElement} Its line.
 */
function scorePart(part, largest) {
  const kind = part.value < 0 ? 'is-signed is-negative' : 'is-signed';
  const line = measure(
    partInWords(part.name, part.words),
    bar(Math.abs(part.value) / largest, kind),
    signed(part.value),
  );
  line.dataset['testid'] = 'score-part';
  line.dataset['value'] = String(part.value);
  return line;
}

/**
 * @param {Explanation['memberships']} list - Shares that sum to 1.
 * @param {SegmentNames} names - Segment names by id.
 * @returns {HTMLElement[]} Heading and bars; a sentence when there are none.
 */
function memberships(list, names) {
  const lines = list.map(({ segmentId, weight }) => {
    const line = measure(names.get(segmentId) ?? segmentId, bar(weight), percent(weight));
    line.dataset['testid'] = 'membership';
    return line;
  });
  const none = make('p', { class: 'count' }, 'It is near to none of the shop’s segments.');
  return [make('h3', {}, 'What kind of thing it is'), ...(lines.length > 0 ? lines : [none])];
}

/**
 * @param {Explanation} explanation - From the engine.
 * @param {SegmentNames} names - Segment names by id.
 * @returns {HTMLElement[]} Counterfactual, similarities block by block, features.
 */
function depths(explanation, names) {
  const { counterfactual, similarities } = explanation;
  const without =
    counterfactual === null
      ? []
      : [
          make('h3', {}, 'If you had not'),
          make('p', { 'data-testid': 'counterfactual' }, counterfactual.sentence),
        ];
  return [
    ...without,
    ...similarities.flatMap((similarity) => likeness(similarity, names)),
    ...character(explanation),
    ...features(explanation),
  ];
}

/**
 * @param {Explanation} explanation - From the engine.
 * @returns {HTMLElement[]} Synthetic scores and the words behind them; none for an unread item.
 */
function character({ features: { generated } }) {
  if (generated === null) return [];
  return [
    make('h3', {}, 'What it seems to be like'),
    ...(generated.guessing ? [guessingNote()] : []),
    scoreList(generated),
  ];
}

/**
 * @param {import('../src/core/explanation.ts').ExplainedSimilarity} similarity - Split by block.
 * @param {SegmentNames} names - Segment names by id.
 * @returns {HTMLElement[]} Its blocks, which add up to it.
 */
function likeness(similarity, names) {
  const { segmentId, to, blocks, value } = similarity;
  if (blocks.length === 0) return [];
  const target =
    segmentId === undefined
      ? partInWords(to).toLowerCase()
      : `“${names.get(segmentId) ?? segmentId}”`;
  const largest = Math.max(...blocks.map((block) => Math.abs(block.share)), 1e-9);
  const lines = blocks.map(({ block, share }) =>
    measure(
      blockInWords(block),
      bar(Math.abs(share) / largest, share < 0 ? 'is-signed is-negative' : 'is-signed'),
      signed(share),
    ),
  );
  const heading =
    segmentId === undefined ? `How far it is ${target}` : `How near it is to ${target}`;
  return [
    make('h3', {}, heading),
    ...lines,
    measure('Together', make('span'), signed(value), 'is-sum'),
  ];
}

/**
 * @param {Explanation} explanation - From the engine.
 * @returns {HTMLElement[]} What was found in the item's words.
 */
function features({ features: { named, keywords } }) {
  const found = [
    ...named.map((feature) => `${feature.kind}: ${feature.value}`),
    ...keywords.slice(0, 6).map((keyword) => keyword.term),
  ];
  if (found.length === 0) return [];
  return [
    make('h3', {}, 'What was read in its description'),
    make(
      'ul',
      { class: 'chips' },
      found.map((text) => make('li', { class: 'chip' }, text)),
    ),
  ];
}

/**
 * @param {string} name - Left.
 * @param {HTMLElement} picture - Middle.
 * @param {string} number - Right.
 * @param {string} [className] - Further class.
 * @returns {HTMLElement} One line of a sum.
 */
function measure(name, picture, number, className = '') {
  return make(
    'div',
    { class: `measure ${className}`.trim() },
    make('span', {}, name),
    picture,
    make('span', { class: 'number' }, number),
  );
}
