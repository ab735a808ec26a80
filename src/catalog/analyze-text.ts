/**
 * Derived features of an item's text: weighted terms, named product features, sentiment.
 * Pure and linear in the text; at most 400 words of an item are looked at.
 *
 * @packageDocumentation
 */
import type { Item, NamedFeature } from '../core/types.ts';
import { type PhraseMatch, findFeatures } from './find-features.ts';
import { JOIN, MAX_TOKENS, type Scan, scanText } from './scan-text.ts';
import { polarity, sumSentiment } from './sentiment.ts';
import { stem } from './stem.ts';
import { isStopWord } from './stop-words.ts';

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
/** Longest text scanned; 400 words of 40 letters never need more than this in practice. */
const SCAN_CHARS = 5000;

interface Draft {
  count: number;
  surface: string;
  isPhrase: boolean;
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
  const found = new Map<string, NamedFeature>();
  let left = MAX_TOKENS;
  let sum = 0;
  let hits = 0;
  for (const [text, weight] of textsOf(item)) {
    const scan = scanText(text, left);
    left -= scan.words.length;
    const phrases = findFeatures(scan, found);
    if (weight === 0) continue;
    countTerms(scan, weight, drafts);
    markPhrases(scan, phrases, drafts);
    const mood = sumSentiment(scan);
    sum += mood.sum;
    hits += mood.hits;
  }
  return { terms: weigh(drafts), named: [...found.values()], sentiment: polarity(sum, hits) };
}

/** Texts with the weight of their terms; 0 is looked at for named features only. */
function textsOf(item: Item): (readonly [string, number])[] {
  return [
    [(item.title ?? '').slice(0, SCAN_CHARS), TITLE_WEIGHT],
    [(item.tags ?? []).join('\n').slice(0, SCAN_CHARS), TAG_WEIGHT],
    [(item.categoryPath ?? []).join('\n').slice(0, SCAN_CHARS), 0],
    [(item.description ?? '').slice(0, SCAN_CHARS), DESCRIPTION_WEIGHT],
  ];
}

function countTerms(scan: Scan, weight: number, drafts: Map<string, Draft>): void {
  for (const word of scan.words) {
    if (isStopWord(word)) continue;
    const term = stem(word);
    const draft = drafts.get(term);
    if (draft === undefined) drafts.set(term, { count: weight, surface: word, isPhrase: false });
    else draft.count += weight;
  }
}

/** Terms in a phrase of a lexicon or in a hyphenated compound are shown with it. */
function markPhrases(
  scan: Scan,
  phrases: readonly PhraseMatch[],
  drafts: Map<string, Draft>,
): void {
  for (const { from, to } of phrases) markPhrase(scan, from, to, drafts);
  for (let at = 1; at < scan.words.length; at++) {
    if (scan.joins[at] === JOIN.hyphen) markPhrase(scan, at - 1, at + 1, drafts);
  }
}

function markPhrase(scan: Scan, from: number, to: number, drafts: Map<string, Draft>): void {
  const words = scan.words.slice(from, to);
  if (isStopWord(words[0] ?? '') || isStopWord(words.at(-1) ?? '')) return;
  const surface = words.join(' ');
  for (const word of words) {
    const draft = drafts.get(stem(word));
    if (draft === undefined || draft.isPhrase) continue;
    draft.surface = surface;
    draft.isPhrase = true;
  }
}

function weigh(drafts: ReadonlyMap<string, Draft>): Map<string, TermUse> {
  const terms = new Map<string, TermUse>();
  for (const [term, { count, surface }] of drafts) {
    terms.set(term, { weight: 1 + Math.log(count), surface });
  }
  return terms;
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
