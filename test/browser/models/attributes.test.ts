import { engine } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend, TfDevice } from '../../../src/models/backend.ts';
import { openBackend } from '../../../src/models/backend.ts';
import { type EncodeTexts, encodeOnDevice } from '../../../src/models/attributes/encode-texts.ts';
import { writeModel } from '../../../src/models/attributes/model-file.ts';
import { type ItemScorer, openScorer } from '../../../src/models/attributes/open-scorer.ts';
import { registerEncoder } from '../../../src/models/attributes/register-encoder.ts';
import { encodeInPlace, scoreItems } from '../../../src/models/attributes/score-items.ts';
import { tokenRows, wordsOf } from '../../../src/models/attributes/text-tokens.ts';
import { drawnModel, TITLES } from '../../helpers/attribute-models.ts';
import { OPTIONS } from './jobs.ts';

// Two blocks of fp32 sums of at most 20 products; exp and rsqrt differ by a few units in the last place.
const TOLERANCE = 2e-3;

const model = drawnModel(7);
const items = [...TITLES, '', 'wool', `${TITLES.join(' ')} soft`].map((title, n) => ({
  id: String(n),
  title,
}));
const texts = items.map((item) => wordsOf(item).map((word) => tokenRows(word, model.vocabulary)));

describe.each(['cpu', 'wasm', 'webgpu'] as const)('the encoder on %s', (device) => {
  let backend: Backend;
  let encode: EncodeTexts;

  beforeAll(async () => {
    await registerEncoder(device);
    backend = await openBackend(device, OPTIONS);
    encode = encodeOnDevice((job) => backend.run(job), model);
  });

  afterAll(() => backend.dispose());

  it('gives the states of the plain loops', async () => {
    const [got, wanted] = [await encode(texts), await encodeInPlace(model)(texts)];
    for (const [n, { pooled, states }] of wanted.entries()) {
      expect(got[n]?.states.length).toBe(states.length);
      for (const [k, value] of states.entries()) {
        expect(Math.abs(value - (got[n]?.states[k] ?? 9))).toBeLessThan(TOLERANCE);
      }
      for (const [k, value] of pooled.entries()) {
        expect(Math.abs(value - (got[n]?.pooled[k] ?? 9))).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('gives the scores, the latent vectors and the guesses of the plain loops', async () => {
    const [got, wanted] = [
      await scoreItems(model, items, { encode }),
      await scoreItems(model, items),
    ];
    for (const [n, { guessing, latent, scores }] of wanted.entries()) {
      expect(got[n]?.guessing).toBe(guessing);
      for (const [o, value] of scores.entries()) {
        expect(Math.abs(value - (got[n]?.scores[o] ?? 9))).toBeLessThan(TOLERANCE);
      }
      for (const [z, value] of latent.entries()) {
        expect(Math.abs(value - (got[n]?.latent[z] ?? 9))).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('leaves no tensor behind', async () => {
    const before = engine().state.numTensors;
    await scoreItems(model, items, { encode });
    await scoreItems(model, items, { encode });
    expect(engine().state.numTensors).toBe(before);
  });
});

async function open(devices: readonly TfDevice[]): Promise<ItemScorer> {
  const scorer = await openScorer(writeModel(model), { ...OPTIONS, devices });
  if (scorer === null) throw new Error('no scores');
  return scorer;
}

describe.each(['cpu', 'wasm', 'webgpu'] as const)('a scorer on %s', (device) => {
  it('says of items what plain loops say, and leaves its device when it rests', async () => {
    const scorer = await open([device]);
    const plain = await open([]);
    const [got, wanted] = [await scorer.score(items, 2), await plain.score(items, 2)];
    expect([scorer.device(), plain.device()]).toEqual([device, 'js']);
    expect(got.map(({ guessing }) => guessing)).toEqual(wanted.map(({ guessing }) => guessing));
    const [mine, theirs] = [got, wanted].map((list) =>
      list.flatMap(({ scores }) => Object.values(scores)),
    ) as [number[], number[]];
    expect(Math.max(...theirs.map((value, k) => Math.abs(value - (mine[k] ?? 9))))).toBeLessThan(
      TOLERANCE,
    );
    scorer.rest();
    expect(engine().findBackendFactory(device)).toBeNull();
    expect(await scorer.score(items.slice(0, 1), 2)).toHaveLength(1);
    expect(scorer.device()).toBe('js');
    expect(await scorer.score(items, 0)).toHaveLength(items.length);
    expect(scorer.device()).toBe(device);
    scorer.rest();
  });
});

it('goes on in plain loops when no device opens', async () => {
  const nowhere = { devices: ['wasm'], wasmBaseUrl: '/nowhere/' } as const;
  const scorer = await openScorer(writeModel(model), nowhere);
  expect(await scorer?.score(items, 0)).toHaveLength(items.length);
  expect(scorer?.device()).toBe('js');
});
