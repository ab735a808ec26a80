/** Stored records: rows of old and future releases, of other scripts and broken disks among good ones. */
import fc from 'fast-check';
import { wrap } from 'idb';
import { INTERACTION_WEIGHTS } from '../../../src/events/weights.ts';
import { openStore } from '../../../src/store/open-store.ts';
import {
  createStores,
  DATABASE_VERSION,
  SCHEMA,
  STORE_NAMES,
  type StoreName,
} from '../../../src/store/schema.ts';
import { expectSo } from '../check-feed.ts';
import type { Kind } from '../kind.ts';
import { NOW, openPage } from '../page.ts';
import { anything, cook, type Recipe } from '../recipes.ts';
import { ITEMS } from '../shop.ts';
import { createFakeFactory } from '../../helpers/fake-idb.ts';

const NAME = 'vitrine';
const MINUTE_MS = 60_000;
const FIELDS = [
  'schema',
  'value',
  'lastSequence',
  'eventId',
  'time',
  'type',
  'itemId',
  'rowId',
  'segmentId',
  'propensity',
  'quantity',
  'id',
  'title',
  'categoryPath',
  'price',
  'tags',
  'image',
  'url',
  'generated',
  'imageVector',
  'traits',
  'seed',
  'followed',
  'blocked',
  'describes',
  'name',

  'born',
  'weights',
  'packId',
  'segmentId',
  'weight',
  'version',
  'highest',
  'decidedAt',
  'body',
];
const TYPES = ['view_item', 'add_to_cart', 'purchase', 'less_like_this', 'view_item_list'] as const;

const any = anything(FIELDS, 'sendable');
const schema = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Recipe>(SCHEMA) },
  fc.constantFrom<Recipe>(0, -1, SCHEMA + 1, 999, '1', undefined, Number.NaN, 1.5),
);

/** A row that this release, or another one, may have written, with odd fields. */
const row: fc.Arbitrary<Recipe> = fc
  .tuple(schema, fc.array(fc.tuple(fc.constantFrom(...FIELDS), any), { maxLength: 8 }))
  .map(([number, fields]) => ({ is: 'object', fields: [...fields, ['schema', number]] }));

/** Nearly a log record, so that its fields are looked at. */
const entry: fc.Arbitrary<Recipe> = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.constantFrom(...ITEMS.map(({ id }) => id), '__proto__', 'gone'),
    fc.constantFrom(NOW, NOW - 1, NOW + 1e12, 0, -8.64e15, 8.64e15, 9e15, Number.NaN),
    fc.array(
      fc.tuple(
        fc.constantFrom('type', 'itemId', 'rowId', 'segmentId', 'propensity', 'quantity', 'time'),
        any,
      ),
      {
        maxLength: 3,
      },
    ),
    fc.uuid(),
  )
  .map(([type, itemId, time, fields, eventId]) => ({
    is: 'object',
    fields: [
      ...([
        ['schema', SCHEMA],
        ['eventId', eventId],
        ['type', type],
      ] as const),
      ...([
        ['itemId', itemId],
        ['time', time],
      ] as const),
      ...fields,
    ],
  }));

interface Input {
  /** Number of good records, oldest first. */
  readonly numGood: number;
  readonly log: readonly Recipe[];
  readonly items: readonly (readonly [string, Recipe])[];
  readonly kept: readonly (readonly [StoreName, string, Recipe])[];
}

const inputs: fc.Arbitrary<Input> = fc.record({
  numGood: fc.nat(6),
  log: fc.array(fc.oneof(entry, row, any), { maxLength: 6 }),
  items: fc.array(fc.tuple(fc.constantFrom(...ITEMS.map(({ id }) => id), '__proto__'), row), {
    maxLength: 3,
  }),
  kept: fc.array(
    fc.oneof(
      ...(['settings', 'generation'] as const).map((key) =>
        fc.tuple(fc.constant<StoreName>('meta'), fc.constant(key), fc.oneof(row, any)),
      ),
      fc.tuple(fc.constant<StoreName>('derived'), fc.constant('derived'), fc.oneof(row, any)),
      fc.tuple(
        fc.constant<StoreName>('checkpoints'),
        fc.constantFrom('pointer', 'checkpoints', '1', 'x'),
        fc.oneof(row, any),
      ),
    ),
    { maxLength: 4 },
  ),
});

function goodRecord(n: number): Record<string, unknown> {
  return {
    schema: SCHEMA,
    eventId: `good-${n}`,
    time: NOW - (9 - n) * MINUTE_MS,
    type: n % 2 === 0 ? 'view_item' : 'add_to_wishlist',
    itemId: ITEMS[n]?.id,
  };
}

type Put = (store: StoreName, value: unknown, key?: string) => void;

/** Writes rows without our code; what the disk itself refuses is not there. */
function writeRaw(factory: IDBFactory, write: (put: Put) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(NAME, DATABASE_VERSION);
    opening.addEventListener('error', () => reject(opening.error as Error));
    opening.addEventListener('upgradeneeded', () => createStores(wrap(opening.result) as never));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const transaction = database.transaction([...STORE_NAMES], 'readwrite');
      transaction.addEventListener('abort', () => reject(transaction.error as Error));
      transaction.addEventListener('complete', () => {
        database.close();
        resolve();
      });
      write((store, value, key) => {
        try {
          const putting = transaction.objectStore(store).put(value, key);
          // An event id that is taken.
          putting.addEventListener('error', (event) => event.preventDefault());
        } catch {
          // What cannot be cloned, or has no usable key.
        }
      });
    });
  });
}

async function run({ items, kept, log, numGood }: Input): Promise<void> {
  const factory: IDBFactory = createFakeFactory();
  const open = (): ReturnType<typeof openStore> =>
    openStore({ name: NAME, consent: 'granted', factory, now: () => NOW });
  await writeRaw(factory, (put) => {
    for (let n = 0; n < Math.max(numGood, log.length); n++) {
      if (n < numGood) put('log', goodRecord(n));
      if (n < log.length) put('log', cook(log[n]));
    }
    for (const [id, recipe] of items) {
      const fields = cook(recipe) as object;
      put('items', Object.defineProperty(fields, 'id', { value: id, enumerable: true }));
    }
    for (const [store, key, recipe] of kept) put(store, cook(recipe), key);
  });
  const store = await open();
  expectSo(store.mode === 'indexeddb', () => `fell back to memory: ${store.reason}`);
  await store.loadCheckpoints();
  const page = await openPage({}, { openStore: async () => store });
  await page.rerank(ITEMS);
  await page.track({ type: 'view_item', itemId: ITEMS[7]?.id });
  await page.rerank(ITEMS);
  await page.engine.profile(NOW);
  const { log: read } = await page.engine.exportProfile();
  for (const { time, type } of read) {
    expectSo(Object.hasOwn(INTERACTION_WEIGHTS, type), () => `a record of type ${type}`);
    expectSo(!Number.isNaN(new Date(time).getTime()), () => `a record of time ${time}`);
  }
  const ids = new Set(read.map(({ eventId }) => eventId));
  for (let n = 0; n < numGood; n++) {
    expectSo(ids.has(`good-${n}`), () => `a good record was lost: good-${n}`);
  }
  expectSo(store.mode === 'indexeddb', () => `fell back to memory: ${store.reason}`);
  store.close();
}

/** See the top of this file. */
export const records: Kind<Input> = { inputs, run };
