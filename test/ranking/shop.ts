/** A small shop and one way to ask it for rows, so that each test is a list and a reason. */
import type { InteractionType, Item, LogRecord } from '../../src/core/types.ts';
import { compose, NOW, type Scene } from '../unit/feed/fixtures.ts';

/** An item in one line; its path is written `general > special`. */
export function item(id: string, title: string, path: string, more: number | Partial<Item>): Item {
  const rest = typeof more === 'number' ? { price: more } : more;
  return { id, title, categoryPath: path.split(' > '), ...rest };
}

/** A look at an item, or another interaction with it. */
export type Entry = string | readonly [InteractionType, string];

/** Interactions, oldest first, a second apart, the last one just now. */
export function log(...entries: readonly Entry[]): LogRecord[] {
  return entries.map((entry, i) => {
    const [type, itemId] = typeof entry === 'string' ? (['view_item', entry] as const) : entry;
    return { eventId: `e${i}`, time: NOW - 1000 * (entries.length - 1 - i), type, itemId };
  });
}

/** Ids of the row with this id, or of the first row. */
export function rowIds(scene: Scene, rowId?: string): string[] {
  const { rows } = compose({ ...scene, options: { exploration: 0, ...scene.options } });
  const row = rowId === undefined ? rows[0] : rows.find(({ id }) => id === rowId);
  return row?.items.map(({ itemId }) => itemId) ?? [];
}

/** The order of two ids in a list; fails loudly when one is missing. */
export function isBefore(list: readonly string[], first: string, second: string): boolean {
  const [a, b] = [list.indexOf(first), list.indexOf(second)];
  if (a < 0) throw new Error(`${first} is not in ${list.join(', ')}`);
  return b < 0 || a < b;
}
