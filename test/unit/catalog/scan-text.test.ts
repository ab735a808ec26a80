import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOIN, MAX_TOKENS, scanText, tokenize } from '../../../src/catalog/scan-text.ts';

describe('tokenize', () => {
  it.each([
    ['', []],
    ['  ...  ', []],
    ['Leather boots', ['leather', 'boots']],
    ['Noise-Cancelling', ['noise', 'cancelling']],
    ["Women's jacket", ['women', 'jacket']],
    ['Women’s jacket', ['women', 'jacket']],
    ["the dogs' beds", ['the', 'dogs', 'beds']],
    ["don't won't", ['dont', 'wont']],
    ["l'eau d’orange", ['eau', 'orange']],
    ["'quoted'", ['quoted']],
    ['USB-C 3.1', ['usb', 'c', '3', '1']],
    ['500ml / 2L', ['500ml', '2l']],
    ['Größe über Straße', ['größe', 'über', 'straße']],
    ['Чёрная куртка', ['чёрная', 'куртка']],
    ['黒い革の靴', ['黒い革の靴']],
    ['e\u0301t\u00e9', ['e\u0301t\u00e9']],
    ['🎧 headphones 🎧', ['headphones']],
    ['a_b', ['a', 'b']],
    ['__proto__ constructor', ['proto', 'constructor']],
  ])('splits %j', (text, words) => {
    expect(tokenize(text)).toEqual(words);
  });

  it('cuts words at 40 characters', () => {
    expect(tokenize('x'.repeat(1000))).toEqual(['x'.repeat(40)]);
  });

  it('does not cut a character in two', () => {
    const [word] = tokenize(`${'x'.repeat(39)}𝒳𝒳`);
    expect(word?.isWellFormed()).toBe(true);
  });

  it('takes 400 words at most', () => {
    expect(tokenize('a '.repeat(2000))).toHaveLength(MAX_TOKENS);
  });

  it('looks at 5,000 characters at most', () => {
    expect(tokenize(`${' '.repeat(5000)}late`)).toEqual([]);
  });

  it('gives lower-cased words without separators for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const word of tokenize(text)) {
          expect(word).toMatch(/^[\p{L}\p{M}\p{N}\ufffd]+$/u);
          expect(word.length).toBeLessThanOrEqual(40);
        }
      }),
    );
  });

  it('finds the same words in a text of ASCII, whether or not another letter follows', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const other = tokenize(`${text} é`);
        expect(other.at(-1)).toBe('é');
        expect(tokenize(text)).toEqual(other.slice(0, -1));
      }),
    );
  });
});

describe('scanText', () => {
  it('says where each word stands in the text', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 20 }), (text) => {
        const scan = scanText(text, 100);
        scan.words.forEach((info, index) => {
          expect(scan.text.slice(scan.starts[index], scan.ends[index]).toLowerCase()).toBe(
            info.word,
          );
        });
      }),
    );
  });

  it('keeps places right when lower-casing makes a text longer', () => {
    const scan = scanText('İİ wool', 9);
    expect(scan.text.slice(scan.starts[1], scan.ends[1])).toBe('wool');
  });

  it.each([
    ['a b', JOIN.space],
    ['a  b', JOIN.space],
    ['a-b', JOIN.hyphen],
    ['a‑b', JOIN.hyphen],
    ['a - b', JOIN.clause],
    ['a, b', JOIN.clause],
    ['a/b', JOIN.clause],
    ['a & b', JOIN.clause],
    ['a (b', JOIN.clause],
    ['a. b', JOIN.sentence],
    ['a! b', JOIN.sentence],
    ['a\nb', JOIN.sentence],
    ['a; b', JOIN.sentence],
    ['a • b', JOIN.sentence],
  ])('reads what stands between the words of %j', (text, join) => {
    expect(scanText(text, 9).joins).toEqual([JOIN.sentence, join]);
  });

  it('has arrays of one length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 9 }), (text, most) => {
        const { words, starts, ends, joins } = scanText(text, most);
        expect(words.length).toBeLessThanOrEqual(most);
        expect([starts.length, ends.length, joins.length]).toEqual(Array(3).fill(words.length));
      }),
    );
  });
});
