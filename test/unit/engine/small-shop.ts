/** A shop of sixty items, and a visitor of it. */
import type { Feed } from '../../../src/core/types.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { NOW, openTab, type Tab } from './fixtures.ts';

/** Candidates. */
export const SMALL = ITEMS.slice(0, 60);

/** When feeds are made. */
export const LATER = NOW + 3_600_000;

export const FIVE = headphones(0, 1, 2, 3, 4);
export const PLANTS = ['plants-0', 'plants-1', 'plants-2'];

export const rerank = ({ engine }: Tab): Promise<Feed> =>
  engine.rerank(SMALL, { rowSize: 4 }, LATER);

/** A visitor who looked at all of these after a first feed. */
export async function visited(): Promise<Tab> {
  const tab = await openTab();
  await rerank(tab);
  await tab.track('view_item', ...FIVE, ...PLANTS);
  return tab;
}
