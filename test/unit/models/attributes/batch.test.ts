import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/rng.ts';
import { gatherBatch, scatterRows } from '../../../../src/models/attributes/batch.ts';
import { drawBatches } from '../../../../src/models/attributes/draw-batches.ts';
import {
  hiddenRows,
  learnVocabulary,
  rowsOf,
  tokenRows,
  wordsOf,
} from '../../../../src/models/attributes/text-tokens.ts';
import { TITLES } from '../../../helpers/attribute-models.ts';

const WIDTH = 6;
const words = TITLES.map((title) => wordsOf({ id: 'a', title }));
const vocabulary = learnVocabulary(words, { minTexts: 1, most: 100, grams: 20 });
const texts = words.map((each) => each.map((word) => tokenRows(word, vocabulary)));
const random = createRandom(1, 'batch');
const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random() - 0.5);

describe('the lookup of tokens', () => {
  const table = draw(rowsOf(vocabulary) * WIDTH);
  const batch = gatherBatch(texts, table, WIDTH);

  it('gives padding no share and hides it', () => {
    for (const [b, text] of texts.entries()) {
      const shares = batch.shares.subarray(b * batch.length, (b + 1) * batch.length);
      const hides = batch.hides.subarray(b * batch.length, (b + 1) * batch.length);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect([...hides].filter((hide) => hide === 0)).toHaveLength(text.length);
    }
  });

  it('has a gradient that is its own transpose: ⟨gather(table), g⟩ = ⟨table, scatter(g)⟩', () => {
    const gradient = draw(batch.tokens.length);
    // Padding has no rows, so what comes back for it must not count.
    for (const [place, hide] of batch.hides.entries()) {
      if (hide !== 0) gradient.fill(0, place * WIDTH, (place + 1) * WIDTH);
    }
    const left = batch.tokens.reduce((sum, value, k) => sum + value * (gradient[k] as number), 0);
    let right = 0;
    for (const [row, values] of scatterRows(batch, gradient, WIDTH)) {
      for (const [w, value] of values.entries()) {
        right += value * (table[row * WIDTH + w] as number);
      }
    }
    expect(right).toBeCloseTo(left, 3);
  });
});

describe('the rows of a token', () => {
  it('know a learned word, and a strange one by its letters only', () => {
    const [wool] = wordsOf({ id: 'a', title: 'wool' });
    const [strange] = wordsOf({ id: 'a', title: 'woolxyz' });
    if (wool === undefined || strange === undefined) throw new Error('no words');
    expect(tokenRows(wool, vocabulary).word).toBeGreaterThan(0);
    expect(tokenRows(strange, vocabulary).word).toBe(-1);
    const shared = new Set(tokenRows(wool, vocabulary).rows);
    expect([...tokenRows(strange, vocabulary).rows].some((row) => shared.has(row))).toBe(true);
  });

  it('say nothing of a hidden word but where it stands', () => {
    const [wool] = wordsOf({ id: 'a', title: 'wool' });
    const [steel] = wordsOf({ id: 'a', title: 'steel' });
    if (wool === undefined || steel === undefined) throw new Error('no words');
    expect(hiddenRows(wool)).toEqual(hiddenRows(steel));
  });

  it('are those of price bands half an octave wide, the same in every catalog', () => {
    const band = (price: number): string | undefined => wordsOf({ id: 'a', price })[0]?.text;
    expect(band(100)).toBe(band(104));
    expect(band(100)).not.toBe(band(160));
  });
});

describe('drawBatches', () => {
  it('holds each row once, in batches of like length', () => {
    const lengths = Array.from({ length: 96 }, (_, row) => 3 + (row % 12));
    const batches = drawBatches([...lengths.keys()], lengths, 8, createRandom(2, 'rows'));
    expect(batches.flat().toSorted((a, b) => a - b)).toEqual([...lengths.keys()]);
    for (const rows of batches) {
      const own = rows.map((row) => lengths[row] as number);
      expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
    }
  });

  it('makes one batch of fewer rows than a batch holds', () => {
    const batches = drawBatches([0, 1, 2], [4, 5, 6], 8, createRandom(2, 'rows'));
    expect(batches.map((rows) => rows.toSorted((a, b) => a - b))).toEqual([[0, 1, 2]]);
  });
});
