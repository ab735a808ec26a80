import { describe, expect, it } from 'vitest';
import { barChart } from '../../../src/report/bar-chart.ts';
import { lorenzCurve } from '../../../src/report/exposure.ts';
import { lineChart } from '../../../src/report/line-chart.ts';
import { extentOf, linearScale, toBytes, toWords } from '../../../src/report/scale.ts';
import { giniOf } from '../../../src/ranker/metrics.ts';

/** Numbers of an attribute, in their order. */
function numbersOf(html: string, attribute: string): number[] {
  return [...html.matchAll(new RegExp(` ${attribute}="([-\\d.]+)"`, 'gu'))].map(([, n]) =>
    Number(n),
  );
}

describe('scale', () => {
  it.each([
    [1234.5, '1,235'],
    [123.4, '123'],
    [12.345, '12.3'],
    [1.2345, '1.23'],
    [0.012345, '0.012'],
    [-0.5, '-0.5'],
    [0, '0'],
    [Number.NaN, '–'],
  ])('says %d as %s', (value, words) => {
    expect(toWords(value)).toBe(words);
  });

  it('says bytes', () => {
    expect([toBytes(0), toBytes(999_949), toBytes(12_345_678)]).toEqual([
      '0.0 kB',
      '999.9 kB',
      '12.35 MB',
    ]);
  });

  it('finds extents, also of nothing and of one number', () => {
    expect(extentOf([3, Number.NaN, -1])).toEqual([-1, 3]);
    expect(extentOf([])).toEqual([0, 1]);
    expect(extentOf([2, 2])).toEqual([1.5, 2.5]);
    expect([0, 5, 10].map(linearScale([0, 10], [100, 0]))).toEqual([100, 50, 0]);
  });
});

describe('barChart', () => {
  it('draws lengths in proportion', () => {
    const bars = [1, 0.5, 0].map((value) => ({ name: 'a', value, label: '' }));
    const widths = numbersOf(barChart('t', bars).html, 'width');
    expect(widths[1]).toBeCloseTo(widths[0]! / 2, 1);
    // A bar of nothing is still seen to be there.
    expect(widths[2]).toBe(1);
  });

  it('measures by the given whole', () => {
    const bars = [{ name: 'a', value: 0.5, label: '' }];
    const [half] = numbersOf(barChart('t', bars, 1).html, 'width');
    const [whole] = numbersOf(barChart('t', bars).html, 'width');
    expect(whole).toBeCloseTo(2 * half!, 1);
  });

  it('draws losses to the left of the same line', () => {
    const bars = [2, -1].map((value) => ({ name: 'a', value, label: 'x' }));
    const { html } = barChart('t', bars);
    const [gain, loss] = [...html.matchAll(/<rect[^>]*>/gu)].map(([rect]) => ({
      from: numbersOf(rect, 'x')[0]!,
      width: numbersOf(rect, 'width')[0]!,
    }));
    expect(loss!.from + loss!.width).toBeCloseTo(gain!.from, 1);
    expect(gain!.width).toBeCloseTo(2 * loss!.width, 0);
  });

  it('has a title for screen readers, cuts long names, escapes', () => {
    const { html } = barChart('<t>', [{ name: 'x'.repeat(40), value: 1, label: '<' }]);
    expect(html).toContain('role="img" aria-label="&lt;t&gt;"><title>&lt;t&gt;</title>');
    expect(html).toContain(`>${'x'.repeat(15)}…<`);
    expect(html).toContain('>&lt;</text>');
  });

  it('draws nothing of no bars', () => {
    expect(barChart('t', []).html).not.toContain('NaN');
  });
});

describe('lineChart', () => {
  const up = { name: 'up', points: [[0, 0] as const, [1, 1] as const] };
  const paths = (html: string): string[] =>
    [...html.matchAll(/<path class="curve c\d" d="([^"]*)"/gu)].map(([, d]) => d!);

  it('goes up on the page when the numbers rise', () => {
    const [path] = paths(lineChart([up], { title: 't', ticks: ['a', 'b'] }).html);
    const [, x0, y0, x1, y1] = /^M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)$/u.exec(path!)!.map(Number);
    expect(x1).toBeGreaterThan(x0!);
    expect(y1).toBeLessThan(y0!);
  });

  it('names its lines when there are several, and leaves out empty ones', () => {
    const options = { title: 't', ticks: [] };
    const { html } = lineChart([up, { name: 'none', points: [] }, { ...up, name: 'two' }], options);
    // Each with a sample in the key.
    expect(paths(html)).toHaveLength(4);
    expect(html).toContain('>two</text>');
    expect(html).not.toContain('>none</text>');
    expect(lineChart([up], options).html).not.toContain('>up</text>');
  });

  it.each([[[]], [[[1, Number.NaN] as const]], [[[0, 5] as const]]])('survives %j', (points) => {
    const { html } = lineChart([{ name: '', points }], { title: 't', ticks: ['a'] });
    expect(html.replaceAll('NaN', '')).toContain('</svg>');
  });
});

describe('lorenzCurve', () => {
  it('is the diagonal for an even spread', () => {
    for (const [x, y] of lorenzCurve(new Int32Array(100).fill(7))) expect(y).toBeCloseTo(x, 10);
  });

  it('encloses half of the Gini coefficient with the diagonal', () => {
    const shown = Int32Array.from({ length: 400 }, (_, i) => i * i);
    const curve = lorenzCurve(shown);
    expect(curve[0]).toEqual([0, 0]);
    expect(curve.at(-1)).toEqual([1, 1]);
    let area = 0;
    for (let i = 1; i < curve.length; i++) {
      const [[x0, y0], [x1, y1]] = [curve[i - 1]!, curve[i]!];
      area += (x1 - x0) * ((x0 + x1) / 2 - (y0 + y1) / 2);
    }
    expect(2 * area).toBeCloseTo(giniOf(shown), 2);
  });

  it('is empty when nothing was shown', () => {
    expect(lorenzCurve(new Int32Array(5))).toEqual([]);
    expect(lorenzCurve(new Int32Array(0))).toEqual([]);
  });
});
