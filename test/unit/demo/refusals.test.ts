/** Why no row was made, in plain words with the guard's own figure. */
import { describe, expect, it } from 'vitest';
import { refusalInWords } from '../../../demo/refusals.js';
import { VitrineError } from '../../../src/core/errors.ts';

describe('a refusal in words', () => {
  it('says what the guard means, then its figure', () => {
    const error = new VitrineError('SEGMENT_REFUSED', 'support: got 12, expected 20 or more.');
    expect(refusalInWords(error)).toBe(
      'Too few items of the shop would belong to it. (support: got 12, expected 20 or more.)',
    );
  });

  it('keeps the detail of a guard that it does not know', () => {
    const error = new VitrineError('SEGMENT_REFUSED', 'weather: too wet.');
    expect(refusalInWords(error)).toContain('(weather: too wet.)');
  });

  it('tells words that mean nothing here from other mistakes', () => {
    const toward = new VitrineError('OPTION_INVALID', 'toward: no candidate has to do with “zz”.');
    expect(refusalInWords(toward)).toContain('Nothing in this shop');
    expect(refusalInWords(new Error('gone'))).toContain('Nothing was changed');
    expect(refusalInWords(undefined)).toContain('Nothing was changed');
  });
});
