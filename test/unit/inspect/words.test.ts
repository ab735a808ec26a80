import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import { readPersona } from '../../../src/inspect/force-tab.ts';
import { failureOf } from '../../../src/inspect/panel.ts';
import { decimal, many, moment, percent, size } from '../../../src/inspect/words.ts';

describe('a persona in the field', () => {
  it('is ids of items, without what is empty', () => {
    expect(readPersona(' a1, b=2x ,, c3 ')).toEqual({ persona: ['a1', 'b=2x', 'c3'] });
  });

  it('is shares when every entry has a weight', () => {
    expect(readPersona('gardeners=3, home-cooks = 0.5')).toEqual({
      persona: [
        { segmentId: 'gardeners', weight: 3 },
        { segmentId: 'home-cooks', weight: 0.5 },
      ],
    });
  });

  it.each(['', ' , ', 'gardeners=0', '=3', 'a=1, b'])('is no share: “%s”', (text) => {
    const { persona } = readPersona(text) as { persona: readonly unknown[] };
    expect(persona.every((entry) => typeof entry === 'string')).toBe(true);
  });
});

describe('the words of the panel', () => {
  it('are short', () => {
    expect([decimal(-0.12549), percent(0.125), size(999), size(1500), size(null)]).toEqual([
      '-0.125',
      '12.5 %',
      '999 B',
      '1.5 kB',
      'not known',
    ]);
    expect([many(1, 'row'), many(2, 'row')]).toEqual(['1 row', '2 rows']);
  });

  it('name a moment in UTC, and leave what is no time as it is', () => {
    expect(moment(1_800_000_000_000)).toBe('2027-01-15 08:00:00');
    expect(moment(Number.POSITIVE_INFINITY)).toBe('Infinity');
  });

  it('tell a failure by its code', () => {
    expect(failureOf(new VitrineError('ITEM_UNKNOWN', 'explain: got x.'))).toMatch(
      /^ITEM_UNKNOWN: .*explain: got x\./u,
    );
    expect(failureOf('gone')).toBe('gone');
  });
});
