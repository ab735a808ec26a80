import { describe, expect, it } from 'vitest';
import {
  type GenerativeFigures,
  generativeReport,
  type ReportedSegments,
} from '../../../src/report/generative-report.ts';

const SEGMENTS: ReportedSegments = {
  trainMs: 1500,
  heldOutCosine: 0.75,
  guessedCosine: 0.56,
  generations: 200,
  passed: 198,
  refused: { support: 2 },
  meanSupport: 63,
  temperatureRankCorrelation: 0.82,
  meanCoherence: 0.64,
  randomCoherence: 0.09,
  towardCheaper: { asked: 20, passed: 18, cheaper: 17 / 18, meanRatio: 0.6 },
};

const FIGURES: GenerativeFigures = {
  labels: {
    season: {
      accuracy: 0.83,
      macroF1: 0.847,
      baseline: { accuracy: 0.819, macroF1: 0.835, c: 3 },
      bytes: 249_504,
    },
    articleType: {
      accuracy: 0.95,
      macroF1: 0.82,
      baseline: { accuracy: 0.952, macroF1: 0.84, c: 10 },
      bytes: 249_000,
    },
  },
  reviews: {
    scores: { comfort: { yes: 665, others: 2161, auc: 0.79 } },
    baseline: { comfort: { yes: 665, others: 2161, auc: 0.77 } },
    trust: { comfort: 0.25 },
    guessing: { share: 0.2, error: 0.15, errorOfOthers: 0.08 },
    fewWordsKnown: { share: 0.01, error: 0.1, errorOfOthers: 0.09 },
    bytes: 244_000,
  },
  segments: {
    demo: { vae: SEGMENTS, linear: { ...SEGMENTS, heldOutCosine: 0.77, guessedCosine: 0.54 } },
  },
};

function lineWith(page: string, text: string): string {
  return page.split('\n').find((line) => line.includes(text)) ?? '';
}

describe('the page on generative models', () => {
  const page = generativeReport(FIGURES);

  it('says where the rival wins, and by how much', () => {
    const said = lineWith(page, 'tf-idf wins at');
    expect(said).toContain('tf-idf wins at macro-F1 of articleType (−.020)');
    expect(said).toContain('better at macro-F1 of season (+.012)');
    expect(said).toContain('accuracy of articleType (−.002)');
    expect(lineWith(page, 'The linear model wins at')).toContain('reconstruction on demo (−.020)');
  });

  it('admits where the encoder has no part', () => {
    const { reviews } = FIGURES;
    if (reviews === null) throw new Error('no reviews');
    const pageOf = (trust: number): string =>
      generativeReport({ ...FIGURES, reviews: { ...reviews, trust: { comfort: trust } } });
    expect(pageOf(0)).toContain('no part in comfort');
    expect(pageOf(0.25)).not.toContain('no part in');
  });

  it('says that a score could not be measured where JSON has null', () => {
    const { reviews } = FIGURES;
    if (reviews === null) throw new Error('no reviews');
    const scores = { comfort: { yes: 0, others: 9, auc: null } };
    const text = generativeReport({ ...FIGURES, reviews: { ...reviews, scores } });
    expect(lineWith(text, '| comfort')).toBe('| comfort | none | .770 | .250 | 0 | 9 |');
    expect(text).not.toMatch(/NaN|null/u);
  });

  it('calls small differences neither better nor worse', () => {
    const said = lineWith(page, 'Within .005');
    expect(said).toMatch(/Within \.005 of each other: accuracy of articleType/);
  });

  it('names no rival as the winner when it wins at nothing', () => {
    const { articleType: _, ...labels } = FIGURES.labels;
    expect(generativeReport({ ...FIGURES, labels })).not.toContain('tf-idf wins at');
  });

  it('gives each row as many cells as its head', () => {
    const tables = page.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables.length).toBe(4);
    for (const table of tables) {
      const widths = table.split('\n').map((line) => line.split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('says of a missing part that it was not measured', () => {
    const empty = generativeReport({ labels: {}, reviews: null, segments: {} });
    expect(empty).toContain('No labelled titles were measured.');
    expect(empty).toContain('No reviews were measured.');
    expect(empty).toContain('No catalog was measured.');
  });
});
