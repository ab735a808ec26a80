import { expect, it } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../../../src/core/similarity.ts';
import { knownAnswerError } from '../../../src/models/known-answer.ts';

function deviceThat(
  answer: (input: SimilarityInput, job: number) => Float32Array,
): SimilarityDevice {
  let job = 0;
  return {
    device: 'webgpu',
    scores: async (input) => answer(input, job++),
    numTensors: () => 0,
    dispose: () => undefined,
  };
}

it('lets a device pass that is right within the precision of a GPU', async () => {
  const device = deviceThat((input) => referenceScores(input).map((score) => score + 1e-5));
  expect(await knownAnswerError(device)).toBeNull();
});

it('asks nothing whose answer a device could give by chance', async () => {
  const answers: Float32Array[] = [];
  await knownAnswerError(
    deviceThat((input) => {
      answers.push(referenceScores(input));
      return referenceScores(input);
    }),
  );
  expect(answers).toHaveLength(2);
  for (const answer of answers) {
    expect(answer.every((score) => Math.abs(score) < 1)).toBe(true);
    expect(new Set(answer).size).toBeGreaterThan(answer.length / 2);
  }
});

it.each<[string, (input: SimilarityInput, job: number) => Float32Array]>([
  ['gives zeros', (input) => referenceScores(input).fill(0)],
  ['gives NaN', (input) => referenceScores(input).fill(Number.NaN)],
  ['gives too few numbers', (input) => referenceScores(input).slice(1)],
  [
    'is right in its first run only',
    (input, job) => referenceScores(input).map((s) => (job === 0 ? s : 0)),
  ],
  [
    'is wrong in one number',
    (input) => referenceScores(input).map((s, i) => (i === 77 ? s + 0.01 : s)),
  ],
])('finds a device out that %s', async (_, answer) => {
  expect(await knownAnswerError(deviceThat(answer))).toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
});

it('passes on what the device rejects with', async () => {
  const error = new VitrineError('DEVICE_LOST');
  const device = { ...deviceThat(referenceScores), scores: () => Promise.reject(error) };
  await expect(knownAnswerError(device)).rejects.toBe(error);
});
