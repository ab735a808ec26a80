import { expect, it } from 'vitest';

it('can be imported where there is no document, as on a server that renders pages', async () => {
  const entry = await import('../../../src/index.ts');
  const feed = await import('../../../src/client/vitrine-feed.ts');
  expect(typeof entry.createVitrine).toBe('function');
  expect(entry.defaultInstance()).toBeUndefined();
  expect(() => feed.defineFeedElement()).not.toThrow();
});
