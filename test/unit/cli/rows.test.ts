import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readPackFolder, writePackFolder } from '../../../src/cli/pack-folder.ts';
import { rows, type RowsFigures, type RowsOptions } from '../../../src/cli/rows.ts';
import { train } from '../../../src/cli/train.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { packIdOf } from '../../../src/pack/pack-format.ts';
import { createFolder, failureOf, testFolder, writeData } from './data-folder.ts';

const KINDS = [
  { category: 'Garden', word: 'spade', material: 'steel' },
  { category: 'Audio', word: 'headphones', material: 'wireless' },
  { category: 'Kitchen', word: 'kettle', material: 'copper' },
] as const;
const PER_KIND = 30;

const CATALOG = Array.from({ length: PER_KIND * KINDS.length }, (_, i) => {
  const { category, material, word } = KINDS[i % KINDS.length]!;
  return {
    id: `i${i}`,
    title: `${material} ${word} ${i}`,
    categoryPath: ['Shop', category],
    brand: `Brand ${i % 7}`,
    price: 10 + i,
    currency: 'EUR',
  };
});
const kindOf = (id: string): string => CATALOG[Number(id.slice(1))]!.categoryPath[1]!;

/** Visitors of three kinds, 60, 40 and 20 of them; most of what each takes is of its kind. */
function interactions(): object[] {
  const random = createRandom(4, 'visitors');
  const kinds = [60, 40, 20].flatMap((count, kind) => Array.from({ length: count }, () => kind));
  return kinds.flatMap((kind, v) =>
    Array.from({ length: 8 }, (_, k) => {
      const own = KINDS.length * Math.floor(PER_KIND * random() ** 2) + kind;
      const item = random() < 0.1 ? Math.floor(CATALOG.length * random()) : own;
      return { visitorId: `v${v}`, itemId: `i${item}`, type: 'view_item', time: 1_000 * v + k };
    }),
  );
}

const { dir, remove } = createFolder();
const data = join(dir, 'data');
const bare = join(dir, 'bare');
const pack = join(dir, 'pack');
const content = join(dir, 'content');

const quiet = () => vi.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeAll(async () => {
  const silence = quiet();
  writeData(data, { catalog: CATALOG, interactions: interactions() });
  writeData(bare, { catalog: CATALOG });
  await train({ data, out: pack, protocol: 'all', seed: 1 });
  await train({ data: bare, out: content, protocol: 'all', seed: 1 });
  silence.mockRestore();
}, 60_000);

afterAll(remove);

beforeEach(() => {
  const silence = quiet();
  return () => silence.mockRestore();
});

async function feedOf(options: Partial<RowsOptions>): Promise<RowsFigures> {
  const json = join(testFolder(), 'feed.json');
  await rows({ data, pack, ...options, json });
  return JSON.parse(readFileSync(json, 'utf8')) as RowsFigures;
}

/** Without what differs from run to run. */
const shownOf = ({ timings: _timings, ...feed }: RowsFigures): object => feed;

