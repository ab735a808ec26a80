import { describe, expect, it } from 'vitest';
import { compileKernels, relaxedKernels } from '../../../src/kernels/compile-kernels.ts';
import { createWasmScorer } from '../../../src/kernels/wasm-scorer.ts';
import { blocksOf, randomSet } from '../../unit/core/fixtures.ts';
import { EDGES, SIZES } from '../../unit/kernels/cases.ts';
import { TOLERANCE, expectScores, expectTop, expectedScores } from '../../unit/kernels/helpers.ts';

const KERNELS = ['wasm', 'wasm-int8'] as const;

/** The best by int8 are scored again, exactly. */
const TOP_TOLERANCE = { wasm: TOLERANCE.wasm, 'wasm-int8': 1e-6 };

it('has the kernels of relaxed SIMD in this browser, compiled once', () => {
  expect(relaxedKernels()).toBeInstanceOf(WebAssembly.Module);
  expect(relaxedKernels()).toBe(relaxedKernels());
});

// Node 20 has no relaxed SIMD: there test/unit/kernels runs the same cases without it.
describe.each(KERNELS)('%s with relaxed SIMD', (kernel) => {
  const open = async () => createWasmScorer(await compileKernels(), kernel, relaxedKernels());

  it.each(Object.entries(SIZES))('equals the reference for %s', async (_, size) => {
    const [rows, others, sizes] = size;
    const blocks = blocksOf(sizes);
    const items = randomSet(rows, blocks, { seed: 3, missing: 0.2, isWeighted: false });
    const vectors = randomSet(others, blocks, { seed: 4, missing: 0.1, isWeighted: true });
    const wanted = expectedScores(items, vectors);
    const scorer = await open();
    scorer.load(items);
    expectTop(scorer.top(vectors, 20), wanted, others, TOP_TOLERANCE[kernel]);
    expectScores(scorer.scores(vectors), wanted, TOLERANCE[kernel]);
    // After scores, int8 has its items in another format.
    expectTop(scorer.top(vectors, 20), wanted, others, TOP_TOLERANCE[kernel]);
  });

  it.each(Object.entries(EDGES))('equals the reference for %s', async (_, [items, vectors]) => {
    const wanted = expectedScores(items, vectors);
    const scorer = await open();
    scorer.load(items);
    expectTop(scorer.top(vectors, 2), wanted, vectors.vectors.rows, TOP_TOLERANCE[kernel]);
    expectScores(scorer.scores(vectors), wanted, TOLERANCE[kernel]);
  });
});

it.each([64, 127, 128, 1_023])(
  'finds the same rows of %i dimensions without relaxed SIMD',
  async (dims) => {
    const blocks = blocksOf([dims]);
    const items = randomSet(2_000, blocks, { seed: 5, missing: 0, isWeighted: false });
    const vectors = randomSet(17, blocks, { seed: 6, missing: 0, isWeighted: true });
    const module = await compileKernels();
    const [relaxed, plain] = [relaxedKernels(), null].map((more) => {
      const scorer = createWasmScorer(module, 'wasm-int8', more);
      scorer.load(items);
      return scorer.top(vectors, 20);
    });
    expect(relaxed).toEqual(plain);
  },
);

it('takes the finer format for rows too long for sums of 16 bits', async () => {
  const blocks = blocksOf([5_000]);
  const items = randomSet(30, blocks, { seed: 7, missing: 0, isWeighted: false });
  const vectors = randomSet(3, blocks, { seed: 8, missing: 0, isWeighted: true });
  const scorer = createWasmScorer(await compileKernels(), 'wasm-int8');
  scorer.load(items);
  expectTop(scorer.top(vectors, 5), expectedScores(items, vectors), 3, 1e-6);
});

it.each([2, 64, 1_023, 4_096])('finds a row that is a vector of %i equal numbers', async (dims) => {
  // A cosine of 1 is the largest sum that 16 bits must hold.
  const blocks = blocksOf([dims]);
  const items = randomSet(99, blocks, { seed: 9, missing: 0, isWeighted: false });
  const same = new Float32Array(dims).fill(1 / Math.sqrt(dims));
  items.vectors.data.set(same, 42 * dims);
  const presence = { data: Float32Array.of(1), rows: 1, dims: 1 };
  const vectors = { vectors: { data: same, rows: 1, dims }, presence };
  const scorer = createWasmScorer(await compileKernels(), 'wasm-int8');
  scorer.load(items);
  const { rows, scores } = scorer.top(vectors, 1);
  expect([...rows]).toEqual([42]);
  expect(scores[0]).toBeCloseTo(1, 5);
});
