import { describe, expect, it } from 'vitest';
import {
  type CheckpointBody,
  openCheckpoint,
  sealCheckpoint,
} from '../../../src/learn/checkpoint.ts';

const BODY: CheckpointBody = {
  tuning: {
    gains: new Map([['ease.sum', -0.8]]),
    weights: new Map([
      ['brand:Übér', 1.25],
      ['__proto__', -3],
    ]),
  },
  figures: { lists: 60, before: { ndcg: 0.4 }, after: { ndcg: 0.5 }, trust: 0.75 },
};
const ABOUT = { version: 3, packId: 'pack', time: 1_800_000_000_000 };
const sealed = sealCheckpoint(ABOUT, BODY);

describe('a checkpoint', () => {
  it('gives back what was sealed', () => {
    expect(openCheckpoint(sealed, 'pack')).toEqual(BODY);
  });

  it('is not opened for another pack', () => {
    expect(openCheckpoint(sealed, 'another')).toBeNull();
    expect(openCheckpoint({ ...sealed, packId: 'another' }, 'another')).toBeNull();
  });

  it('is not opened with any of its bytes changed', () => {
    for (let at = 0; at < sealed.body.length; at++) {
      const body = Uint8Array.from(sealed.body);
      body[at] = (body[at] as number) ^ 1;
      expect(openCheckpoint({ ...sealed, body }, 'pack')).toBeNull();
    }
  });

  it('is not opened cut short, or under another version or time', () => {
    const cut = sealed.body.slice(0, -1);
    expect(openCheckpoint({ ...sealed, body: cut }, 'pack')).toBeNull();
    expect(openCheckpoint({ ...sealed, version: 4 }, 'pack')).toBeNull();
    expect(openCheckpoint({ ...sealed, time: 0 }, 'pack')).toBeNull();
  });

  it.each([
    ['a gain that turns a function round', { gains: new Map([['ease.sum', -1.5]]) }],
    ['a weight out of bounds', { weights: new Map([['brand:A', 99]]) }],
    ['a weight that is no number', { weights: new Map([['brand:A', Number.NaN]]) }],
  ])('is not opened with %s, whoever sealed it', (_, wrong) => {
    const body = { ...BODY, tuning: { ...BODY.tuning, ...wrong } };
    expect(openCheckpoint(sealCheckpoint(ABOUT, body), 'pack')).toBeNull();
  });
});