describe('rows of a cluster', () => {
  it('finds the kinds of visitors that there are, the largest first', async () => {
    const { cluster, clusters } = await feedOf({ cluster: 1 });
    expect(clusters?.all.map(({ n }) => n)).toEqual([1, 2, 3]);
    const sizes = clusters?.all.map(({ size }) => size) ?? [];
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(120);
    for (const [k, size] of [60, 40, 20].entries())
      expect(Math.abs(sizes[k]! - size)).toBeLessThan(6);
    expect(cluster).toMatchObject({ n: 1, size: sizes[0], share: sizes[0]! / 120 });
    expect(clusters?.tried[2]!.gain).toBeGreaterThan(0.3);
  });

  it.each(KINDS.map(({ category }, k) => [k + 1, category] as const))(
    'names cluster %d by what its visitors choose: %s',
    async (n, category) => {
      const { cluster } = await feedOf({ cluster: n });
      expect(cluster?.name.toLowerCase()).toContain(category.toLowerCase());
      const fact = cluster?.evidence.find(({ kind }) => kind === 'category');
      expect(fact).toMatchObject({ value: category });
      expect(fact?.share).toBeGreaterThan(0.8);
      expect(fact?.lift).toBeGreaterThan(2);
      const items = cluster?.evidence.filter(({ kind }) => kind === 'item') ?? [];
      expect(items.length).toBeGreaterThan(0);
      for (const { share, lift } of items) {
        expect(share).toBeLessThanOrEqual(1);
        expect(lift).toBeGreaterThan(1);
      }
    },
  );

  it('shows its items in rows like the page’s', async () => {
    const feed = await feedOf({ cluster: 2 });
    expect(feed).toMatchObject({ personalized: true, reason: 'PERSONALIZED', device: 'js' });
    expect(feed.packId).toBe(readPackFolder(pack).manifest.packId);
    // What most of them choose stands first, as for a visitor, and then what the ranker picks.
    const [first, picked] = feed.rows;
    expect(first?.id).toBe('visitor:shop/audio');
    expect(picked).toMatchObject({ id: 'for-you', kind: 'inferred', title: 'Often chosen' });
    const audio = first!.items.filter(({ itemId }) => kindOf(itemId) === 'Audio');
    expect(audio.length / first!.items.length).toBeGreaterThan(0.8);
    expect(feed.rows.at(-1)?.kind).toBe('server');
    const ids = feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(feed.order.toSorted()).toEqual(CATALOG.map(({ id }) => id).toSorted());
    for (const { items } of feed.rows) {
      for (const { explored, score, scoreParts } of items) {
        expect(scoreParts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9);
        expect(explored).toBeUndefined();
      }
    }
  });

  it('shows what the cluster chooses most, though its visitors have seen it', async () => {
    const { cluster, rows: shown } = await feedOf({ cluster: 1 });
    const favourite = cluster?.evidence.find(({ kind }) => kind === 'item')?.value;
    const titles = shown.flatMap(({ items, kind }) =>
      kind === 'server' ? [] : items.map(({ itemId }) => CATALOG[Number(itemId.slice(1))]!.title),
    );
    expect(titles).toContain(favourite);
  });

  it('says nothing of what the reader did', async () => {
    for (const options of [{ cluster: 1 }, { segment: 'gardeners' }]) {
      const found = await feedOf(options);
      const said = found.rows.flatMap((row) => [
        row.title,
        row.why,
        ...row.items.map((i) => i.why),
      ]);
      for (const sentence of said) expect(sentence).not.toMatch(/\byour?\b/iu);
    }
  });

  it('makes as many clusters as it is told', async () => {
    const { clusters } = await feedOf({ cluster: 2, clusters: 2 });
    expect(clusters?.all).toHaveLength(2);
    expect(clusters?.tried).toEqual([]);
  });

  it('is the same for the same seed', async () => {
    const once = await feedOf({ cluster: 2, seed: 5 });
    expect(shownOf(await feedOf({ cluster: 2, seed: 5 }))).toEqual(shownOf(once));
  });

  it('lists all clusters on the terminal', async () => {
    const text = await rows({ data, pack, cluster: 1 });
    expect(text).toMatch(/ 1 +\d+\.\d % +\d+ {2}.*garden/iu);
    expect(text).toContain('Often chosen: steel spade');
  });
});

