import { expect, it } from 'vitest';
import { checkedEncoder } from '../../../../src/models/attributes/checked-encoder.ts';
import type { EncodeTexts } from '../../../../src/models/attributes/encode-texts.ts';
import { encodeInPlace } from '../../../../src/models/attributes/score-items.ts';
import { tokenRows, wordsOf } from '../../../../src/models/attributes/text-tokens.ts';
import { drawnModel, TITLES } from '../../../helpers/attribute-models.ts';

const model = drawnModel(1);
const plain = encodeInPlace(model);
const texts = TITLES.map((title) =>
  wordsOf({ id: 'a', title }).map((word) => tokenRows(word, model.vocabulary)),
);

/** A device whose states are changed on the way, from its second call on. */
function spoiled(spoil: (state: number, call: number) => number): EncodeTexts {
  let call = 0;
  return async (asked) => {
    const turn = call++;
    const encoded = await plain(asked);
    return encoded.map((text) => {
      return { ...text, states: text.states.map((state) => spoil(state, turn)) };
    });
  };
}

it('passes on what a device says that is right within its precision', async () => {
  const encode = checkedEncoder(
    spoiled((state) => state + 1e-4),
    model,
  );
  for (let call = 0; call < 6; call++) expect(await encode(texts)).toHaveLength(texts.length);
});

it.each([
  ['zeros', () => 0],
  ['NaN', () => Number.NaN],
  ['numbers of another scale', (state: number) => state * 2],
])('refuses a device that gives %s', async (_, spoil) => {
  const answer = checkedEncoder(spoiled(spoil), model)(texts);
  await expect(answer).rejects.toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
});

it('refuses a device that was right in its first run only', async () => {
  const encode = checkedEncoder(
    spoiled((state, call) => (call === 0 ? state : 0)),
    model,
  );
  await encode(texts);
  await expect(encode(texts)).rejects.toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
});

it('gives up a device that does not answer', async () => {
  const answer = checkedEncoder(() => new Promise(() => undefined), model, 8)(texts);
  await expect(answer).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' });
});

it('passes on what the device rejects with, and asks nothing of texts without words', async () => {
  const error = new Error('lost');
  await expect(checkedEncoder(() => Promise.reject(error), model)(texts)).rejects.toBe(error);
  expect(await checkedEncoder(plain, model)([[]])).toHaveLength(1);
  expect(await checkedEncoder(plain, model)([])).toEqual([]);
});
