/** Synthetic scores seen from the page's side: in segments, sentences, explanations and feeds. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { Feed, Item } from '../../../src/core/types.ts';
import { MINUTE, NOW, openTab, type Tab } from './fixtures.ts';
import { shopOf } from './generated-shop.ts';

const LATER = NOW + 30 * MINUTE;
const random = createRandom(5, 'scores');

/** Comfort and style drawn at random: no text speaks of them. */
const SHOP: readonly Item[] = shopOf().map((item) => ({
  ...item,
  generated: {
    modelId: 'm',
    scores: { comfort: random(), style: random() },
    latent: [],
    evidence: [{ score: 'comfort', word: 'padded', move: 0.3 }],
    guessing: false,
  },
}));
const comfortOf = new Map(SHOP.map(({ generated, id }) => [id, generated?.scores['comfort'] ?? 0]));
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SHOP, {}, LATER);
const meanComfort = (ids: readonly string[]): number =>
  ids.reduce((sum, id) => sum + (comfortOf.get(id) as number), 0) / ids.length;
const itemsOf = (feed: Feed, segmentId: string): string[] =>
  feed.rows
    .filter((row) => row.segmentId === segmentId)
    .flatMap(({ items }) => items.map(({ itemId }) => itemId));

describe('synthetic scores of candidates', () => {
  it('make a visitor who likes comfort see comfortable things of the same kind', async () => {
    const tab = await openTab();
    const mugs = SHOP.filter(({ id }) => id.startsWith('mugs'));
    const liked = [...mugs].sort(
      (a, b) => (comfortOf.get(b.id) as number) - (comfortOf.get(a.id) as number),
    );
    await rerank(tab);
    await tab.track('view_item', ...liked.slice(0, 6).map(({ id }) => id));
    const seen = new Set(liked.slice(0, 6).map(({ id }) => id));
    const shown = (await rerank(tab)).rows
      .flatMap(({ items }) => items.map(({ itemId }) => itemId))
      .filter((id) => id.startsWith('mugs') && !seen.has(id))
      .slice(0, 8);
    const rest = mugs.map(({ id }) => id).filter((id) => !seen.has(id));
    expect(meanComfort(shown)).toBeGreaterThan(meanComfort(rest) + 0.05);
  });

  it('lead a generated segment toward a score, and are among what describes it', async () => {
    const tab = await openTab();
    await rerank(tab);
    const request = { seedId: 'home-cooks', temperature: 0.4 };
    const plain = await tab.engine.generate(request, NOW);
    const soft = await tab.engine.generate({ ...request, toward: 'more comfort' }, NOW);
    await tab.engine.setSegment(plain.id, 'followed');
    await tab.engine.setSegment(soft.id, 'followed');
    const feed = await rerank(tab);
    expect(meanComfort(itemsOf(feed, soft.id))).toBeGreaterThan(
      meanComfort(itemsOf(feed, plain.id)) + 0.1,
    );
    expect(soft.describes.attributes).toMatchObject({ comfort: 'high' });
  });

  it('are explained with the share that they have in a similarity', async () => {
    const tab = await openTab();
    await rerank(tab);
    await tab.track('view_item', 'mugs-1', 'mugs-2', 'mugs-3');
    const feed = await rerank(tab);
    const itemId = feed.rows[0]?.items[0]?.itemId as string;
    const { features, similarities } = await tab.engine.explain(itemId);
    expect(features.generated?.evidence).toEqual([{ score: 'comfort', word: 'padded', move: 0.3 }]);
    const session = similarities.find(({ to }) => to === 'session');
    expect(session?.blocks.map(({ block }) => block)).toContain('generated');
    const sum = session?.blocks.reduce((total, { share }) => total + share, 0);
    expect(sum).toBeCloseTo(session?.value ?? 9, 9);
  });

  it('are kept with the items that the visitor met, without the words', async () => {
    const tab = await openTab();
    await rerank(tab);
    await tab.track('view_item', 'mugs-1');
    const { items } = await tab.engine.exportProfile();
    const sent = SHOP.find(({ id }) => id === 'mugs-1')?.generated;
    expect(items[0]?.generated).toEqual({ ...sent, evidence: [] });
  });
});