describe('rows of a segment', () => {
  const segment = 'gardeners';

  it('puts the segment’s row first, as the shop’s choice', async () => {
    const feed = await feedOf({ segment });
    expect(feed.rows[0]).toMatchObject({
      kind: 'pinned',
      segmentId: feed.segment?.id,
      why: 'Chosen by the shop.',
    });
    expect(feed.segment?.support).toBeGreaterThan(0);
    expect(feed.cluster).toBeUndefined();
    for (const { memberships } of feed.rows[0]!.items) {
      expect(memberships.map(({ segmentId }) => segmentId)).toContain(feed.segment?.id);
    }
  });

  it('may be the shop’s own', async () => {
    const segments = join(testFolder(), 'segments.json');
    const words = { categories: ['Audio'], keywords: ['headphones'] };
    writeFileSync(segments, JSON.stringify([{ id: 'ours', name: 'Good ears', ...words }]));
    const feed = await feedOf({ segment: 'ours', segments });
    expect(feed.rows[0]).toMatchObject({ segmentId: 'ours', title: 'Good ears', kind: 'pinned' });
    expect(new Set(feed.rows[0]!.items.map(({ itemId }) => kindOf(itemId)))).toEqual(
      new Set(['Audio']),
    );
  });

  it('must be described well by the shop', async () => {
    const segments = join(testFolder(), 'segments.json');
    for (const [wrong, words] of [
      [{ id: 'ours' }, 'no list'],
      [[{ id: 'ours', name: 'Nothing' }], 'Nothing'],
    ] as const) {
      writeFileSync(segments, JSON.stringify(wrong));
      const failure = await failureOf(() => rows({ data, pack, segment: 'ours', segments }));
      expect(failure.code).toBe('DATA_INVALID');
      expect(failure.message).toContain(words);
    }
  });

  it('needs no interactions, and then speaks of no visitors', async () => {
    const json = join(testFolder(), 'feed.json');
    await rows({ data: bare, pack: content, segment, json });
    const feed = JSON.parse(readFileSync(json, 'utf8')) as RowsFigures;
    expect(feed).toMatchObject({ personalized: true, segment: { id: segment, visitors: 0 } });
    expect(JSON.stringify(feed.rows)).not.toContain('visitors');
  });

  it('is refused when nobody knows it', async () => {
    const { code, message } = await failureOf(() => rows({ data, pack, segment: 'nobody' }));
    expect(code).toBe('SEGMENT_UNKNOWN');
    expect(message).toContain('--segment: got nobody, expected one of ');
    expect(message).not.toContain('\n');
  });
});

describe('rows', () => {
  it('are the server’s order while the pack’s kill switch is on', async () => {
    const { files, manifest } = readPackFolder(pack);
    const { packId: _, ...body } = { ...manifest, killSwitch: true };
    const killed = join(testFolder(), 'killed');
    writePackFolder(killed, { files, manifest: { ...body, packId: await packIdOf(body) } });
    const feed = await feedOf({ cluster: 1, pack: killed });
    expect(feed).toMatchObject({ personalized: false, reason: 'KILL_SWITCH' });
    expect(feed.rows.every(({ kind }) => kind === 'server')).toBe(true);
    expect(feed.order).toEqual(CATALOG.map(({ id }) => id));
  });

  it.each([
    [
      'a cluster where nothing happened',
      { data: bare, cluster: 1 },
      'DATA_INVALID',
      'needs interactions',
    ],
    ['a cluster that is not there', { cluster: 9 }, 'OPTION_INVALID', 'got 9, expected 1 to 3'],
    [
      'a cluster beyond the number',
      { cluster: 3, clusters: 2 },
      'OPTION_INVALID',
      'expected 1 to 2',
    ],
    [
      'a folder that is not there',
      { data: '/nowhere', cluster: 1 },
      'DATA_INVALID',
      'no such folder',
    ],
    ['a pack that is not there', { pack: '/nowhere', cluster: 1 }, 'PACK_FORMAT', 'no such file'],
  ])('refuse %s', async (_, options, code, expected) => {
    const failure = await failureOf(() => rows({ data, pack, ...options }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(expected);
    expect(failure.message).not.toContain('\n');
  });

  it('hold no items that are sold no more', async () => {
    const shop = join(testFolder(), 'shop');
    writeData(shop, { catalog: CATALOG.slice(3), interactions: interactions() });
    for (const options of [{ cluster: 1 }, { segment: 'gardeners' }]) {
      const feed = await feedOf({ data: shop, ...options });
      expect(feed.order.toSorted()).toEqual(
        CATALOG.slice(3)
          .map(({ id }) => id)
          .toSorted(),
      );
      const shown = feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
      for (const gone of ['i0', 'i1', 'i2']) expect(shown).not.toContain(gone);
    }
  });

  it('refuse a pack of another shop', async () => {
    const other = writeData(join(testFolder(), 'other'), { catalog: [{ id: 'x', title: 'Rug' }] });
    const { code, message } = await failureOf(() => rows({ data: other, pack, segment: 'x' }));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('another catalog');
  });
});
