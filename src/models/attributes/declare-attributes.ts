/**
 * Attributes as a shop declares them: data from outside, checked at the border.
 *
 * @packageDocumentation
 */
import { tokenize } from '../../catalog/analyze-text.ts';
import { VitrineError } from '../../core/errors.ts';

/** A named score, and the words by which a text says that it is high or low. */
export interface AttributeDeclaration {
  /** a-z, 0-9 and `-`, at most 40 characters. */
  readonly name: string;
  /** Words or phrases of a high score, at least one. */
  readonly positive: readonly string[];
  /** Words or phrases of a low score. */
  readonly negative?: readonly string[];
}

const MAX_ATTRIBUTES = 16;
const MAX_PHRASES = 400;
const MAX_CHARS = 60;
const MAX_NAME = 40;
const NAME_CHARS = 'abcdefghijklmnopqrstuvwxyz0123456789-';
const KNOWN_KEYS: ReadonlySet<string> = new Set(['name', 'positive', 'negative']);

function refuse(place: string, got: unknown, expected: string): never {
  const shown = JSON.stringify(got) ?? String(got);
  throw new VitrineError(
    'DATA_INVALID',
    `${place}: got ${shown.slice(0, 60)}, expected ${expected}.`,
  );
}

function readName(value: unknown, place: string): string {
  const isName =
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MAX_NAME &&
    value.split('').every((character) => NAME_CHARS.includes(character));
  if (!isName) refuse(place, value, `1 to ${MAX_NAME} of a-z, 0-9 and -`);
  return value;
}

function readPhrases(value: unknown, place: string, least: number): string[] {
  const isList = Array.isArray(value) && value.length >= least && value.length <= MAX_PHRASES;
  if (!isList) refuse(place, value, `a list of ${least} to ${MAX_PHRASES} words or phrases`);
  return value.map((phrase: unknown, at) => {
    const isPhrase =
      typeof phrase === 'string' && phrase.length <= MAX_CHARS && tokenize(phrase).length > 0;
    if (!isPhrase) refuse(`${place}[${at}]`, phrase, `words of at most ${MAX_CHARS} characters`);
    return phrase;
  });
}

function readOne(value: unknown, place: string): AttributeDeclaration {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(place, value, 'an object with "name" and "positive"');
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).find((key) => !KNOWN_KEYS.has(key));
  if (unknown !== undefined) refuse(place, unknown, `the keys ${[...KNOWN_KEYS].join(', ')}`);
  const name = readName(fields['name'], `${place}.name`);
  const positive = readPhrases(fields['positive'], `${place}.positive`, 1);
  const negative = readPhrases(fields['negative'] ?? [], `${place}.negative`, 0);
  const both = negative.find((phrase) => positive.includes(phrase));
  if (both !== undefined) refuse(`${place}.negative`, both, 'words that are not positive too');
  return { name, positive, negative };
}

/**
 * Reads a declaration.
 *
 * @param value - Parsed JSON: a list of 1 to 16 attributes with different names.
 * @returns The attributes, in the order of the list.
 * @throws `DATA_INVALID` with the place, what was got and what was expected.
 * @example readAttributes([{ name: 'comfort', positive: ['soft'] }])
 * // [{ name: 'comfort', positive: ['soft'], negative: [] }]
 */
export function readAttributes(value: unknown): AttributeDeclaration[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MAX_ATTRIBUTES;
  if (!isList) refuse('attributes', value, `a list of 1 to ${MAX_ATTRIBUTES} attributes`);
  const attributes = value.map((each: unknown, at) => readOne(each, `attributes[${at}]`));
  const seen = new Set<string>();
  for (const [at, { name }] of attributes.entries()) {
    if (seen.has(name)) refuse(`attributes[${at}].name`, name, 'a name that is not taken');
    seen.add(name);
  }
  return attributes;
}
