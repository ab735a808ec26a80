/**
 * Finds named product features: the longest phrases of the lexicons, and measures.
 *
 * @packageDocumentation
 */
import type { NamedFeature } from '../core/explanation.ts';
import type { LexiconEntry, PhraseNode } from './lexicon.ts';
import { measureAt } from './measures.ts';
import { isNegated } from './negation.ts';
import { JOIN, type Scan } from './scan-text.ts';

/** Most features of one item. */
const MAX_FEATURES = 32;

/** Features of an item by lexicon entry, or by value for measures. */
export type FoundFeatures = Map<LexiconEntry | string, NamedFeature>;

/** A phrase of the lexicons in a text. */
export interface PhraseMatch {
  /** Index of its first word. */
  readonly from: number;
  /** Index after its last word. */
  readonly to: number;
}

/**
 * Finds the features of one text and adds them to those of its item.
 *
 * Longest phrase first, none across punctuation, none that is denied ("no leather",
 * "leather-free"). Each kind and value is kept once, with the first words that said so.
 * Cost: linear in the words (phrases have at most five).
 *
 * @param scan - The text's words.
 * @param found - Features so far; grows up to 32.
 * @returns Where phrases of several words stand, in their order.
 */
export function findFeatures(scan: Scan, found: FoundFeatures): PhraseMatch[] {
  const phrases: PhraseMatch[] = [];
  let at = 0;
  while (at < scan.words.length) {
    const info = scan.words[at];
    let to = at + 1;
    if (info?.isNumber === true) to = addMeasure(scan, at, found) ?? to;
    // A number may also begin a phrase: 4k, 100 cotton.
    if (to === at + 1 && info?.phrases) to = addPhrase(scan, at, info.phrases, found);
    if (to - at > 1) phrases.push({ from: at, to });
    at = to;
  }
  return phrases;
}

function addMeasure(scan: Scan, at: number, found: FoundFeatures): number | null {
  const measured = measureAt(scan, at);
  if (measured === null) return null;
  const { value, to } = measured;
  if (found.size < MAX_FEATURES && !found.has(value)) {
    found.set(value, { kind: 'size', value, evidence: evidence(scan, at, to) });
  }
  return to;
}

/** Adds the longest phrase at a place; returns the index after it, or after the word itself. */
function addPhrase(scan: Scan, at: number, first: PhraseNode, found: FoundFeatures): number {
  const match = longest(scan, at, first);
  if (match === null) return at + 1;
  if (match.entries.length > 0 && !isNegated(scan, at, match.to)) {
    addEntries(match.entries, evidence(scan, at, match.to), found);
  }
  return match.to;
}

function longest(
  scan: Scan,
  from: number,
  first: PhraseNode,
): { readonly to: number; readonly entries: readonly LexiconEntry[] } | null {
  let node: PhraseNode = first;
  let to = from + 1;
  let best = node.entries === null ? null : { to, entries: node.entries };
  while (node.next !== null && (scan.joins[to] ?? 0) >= JOIN.space) {
    const child = node.next.get(scan.words[to]?.word ?? '');
    if (child === undefined) break;
    node = child;
    to++;
    if (node.entries !== null) best = { to, entries: node.entries };
  }
  return best;
}

function addEntries(entries: readonly LexiconEntry[], words: string, found: FoundFeatures): void {
  for (const entry of entries) {
    if (found.size >= MAX_FEATURES || found.has(entry)) continue;
    found.set(entry, { kind: entry.kind, value: entry.value, evidence: words });
  }
}

function evidence(scan: Scan, from: number, to: number): string {
  return scan.text.slice(scan.starts[from], scan.ends[to - 1]);
}
