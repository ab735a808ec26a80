import { expect, it } from 'vitest';
import { readOptions } from '../../../src/client/read-options.ts';

it('turns attributes into options of the right type', () => {
  const dataset = {
    consent: 'granted',
    holdout: '0.05',
    maxCandidates: '100',
    predefinedSegments: 'false',
    storageName: 'shop',
  };
  expect(readOptions(dataset)).toEqual({
    consent: 'granted',
    holdout: 0.05,
    maxCandidates: 100,
    predefinedSegments: false,
    storageName: 'shop',
  });
});

it('starts nothing for attributes of other tools', () => {
  expect(readOptions({})).toBeNull();
  expect(readOptions({ cfasync: 'false', turboTrack: 'reload' })).toBeNull();
});

it('starts for candidates alone', () => {
  expect(readOptions({ candidates: '/c.json' })).toEqual({});
});

it('hands an empty or unreadable number on as NaN, which the door refuses', () => {
  expect(readOptions({ holdout: '' })).toEqual({ holdout: Number.NaN });
  expect(readOptions({ seed: 'many' })).toEqual({ seed: Number.NaN });
});

it('reads no segments and no rules where there is no document', () => {
  expect(readOptions({ segments: '#segments' })).toEqual({ segments: [] });
  expect(readOptions({ rules: '#rules' })).toEqual({ rules: [] });
});
