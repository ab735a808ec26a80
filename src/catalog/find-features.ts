/**
 * Finds named product features: the longest phrases of the lexicons, and measures.
 *
 * @packageDocumentation
 */
import type { NamedFeature } from '../core/types.ts';
import type { LexiconEntry, PhraseNode } from './lexicon.ts';
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

const UNITS: ReadonlyMap<string, string> = new Map(
  (
    'inch:inch,inches,zoll,pouces,pulgadas cm:cm,centimeter,centimeters,centimetre,centimetres ' +
    'mm:mm,millimeter,millimeters ft:ft,foot,feet m:meter,meters,metre,metres ml:ml,milliliter,milliliters ' +
    'l:l,liter,liters,litre,litres oz:oz,ounce,ounces kg:kg,kilogram,kilograms g:grams,gram ' +
    'lb:lb,lbs,pound,pounds gb:gb,gigabyte tb:tb,terabyte person:person,persons people:people ' +
    'piece:piece,pieces,pcs pack:pack gallon:gallon,gallons quart:quart,quarts'
  )
    .split(' ')
    .flatMap((line) => {
      const [unit = '', forms = ''] = line.split(':');
      return forms.split(',').map((form): [string, string] => [form, unit]);
    }),
);

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
    const measured = info?.isNumber === true ? measureAt(scan, at) : null;
    if (measured !== null) {
      if (found.size < MAX_FEATURES && !found.has(measured.value)) {
        const words = evidence(scan, at, measured.to);
        found.set(measured.value, { kind: 'size', value: measured.value, evidence: words });
      }
      at = measured.to;
      continue;
    }
    const match = info?.phrases ? longest(scan, at, info.phrases) : null;
    if (match === null) {
      at++;
      continue;
    }
    if (match.to - at > 1) phrases.push({ from: at, to: match.to });
    if (match.entries.length > 0 && !isNegated(scan, at, match.to)) {
      addEntries(match.entries, evidence(scan, at, match.to), found);
    }
    at = match.to;
  }
  return phrases;
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

function addEntries(
  entries: readonly LexiconEntry[],
  words: string,
  found: FoundFeatures,
): void {
  for (const entry of entries) {
    if (found.size >= MAX_FEATURES || found.has(entry)) continue;
    found.set(entry, { kind: entry.kind, value: entry.value, evidence: words });
  }
}

function evidence(scan: Scan, from: number, to: number): string {
  return scan.text.slice(scan.starts[from], scan.ends[to - 1]);
}

/** A number with a unit: `15-inch`, `500 ml`, `2L`, `10"`; value `15 inch`. */
function measureAt(scan: Scan, at: number): { readonly value: string; readonly to: number } | null {
  const word = scan.words[at]?.word ?? '';
  const digits = leadingDigits(word);
  if (digits > 5) return null;
  const number = `${decimalBefore(scan, at)}${word.slice(0, digits)}`;
  if (digits < word.length) {
    const unit = word.slice(digits) === 'in' ? 'inch' : UNITS.get(word.slice(digits));
    return unit === undefined ? null : { value: `${number} ${unit}`, to: at + 1 };
  }
  if ('"″'.includes(scan.text[scan.ends[at] ?? 0] ?? ' ')) {
    return { value: `${number} inch`, to: at + 1 };
  }
  if ((scan.joins[at + 1] ?? 0) < JOIN.space) return null;
  const unit = UNITS.get(scan.words[at + 1]?.word ?? '');
  return unit === undefined ? null : { value: `${number} ${unit}`, to: at + 2 };
}

function leadingDigits(word: string): number {
  let count = 0;
  while (count < word.length && word.charCodeAt(count) >= 48 && word.charCodeAt(count) <= 57) count++;
  return count;
}

/** `2.` when the number is the decimal part of 2.5. */
function decimalBefore(scan: Scan, at: number): string {
  const before = scan.words[at - 1]?.word ?? '';
  const isPoint = scan.starts[at] === (scan.ends[at - 1] ?? -2) + 1;
  if (!isPoint || scan.text[scan.ends[at - 1] ?? 0] !== '.') return '';
  return before.length > 0 && leadingDigits(before) === before.length ? `${before}.` : '';
}
