import { describe, expect, it } from 'vitest';
import { type EvaluateReport, writeEvaluateReport } from '../../../src/report/evaluate-report.ts';
import { type TrainReport, writeTrainReport } from '../../../src/report/train-report.ts';

const EVIL = `"><script>alert(1)</script><img src=x onerror='1'>`;

const METRICS = Object.fromEntries(
  'HR@1 HR@5 HR@10 NDCG@5 NDCG@10 MRR ILD coverage gini overlap'
    .split(' ')
    .map((name, i) => [name, 0.1 + i / 50]),
);

const method = (name: string, shift = 0) => ({
  name,
  metrics: Object.fromEntries(Object.entries(METRICS).map(([key, value]) => [key, value + shift])),
  shown: Int32Array.of(0, 1, 5),
});

const MEASURED: EvaluateReport = {
  packId: 'abc',
  protocol: 'leave-one-out',
  trainedBy: 'leave-one-out',
  visitors: 7,
  own: method('vitrine', 0.1),
  baselines: [method('server'), method('popularity', 0.05), method('ease', -0.02)],
  ablation: {
    withoutEase: METRICS,
    withoutNext: { ...METRICS, 'NDCG@10': 0.9 },
    withoutGenerated: { ...METRICS, note: 'nothing to leave out' },
  },
  msPerVisitor: { p50: 0.3, p95: 1.25 },
};

const TRAINED: TrainReport = {
  packId: 'abc',
  protocol: 'all',
  seed: 1,
  seconds: 12.3,
  peakMemoryMb: 300,
  learnedFrom: [
    { name: 'items', count: 1500 },
    { name: 'title', count: 750, of: 1500 },
  ],
  lists: 40,
  sampled: 40,
  curves: [{ name: 'Functions', loss: [3, 2.5] }],
  functions: [
    ['flat', [0, 0], 0.1],
    ['steep', [-1, 2], 0.7],
    ['off', [0], 0],
  ].map(([name, values, spread]) => ({
    name: name as string,
    inWords: 'goes with {item}',
    knots: Float32Array.from(values as number[], (_, k) => k),
    values: Float32Array.from(values as number[]),
    spread: spread as number,
  })),
  files: [{ name: 'items.bin', bytes: 123_456, sha256: 'f00d' }],
};

describe.each([
  ['evaluate', writeEvaluateReport(MEASURED)],
  ['train', writeTrainReport(TRAINED)],
])('the page of %s', (_, page) => {
  it('is one file that loads and runs nothing', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/u);
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"`,
    );
    expect(page).not.toMatch(/<(?:script|link|img|iframe)\b|@import|url\(|https?:/u);
    expect(page).toContain('name="viewport"');
    expect(page).toContain('prefers-color-scheme:dark');
  });

  it('has a title and a table for each plot', () => {
    const plots = page.match(/<svg /gu) ?? [];
    expect(plots.length).toBeGreaterThan(2);
    expect(page.match(/role="img" aria-label="[^"]+"><title>[^<]+<\/title>/gu)).toHaveLength(
      plots.length,
    );
    expect((page.match(/<table>/gu) ?? []).length).toBeGreaterThanOrEqual(plots.length);
    expect(page.match(/<caption>/gu)).toHaveLength((page.match(/<table>/gu) ?? []).length);
  });

  it('draws no number that is none', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined/u);
  });
});

describe('writeEvaluateReport', () => {
  it('puts the pack beside its best rival', () => {
    // .28 beside .23 of popularity.
    const page = writeEvaluateReport(MEASURED);
    expect(page).toContain('<b>+22 %</b><span>NDCG@10 beside the best baseline, popularity</span>');
    expect(page).toContain('<b>1.25 ms</b>');
  });

  it('says when a family was not there, and when the ranking is better without one', () => {
    const page = writeEvaluateReport(MEASURED);
    expect(page).toContain('withoutGenerated: nothing to leave out.');
    expect(page).toMatch(/class="bar bad"/u);
    expect(page).toContain('>−0.62');
  });

  it('warns when the pack may have seen the answers', () => {
    const warning = 'may have learned from the answers';
    expect(writeEvaluateReport(MEASURED)).not.toContain(warning);
    expect(writeEvaluateReport({ ...MEASURED, trainedBy: 'all' })).toContain(warning);
  });

  it('lets no text from data become markup', () => {
    const page = writeEvaluateReport({
      ...MEASURED,
      packId: EVIL,
      protocol: EVIL,
      baselines: [method(EVIL)],
      ablation: { [EVIL]: { ...METRICS, note: EVIL } },
    });
    expect(page).not.toMatch(/<script|<img/u);
  });
});

describe('writeTrainReport', () => {
  it('shows the functions in use, most telling first, and names the others', () => {
    const page = writeTrainReport(TRAINED);
    const [steep, flat] = ['steep', 'flat'].map((name) =>
      page.indexOf(`Learned function of ${name}`),
    );
    expect(steep).toBeGreaterThan(0);
    expect(flat).toBeGreaterThan(steep!);
    expect(page).toContain('goes with an item of the history');
    expect(page).toContain('Not in use here: off.');
    expect(page).not.toContain('Learned function of off');
  });

  it('counts what the catalog says', () => {
    const page = writeTrainReport(TRAINED);
    expect(page).toContain('<b>1,500</b><span>items learned from</span>');
    expect(page).toContain('>50 %</text>');
  });

  it('says that a pack is content-only, and draws no spread of nothing', () => {
    const page = writeTrainReport({ ...TRAINED, lists: 0, sampled: 0, curves: [] });
    expect(page).toContain('a content-only pack');
    expect(page).not.toContain('What decides');
    expect(page).not.toMatch(/NaN|Infinity/u);
  });

  it('lets no text from data become markup', () => {
    const [functions] = TRAINED.functions;
    const page = writeTrainReport({
      ...TRAINED,
      packId: EVIL,
      functions: [{ ...functions!, name: EVIL, inWords: EVIL }],
      files: [{ name: EVIL, bytes: 1, sha256: EVIL }],
    });
    expect(page).not.toMatch(/<script|<img/u);
  });
});
