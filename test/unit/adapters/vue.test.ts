import { describe, expect, it } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Candidates } from '../../../src/core/types.ts';
import { type UseFeedOptions, createVitrinePlugin, useFeed, useVitrine } from '../../../src/vue.ts';

/** Draws rows as text on the server. */
async function draw(candidates: Candidates, options?: UseFeedOptions): Promise<string> {
  const app = createSSRApp({
    setup: () => {
      const { feed, isPersonalized, rows } = useFeed(() => candidates, options);
      const made = useVitrine();
      return () => {
        const text = rows.value.map(
          ({ id, items }) => `${id}: ${items.map(({ itemId }) => itemId).join()}`,
        );
        return `${text.join('; ')} ${isPersonalized.value} ${typeof feed.value} ${typeof made.value}`;
      };
    },
  });
  return renderToString(app.use(createVitrinePlugin({ workerUrl: '/none.js' })));
}

const ITEMS = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, title: id.toUpperCase() }));

describe('on the server Vue draws', () => {
  it('the server’s order, cut into rows, without an instance', async () => {
    const options = { rows: 2, rowSize: 2 };
    expect(await draw(ITEMS, options)).toBe('server: a,b; server-2: c,d false undefined undefined');
    expect(await draw(ITEMS)).toBe('server: a,b,c,d,e false undefined undefined');
  });

  it('nothing for candidates that are elsewhere', async () => {
    expect((await draw('/candidates.json')).trim()).toBe('false undefined undefined');
  });

  it('the same without the plugin', async () => {
    const app = createSSRApp({
      setup: () => {
        const { rows } = useFeed(ITEMS, { rows: 1, rowSize: 1 });
        return () => `${rows.value.length} ${useVitrine === undefined}`;
      },
    });
    expect(await renderToString(app)).toBe('1 false');
  });
});
