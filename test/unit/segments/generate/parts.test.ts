import { describe, expect, it } from 'vitest';
import { stem, tokenize } from '../../../../src/catalog/analyze-text.ts';
import { DEFAULT_SPACE } from '../../../../src/catalog/blocks.ts';
import type { GeneratedSegment } from '../../../../src/core/generated.ts';
import type { LogRecord } from '../../../../src/core/types.ts';
import { roundPrice } from '../../../../src/segments/generate/describe-evidence.ts';
import { coverageOf } from '../../../../src/segments/generate/coverage.ts';
import { lifeStep } from '../../../../src/segments/generate/life-cycle.ts';
import { profileCosine, unitBlocks } from '../../../../src/segments/generate/profile-math.ts';
import { createSensitiveWords } from '../../../../src/sensitive/sensitive-words.ts';
import { readGenerated } from '../../../../src/store/read-generated.ts';

const segment = (id: string, more: Partial<GeneratedSegment> = {}): GeneratedSegment => ({
  id,
  name: id,
  origin: 'generated',
  description: '',
  describes: { keywords: [id] },
  version: 1,
  generator: 'linear',
  state: 'born',
  isAutomatic: false,
  born: 0,
  evidence: [],
  ...more,
});

const records = (type: LogRecord['type'], segmentId: string, count: number): LogRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    eventId: `${type}-${segmentId}-${i}`,
    time: i,
    type,
    itemId: `i${i}`,
    segmentId,
  }));

describe('the life of a segment', () => {
  const never = (): boolean => false;
  const nobody = new Set<string>();

  it('is confirmed by two engagements with its row', () => {
    const log = records('select_item', 'a', 2);
    const { kept } = lifeStep([segment('a'), segment('b')], log, nobody, never);
    expect(kept.map(({ state }) => state)).toEqual(['confirmed', 'born']);
  });

  it('is not confirmed by what was taken out of the cart', () => {
    const log = records('remove_from_cart', 'a', 5);
    expect(lifeStep([segment('a')], log, nobody, never).kept[0]?.state).toBe('born');
  });

  it('ends when it was shown often and never clicked', () => {
    const log = records('view_item_list', 'a', 48);
    expect(lifeStep([segment('a')], log, nobody, never).kept).toEqual([]);
    expect(lifeStep([segment('a')], log.slice(1), nobody, never).kept).toHaveLength(1);
  });

  it.each([
    ['one click', [...records('select_item', 'a', 1)], nobody, {}],
    ['being followed', [], new Set(['a']), {}],
    ['having been chosen by hand', [], nobody, { origin: 'visitor' as const }],
  ])('goes on after that by %s', (_, more, followed, fields) => {
    const log = [...records('view_item_list', 'a', 60), ...more];
    expect(lifeStep([segment('a', fields)], log, followed, never).kept).toHaveLength(1);
  });

  it('goes on in the elder of two that are alike', () => {
    const list = [segment('a'), segment('b'), segment('c')];
    const { kept, merged } = lifeStep(list, [], nobody, (x, y) => x.id === 'a' && y.id === 'c');
    expect(kept.map(({ id }) => id)).toEqual(['a', 'b']);
    expect([...merged]).toEqual([['c', 'a']]);
  });

  it('changes nothing without a reason', () => {
    const list = [segment('a'), segment('b')];
    const { kept } = lifeStep(list, records('view_item_list', 'a', 3), nobody, never);
    expect(kept.every((one, i) => one === list[i])).toBe(true);
  });
});

describe('sensitive words', () => {
  const words = createSensitiveWords((text) => tokenize(text).map(stem));

  it.each([
    ['Gay romance novels', 'sexuality'],
    ['Halal snacks', 'religion'],
    ['Pregnancy pillows', 'health'],
    ['Weight loss tea', 'health'],
    ['Republican mugs', 'politics'],
    ['Refugees welcome', 'ethnicity'],
    ['Payday loans', 'hardship'],
  ])('are found in “%s”', (text, kind) => {
    expect(words.find(text)).toBe(kind);
  });

  it.each(['Running shoes for race day', 'Essex blue curtains', 'First aid kit', ''])(
    'are not found in “%s”',
    (text) => {
      expect(words.find(text)).toBeNull();
    },
  );
});

describe('coverage', () => {
  const memberships = [
    [
      { segmentId: 'a', weight: 0.7 },
      { segmentId: 'b', weight: 0.3 },
    ],
    [{ segmentId: 'a', weight: 1 }],
    [],
    [],
  ];

  it('is the largest share of the interactions', () => {
    expect(coverageOf(memberships, new Set())).toBe(0.425);
  });

  it('passes over blocked segments', () => {
    expect(coverageOf(memberships, new Set(['a']))).toBe(0.075);
  });

  it('is 0 without any', () => {
    expect(coverageOf([], new Set())).toBe(0);
  });
});

describe('profiles', () => {
  const { dims, blocks } = DEFAULT_SPACE;

  it('have blocks of length √weight, faint ones left out', () => {
    const raw = new Float32Array(dims);
    raw[0] = 5;
    raw[blocks[1]!.start] = 0.01;
    const { vectors, presence } = unitBlocks(raw, blocks);
    expect(vectors.data[0]).toBeCloseTo(Math.sqrt(blocks[0]!.weight));
    expect([...presence.data]).toEqual([Math.fround(blocks[0]!.weight), 0, 0, 0, 0, 0]);
  });

  it('that are nothing are like nothing', () => {
    expect(profileCosine(new Float32Array(4), Float32Array.of(1, 0, 0, 0))).toBe(0);
    expect(profileCosine([Infinity, 1], [1, 1])).toBe(0);
  });
});

describe('prices in names', () => {
  it.each([
    [129.99, Math.ceil, 130],
    [1234, Math.floor, 1200],
    [7.2, Math.ceil, 8],
    [0, Math.ceil, 0],
  ])('round %d to %d', (price, round, expected) => {
    expect(roundPrice(price, round)).toBe(expected);
  });
});

describe('generated segments on disk', () => {
  it('come back as they were', () => {
    const whole = segment('a', {
      describes: {
        price: { max: 30 },
        categories: ['x'],
        brands: ['y'],
        keywords: ['z'],
        features: { material: ['silk'] },
      },
      seedId: 'gardeners',
      isAutomatic: true,
      state: 'confirmed',
      evidence: ['i1', 'i2'],
      generator: 'vae',
      description: 'words',
    });
    expect(readGenerated([structuredClone(whole)])).toEqual([whole]);
  });

  it.each([
    ['no list', 'a'],
    ['nothing', undefined],
    ['no objects', [1, null, 'x', []]],
    ['no words', [{ ...segment('a'), describes: {} }]],
    ['no name', [{ ...segment('a'), name: 7 }]],
    ['an endless name', [{ ...segment('a'), name: 'x'.repeat(10_000) }]],
    ['prices that are none', [{ ...segment('a'), describes: { price: { min: -1, max: NaN } } }]],
  ])('are left out when there is %s', (_, value) => {
    expect(readGenerated(value)).toEqual([]);
  });

  it('are at most 24, each id once, wrong fields mended', () => {
    const many = Array.from({ length: 40 }, (_, i) => segment(`s${i % 30}`));
    expect(readGenerated(many)).toHaveLength(24);
    const odd = { ...segment('a'), origin: 'merchant', generator: 7, state: 'x', born: -1 };
    expect(readGenerated([odd, odd])).toEqual([segment('a')]);
  });
});
