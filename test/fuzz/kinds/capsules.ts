/** What is imported: exports that are nearly right, spoilt capsules, and anything else. */
import fc from 'fast-check';
import { seal } from '../../../src/capsule/seal.ts';
import type { ProfileExport } from '../../../src/core/types.ts';
import { expectSo } from '../check-feed.ts';
import type { Kind } from '../kind.ts';
import { cross, NOW, openPage, type Page, refusedOr } from '../page.ts';
import { anything, cook, fieldName, type Recipe } from '../recipes.ts';
import { ITEMS } from '../shop.ts';

const PASSPHRASE = 'correct horse battery';
const CODES = ['CAPSULE_', 'OPTION_INVALID'];

const FIELDS = [
  'format',
  'version',
  'log',
  'items',
  'settings',
  'eventId',
  'time',
  'type',
  'itemId',
  'id',
  'title',
  'generated',
  'seed',
  'followed',
  'blocked',
];

type Field = readonly [string, Recipe];
const any = anything(FIELDS, 'sendable');
const object = (fields: readonly Field[]): Recipe => ({ is: 'object', fields });

/** Records and items among odd ones. */
const record: fc.Arbitrary<Recipe> = fc
  .tuple(
    fc.constantFrom('a', 'b', '__proto__', 'constructor', 'x'.repeat(201)),
    fc.constantFrom(...ITEMS.map(({ id }) => id), '__proto__'),
    fc.array(fc.tuple(fieldName(FIELDS), any), { maxLength: 3 }),
  )
  .map(([eventId, itemId, odd]) =>
    object([
      ['eventId', eventId],
      ['time', NOW],
      ['type', 'view_item'],
      ['itemId', itemId],
      ['id', itemId],
      ...odd,
    ]),
  );

const list: fc.Arbitrary<Recipe> = fc
  .array(fc.oneof({ weight: 4, arbitrary: record }, any), { maxLength: 6 })
  .map((of) => ({ is: 'list', of }));

const settings: fc.Arbitrary<Recipe> = fc
  .tuple(any, any, any)
  .map(([followed, blocked, generated]) =>
    object([
      ['seed', 1],
      ['followed', followed],
      ['blocked', blocked],
      ['generated', generated],
    ]),
  );

const nearly: fc.Arbitrary<Recipe> = fc
  .tuple(
    list,
    list,
    fc.oneof(settings, any),
    fc.array(fc.tuple(fieldName(FIELDS), any), { maxLength: 2 }),
  )
  .map(([log, items, choices, odd]) =>
    object([
      ['format', 'vitrine-profile'],
      ['version', 1],
      ['log', log],
      ['items', items],
      ['settings', choices],
      ...odd,
    ]),
  );

/** A spoilt capsule: this many signs are left of it, and one is another. */
interface Spoilt {
  readonly keep: number;
  readonly at: number;
  readonly sign: string;
}

interface Input {
  readonly what:
    | { readonly is: 'value' | 'json'; readonly recipe: Recipe }
    | { readonly is: 'text'; readonly text: string }
    | ({ readonly is: 'capsule' } & Spoilt);
  readonly request: Recipe;
}

const request: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Recipe>(undefined, object([['mode', 'replace']])) },
  { weight: 2, arbitrary: fc.constant(object([['passphrase', PASSPHRASE]])) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom('mode', 'passphrase', '__proto__'), any), { maxLength: 2 })
      .map(object),
  },
);

const what: fc.Arbitrary<Input['what']> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      is: fc.constantFrom('value' as const, 'json' as const),
      recipe: fc.oneof({ weight: 4, arbitrary: nearly }, any),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('text' as const),
      text: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }).map((rest) => `vitrine-capsule:${rest}`),
        fc
          .array(fc.string(), { maxLength: 7 })
          .map((parts) => `vitrine-capsule:1:600000:${parts.join(':')}`),
      ),
    }),
  },
  {
    // Each that gets as far as its passphrase takes a tenth of a second or more.
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('capsule' as const),
      keep: fc.oneof(fc.constant(Infinity), fc.nat({ max: 200 })),
      at: fc.nat({ max: 200 }),
      sign: fc.string({ unit: 'binary', minLength: 0, maxLength: 1 }),
    }),
  },
);

const inputs: fc.Arbitrary<Input> = fc.record({ what, request });

const SENT: ProfileExport = {
  format: 'vitrine-profile',
  version: 1,
  log: [{ eventId: 'sent', time: NOW, type: 'view_item', itemId: ITEMS[4]?.id ?? '' }],
  items: [],
  settings: { seed: 3, followed: [], blocked: [] },
};

let sealed: Promise<string> | undefined;

async function spoil({ at, keep, sign }: Spoilt): Promise<string> {
  const capsule = await (sealed ??= seal(JSON.stringify(SENT), PASSPHRASE));
  return (capsule.slice(0, at) + sign + capsule.slice(at + sign.length)).slice(0, keep);
}

/** What crosses to the worker; a value that JSON cannot say is handed over as it is. */
async function sentOf(input: Input['what']): Promise<unknown> {
  if (input.is === 'text') return input.text;
  if (input.is === 'capsule') return spoil(input);
  const value = cook(input.recipe);
  if (input.is === 'value') return cross(value);
  try {
    return JSON.stringify(value);
  } catch {
    return cross(value);
  }
}

async function idsIn(page: Page): Promise<readonly string[]> {
  return (await page.engine.exportProfile()).log.map(({ eventId }) => eventId);
}

async function run(input: Input): Promise<void> {
  const page = await openPage();
  await page.rerank(ITEMS);
  await page.browse(ITEMS.slice(0, 3).map(({ id }) => id));
  const before = await idsIn(page);
  const sent = await sentOf(input.what);
  const asked = (await cross({ asked: cook(input.request) })).asked;
  let added: number | undefined;
  await refusedOr(async () => {
    added = await page.engine.importProfile(sent, asked as never);
  }, CODES);
  const after = await idsIn(page);
  expectSo(new Set(after).size === after.length, () => 'an event twice');
  if (added === undefined) {
    expectSo(after.join() === before.join(), () => 'a refused import changed the profile');
  }
  const fresh = after.filter((id) => !before.includes(id));
  expectSo(fresh.length === (added ?? 0), () => `${added} told, ${fresh.length} found`);
  await page.rerank(ITEMS);
  await page.engine.profile(NOW);
  await page.engine.audit();
  const taken = await page.engine.undo();
  expectSo(fresh.length === 0 || taken === fresh.length, () => 'undo takes an import as a whole');
}

/** See the top of this file. */
export const capsules: Kind<Input> = { inputs, run };
