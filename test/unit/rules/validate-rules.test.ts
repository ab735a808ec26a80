import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateRules } from '../../../src/rules/validate-rules.ts';

const GOOD = { id: 'winter', type: 'boost', match: { category: 'Coats' } };
const faultOf = (rule: unknown): string | undefined => validateRules([rule]).faults[0];

describe('rules', () => {
  it('are read with their defaults', () => {
    expect(validateRules([GOOD])).toEqual({
      faults: [],
      rules: [
        {
          ...GOOD,
          match: { category: new Set(['coats']) },
          title: '',
          from: -Infinity,
          until: Infinity,
          strength: 0.3,
          label: 'Sponsored',
        },
      ],
    });
  });

  it('may name many things at once, in any letter case, and times as dates', () => {
    const { rules, faults } = validateRules([
      {
        id: 'a',
        type: 'pin',
        title: 'Winter',
        match: {
          ids: ['2', '1'],
          brand: ['Aero', 'BERG'],
          tags: 'New',
          price: { min: 5 },
          segment: 'gardeners',
        },
        from: '2026-11-27T00:00:00Z',
        until: 1_800_000_000_000,
      },
      { ...GOOD, type: 'sponsored', label: 'Ad', strength: 0.2 },
      { id: 'b', type: 'pin', match: { ids: ['1'] }, where: { row: 'for-you', position: 3 } },
    ]);
    expect(faults).toEqual([]);
    expect(rules[0]).toMatchObject({ from: Date.UTC(2026, 10, 27), until: 1_800_000_000_000 });
    expect(rules[0]!.match).toEqual({
      ids: ['2', '1'],
      brand: new Set(['aero', 'berg']),
      tags: new Set(['new']),
      price: { min: 5 },
      segment: new Set(['gardeners']),
    });
    expect(rules[1]).toMatchObject({ label: 'Ad', strength: 0.2 });
    expect(rules[2]!.where).toEqual({ row: 'for-you', position: 3 });
  });

  const number = 'a number above 0 up to 1.';
  it.each<[string, object, string]>([
    ['strength', { strength: 7 }, `rules[0] “winter”: strength: got 7, expected ${number}`],
    ['strength', { strength: '1' }, `strength: got "1", expected ${number}`],
    ['strength', { strength: 0 }, `strength: got 0, expected ${number}`],
    ['strength', { type: 'exclude', strength: 0.5 }, 'this type has no strength'],
    [
      'strength',
      { type: 'sponsored', strength: 0.5 },
      'strength: got 0.5, expected a number above 0 up to 0.2.',
    ],
    ['type', { type: 'promote' }, 'type: got "promote", expected one of pin, boost, bury'],
    ['id', { id: '' }, 'rules[0]: id: got "", expected a text of 1 to 80 characters.'],
    ['id', { id: 5 }, 'rules[0]: id: got 5'],
    [
      'match',
      { match: {} },
      'match: got {}, expected an object with at least one of ids, category',
    ],
    ['match', { match: undefined }, 'match: got undefined'],
    [
      'match',
      { match: { brands: ['Aero'] } },
      'match: got "brands", expected only the fields ids, category',
    ],
    ['match', { match: { brand: [] } }, 'match.brand: got [], expected a text or a list'],
    ['match', { match: { ids: [1] } }, 'match.ids: got [1]'],
    ['match', { match: { price: { min: 9, max: 1 } } }, 'match.price: got {"min":9,"max":1}'],
    ['match', { match: { price: {} } }, 'match.price: got {}'],
    ['match', { match: { price: { least: 3 } } }, 'match.price: got {"least":3}'],
    ['where', { where: { row: 1 } }, 'where: got {"row":1}, expected nothing: only pins'],
    ['where', { type: 'pin', where: 'top' }, 'where: got "top", expected { row, position }.'],
    [
      'where',
      { type: 'pin', where: { row: 0 } },
      'where.row: got 0, expected a whole number from 1 up to 20.',
    ],
    ['where', { type: 'pin', where: { row: 1, position: 1.5 } }, 'where.position: got 1.5'],
    ['where', { type: 'pin', where: { row: 1, place: 2 } }, 'where: got "place"'],
    ['title', { type: 'pin' }, 'title: got undefined, expected the title of the row'],
    ['title', { title: 'Winter' }, 'title: got "Winter", expected nothing'],
    ['until', { from: 5, until: 5 }, 'until: got 5, expected a time after from.'],
    ['from', { from: 'soon' }, 'from: got "soon", expected milliseconds or a date'],
    ['from', { from: Number.NaN }, 'from: got null'],
    ['label', { label: 'Ad' }, 'label: got "Ad", expected nothing'],
    [
      'label',
      { type: 'sponsored', label: ' ' },
      'label: got " ", expected a text of 1 to 40 characters.',
    ],
    ['a field', { stength: 1 }, 'got "stength", expected only the fields id, type, match'],
  ])('with a wrong %s are left out, and told: %j', (_, change, message) => {
    const rule = { ...GOOD, ...change };
    expect(faultOf(rule)).toContain(message);
    expect(validateRules([rule]).rules).toEqual([]);
  });

  it('that are no rules are told by their place, and cost no other rule', () => {
    const { rules, faults } = validateRules([null, GOOD, 'exclude', [GOOD]]);
    expect(rules.length).toBe(1);
    expect(faults).toEqual([
      'rules[0]: got null, expected an object.',
      'rules[2]: got "exclude", expected an object.',
      expect.stringMatching(/^rules\[3\]: got \[.*, expected an object\.$/),
    ]);
  });

  it('have ids of their own: of two with one id the first counts', () => {
    const { rules, faults } = validateRules([GOOD, { ...GOOD, type: 'bury' }]);
    expect(rules.map(({ type }) => type)).toEqual(['boost']);
    expect(faults[0]).toContain(
      'rules[1] “winter”: id: got "winter", expected an id that no other',
    );
  });

  it('are a list of 500 at most', () => {
    expect(validateRules({ 0: GOOD }).faults[0]).toContain('rules: got {"0"');
    const many = Array.from({ length: 502 }, (_, n) => ({ ...GOOD, id: `r${n}` }));
    const { rules, faults } = validateRules(many);
    expect(rules.length).toBe(500);
    expect(faults).toEqual(['rules: got 502, expected 500 at most; the rest is left out.']);
  });

  it('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(fc.anything())), (input) => {
        const { rules, faults } = validateRules(input);
        expect(rules.length + faults.length).toBeGreaterThanOrEqual(
          Array.isArray(input) ? Math.min(input.length, 1) : 1,
        );
      }),
    );
    const circular: Record<string, unknown> = { ...GOOD };
    circular['match'] = circular;
    expect(faultOf(circular)).toContain('match:');
    expect(faultOf({ ...GOOD, strength: 1n })).toContain('strength: got bigint');
    // No text can be made of it; came up in `npm run test:fuzz`.
    expect(faultOf({ ...GOOD, type: [{ toString: '' }] })).toContain('type: got [{"toString":""}]');
  });
});
