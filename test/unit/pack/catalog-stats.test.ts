import { describe, expect, it } from 'vitest';
import { readSections, writeSections } from '../../../src/core/binary.ts';
import { VitrineError } from '../../../src/core/errors.ts';
import {
  type CatalogStats,
  decodeCatalogStats,
  encodeCatalogStats,
} from '../../../src/pack/catalog-stats.ts';
import { decodePack, encodePack } from '../../../src/pack/pack-codec.ts';
import { trainedPack, TRAINING } from './pack-fixtures.ts';

const STATS: CatalogStats = {
  numItems: 3,
  terms: {
    words: ['boot', 'lamp', 'ünique'],
    idf: Float32Array.of(0.5, 1, 2),
    dims: 2,
    vectors: Float32Array.of(1.27, 0, -0.5, 0.25),
  },
  restIdf: 2.5,
  features: { words: [], idf: new Float32Array(), dims: 4, vectors: new Float32Array() },
  categories: [['Shoes', 2]],
  brands: [],
  prices: [['', [1.5, 2, 19.99]]],
  segments: [
    {
      id: 's',
      name: 'S',
      origin: 'predefined',
      describes: { keywords: ['boots'] },
      version: 1,
      level: null,
      support: 0,
    },
  ],
};

function codeOf(bytes: Uint8Array): string {
  try {
    decodeCatalogStats(bytes);
  } catch (error) {
    if (error instanceof VitrineError) return error.code;
  }
  return 'none';
}

/** The file with another section. */
function changed(name: string, data: Uint8Array | Int8Array | Float32Array): Uint8Array {
  return writeSections(new Map(readSections(encodeCatalogStats(STATS))).set(name, data));
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('catalog.bin', () => {
  it('comes back as it was, vectors rounded to bytes', () => {
    const { terms, ...rest } = decodeCatalogStats(encodeCatalogStats(STATS))!;
    const { terms: expected, ...others } = STATS;
    expect(rest).toEqual(others);
    expect({ ...terms, vectors: null }).toEqual({ ...expected, vectors: null });
    for (const [k, value] of terms.vectors.entries()) {
      expect(Math.abs(value - expected.vectors[k]!)).toBeLessThan(0.01);
    }
  });

  it('is optional in a pack, and travels with it', async () => {
    const pack = trainedPack();
    const without = await encodePack(pack, TRAINING);
    expect(without.files.has('catalog.bin')).toBe(false);
    expect((await decodePack(without)).catalog).toBeUndefined();
    const whole = await encodePack({ ...pack, catalog: STATS }, TRAINING);
    expect(whole.manifest.files.map(({ name }) => name)).toContain('catalog.bin');
    expect((await decodePack(whole)).catalog?.categories).toEqual(STATS.categories);
  });

  it.each([
    ['no header', new Uint8Array(20)],
    ['no JSON in the head', changed('head', Uint8Array.of(123))],
    ['another head', changed('head', json(null))],
    ['a list missing', changed('head', json({ numItems: 1, restIdf: 1 }))],
    ['weights for other words', changed('terms.idf', Float32Array.of(1))],
    ['vectors that do not fit', changed('terms.vectors', Int8Array.of(1, 2, 3))],
    ['more vectors than words', changed('features.scales', Float32Array.of(1))],
  ])('refuses a file with %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('PACK_FORMAT');
  });
});
