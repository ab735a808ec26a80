/** Candidates: anything at all to `rerank`, as values, JSON, NDJSON and broken text. */
import fc from 'fast-check';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import { itemsById } from '../../../src/client/candidates.ts';
import type { Feed } from '../../../src/core/types.ts';
import { checkFeed, expectRefusal, expectSo } from '../check-feed.ts';
import type { Kind } from '../kind.ts';
import { openPage, type Page } from '../page.ts';
import { anything, cook, type Recipe } from '../recipes.ts';

/** Fields of the interchange format; with these alone an item's id is its `id`. */
const OWN_FIELDS = [
  'title',
  'description',
  'categoryPath',
  'category',
  'brand',
  'price',
  'currency',
  'rating',
  'ratingCount',
  'tags',
  'image',
  'images',
  'url',
  'available',
  'generated',
  'imageVector',
];
/** Of the other formats, and containers. */
const ALL_FIELDS = [
  ...OWN_FIELDS,
  'id',
  'itemId',
  'item_id',
  'item_name',
  'item_category',
  'item_brand',
  '@type',
  '@id',
  '@graph',
  'itemListElement',
  'item',
  'sku',
  'offers',
  'aggregateRating',
  'ratingValue',
  'bestRating',
  'priceSpecification',
  'availability',
  'keywords',
  'body_html',
  'variants',
  'product_type',
  'vendor',
  'handle',
  'price_min',
  'items',
  'products',
  'candidates',
  'data',
  'ecommerce',
  'product',
  'slice',
  'vitrineIndex',
];

const value = anything(ALL_FIELDS);
type Field = readonly [string, Recipe];
interface OddItem {
  readonly id: string;
  readonly fields: readonly Field[];
}

/** Items with an id and odd fields; the ids repeat now and then. */
const items: fc.Arbitrary<readonly OddItem[]> = fc.array(
  fc
    .tuple(
      fc.oneof(
        fc.integer({ min: 0, max: 9 }).map(String),
        fc.constantFrom(' 1 ', '__proto__', 'constructor', 'toString', '\ud800', '\u202e1', '0.1'),
      ),
      fc.array(fc.tuple(fc.constantFrom(...OWN_FIELDS), value), { maxLength: 6 }),
    )
    .map(([id, fields]) => ({ id, fields: fields.filter(([, field]) => !isWild(field)) })),
  { minLength: 1, maxLength: 12 },
);

/** What would keep a whole record from being sent as it is. */
function isWild(recipe: Recipe): boolean {
  if (typeof recipe !== 'object' || recipe === null) return false;
  if (recipe.is === 'list') return recipe.of.some(isWild);
  if (recipe.is === 'object') return recipe.fields.some(([, field]) => isWild(field));
  return !['long', 'sparse', 'bigint', 'bad date', 'map', 'bytes', 'boxed'].includes(recipe.is);
}

const toRecord = ({ fields, id }: OddItem): Recipe => ({
  is: 'object',
  fields: [['id', id], ...fields],
});

/** How a text of JSON is spoilt. */
interface Spoilt {
  readonly lines: readonly Recipe[];
  readonly isLines: boolean;
  readonly cut: number;
  readonly at: number;
  readonly noise: string;
}

type Input =
  | { readonly as: 'items'; readonly items: readonly OddItem[]; readonly isList: boolean }
  | { readonly as: 'value'; readonly value: Recipe }
  | ({ readonly as: 'text' } & Spoilt);

const inputs: fc.Arbitrary<Input> = fc.oneof(
  fc.record({ as: fc.constant('items' as const), items, isList: fc.boolean() }),
  fc.record({
    as: fc.constant('value' as const),
    value: fc.oneof(
      value,
      fc.array(value, { maxLength: 8 }).map((of): Recipe => ({ is: 'list', of })),
    ),
  }),
  fc.record({
    as: fc.constant('text' as const),
    lines: fc.oneof(
      fc.array(value, { maxLength: 6 }),
      items.map((list) => list.map(toRecord)),
    ),
    isLines: fc.boolean(),
    cut: fc.constantFrom(0, 0, 1, 2, 7),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    noise: fc.constantFrom('', '', '"', '\\', '{', '[', '\u0000', '\ufeff', '//', ',', '\n'),
  }),
);

/** JSON of what JSON can say. */
function jsonOf(recipe: Recipe): string {
  try {
    return JSON.stringify(cook(recipe)) ?? 'null';
  } catch {
    return 'null'; // a BigInt, a cycle, something that throws
  }
}

function textOf({ at, cut, isLines, lines, noise }: Spoilt): string {
  const text = isLines ? lines.map(jsonOf).join('\n') : `[${lines.map(jsonOf).join(',')}]`;
  const place = Math.floor(text.length * at);
  // Begins as JSON does: it is no URL then.
  return `${/^\s*[[{]/u.test(text) ? '' : '{}\n'}${text.slice(0, place)}${noise}${text.slice(place + cut)}`;
}

/** Feeds for a new visitor and for one who looked at some items, and the answers about them. */
async function visit(page: Page, candidates: unknown, isList: boolean): Promise<Feed> {
  const feed = await page.rerank(candidates, isList);
  if (feed.order.length === 0 || feed.packId === 'none') return feed;
  await page.browse(feed.order.slice(0, 3));
  const known = await page.rerank(candidates, isList);
  const shown = known.rows[0]?.items[0];
  if (shown !== undefined) await page.engine.explain(shown.itemId);
  return feed;
}

/** Straight at the border, where no cloning has taken the teeth out. */
function knock(hostile: unknown): void {
  itemsById(hostile);
  try {
    const { items: valid, overflow } = normalizeCandidates(hostile, { maxItems: 5 });
    const ids = [...valid.map(({ id }) => id), ...overflow];
    expectSo(new Set(ids).size === ids.length, () => 'an id twice among the items');
  } catch (error) {
    expectRefusal(error, ['CANDIDATES_FORMAT']);
  }
}

async function run(input: Input): Promise<void> {
  const page = await openPage();
  if (input.as === 'text') {
    await visit(page, textOf(input), false);
    return;
  }
  const hostile = cook(
    input.as === 'items' ? { is: 'list', of: input.items.map(toRecord) } : input.value,
  );
  knock(hostile);
  const feed = await visit(page, hostile, input.as === 'items' && input.isList);
  if (input.as !== 'items') return;
  // Known without asking our code: trimmed, the first of two with one id.
  const ids = input.items.map(({ id }) => id.trim());
  checkFeed(feed, [...new Set(ids)]);
}

/** See the top of this file. */
export const candidates: Kind<Input> = { inputs, run };
