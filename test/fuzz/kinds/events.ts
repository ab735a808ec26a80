/** Interactions: anything at all to `track`, then a feed. */
import fc from 'fast-check';
import type { Kind } from '../kind.ts';
import { NOW, openPage, refusedOr } from '../page.ts';
import { anything, cook, type Recipe } from '../recipes.ts';
import { ITEMS } from '../shop.ts';

const FIELDS = ['type', 'itemId', 'items', 'item_id', 'id', 'rowId', 'quantity', 'time', 'price'];
const TYPES = [
  'view_item',
  'view_item_list',
  'select_item',
  'add_to_cart',
  'remove_from_cart',
  'add_to_wishlist',
  'purchase',
  'less_like_this',
];

const any = anything(FIELDS);
type Field = readonly [string, Recipe];

const id: fc.Arbitrary<Recipe> = fc.oneof(fc.constantFrom(...ITEMS.map((item) => item.id)), any);

/** Nearly right: with a known type, an item, and odd fields. */
const nearly: fc.Arbitrary<Recipe> = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.oneof(
      id.map((itemId): Field => ['itemId', itemId]),
      fc.array(id, { maxLength: 4 }).map((of): Field => ['items', { is: 'list', of }]),
      fc.constant<Field>(['items', { is: 'sparse', length: 300_000 }]),
    ),
    fc.array(fc.tuple(fc.constantFrom('rowId', 'quantity', 'time', '__proto__', 'items'), any), {
      maxLength: 3,
    }),
  )
  .map(([type, item, fields]) => ({ is: 'object', fields: [['type', type], item, ...fields] }));

interface Input {
  readonly events: readonly Recipe[];
  readonly times: readonly number[];
}

const inputs: fc.Arbitrary<Input> = fc.record({
  events: fc.array(fc.oneof({ weight: 3, arbitrary: nearly }, any), { minLength: 1, maxLength: 4 }),
  // A clock may be wrong, or none.
  times: fc.array(fc.constantFrom(NOW, NOW + 1, 0, -1, -8.64e15, 8.64e15, 1e300), {
    minLength: 1,
    maxLength: 4,
  }),
});

async function run({ events, times }: Input): Promise<void> {
  const page = await openPage();
  await page.rerank(ITEMS);
  for (const [n, event] of events.entries()) {
    const now = times[n % times.length] as number;
    await refusedOr(() => page.track(cook(event), now), ['EVENT_INVALID']);
  }
  await page.rerank(ITEMS);
  await page.engine.profile(NOW);
  await page.engine.listSegments(NOW);
  await page.engine.undo();
}

/** See the top of this file. */
export const events: Kind<Input> = { inputs, run };
