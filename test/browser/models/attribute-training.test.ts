import { engine } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import { fitScores, type FittedScores } from '../../../src/models/attributes/fit-scores.ts';
import { openTrainer } from '../../../src/models/attributes/training-kernels.ts';
import { readModel, writeModel } from '../../../src/models/attributes/model-file.ts';
import { scoreItems } from '../../../src/models/attributes/score-items.ts';
import type { RunJob } from '../../../src/models/attributes/training-step.ts';
import { ATTRIBUTES } from '../../helpers/attribute-models.ts';
import { OPTIONS } from './jobs.ts';

const SHAPE = { width: 16, heads: 2, layers: 1, hidden: 24 };
const FILLERS = 'red blue green grey long short wide round plain dotted'.split(' ');

/** The planted rule: wool and fleece are soft, wire and gravel are not; half of them say so. */
function planted(count: number): Item[] {
  const random = createRandom(5, 'planted');
  const pick = (words: readonly string[]): string =>
    words[Math.floor(random() * words.length)] as string;
  return Array.from({ length: count }, (_, n) => {
    const isSoft = random() < 0.5;
    const said = random() < 0.5 ? (isSoft ? 'soft' : 'itchy') : '';
    const kind = isSoft ? pick(['wool', 'fleece']) : pick(['wire', 'gravel']);
    const rugged = random() < 0.3 ? 'rugged' : '';
    return { id: `${n}`, title: `${pick(FILLERS)} ${said} ${kind} ${pick(FILLERS)} ${rugged}` };
  });
}

describe('training scores', () => {
  let run: RunJob;
  let fitted: FittedScores;
  let tensors: number;
  const fit = (): Promise<FittedScores> =>
    fitScores(
      { items: planted(1200), attributes: ATTRIBUTES },
      { run, seed: 3, epochs: 12, shape: SHAPE, latent: 4 },
    );

  beforeAll(async () => {
    const response = await fetch(`${OPTIONS.wasmBaseUrl}tfjs-backend-wasm-simd.wasm`);
    run = await openTrainer(new Uint8Array(await response.arrayBuffer()));
    tensors = engine().state.numTensors;
    fitted = await fit();
  });

  afterAll(() => engine().removeBackend('wasm'));

  it('learns a planted rule from texts that say so, listed words taken out', async () => {
    const titles = ['red wool blue', 'grey fleece long', 'red wire blue', 'grey gravel long'];
    const scored = await scoreItems(
      fitted.model,
      titles.map((title, n) => ({ id: String(n), title })),
    );
    const comfort = scored.map(({ scores }) => scores[0] as number);
    expect(Math.min(...comfort.slice(0, 2))).toBeGreaterThan(Math.max(...comfort.slice(2)) + 0.15);
    expect(scored[0]?.evidence.some(({ move, word }) => word === 'wool' && move > 0.05)).toBe(true);
    expect(fitted.heldOut[0]?.auc).toBeGreaterThan(0.7);
  });

  it('finds nothing where there is no rule', () => {
    const auc = fitted.heldOut[1]?.auc ?? 0;
    expect(Math.abs(auc - 0.5)).toBeLessThan(0.25);
  });

  it('leaves no tensor behind', () => {
    expect(engine().state.numTensors).toBe(tensors);
  });

  it('gives the same model for the same seed, byte by byte', async () => {
    expect(writeModel((await fit()).model)).toEqual(writeModel(fitted.model));
  });

  it('says nearly the same after it was written with 8 bits and read again', async () => {
    const items = planted(40);
    const before = await scoreItems(fitted.model, items);
    const after = await scoreItems(readModel(writeModel(fitted.model)), items);
    for (const [n, { scores }] of before.entries()) {
      for (const [o, score] of scores.entries()) {
        expect(Math.abs(score - (after[n]?.scores[o] ?? 9))).toBeLessThan(0.04);
      }
    }
  });
});
