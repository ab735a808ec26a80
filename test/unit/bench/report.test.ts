/** What the bench writes into docs/. */
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { IMPLEMENTATIONS } from '../../../scripts/bench/implementations.mjs';
import { reportOf, timeWords, withReport } from '../../../scripts/bench/page.mjs';
import { plotOf, spreadLabels } from '../../../scripts/bench/plot.mjs';
import { ROOT } from '../../../scripts/run.mjs';
import { figure, result } from './results.ts';

const RUN = { machine: 'a machine', failed: [], withoutUsMs: 0 };
const FIGURES = [
  figure('vitrine-wasm', 0.5),
  figure('orama', 66),
  figure('vitrine-wasm', 5, { n: 100_000 }),
];
const page = readFileSync(`${ROOT}docs/performance.md`, 'utf8');

describe('the report', () => {
  test('tells medians and ratios to the best of ours, and leaves out what was not measured', () => {
    const report = reportOf(result(FIGURES), RUN);
    expect(report).toContain('| orama | 66 (× 132) | – |');
    expect(report).toContain('| vitrine-wasm | 0.5 (× 1.0) | 5 (× 1.0) |');
  });

  test('names what could not be measured, once', () => {
    const gone = { impl: 'orama', reason: 'Error: no memory' };
    const report = reportOf(result(FIGURES), { ...RUN, failed: [gone, gone] });
    expect(report.match(/Could not be measured: orama \(Error: no memory\)/gu)).toHaveLength(1);
  });

  test('goes between the markers of docs/performance.md and replaces the one before', () => {
    const once = withReport(page, 'first');
    expect(withReport(once, 'second')).toBe(withReport(page, 'second'));
    expect(withReport(page, 'second')).not.toContain('first\n\n<!--');
  });

  test('is put nowhere without markers', () => {
    expect(() => withReport('# Performance', 'report')).toThrow('bench:start');
  });

  test('writes times with three digits', () => {
    expect([0.012_34, 1.2, 12.345, 372.6].map(timeWords)).toEqual(['0.0123', '1.2', '12.3', '373']);
  });
});

test.each(Object.entries(IMPLEMENTATIONS))('docs/performance.md tells of %s', (name, { most }) => {
  const line = page.split('\n').find((one) => one.startsWith(`| \`${name}\` |`));
  expect(line).toContain(`| ${most.toLocaleString('en')} |`);
});

test('docs/performance.md names the versions that are installed', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(`${ROOT}package.json`, 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const wanted = [
    `TensorFlow.js ${dependencies['@tensorflow/tfjs-core']}`,
    `ONNX Runtime Web ${devDependencies['onnxruntime-web']}`,
    ...['@huggingface/transformers', '@orama/orama', 'hnswlib-wasm'].map(
      (name) => `${name} ${devDependencies[name]}`,
    ),
  ];
  expect(wanted.filter((words) => !page.includes(words))).toEqual([]);
});

describe('the plot', () => {
  test('has a line of each implementation in each panel, ours stressed', () => {
    const svg = plotOf([...FIGURES, figure('orama', 99, { d: 128 })]);
    expect(svg.match(/class="line"/gu)).toHaveLength(3);
    expect(svg.match(/class="own"/gu)).toHaveLength(1);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
  });

  test('keeps labels apart, in order and inside', () => {
    const room = { least: 0, most: 100, gap: 10 };
    expect(spreadLabels([20, 21, 60], room)).toEqual([20, 30, 60]);
    expect(spreadLabels([90, 98, 99], room)).toEqual([80, 90, 100]);
    expect(spreadLabels([], room)).toEqual([]);
  });
});
