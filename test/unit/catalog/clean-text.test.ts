import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, stripTags } from '../../../src/catalog/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['plain', 'plain'],
    ['  outer  ', 'outer'],
    ['a\tb\nc', 'a b c'],
    ['a\u0000b', 'a b'],
    ['a\u0085b\u007fc', 'a b c'],
    ['\u202eevil\u202c', 'evil'],
    ['\u2066x\u2069\u061c\u200e\u200f', 'x'],
    ['caf\u00e9 \u{1f600}', 'caf\u00e9 \u{1f600}'],
    ['\ud800x', '\ufffdx'],
    ['\ufdfa', '\ufdfa'],
    ['', ''],
  ])('turns %j into %j', (text, expected) => {
    expect(cleanText(text, 100)).toBe(expected);
  });

  it('cuts before it cleans', () => {
    expect(cleanText(`${'\u0000'.repeat(10)}abc`, 10)).toBe('');
  });

  it('never gives more than the limit, nor anything unwanted, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const clean = cleanText(text, limit);
        expect(clean.length).toBeLessThanOrEqual(limit);
        expect(clean.isWellFormed()).toBe(true);
        // oxlint-disable-next-line no-control-regex -- these must be gone
        expect(clean).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(cleanText(clean, limit)).toBe(clean);
      }),
    );
  });
});

describe('stripTags', () => {
  it.each([
    ['<p>Soft</p>', 'Soft'],
    ['Soft <b>and</b> warm', 'Soft  and  warm'],
    ['no tags', 'no tags'],
    ['a < b', 'a'],
    ['a <b', 'a'],
    ['x > y', 'x > y'],
    ['<br/>line', 'line'],
    ['<img alt="a">b', 'b'],
    ['<script>alert(1)</script>after', 'after'],
    ['<SCRIPT>alert(1)</SCRIPT>after', 'after'],
    ['<style>p{}</style><p>text</p>', 'text'],
    ['<script>never closed', ''],
    ['&amp;&lt;&gt;&quot;&#39;&apos;', "&<>\"''"],
    ['a&nbsp;b', 'a b'],
    ['&amp;lt;', '&lt;'],
    ['&copy; &unknown; & &', '&copy; &unknown; & &'],
    ['&lt;script&gt;', '<script>'],
    ['', ''],
  ])('turns %j into %j', (html, expected) => {
    expect(stripTags(html, 1000)).toBe(expected);
  });

  it('reads four times the limit and no more', () => {
    expect(stripTags(`${'<i>'.repeat(100)}tail`, 10)).toBe('');
    expect(stripTags(`${'<i>'.repeat(3)}tail`, 10)).toBe('tail');
  });

  it('leaves no tag of any text', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      'b',
      '/',
      '<script',
      '</script>',
      ' ',
      '"',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        expect(stripTags(list.join(''), 1000)).not.toMatch(/<[a-z/!]/);
      }),
    );
  });
});
