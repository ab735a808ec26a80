/**
 * What a text says of itself in listed words, and the text without them.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from '../../catalog/analyze-text.ts';
import { roleOf } from '../../catalog/word-roles.ts';
import type { AttributeDeclaration } from './declare-attributes.ts';
import type { Word } from './text-tokens.ts';

/** What listed words say of an attribute. */
export type Saying = 'yes' | 'no' | 'both' | 'nothing';

/** A text that was looked through. */
export interface WeaklyLabelled {
  /** One per attribute, in their order. */
  readonly says: readonly Saying[];
  /** The words that are listed for no attribute. */
  readonly rest: readonly Word[];
}

/** A listed phrase: attribute and direction. */
interface Listed {
  readonly stems: readonly string[];
  readonly attribute: number;
  readonly isPositive: boolean;
}

/** Looks texts through. */
export type Labeller = (words: readonly Word[]) => WeaklyLabelled;

/** A negation reaches this many words further. */
const REACH = 3;

/**
 * Makes a labeller.
 *
 * Words are compared by their stems, so that `cushions` is `cushion`. "Not soft" says no.
 *
 * @param attributes - As declared.
 * @returns See {@link Labeller}; cost is linear in the words.
 */
export function createLabeller(attributes: readonly AttributeDeclaration[]): Labeller {
  const byFirst = new Map<string, Listed[]>();
  const list = (phrases: readonly string[], attribute: number, isPositive: boolean): void => {
    for (const phrase of phrases) {
      const stems = tokenize(phrase).map(stem);
      const first = stems[0] ?? '';
      const known = byFirst.get(first) ?? [];
      if (known.length === 0) byFirst.set(first, known);
      known.push({ stems, attribute, isPositive });
    }
  };
  for (const [attribute, { negative = [], positive }] of attributes.entries()) {
    list(positive, attribute, true);
    list(negative, attribute, false);
  }
  return (words) => label(words, byFirst, attributes.length);
}

function label(
  words: readonly Word[],
  byFirst: ReadonlyMap<string, readonly Listed[]>,
  numAttributes: number,
): WeaklyLabelled {
  const stems = words.map(({ text }) => stem(text));
  const isListed = new Uint8Array(words.length);
  const votes = Array.from({ length: numAttributes }, () => ({ yes: false, no: false }));
  let deniedUntil = -1;
  for (const [at, first] of stems.entries()) {
    if (roleOf((words[at] as Word).text) === 'negator') deniedUntil = at + REACH;
    for (const { attribute, isPositive, stems: phrase } of byFirst.get(first) ?? []) {
      if (!phrase.every((each, k) => stems[at + k] === each)) continue;
      isListed.fill(1, at, at + phrase.length);
      const isYes = isPositive !== at <= deniedUntil;
      (votes[attribute] as { yes: boolean; no: boolean })[isYes ? 'yes' : 'no'] = true;
    }
  }
  return { says: votes.map(sayingOf), rest: withoutListed(words, isListed) };
}

function sayingOf({ no, yes }: { readonly yes: boolean; readonly no: boolean }): Saying {
  if (yes) return no ? 'both' : 'yes';
  return no ? 'no' : 'nothing';
}

/** Places are counted anew: a gap would tell that a listed word stood there. */
function withoutListed(words: readonly Word[], isListed: Uint8Array): Word[] {
  const next = new Map<string, number>();
  const rest: Word[] = [];
  for (const [at, word] of words.entries()) {
    if (isListed[at] === 1) continue;
    const place = next.get(word.field) ?? 0;
    next.set(word.field, place + 1);
    rest.push({ ...word, place });
  }
  return rest;
}
