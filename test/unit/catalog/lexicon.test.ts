import { describe, expect, it } from 'vitest';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';
import { phraseTree, valuesOf } from '../../../src/catalog/lexicon.ts';
import type { PhraseNode } from '../../../src/catalog/lexicon.ts';
import { COLOURS } from '../../../src/catalog/lexicons/colours.ts';
import { MATERIALS } from '../../../src/catalog/lexicons/materials.ts';
import { OCCASIONS } from '../../../src/catalog/lexicons/occasions.ts';
import { SENTIMENT } from '../../../src/catalog/lexicons/sentiment.ts';
import { SIZES } from '../../../src/catalog/lexicons/sizes.ts';
import { STYLES } from '../../../src/catalog/lexicons/styles.ts';
import { TECHNOLOGIES } from '../../../src/catalog/lexicons/technologies.ts';
import { USES } from '../../../src/catalog/lexicons/uses.ts';

const LEXICONS: readonly [string, string][] = [
  ['material', MATERIALS],
  ['colour', COLOURS],
  ['size', SIZES],
  ['technology', TECHNOLOGIES],
  ['occasion', OCCASIONS],
  ['style', STYLES],
  ['use', USES],
];

/** Every phrase of a lexicon with its value, read apart from the code under test. */
function phrasesOf(lines: string): [phrase: string, value: string][] {
  return lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [head = '', rest = ''] = line.split(': ');
      const value = head.replace(/[~:]/g, '');
      const phrases = rest === '' ? [] : rest.split(', ');
      const all = head.startsWith('~') ? phrases : [value, ...phrases];
      return all.map((phrase): [string, string] => [phrase, value]);
    });
}

describe('the lexicons', () => {
  it.each([
    ['material', 60],
    ['colour', 16],
    ['technology', 45],
    ['occasion', 25],
    ['style', 30],
    ['use', 40],
    ['size', 12],
  ])('have enough values of %s', (kind, least) => {
    expect(valuesOf(kind).length).toBeGreaterThanOrEqual(least);
    expect(new Set(valuesOf(kind)).size).toBe(valuesOf(kind).length);
  });

  it('know at least 90 words for 16 families of colour', () => {
    expect(valuesOf('colour')).toHaveLength(16);
    expect(phrasesOf(COLOURS).length).toBeGreaterThanOrEqual(90);
  });

  it('have no values of a kind that is not known', () => {
    expect(valuesOf('flavour')).toEqual(['']);
  });

  it.each(LEXICONS)('find every phrase of %s by itself', (kind, lines) => {
    const missed = phrasesOf(lines).filter(([phrase, value]) => {
      const { named } = analyzeItem({ id: 'a', title: `The ${phrase}.` });
      return !named.some((each) => each.kind === kind && each.value === value);
    });
    expect(missed).toEqual([]);
  });

  it.each(LEXICONS)('give each phrase of %s one value', (_kind, lines) => {
    const seen = new Map<string, string>();
    const twice = phrasesOf(lines).filter(([phrase, value]) => {
      const other = seen.get(phrase);
      seen.set(phrase, value);
      return other !== undefined;
    });
    expect(twice).toEqual([]);
  });

  it.each(LEXICONS)('are written in lower case with plain separators: %s', (_kind, lines) => {
    for (const line of lines.trim().split('\n')) {
      expect(line).toBe(line.toLowerCase());
      expect(line).toMatch(/^~?[\p{L}0-9 ]+:(?: [\p{L}0-9 ]+(?:, [\p{L}0-9 ]+)*)?$/u);
    }
  });

  it('have no phrase of more than six words', () => {
    const depth = (nodes: ReadonlyMap<string, PhraseNode>): number =>
      Math.max(...[...nodes.values()].map((node) => 1 + (node.next ? depth(node.next) : 0)));
    expect(depth(phraseTree())).toBeLessThanOrEqual(6);
  });
});

describe('the sentiment lexicon', () => {
  it('has strengths from -3 to 3 and each word once', () => {
    const words: string[] = [];
    for (const line of SENTIMENT.trim().split('\n')) {
      expect(line).toMatch(/^-?[0-9.]+: [a-z]+(?: [a-z]+)*$/);
      const [strength = '', list = ''] = line.split(': ');
      expect(Math.abs(Number(strength))).toBeLessThanOrEqual(3);
      words.push(...list.split(' '));
    }
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    expect(words.length).toBeGreaterThan(200);
  });
});
