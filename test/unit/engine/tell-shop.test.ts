import { describe, expect, test } from 'vitest';
import { type TellingPorts, tellShop } from '../../../src/engine/tell-shop.ts';

const FACTS = { segments: ['luxury', 'tech'], first: 'tech', now: 1.7e12 };
const OPTIONS = { url: '/reports' };

/** A browser with a cache, and what was sent from it. */
function browser(change: Partial<TellingPorts> = {}) {
  const kept = new Map<string, string>();
  const sent: (readonly [url: string, body: string])[] = [];
  const cache = {
    match: async (url: string) => (kept.has(url) ? new Response(kept.get(url)) : undefined),
    put: async (url: string, response: Response) => void kept.set(url, await response.text()),
  };
  let words = 0;
  const ports: TellingPorts = {
    openCache: async () => cache,
    lock: (job) => job(),
    hasGpc: false,
    pageUrl: 'https://shop.example/p/1?q=2',
    post: async (...args) => void sent.push(args),
    randomWord: () => (words = (words + 0x9e3779b9) >>> 0),
    ...change,
  };
  return { kept, ports, sent };
}

describe('tellShop', () => {
  test('sends a report to the shop’s address, once a day', async () => {
    const { ports, sent } = browser();
    await tellShop(OPTIONS, FACTS, ports);
    await tellShop(OPTIONS, { ...FACTS, now: FACTS.now + 3_600_000 }, ports);
    expect(sent.map(([url]) => url)).toEqual(['https://shop.example/reports']);
    expect(JSON.parse(sent[0]?.[1] ?? '')).toMatchObject({ epsilon: 1, segments: FACTS.segments });
    await tellShop(OPTIONS, { ...FACTS, now: FACTS.now + 86_400_001 }, ports);
    expect(sent).toHaveLength(2);
  });

  test('sends nothing with Global Privacy Control', async () => {
    const { kept, ports, sent } = browser({ hasGpc: true });
    await tellShop(OPTIONS, FACTS, ports);
    expect([kept.size, sent.length]).toEqual([0, 0]);
  });

  test('sends nothing where nothing may be kept', async () => {
    const { ports, sent } = browser({ openCache: async () => null });
    await tellShop(OPTIONS, FACTS, ports);
    expect(sent).toEqual([]);
  });

  test('sends nothing while another tab does', async () => {
    const { ports, sent } = browser({ lock: async () => undefined });
    await tellShop(OPTIONS, FACTS, ports);
    expect(sent).toEqual([]);
  });

  test.each(['http://elsewhere.example/r', 'https://', 'data:,x', 'blob:x'])(
    'refuses %s',
    async (url) => {
      const { ports, sent } = browser();
      await expect(tellShop({ url }, FACTS, ports)).rejects.toMatchObject({
        code: 'OPTION_INVALID',
      });
      expect(sent).toEqual([]);
    },
  );

  test.each([0, -1, 1.5, Number.NaN])('refuses a cost of %s', async (epsilon) => {
    await expect(tellShop({ ...OPTIONS, epsilon }, FACTS, browser().ports)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
  });
});
