import { describe, expect, it } from 'vitest';
import { scoreItems } from '../../../../src/models/attributes/score-items.ts';
import { drawnModel, TITLES } from '../../../helpers/attribute-models.ts';

const model = drawnModel(1);
const score = async (title: string) => {
  const [scored] = await scoreItems(model, [{ id: 'a', title }]);
  if (scored === undefined) throw new Error('no answer');
  return scored;
};

describe('scoring items', () => {
  it('gives scores in [0, 1] and a latent vector of length 1', async () => {
    for (const scored of await scoreItems(
      model,
      TITLES.map((title, n) => ({ id: `${n}`, title })),
    )) {
      expect(scored.scores.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(Math.hypot(...scored.latent)).toBeCloseTo(1, 5);
    }
  });

  it('gives an item the same answer in any list', async () => {
    const items = TITLES.map((title, n) => ({ id: `${n}`, title }));
    const together = await scoreItems(model, items);
    const alone = await Promise.all(items.map((item) => scoreItems(model, [item])));
    expect(together).toEqual(alone.flat());
  });

  it('names words whose removal moves the score by as much as it says', async () => {
    const title = TITLES[1] as string;
    const { evidence, scores } = await score(title);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { move, score: name, word } of evidence) {
      const without = await score(
        title
          .split(' ')
          .filter((each) => each !== word)
          .join(' '),
      );
      const o = name === 'comfort' ? 0 : 1;
      expect((scores[o] as number) - (without.scores[o] as number)).toBeCloseTo(move, 5);
    }
  });

  it('raises a score for a listed word, lowers it for one of the opposite, and says why', async () => {
    const plain = (await score('wool socks')).scores[0] as number;
    const soft = await score('soft wool socks');
    expect(soft.scores[0]).toBeGreaterThan(plain);
    expect((await score('itchy wool socks')).scores[0]).toBeLessThan(plain);
    expect(soft.evidence.some(({ move, word }) => word === 'soft' && move > 0)).toBe(true);
  });

  it('lets the encoder read no listed word', async () => {
    const [soft, cosy] = [await score('soft wool socks'), await score('cosy wool socks')];
    expect(soft.scores).toEqual(cosy.scores);
    expect(soft.latent).toEqual((await score('wool socks')).latent);
  });

  it('says that it is guessing when it knows few of the words', async () => {
    expect((await score('red wool socks')).guessing).toBe(false);
    expect((await score('xqz vvw kkp wool socks')).guessing).toBe(true);
    expect((await score('wool')).guessing).toBe(true);
  });

  it('answers for an item that says nothing', async () => {
    const [scored] = await scoreItems(model, [{ id: 'a' }]);
    expect(scored?.guessing).toBe(true);
    expect(scored?.evidence).toEqual([]);
    expect(scored?.latent.every((value) => value === 0)).toBe(true);
    expect(scored?.scores.every(Number.isFinite)).toBe(true);
  });

  it('looks for no evidence when none is wanted', async () => {
    const [scored] = await scoreItems(model, [{ id: 'a', title: 'soft socks' }], { evidence: 0 });
    expect(scored?.evidence).toEqual([]);
  });
});
