/**
 * Numbers → sentences for the shopper. Nothing is said that the numbers do not show.
 *
 * @packageDocumentation
 */
import type { AnalyzedText } from '../catalog/analyze-text.ts';
import type { BlockShare } from '../core/explanation.ts';
import { readable } from '../core/readable.ts';
import type { BlockName, Item, ScorePart } from '../core/types.ts';
import type { PartName } from './score-item.ts';

/** Words and features that a segment asks for. */
export interface Wanted {
  /** Stemmed terms. */
  readonly terms: ReadonlySet<string>;
  /** Named features as `kind:value`. */
  readonly features: ReadonlySet<string>;
}

/** What a sentence about an item is made of. */
export interface ReasonInput {
  /** The item. */
  readonly item: Item;
  /** Its parts. */
  readonly parts: readonly ScorePart[];
  /** Name of the row's segment; null for a row of the visitor's own. */
  readonly segmentName: string | null;
  /** Similarity by block, per part name. */
  readonly shares: ReadonlyMap<string, readonly BlockShare[]>;
  /** A trained ranker's part names for the item, and its sentence if one speaks for it. */
  readonly ranker?:
    | { readonly names: ReadonlySet<string>; readonly sentence: string | undefined }
    | undefined;
  /** Words and features that item and segment or visitor have in common. */
  readonly common: { readonly features: readonly string[]; readonly words: readonly string[] };
}

function phraseOf(block: BlockName, { item, common }: ReasonInput): string | undefined {
  const leaf = item.categoryPath?.at(-1);
  const phrases: Record<BlockName, string | undefined> = {
    category: leaf === undefined ? undefined : `in ${readable(leaf)}`,
    brand: item.brand === undefined ? undefined : `by ${item.brand}`,
    price: item.price === undefined ? undefined : 'at this price level',
    features: common.features.length > 0 ? common.features.slice(0, 2).join(', ') : undefined,
    text: common.words.length > 0 ? `“${common.words.slice(0, 2).join('”, “')}”` : undefined,
    sentiment: undefined,
    generated: characterOf(item),
    image: 'a similar look',
  };
  return phrases[block];
}

/** Score that makes a word of its name. */
const TELLING_SCORE = 0.65;

/** The strongest score in words, `high comfort`; none of a guess. */
function characterOf({ generated }: Item): string | undefined {
  if (generated === undefined || generated.guessing) return undefined;
  const [name, score] = Object.entries(generated.scores).reduce(
    (best, entry) => (entry[1] > best[1] ? entry : best),
    ['', 0],
  );
  return score >= TELLING_SCORE ? `high ${name.toLowerCase()}` : undefined;
}

/** The two largest positive block shares that can be put in words. */
function evidenceOf(partName: string, input: ReasonInput): string {
  const shares = [...(input.shares.get(partName) ?? [])].sort((a, b) => b.share - a.share);
  const phrases = shares
    .filter(({ share }) => share > 0.02)
    .map(({ block }) => phraseOf(block, input))
    .filter((phrase) => phrase !== undefined);
  return phrases.length > 0 ? `: ${phrases.slice(0, 2).join(', ')}` : '';
}

/**
 * One sentence for a placed item, from its largest part.
 *
 * @param input - See {@link ReasonInput}.
 * @returns An English sentence.
 */
export function itemReason(input: ReasonInput): string {
  const { ranker } = input;
  const top = input.parts
    .filter(({ name }) => ranker?.names.has(name) !== true)
    .reduce((a, b) => (b.value > a.value ? b : a), { name: 'serverOrder', value: 0 });
  // The ranker speaks with one voice: its parts count together.
  const ranked = input.parts
    .filter(({ name }) => ranker?.names.has(name) === true)
    .reduce((sum, { value }) => sum + value, 0);
  if (ranker?.sentence !== undefined && ranked > top.value) return ranker.sentence;
  switch (top.name) {
    case 'segment':
      return input.segmentName === null
        ? `Like what you looked at${evidenceOf('segment', input)}.`
        : `Fits “${input.segmentName}”${evidenceOf('segment', input)}.`;
    case 'session':
      return `Close to what you looked at today${evidenceOf('session', input)}.`;
    case 'longTerm':
      return `Close to what you usually look at${evidenceOf('longTerm', input)}.`;
    case 'taste':
      return 'You asked for more of this kind.';
    case 'popularity':
      return 'Well rated by others.';
    default:
      return SERVER_REASON;
  }
}

/** What the parts of our own say; those of a trained ranker bring their words. */
const PART_WORDS: Readonly<Record<Exclude<PartName, 'ranker' | 'picked'>, string>> = {
  segment: 'belongs to this row',
  session: 'close to what you looked at today',
  longTerm: 'close to what you usually look at',
  popularity: 'well rated by others',
  serverOrder: 'place in the shop’s order',
  seen: 'you have just seen it',
  fatigue: 'shown often, not chosen',
  unwanted: 'like what you want less of',
  taste: 'you asked for more or less of this kind',
  diversity: 'much like another one in the row',
  calibration: 'your interests in their shares on the page',
};

/**
 * What a part of a score says.
 *
 * @param name - Part name.
 * @param ranked - Words of a trained ranker's parts, by name.
 * @returns A phrase without a full stop; a name that nobody knows stands for itself.
 */
export function partWords(name: string, ranked: ReadonlyMap<string, string>): string {
  const own = new Map<string, string>(Object.entries(PART_WORDS));
  return own.get(name) ?? ranked.get(name) ?? name;
}

/** Sentence of places in the server's order. */
export const SERVER_REASON = 'In the shop’s order.';

/**
 * Sentence of an explored place.
 *
 * @param segmentName - Segment that the place was given to.
 * @returns An English sentence.
 */
export function exploreReason(segmentName: string): string {
  return `Something new: “${segmentName}”, which you have not looked at yet.`;
}

/**
 * Sentence of a row of the visitor's own.
 *
 * @param titles - Titles of the visitor's items behind it, strongest first.
 * @returns An English sentence.
 */
export function becauseOf(titles: readonly string[]): string {
  const [first, second] = titles;
  if (first === undefined) return 'Because of what you looked at.';
  const rest = titles.length - 2;
  if (second === undefined) return `Because you looked at ${first}.`;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return more === ''
    ? `Because you looked at ${first} and ${second}.`
    : `Because you looked at ${first}, ${second}${more}.`;
}

/**
 * Sentence of a segment's row.
 *
 * @param share - The visitor's share in the segment, 0 to 1.
 * @param titles - The visitor's items that belong to it, strongest first.
 * @returns An English sentence.
 */
export function segmentRowReason(share: number, titles: readonly string[]): string {
  const percent = Math.round(share * 100);
  const much = percent > 95 ? 'Nearly all' : `About ${percent} %`;
  if (titles.length === 0) return `${much} of your interest here.`;
  return `${much} of your interest here, as with ${titles.slice(0, 2).join(' and ')}.`;
}

/**
 * What an item's text has in common with wanted words and features.
 *
 * @param text - The item's analysis.
 * @param wanted - What is asked for.
 * @returns Surface forms, most telling first.
 */
export function commonGround(text: AnalyzedText, wanted: Wanted): ReasonInput['common'] {
  const features = text.named
    .filter(({ kind, value }) => wanted.features.has(`${kind}:${value}`))
    .map(({ value }) => value);
  const words = [...text.terms]
    .filter(([term]) => wanted.terms.has(term))
    .sort(([, a], [, b]) => b.weight - a.weight)
    .map(([, use]) => use.surface);
  return { features: [...new Set(features)], words: [...new Set(words)] };
}
