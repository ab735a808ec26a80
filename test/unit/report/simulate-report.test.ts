import { describe, expect, it } from 'vitest';
import { heatMap } from '../../../src/report/heat-map.ts';
import {
  type SimulatedPolicyReport,
  writeSimulateReport,
} from '../../../src/report/simulate-report.ts';

const kind = {
  visitors: 3,
  clicksPerVisit: 0.5,
  regret: 9,
  regretAtEnd: 4,
  regretCurve: [5, 9],
  segmentsDiscovered: 1.5,
};

const report = (policy: string, shown: Int32Array): SimulatedPolicyReport => ({
  figures: {
    ...kind,
    policy,
    visits: 2,
    items: shown.length,
    seed: 1,
    catalogCoverage: 0.75,
    neverShown: 0.25,
    byKind: { drifting: kind },
  },
  shown,
});

const cellsOf = (html: string): number => (html.match(/z/gu) ?? []).length;

describe('the heat map', () => {
  it('has a cell for each item of a catalog, those never shown apart', () => {
    const { html } = heatMap('map', Int32Array.of(0, 5, 5, 0, 400));
    const [never] = html.match(/class="bar bad"[^>]*d="(?<d>[^"]*)"/u) ?? [];
    expect(cellsOf(never ?? '')).toBe(2);
    expect(cellsOf(html)).toBe(5);
    expect(html.match(/class="bar own"/gu)).toHaveLength(2);
  });

  it('puts several items into a cell where there are too many', () => {
    expect(cellsOf(heatMap('map', new Int32Array(10_000).fill(1)).html)).toBeLessThan(3_600);
  });
});

describe('the page of a simulation', () => {
  it('tells curves, kinds and what is never shown, and loads nothing', () => {
    const html = writeSimulateReport([
      report('thompson', Int32Array.of(1, 0, 3)),
      report('<i>', Int32Array.of(0, 0, 9)),
    ]);
    expect(html).toContain('thompson: 25 % of stock is never shown to anyone');
    expect(html).toContain('another taste from the middle third');
    expect(html).toContain('&lt;i&gt;');
    expect(html).not.toMatch(/<script|<i>|src=|NaN/u);
  });
});
