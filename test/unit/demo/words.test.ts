import { expect, it } from 'vitest';
import { pathInWords, reasonInWords, storageInWords } from '../../../demo/words.js';
import { ERROR_CODES } from '../../../src/core/error-codes.ts';

const CODE = /[A-Z]{3,}/;

it('tells shoppers no codes', () => {
  for (const reason of [...ERROR_CODES, 'PERSONALIZED', 'COLD_START', 'HOLDOUT', 'A_NEW_ONE']) {
    expect(reasonInWords(reason), reason).not.toMatch(CODE);
    expect(reasonInWords(reason, false), reason).not.toMatch(CODE);
    expect(storageInWords({ mode: 'memory', reason, bytes: 0 } as never)).not.toMatch(CODE);
  }
});

it('does not say that nothing was looked at where nothing can be kept', () => {
  expect(reasonInWords('COLD_START')).toContain('not looked at anything');
  expect(reasonInWords('COLD_START', false)).not.toContain('not looked at anything');
  expect(reasonInWords('PERSONALIZED', false)).toBe(reasonInWords('PERSONALIZED'));
});

it.each([
  ['furniture › tables', 'Furniture › Tables'],
  ['home-decoration › wall_clocks', 'Home decoration › Wall clocks'],
  ['Clothing › T-shirts', 'Clothing › T-shirts'],
])('reads %s as %s', (path, words) => {
  expect(pathInWords(path)).toBe(words);
});
