import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem } from '../../../src/catalog/stem.ts';
import { isStopWord } from '../../../src/catalog/stop-words.ts';

describe('forms that must meet', () => {
  it.each([
    ['boot', 'boots'],
    ['battery', 'batteries'],
    ['watch', 'watches'],
    ['box', 'boxes'],
    ['dish', 'dishes'],
    ['glass', 'glasses'],
    ['dress', 'dresses'],
    ['shoe', 'shoes'],
    ['hike', 'hiking'],
    ['hike', 'hikes'],
    ['bake', 'baking'],
    ['shave', 'shaved'],
    ['run', 'running'],
    ['knit', 'knitting'],
    ['knit', 'knitted'],
    ['charge', 'charging'],
    ['explore', 'exploring'],
    ['organize', 'organizing'],
    ['cancel', 'cancelling'],
    ['cancel', 'canceled'],
    ['roll', 'rolling'],
    ['fish', 'fishing'],
    ['cook', 'cooked'],
    ['dress', 'dressing'],
    ['free', 'freeing'],
    ['clean', 'cleaning'],
    ['handle', 'handles'],
    ['print', 'printed'],
    ['paint', 'painting'],
  ])('%s and %s', (one, other) => {
    expect(stem(other)).toBe(stem(one));
  });
});

describe('words that must stay apart', () => {
  it.each([
    ['cap', 'cape'],
    ['tap', 'tape'],
    ['car', 'care'],
    ['pin', 'pine'],
    ['win', 'wine'],
    ['not', 'note'],
    ['cut', 'cute'],
    ['ring', 'r'],
    ['string', 'str'],
    ['red', 'r'],
    ['speed', 'spe'],
  ])('%s and %s', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

describe('words that stay as they are', () => {
  it.each([
    'gas',
    'bus',
    'campus',
    'chess',
    'tennis',
    'ring',
    'red',
    'usb',
    '4k',
    'é',
    'größen',
    '黒い',
  ])('%s', (word) => {
    expect(stem(word)).toBe(word);
  });
});

describe('any word', () => {
  it('has a stem that is not empty and not longer than one more letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,40}$/), (word) => {
        expect(stem(word).length).toBeGreaterThan(0);
        expect(stem(word).length).toBeLessThanOrEqual(word.length);
      }),
    );
  });
});

describe('stop words', () => {
  it.each([
    'the',
    'and',
    'with',
    'perfect',
    'der',
    'und',
    'les',
    'avec',
    'para',
    'della',
    'het',
    'x',
    '42',
  ])('leaves %s out', (word) => {
    expect(isStopWord(word)).toBe(true);
  });

  it.each(['boots', 'leather', 'wireless', '4k', 'kids', 'constructor', 'proto'])(
    'keeps %s',
    (word) => {
      expect(isStopWord(word)).toBe(false);
    },
  );
});
