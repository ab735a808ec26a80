import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, h } from '../../../src/report/markup.ts';

describe('h', () => {
  it('writes elements, attributes and nested markup', () => {
    const markup = h('p', { class: 'a', id: undefined }, 'x', 1, undefined, h('b', {}, 'y'), [
      'z',
      h('br'),
    ]);
    expect(markup.html).toBe('<p class="a">x1<b>y</b>z<br></p>');
  });

  it('escapes text and attributes', () => {
    expect(h('p', { title: `"'<` }, '<script>&').html).toBe(
      '<p title="&quot;&#39;&lt;">&lt;script&gt;&amp;</p>',
    );
  });

  it('lets no text out of its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { html } = h('p', { title: text }, text);
        expect(html.match(/[<>"]/gu)).toEqual(['<', '"', '"', '>', '<', '>']);
        expect(escapeText(text)).not.toMatch(/[<>"'\0]/u);
        expect(html.isWellFormed()).toBe(true);
      }),
    );
  });
});
