import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem, tokenize } from '../../../src/catalog/analyze-text.ts';
import type { Item } from '../../../src/core/types.ts';
import { createShield } from '../../../src/sensitive/shield.ts';
import lists from '../../../src/sensitive/sensitive.json' with { type: 'json' };

const wordsOf = (text: string): string[] => tokenize(text).map(stem);
const shield = (options?: unknown) => createShield(options, wordsOf);
const isSensitive = (item: Partial<Item>, options?: unknown): boolean =>
  shield(options).isSensitive({ id: 'a', ...item });

describe('the default list', () => {
  it.each(Object.entries(lists).flatMap(([kind, words]) => words.map((word) => [kind, word])))(
    'of %s knows “%s” in a title, a category and a tag',
    (_, word) => {
      expect(isSensitive({ title: `Our best ${word} of all` })).toBe(true);
      expect(isSensitive({ categoryPath: ['All', word] })).toBe(true);
      expect(isSensitive({ tags: ['new', word.toUpperCase()] })).toBe(true);
    },
  );

  it.each([['Unisex running shoes'], ['Essex oak table'], ['Cushion cover, grey']])(
    'leaves “%s” alone',
    (title) => {
      expect(isSensitive({ title })).toBe(false);
    },
  );

  it('does not read descriptions, which say too much by the way', () => {
    expect(isSensitive({ title: 'Lamp', description: 'Given to a church in Essex.' })).toBe(false);
  });
});

describe('the shop’s own list', () => {
  it('adds categories at any level, whatever their case', () => {
    const options = { categories: ['Lingerie', 'Adult games'] };
    expect(isSensitive({ categoryPath: ['Women', 'LINGERIE'] }, options)).toBe(true);
    expect(isSensitive({ categoryPath: ['Toys', 'Adult Games', 'Cards'] }, options)).toBe(true);
    expect(isSensitive({ title: 'Lingerie bag', categoryPath: ['Laundry'] }, options)).toBe(false);
  });

  it('adds words and phrases', () => {
    const options = { words: ['smoking cessation', 'wig'] };
    expect(isSensitive({ title: 'Smoking cessation patches' }, options)).toBe(true);
    expect(isSensitive({ title: 'Wigs for all' }, options)).toBe(true);
    expect(isSensitive({ title: 'Smoking chips, hickory' }, options)).toBe(false);
  });

  it('takes words out that say nothing there', () => {
    const salt = { title: 'Kosher salt, coarse' };
    expect(isSensitive(salt)).toBe(true);
    expect(isSensitive(salt, { except: ['kosher'] })).toBe(false);
  });

  it('takes anything at all for an option', () => {
    fc.assert(
      fc.property(fc.anything(), (options) => {
        expect(isSensitive({ title: 'Lamp with a shade' }, options)).toBe(false);
        expect(isSensitive({ title: 'Insulin cooler' }, options)).toBe(true);
      }),
    );
  });

  it('does not take an empty word for every item', () => {
    expect(isSensitive({ title: 'Lamp' }, { words: ['', ' ', '!'], categories: ['', '.'] })).toBe(
      false,
    );
  });
});

it('knows nothing of an item that nothing is known of', () => {
  expect(shield().isSensitive(undefined)).toBe(false);
  expect(shield().isSensitive({ id: 'condom' })).toBe(false);
});
