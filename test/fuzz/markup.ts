/**
 * Runs in the page: hostile items through the shop's card template, the rows and the order of cards.
 * Nothing of it may become an element, a handler or an address that runs.
 */
import fc from 'fast-check';
import { fillTemplate } from '../../src/client/fill-template.ts';
import { renderRows } from '../../src/client/render-rows.ts';
import { reorderCards } from '../../src/client/reorder-cards.ts';
import type { Feed, RankedItem, Row } from '../../src/core/types.ts';
import { expectSo } from './check-feed.ts';
import { hostileText } from './hostile-texts.ts';
import { expectCleanPrototypes } from './prototypes.ts';
import { anything, cook, type Recipe } from './recipes.ts';

const TEXTS = ['title', 'brand', 'brand.name', 'price', 'currency', 'why', 'tags.0', '__proto__'];
const ADDRESSES = ['url', 'image', 'title', 'brand.name', 'constructor.name'];
const ALLOWED = new Set([
  'ARTICLE',
  'A',
  'IMG',
  'B',
  'P',
  'SECTION',
  'H2',
  'UL',
  'LI',
  'SMALL',
  'DIV',
]);
const ATTRIBUTES = /^(?:href|src|alt|class|id|role|aria-labelledby|data-vitrine-[a-z]+)$/u;

/** Fields are read one by one, so no getter of the shop's own is among them. */
const value = anything(['title', 'brand', 'price', 'currency', 'name', 'url', 'image'], 'sendable');

interface Card {
  readonly text: string;
  readonly href: string;
  readonly src: string;
  readonly alt: string;
  readonly onlyIf: string;
}

interface Input {
  readonly card: Card;
  readonly items: readonly (readonly (readonly [string, Recipe])[])[];
  readonly words: readonly string[];
  readonly language: string;
}

const inputs: fc.Arbitrary<Input> = fc.record({
  card: fc.record({
    text: fc.constantFrom(...TEXTS),
    href: fc.constantFrom(...ADDRESSES),
    src: fc.constantFrom(...ADDRESSES),
    alt: fc.constantFrom(...TEXTS),
    onlyIf: fc.constantFrom(...TEXTS),
  }),
  items: fc.array(
    fc.array(
      fc.tuple(
        fc.constantFrom('title', 'brand', 'price', 'currency', 'url', 'image', 'why', '__proto__'),
        fc.oneof(hostileText, value),
      ),
      { maxLength: 7 },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  words: fc.array(hostileText, { minLength: 6, maxLength: 6 }),
  language: fc.oneof(fc.constantFrom('', 'en', 'de-DE'), hostileText),
});

/** Made by calls: markup in a text would be a sink, which Trusted Types forbid here. */
function templateOf({ alt, href, onlyIf, src, text }: Card): HTMLTemplateElement {
  const template = document.createElement('template');
  const link = document.createElement('a');
  link.dataset['vitrineHref'] = href;
  const picture = document.createElement('img');
  picture.dataset['vitrineSrc'] = src;
  picture.dataset['vitrineAlt'] = alt;
  const bold = document.createElement('b');
  bold.dataset['vitrineText'] = text;
  const part = document.createElement('p');
  part.dataset['vitrineIf'] = onlyIf;
  const card = document.createElement('article');
  card.append(link, picture, bold, part);
  template.content.append(card);
  return template;
}

function rankedOf(itemId: string, words: readonly string[], rank: number): RankedItem {
  const [why = '', label = ''] = words;
  return {
    itemId,
    rank,
    score: 1,
    scoreParts: [],
    memberships: [],
    why,
    ...(label === '' ? {} : { sponsored: { ruleId: 'rule', label } }),
  };
}

/** Elements and attributes are those that the template and our code have; addresses are harmless. */
function expectHarmless(holder: ParentNode): void {
  for (const element of holder.querySelectorAll('*')) {
    expectSo(ALLOWED.has(element.tagName), () => `an element came in: ${element.tagName}`);
    for (const { name, value: text } of element.attributes) {
      expectSo(ATTRIBUTES.test(name), () => `an attribute came in: ${name}`);
      if (name !== 'href' && name !== 'src') continue;
      const { protocol } = new URL(text, document.baseURI);
      expectSo(/^https?:$/u.test(protocol), () => `an address that runs: ${text}`);
    }
  }
  expectSo(!('pwned' in globalThis), () => 'a script ran');
}

function run({ card, items, language, words }: Input): void {
  document.documentElement.lang = language;
  const template = templateOf(card);
  const ids = items.map((_, place) => `${words[place % words.length] ?? ''}${place}`);
  const fields = new Map(
    items.map((entries, place) => [ids[place], cook({ is: 'object', fields: entries })]),
  );
  const ranked = ids.map((itemId, place) => rankedOf(itemId, words.slice(2), place + 1));
  const [title = '', why = ''] = words;
  const row = { id: title, title, kind: 'inferred', why, items: ranked } as unknown as Row;
  const drawn = renderRows({ rows: [row] } as unknown as Feed, ({ itemId }) =>
    fillTemplate(template, fields.get(itemId)),
  );
  const holder = document.createElement('div');
  document.body.append(holder);
  try {
    holder.append(...drawn.map(({ section }) => section));
    expectHarmless(holder);
    reorderCards(holder, { order: ids.toReversed() });
    expectHarmless(holder);
    const cards = [...holder.querySelectorAll<HTMLElement>('[data-vitrine-item]')];
    expectSo(cards.length === ids.length, () => 'a card got lost or came twice');
  } finally {
    holder.remove();
    expectCleanPrototypes();
  }
}

/** What the command asks for; the answer is as that of the kinds in Node. */
function fuzzMarkup(job: { runs: number; seed: number; path?: string }): object {
  const told = fc.check(fc.property(inputs, run), {
    seed: job.seed,
    numRuns: job.runs,
    ...(job.path === undefined ? {} : { path: job.path }),
  });
  const { errorInstance: error, failed, numRuns } = told;
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    passed: numRuns - (failed ? 1 : 0),
    failed: failed ? 1 : 0,
    report: failed ? `${why}\n${fc.defaultReportMessage(told) ?? ''}` : '',
  };
}

Object.assign(globalThis, { fuzzMarkup });
