import { describe, expect, it } from 'vitest';
import { readSections } from '../../../src/core/binary.ts';
import {
  type CheckpointBody,
  type KeptSegments,
  openCheckpoint,
  sealCheckpoint,
} from '../../../src/learn/checkpoint.ts';
import { OLD_BODY, OLD_CHECKPOINT } from './old-checkpoint.ts';

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

const SEGMENTS: KeptSegments = {
  key: '0123456789abcdef',
  model: Uint8Array.from({ length: 45_000 }, (_, i) => i % 251),
  figures: { windows: 12, before: { cosine: 0.75 }, after: { cosine: 0.85 } },
};

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

describe('a checkpoint with a model of segments', () => {
  const body = { ...BODY, segments: SEGMENTS };
  const both = sealCheckpoint(ABOUT, body);

  it('gives both back', () => {
    expect(openCheckpoint(both, 'pack')).toEqual(body);
  });

  it('is not opened with a byte of the model changed', () => {
    const changed = Uint8Array.from(both.body);
    changed[30_000]! ^= 4;
    expect(openCheckpoint({ ...both, body: changed }, 'pack')).toBeNull();
  });

  it('leaves the ranker to older releases, which look for nothing else', () => {
    const sections = readSections(both.body);
    const text = new TextDecoder().decode(sections.get('content'));
    expect(JSON.parse(text)).toMatchObject({ format: 1, gains: [['ease.sum', -0.8]] });
  });

  it.each<[string, object]>([
    ['without a key', { key: 5 }],
    ['with a cosine out of range', { figures: { ...SEGMENTS.figures, after: { cosine: 2 } } }],
    ['without figures', { figures: undefined }],
  ])('leaves out a model %s, whoever sealed it', (_, wrong) => {
    const odd = { ...BODY, segments: { ...SEGMENTS, ...wrong } as KeptSegments };
    expect(openCheckpoint(sealCheckpoint(ABOUT, odd), 'pack')).toEqual(BODY);
  });
});

describe('a checkpoint of a release without models of segments', () => {
  it('is opened', () => {
    expect(openCheckpoint(OLD_CHECKPOINT, 'trained')).toEqual(OLD_BODY);
  });

  it('is what is still written where there is no model', () => {
    expect(sealCheckpoint(OLD_CHECKPOINT, OLD_BODY)).toEqual(OLD_CHECKPOINT);
  });
});
