/**
 * Lexicons as data, compiled into one tree of words so that all kinds are found in one pass.
 *
 * A line is `value: phrase, phrase`; the value is a phrase itself unless the line starts with `~`.
 *
 * @packageDocumentation
 */
import { COLOURS } from './lexicons/colours.ts';
import { IGNORED } from './lexicons/ignored.ts';
import { MATERIALS } from './lexicons/materials.ts';
import { OCCASIONS } from './lexicons/occasions.ts';
import { SIZES } from './lexicons/sizes.ts';
import { STYLES } from './lexicons/styles.ts';
import { TECHNOLOGIES } from './lexicons/technologies.ts';
import { USES } from './lexicons/uses.ts';

/** What a phrase stands for; one object per kind and value. */
export interface LexiconEntry {
  /** Kind of feature, `material`. */
  readonly kind: string;
  /** Normalised value, `leather`. */
  readonly value: string;
}

/** A word in the tree: what ends here and which words may follow. */
export interface PhraseNode {
  /** Meanings of the phrase that ends here; empty for phrases that only hide others. */
  entries: readonly LexiconEntry[] | null;
  /** Words that may follow; null at a leaf. */
  next: Map<string, PhraseNode> | null;
}

/** Lexicons by kind; kinds in `PLURALS` also match with an `s` at the end. */
const LEXICONS: readonly (readonly [kind: string, lines: string])[] = [
  ['material', MATERIALS],
  ['colour', COLOURS],
  ['size', SIZES],
  ['technology', TECHNOLOGIES],
  ['occasion', OCCASIONS],
  ['style', STYLES],
  ['use', USES],
];
/** `glasses` are not the material glass, but `blues` are the colour blue. */
const PLURALS: ReadonlySet<string> = new Set(['colour', 'technology', 'occasion', 'use']);

let compiled: Map<string, PhraseNode> | null = null;

/**
 * The tree of all lexicons, compiled at the first call.
 *
 * @returns First words of all phrases.
 */
export function phraseTree(): ReadonlyMap<string, PhraseNode> {
  compiled ??= compile();
  return compiled;
}

/**
 * The values of a kind, for tests and documentation.
 *
 * @param kind - `material`, `colour`, `size`, `technology`, `occasion`, `style` or `use`.
 * @returns Normalised values in the lexicon's order; empty for an unknown kind.
 */
export function valuesOf(kind: string): string[] {
  const lines = LEXICONS.find(([name]) => name === kind)?.[1] ?? '';
  return parseLexicon(lines).map(([value]) => value);
}

/** Reads the lines of a lexicon: each value with its phrases. */
function parseLexicon(lines: string): (readonly [value: string, phrases: readonly string[]])[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [head = '', rest = ''] = line.split(':');
      const isNamed = head.startsWith('~');
      const value = isNamed ? head.slice(1) : head;
      const phrases = rest.split(',').map((phrase) => phrase.trim());
      return [value, (isNamed ? phrases : [value, ...phrases]).filter(Boolean)];
    });
}

function compile(): Map<string, PhraseNode> {
  const root = new Map<string, PhraseNode>();
  for (const [kind, lines] of LEXICONS) {
    for (const [value, phrases] of parseLexicon(lines)) {
      const entry = { kind, value };
      for (const phrase of withPlurals(phrases, kind)) insert(root, phrase, entry);
    }
  }
  for (const phrase of IGNORED.trim().split(/[\n,]/)) insert(root, phrase.trim(), null);
  return root;
}

function withPlurals(phrases: readonly string[], kind: string): readonly string[] {
  if (!PLURALS.has(kind)) return phrases;
  return phrases.flatMap((phrase) => (phrase.endsWith('s') ? [phrase] : [phrase, `${phrase}s`]));
}

function insert(root: Map<string, PhraseNode>, phrase: string, entry: LexiconEntry | null): void {
  let children = root;
  let node: PhraseNode | null = null;
  for (const word of phrase.split(/[ -]/)) {
    if (node !== null) children = node.next ??= new Map<string, PhraseNode>();
    let child = children.get(word);
    if (child === undefined) {
      child = { entries: null, next: null };
      children.set(word, child);
    }
    node = child;
  }
  if (node === null) return;
  const known = node.entries ?? [];
  node.entries = entry === null ? [] : [...known, entry];
}
