import { describe, expect, it } from 'vitest';
import { Shelves } from '../../../src/feed/explore-shelf.ts';
import type { FeedContext } from '../../../src/feed/feed-context.ts';
import { compose, record, type Scene } from './fixtures.ts';
import { ITEMS, scene } from './kinds.ts';

/** Two shelves of one segment. */
const items = ITEMS.map((item, i) =>
  item.categoryPath?.[1] === 'plants'
    ? { ...item, categoryPath: ['garden', i % 2 === 0 ? 'plants' : 'seeds'] }
    : item,
);
const contextOf = (log: Scene['log']): FeedContext => compose(scene({ items, log })).context;

/** Shelves of the first items that are tried of the gardeners' segment. */
const shelvesOf = (log: Scene['log'], count: number): string[] => {
  const context = contextOf(log);
  const shelves = new Shelves(context);
  const taken = new Set<number>();
  const vector = context.library.findIndex(({ id }) => id === 'gardeners');
  const candidates = shelves.candidates(vector, taken);
  return Array.from({ length: count }, () => {
    const item = shelves.next(candidates, taken)!;
    taken.add(item.row);
    return items[item.row]!.categoryPath![1]!;
  });
};

const ids = (shelf: string): string[] =>
  items.filter(({ categoryPath }) => categoryPath?.[1] === shelf).map(({ id }) => id);

describe('the item that is tried next', () => {
  it('comes from all shelves where nothing is known', () => {
    expect(new Set(shelvesOf([], 4)).size).toBe(2);
  });

  it('comes from the shelf that was engaged with', () => {
    const [chosen] = ids('seeds');
    const log = [record('view_item_list', chosen!), record('view_item', chosen!)];
    expect(shelvesOf(log, 4)).toEqual(['seeds', 'seeds', 'seeds', 'seeds']);
  });

  it('comes from another shelf than the one that was passed over', () => {
    const log = ids('plants')
      .slice(0, 6)
      .map((id) => record('view_item_list', id));
    expect(shelvesOf(log, 3)).toEqual(['seeds', 'seeds', 'seeds']);
  });

  it('is one that was not shown, while there is any', () => {
    const context = contextOf(ids('seeds').map((id) => record('view_item_list', id)));
    const shelves = new Shelves(context);
    const vector = context.library.findIndex(({ id }) => id === 'gardeners');
    const first = shelves.next(shelves.candidates(vector, new Set()), new Set())!;
    expect(context.state.trials.has(items[first.row]!.id)).toBe(false);
  });

  it('is none when all are in use', () => {
    const context = contextOf([]);
    const shelves = new Shelves(context);
    const candidates = shelves.candidates(0, new Set());
    const all = new Set(items.keys());
    expect(shelves.next(candidates, all)).toBeUndefined();
  });
});
