import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Candidates, Vitrine } from '../../../src/core/types.ts';
import {
  type UseFeedOptions,
  type VitrineProviderProps,
  VitrineProvider,
  useFeed,
  useVitrine,
} from '../../../src/react.ts';

/** Draws rows as text on the server. */
function draw(
  candidates: Candidates,
  options?: UseFeedOptions,
  provider: VitrineProviderProps = {},
): string {
  const Rows = (): string => {
    const { feed, isPersonalized, rows } = useFeed(candidates, options);
    const text = rows.map(({ id, items }) => `${id}: ${items.map(({ itemId }) => itemId).join()}`);
    return `${text.join('; ')} ${isPersonalized} ${typeof feed}`;
  };
  return renderToString(createElement(VitrineProvider, provider, createElement(Rows)));
}

const ITEMS = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, title: id.toUpperCase() }));

describe('on the server React draws', () => {
  it('the server’s order, cut into rows', () => {
    expect(draw(ITEMS, { rows: 2, rowSize: 2 })).toBe('server: a,b; server-2: c,d false undefined');
    expect(draw(ITEMS)).toBe('server: a,b,c,d,e false undefined');
    expect(draw(ITEMS, { layout: 'list' })).toBe('server: a,b,c,d,e false undefined');
  });

  it('no item that the page is about', () => {
    expect(draw(ITEMS, { rowSize: 9, context: { itemId: 'b' } })).toMatch(/^server: a,c,d,e /u);
  });

  it('lists in containers, and as text', () => {
    expect(draw({ products: ITEMS })).toMatch(/^server: a,b/u);
    expect(draw(JSON.stringify(ITEMS))).toMatch(/^server: a,b/u);
  });

  it('nothing for candidates that are elsewhere, and that are none', () => {
    expect(draw('/candidates.json').trim()).toBe('false undefined');
    expect(draw([]).trim()).toBe('false undefined');
  });

  it('without starting an instance, or asking one that it was given', () => {
    const vitrine = new Proxy({} as Vitrine, {
      get: () => {
        throw new Error('asked');
      },
    });
    expect(draw(ITEMS, {}, { vitrine })).toMatch(/^server: a/u);
    const Shown = (): string => `${useVitrine() === vitrine}`;
    const app = createElement(VitrineProvider, { vitrine }, createElement(Shown));
    expect(renderToString(app)).toBe('true');
    expect(renderToString(createElement(Shown))).toBe('false');
  });
});
