import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { reorderCards as Reorder } from '../../../src/client/reorder-cards.ts';

const page = (html: string): HTMLElement => {
  document.body.innerHTML = html;
  return document.body;
};
const order = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-vitrine-item]')].map(
    (card) => card.dataset['vitrineItem'] ?? '',
  );
const cards = (ids: string, style = ''): string =>
  Array.from(ids)
    .map((id) => `<li style="${style}"><a href="#" data-vitrine-item="${id}">${id}</a></li>`)
    .join('');

let reorderCards: typeof Reorder;

beforeEach(async () => {
  // Whether the visitor has touched the page is remembered by the module: a fresh one for each test.
  vi.resetModules();
  ({ reorderCards } = await import('../../../src/client/reorder-cards.ts'));
});
afterEach(() => {
  document.body.replaceChildren();
  scrollTo(0, 0);
});

describe('cards reordered in place', () => {
  it('follow the feed, the unknown ones last in their order', () => {
    const body = page(`<ul>${cards('abcde')}</ul>`);
    reorderCards(body, { order: ['d', 'b', 'zzz'] });
    expect(order()).toEqual(['d', 'b', 'a', 'c', 'e']);
    expect(body.querySelectorAll('ul > li > a')).toHaveLength(5);
  });

  it('are the same nodes, and what stands between them stays', () => {
    const body = page(`<div>${cards('ab')}<hr>${cards('c')}</div>`);
    const node = body.querySelector('[data-vitrine-item="c"]');
    reorderCards(body, { order: ['c', 'a', 'b'] });
    expect(order()).toEqual(['c', 'a', 'b']);
    expect(body.querySelector('[data-vitrine-item="c"]')).toBe(node);
    expect(body.querySelector('div')?.children[2]?.tagName).toBe('HR');
  });

  it('come back to the server’s order with the server’s feed', () => {
    const body = page(`<ul>${cards('abc')}</ul>`);
    reorderCards(body, { order: ['c', 'b', 'a'] });
    reorderCards(body, { order: ['a', 'b', 'c'] });
    expect(order()).toEqual(['a', 'b', 'c']);
    expect(body.innerHTML).toBe(`<ul>${cards('abc')}</ul>`);
  });

  it('keep the focus', () => {
    const body = page(`<ul>${cards('abc')}</ul>`);
    const link = body.querySelector<HTMLElement>('[data-vitrine-item="c"]');
    link?.focus();
    reorderCards(body, { order: ['c', 'b', 'a'] });
    expect(document.activeElement).toBe(link);
  });

  it('stay where they are once the visitor has typed, as far as they can be seen', () => {
    const body = page(`<ul>${cards('abcd', 'display:block;height:60vh')}</ul>`);
    dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
    reorderCards(body, { order: ['d', 'c', 'b', 'a'] });
    expect(order()).toEqual(['a', 'b', 'd', 'c']);
  });

  it('stay in and above the viewport once the visitor has scrolled, and the scroll with them', () => {
    const body = page(`<ul>${cards('abcdef', 'display:block;height:60vh')}</ul>`);
    scrollTo(0, innerHeight * 0.7);
    const top = scrollY;
    reorderCards(body, { order: ['f', 'e', 'd', 'c', 'b', 'a'] });
    expect(order()).toEqual(['a', 'b', 'c', 'f', 'e', 'd']);
    expect(scrollY).toBe(top);
  });

  it('may be none at all', () => {
    const body = page('<p>Nothing here</p>');
    reorderCards(body, { order: ['a'] });
    expect(body.innerHTML).toBe('<p>Nothing here</p>');
  });
});
