/** What the shop configures: merchandising rules and segments of its own, as they reach the worker. */
import fc from 'fast-check';
import { validateRules } from '../../../src/rules/validate-rules.ts';
import { validateSegments } from '../../../src/segments/validate-segments.ts';
import { expectSo } from '../check-feed.ts';
import type { Kind } from '../kind.ts';
import { cross, openPage } from '../page.ts';
import { anything, cook, fieldName, type Recipe } from '../recipes.ts';
import { ITEMS } from '../shop.ts';

const RULE_FIELDS = [
  'id',
  'type',
  'match',
  'where',
  'title',
  'from',
  'until',
  'strength',
  'label',
  'row',
  'position',
  'ids',
  'category',
  'brand',
  'price',
  'tags',
  'segment',
  'min',
  'max',
];
const RULE_WORDS = ['pin', 'boost', 'bury', 'filter', 'exclude', 'sponsored', 'home', 'winter'];
const SEGMENT_FIELDS = [
  'id',
  'name',
  'description',
  'categories',
  'brands',
  'keywords',
  'price',
  'features',
  'attributes',
  'min',
  'max',
];
const SEGMENT_WORDS = ['low', 'middle', 'high', 'hikers', 'home', 'wool', 'material'];

type Fields = readonly (readonly [string, Recipe])[];

/** Lists of records that are nearly right, and anything else. */
function lists(
  names: readonly string[],
  words: readonly string[],
  core: fc.Arbitrary<Fields>,
): fc.Arbitrary<Recipe> {
  const any = anything(names, 'sendable');
  const field = fc.tuple(fieldName(names), fc.oneof(any, fc.constantFrom(...words)));
  const record = fc
    .tuple(core, fc.array(field, { maxLength: 3 }))
    .map(([right, odd]): Recipe => ({ is: 'object', fields: [...right, ...odd] }));
  const list = fc.array(fc.oneof({ weight: 3, arbitrary: record }, any), { maxLength: 8 });
  return fc.oneof(
    { weight: 6, arbitrary: list.map((of): Recipe => ({ is: 'list', of })) },
    { weight: 1, arbitrary: any },
  );
}

const rule: fc.Arbitrary<Fields> = fc
  .tuple(
    fc.string({ minLength: 1, maxLength: 3 }),
    fc.constantFrom('pin', 'boost', 'bury', 'filter', 'exclude', 'sponsored'),
    fc.constantFrom<Fields[number]>(
      ['ids', { is: 'list', of: ITEMS.slice(0, 3).map(({ id }) => id) }],
      ['category', 'home'],
      ['price', { is: 'object', fields: [['max', 50]] }],
      ['segment', 'minimalist'],
    ),
    fc.boolean(),
  )
  .map(([id, type, match, isRow]): Fields => [
    ['id', id],
    ['type', type],
    ['match', { is: 'object', fields: [match] }],
    ...(isRow && type === 'pin' ? ([['title', 'Our choice']] as const) : []),
  ]);

const segment: fc.Arbitrary<Fields> = fc
  .tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.constantFrom(...SEGMENT_WORDS))
  .map(([name, word]): Fields => [
    ['name', name],
    ['keywords', { is: 'list', of: [word] }],
  ]);

/** A feed with these options for a new visitor and for one who looked at something. */
async function feedWith(options: object): Promise<void> {
  const page = await openPage(options);
  await page.rerank(ITEMS);
  await page.browse(ITEMS.slice(3, 6).map(({ id }) => id));
  const { rows } = await page.rerank(ITEMS);
  const shown = rows[0]?.items[0];
  if (shown) await page.engine.explain(shown.itemId);
}

/** Merchandising rules. */
export const rules: Kind<Recipe> = {
  inputs: lists(RULE_FIELDS, RULE_WORDS, rule),
  async run(recipe) {
    const { rules: sent } = await cross({ rules: cook(recipe) });
    for (const { match, strength } of validateRules(sent).rules) {
      const { max = 0, min = 0 } = match.price ?? {};
      expectSo([strength, max, min].every(Number.isFinite), () => 'a number of a rule');
    }
    await feedWith({ rules: sent });
  },
};

/** Segments of the shop's own. */
export const segments: Kind<Recipe> = {
  inputs: lists(SEGMENT_FIELDS, SEGMENT_WORDS, segment),
  async run(recipe) {
    const { segments: sent } = await cross({ segments: cook(recipe) });
    const ids = validateSegments(sent, 'merchant').segments.map(({ id }) => id);
    expectSo(new Set(ids).size === ids.length, () => 'a segment id twice');
    await feedWith({ segments: sent });
  },
};
