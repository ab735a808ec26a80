/**
 * Names and descriptions from evidence: only what the supporting items really share is said.
 *
 * @packageDocumentation
 */
import { capital } from '../../core/capital.ts';
import { inSentence } from '../../core/readable.ts';
import type { PriceRange } from '../../core/types.ts';
import { likeRows, priceRangeOf } from './describe-evidence.ts';
import { type SharedFact, sharedFacts } from './facts.ts';
import type { SegmentSpace } from './segment-space.ts';

/** A fact in a name holds for at least this share of the nearest items. */
const NAMED_SHARE = 0.5;

/** Two categories in a name: each of them holds for this share, together for {@link NAMED_SHARE}. */
const PAIR_SHARE = 0.2;

/** Nearest items that a name speaks for. */
const SPOKEN_FOR = 40;

/** Longest name. */
const MAX_NAME = 60;

/** A name with what it rests on. */
export interface SegmentName {
  /** Row title, unique. */
  readonly name: string;
  /** One sentence with the shares. */
  readonly description: string;
}

function moneyOf(currency: string | undefined): (price: number) => string {
  try {
    const options = { style: 'currency', currency: currency ?? '', maximumFractionDigits: 2 };
    const format = new Intl.NumberFormat('en', { ...options, style: 'currency' });
    return (price) => format.format(price).replace(/\.00$/u, '');
  } catch {
    // No currency, or one that is none.
    return (price) => String(price);
  }
}

function priceWords(
  price: PriceRange | undefined,
  money: (price: number) => string,
): string | undefined {
  if (price?.min !== undefined && price.max !== undefined) {
    return `from ${money(price.min)} to ${money(price.max)}`;
  }
  if (price?.max !== undefined) return `under ${money(price.max)}`;
  return price?.min === undefined ? undefined : `from ${money(price.min)}`;
}

/** What a name can be made of. */
interface Parts {
  readonly subjects: readonly string[];
  readonly qualities: readonly string[];
  readonly brand: string | undefined;
  readonly price: string | undefined;
}

function subjectsOf(facts: readonly SharedFact[]): string[] {
  const categories = facts.filter(({ kind }) => kind === 'category');
  const single = categories
    .filter(({ share }) => share >= NAMED_SHARE)
    .sort((a, b) => b.depth - a.depth || b.share - a.share)
    .map(({ value }) => inSentence(value));
  const deepest = Math.max(-1, ...categories.map(({ depth }) => depth));
  const [a, b] = categories
    .filter(({ share, depth }) => depth === deepest && share >= PAIR_SHARE)
    .sort((x, y) => y.share - x.share || (x.key < y.key ? -1 : 1));
  const isPair = a !== undefined && b !== undefined && a.share + b.share >= NAMED_SHARE + 0.1;
  const pair = isPair ? [`${inSentence(a.value)} & ${inSentence(b.value)}`] : [];
  const isDeep = single.length > 0 && (a?.share ?? 0) >= NAMED_SHARE;
  return [...new Set(isDeep ? [...single, ...pair] : [...pair, ...single])];
}

/** A quality that the subject says already is none. */
function isNew(
  word: string,
  subjects: readonly string[],
  wordsOf: SegmentSpace['wordsOf'],
): boolean {
  const said = new Set(subjects.flatMap(wordsOf));
  return wordsOf(word).every((part) => !said.has(part));
}

/** Names from short to long: as many parts as it takes to be told apart. */
function variants({ subjects, qualities, brand, price }: Parts): string[] {
  const [first, second, third] = qualities;
  const names: (string | undefined)[][] = [];
  for (const subject of subjects) {
    names.push(
      [first, subject, price],
      [first, subject],
      [brand, subject, price],
      [second, subject, price],
      [first, second, subject, price],
      [brand, first, subject, price],
      [third, subject, price],
      [first, third, subject, price],
      [subject, price],
    );
  }
  names.push(
    [first, 'things', price],
    [first, second, 'things', price],
    [brand, first, 'things', price],
    [second, 'things', price],
    ...subjects.map((subject) => [subject]),
    [brand, 'things', price],
  );
  return names
    .map((parts) => parts.filter((part) => part !== undefined))
    .filter((parts) => parts.length > 1 || !parts.includes('things'))
    .map((parts) => capital(parts.join(' ')));
}

/** Whether a name says anything beside `things` and a price. */
function isTelling(name: string): boolean {
  return name.length <= MAX_NAME && !name.startsWith('Things');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function sentenceOf(
  facts: readonly SharedFact[],
  count: number,
  price: string | undefined,
): string {
  const shares = facts
    .slice(0, 4)
    .map(({ value, share }) => `${inSentence(value)} (${percent(share)})`)
    .join(', ');
  return `${count} items that share: ${shares}${price === undefined ? '' : `; ${price}`}.`;
}

/**
 * Names a segment by its members.
 *
 * @param space - Candidates.
 * @param rows - Members, nearest first.
 * @param taken - Names in use, lower-cased.
 * @returns Name and description, or null when the members share nothing that can be said, or all
 *   that can be said is taken.
 */
export function nameSegment(
  space: SegmentSpace,
  rows: readonly number[],
  taken: ReadonlySet<string>,
): SegmentName | null {
  const near = rows.slice(0, SPOKEN_FOR);
  const facts = sharedFacts(space.facts, near, PAIR_SHARE).filter(
    ({ value }) => space.sensitive.find(value) === null,
  );
  const subjects = subjectsOf(facts);
  const strong = facts.filter(({ share }) => share >= NAMED_SHARE);
  const isQuality = ({ kind }: SharedFact): boolean => kind !== 'category' && kind !== 'brand';
  const qualities: string[] = [];
  // Named features first: a lexicon knows what they are, a keyword can be any word.
  for (const wantsKeyword of [false, true]) {
    for (const { kind, value } of strong.filter(isQuality)) {
      if ((kind === 'keyword') !== wantsKeyword || kind === 'size') continue;
      if (isNew(value, [...subjects, ...qualities], space.wordsOf))
        qualities.push(inSentence(value));
    }
  }
  const { items } = space.encoded;
  const currency = near.map((row) => items[row]?.currency).find((unit) => unit !== undefined);
  const categories = facts.filter(({ kind }) => kind === 'category').map(({ value }) => value);
  const range = priceRangeOf(space, near, likeRows(space, categories));
  const price = priceWords(range, moneyOf(currency));
  const brand = strong.find(({ kind }) => kind === 'brand')?.value;
  const name = variants({ subjects, qualities, brand, price }).find(
    (candidate) => isTelling(candidate) && !taken.has(candidate.toLowerCase()),
  );
  if (name === undefined) return null;
  return { name, description: sentenceOf(strong, rows.length, price) };
}
