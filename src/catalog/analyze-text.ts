/**
 * Derived features of an item's text: weighted terms, named product features, sentiment.
 * Pure and linear in the text; at most 400 words of an item are looked at.
 *
 * @packageDocumentation
 */
import type { NamedFeature } from '../core/explanation.ts';
import type { Item } from '../core/types.ts';
import { type FoundFeatures, type PhraseMatch, findFeatures } from './find-features.ts';
import { JOIN, MAX_TOKENS, type Scan, scanText } from './scan-text.ts';
import { polarity, sumSentiment } from './sentiment.ts';

// The encoder takes all of text analysis from here.
export { tokenize } from './scan-text.ts';
export { stem } from './stem.ts';

/** How an item uses a term. */
export interface TermUse {
  /** 1 + ln(3 × in title + 2 × in tags + in description), at least 1. */
  readonly weight: number;
  /** The word as the item writes it, lower-cased, or the phrase that it stands in. */
  readonly surface: string;
}

/** What text analysis found, before any comparison with other items. */
export interface AnalyzedText {
  /** Uses by stemmed term, without stop words, in the order of their first use. */
  readonly terms: ReadonlyMap<string, TermUse>;
  /** Named product features with their evidence, at most 32. */
  readonly named: readonly NamedFeature[];
  /** -1 (negative) to 1 (positive); null without evidence. */
  readonly sentiment: number | null;
}

const TITLE_WEIGHT = 3;
const TAG_WEIGHT = 2;
const DESCRIPTION_WEIGHT = 1;

/** A term while it is counted; `weight` holds the count until the end. */
interface Draft {
  weight: number;
  surface: string;
}

/**
 * Analyses the text of one item.
 *
 * Terms and sentiment come from title, tags and description; named features from the category
 * path too. Cost: linear in the text, bounded by 400 words.
 *
 * @param item - Any valid item; all texts may be missing.
 * @returns Terms, named features, sentiment; empty, empty and null without text.
 * @example analyzeItem({ id: 'a', title: 'Leather boots' }).named
 * // [{ kind: 'material', value: 'leather', evidence: 'Leather' }]
 */
export function analyzeItem(item: Item): AnalyzedText {
  const drafts = new Map<string, Draft>();
  const found: FoundFeatures = new Map();
  let left = MAX_TOKENS;
  let sum = 0;
  let hits = 0;
  for (const [text, weight] of textsOf(item)) {
    const scan = scanText(text, left);
    left -= scan.words.length;
    const phrases = findFeatures(scan, found);
    if (weight === 0) continue;
    countTerms(scan, weight, drafts);
    for (const { from, to } of phrases) showPhrase(scan, { from, to }, drafts);
    showCompounds(scan, drafts);
    const mood = sumSentiment(scan);
    sum += mood.sum;
    hits += mood.hits;
  }
  for (const draft of drafts.values()) draft.weight = 1 + Math.log(draft.weight);
  return { terms: drafts, named: [...found.values()], sentiment: polarity(sum, hits) };
}

/** Texts with the weight of their terms; 0 is looked at for named features only. */
function textsOf(item: Item): (readonly [string, number])[] {
  return [
    [item.title ?? '', TITLE_WEIGHT],
    [item.tags?.join('\n') ?? '', TAG_WEIGHT],
    [item.categoryPath?.join('\n') ?? '', 0],
    [item.description ?? '', DESCRIPTION_WEIGHT],
  ];
}

function countTerms(scan: Scan, weight: number, drafts: Map<string, Draft>): void {
  for (let at = 0; at < scan.words.length; at++) {
    const term = scan.words[at]?.term ?? null;
    if (term === null) continue;
    const draft = drafts.get(term);
    if (draft === undefined) drafts.set(term, { weight, surface: scan.words[at]?.word ?? term });
    else draft.weight += weight;
  }
}

/** Words of a hyphenated compound are shown with it: `water resistant`. */
function showCompounds(scan: Scan, drafts: Map<string, Draft>): void {
  for (let at = 1; at < scan.words.length; at++) {
    if (scan.joins[at] !== JOIN.hyphen) continue;
    showPhrase(scan, { from: at - 1, to: at + 1 }, drafts);
  }
}

/** The words of a phrase are shown with it, unless they already stand in one. */
function showPhrase(scan: Scan, { from, to }: PhraseMatch, drafts: Map<string, Draft>): void {
  if (scan.words[from]?.term === null || scan.words[to - 1]?.term === null) return;
  const surface = scan.words
    .slice(from, to)
    .map((info) => info.word)
    .join(' ');
  for (let at = from; at < to; at++) {
    const draft = drafts.get(scan.words[at]?.term ?? '');
    if (draft !== undefined && !draft.surface.includes(' ')) draft.surface = surface;
  }
}

/**
 * The most telling words of an item, as it writes them.
 *
 * @param analyzed - From {@link analyzeItem}.
 * @param idf - How rare a stemmed term is among the items; 0 or more.
 * @param limit - Most keywords, 0 or more.
 * @returns Phrases or words with term weight × idf, heaviest first, each once; ties in
 *   alphabetical order.
 * @example keywordsOf(analyzeItem({ id: 'a', title: 'Red boots' }), () => 1, 1)
 * // [{ term: 'boots', weight: 2.0986122886681096 }]
 */
export function keywordsOf(
  analyzed: AnalyzedText,
  idf: (term: string) => number,
  limit: number,
): { term: string; weight: number }[] {
  const best = new Map<string, number>();
  for (const [term, use] of analyzed.terms) {
    const weight = use.weight * idf(term);
    if (weight > (best.get(use.surface) ?? 0)) best.set(use.surface, weight);
  }
  const ranked = [...best].map(([term, weight]) => ({ term, weight }));
  ranked.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
  return ranked.slice(0, Math.max(0, limit));
}
