import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readDemoItems } from '../../../src/cli/demo-items.ts';
import { readArguments } from '../../../src/cli/arguments.ts';
import { simulate, type PolicyFigures } from '../../../src/cli/simulate.ts';
import { optionsOf, playSlice, POLICIES, type Slice } from '../../../src/cli/simulate-visits.ts';
import { SimulatedShop } from '../../../src/cli/simulated-shop.ts';
import { figuresOf } from '../../../src/simulate/tally.ts';
import { SHOP } from '../simulate/shop-fixture.ts';
import { failureOf, testFolder, writeData } from './data-folder.ts';

const WHOLE: Slice = {
  items: SHOP,
  policy: 'thompson',
  visitors: 12,
  visits: 4,
  seed: 3,
  first: 0,
  step: 1,
};

const play = (change: Partial<Slice>): ReturnType<typeof figuresOf> =>
  figuresOf(playSlice({ ...WHOLE, ...change }, () => undefined));

describe('simulated visits', () => {
  it.each(POLICIES)(
    'under %s are the same for the same seed',
    (policy) => {
      expect(play({ policy })).toEqual(play({ policy }));
      expect(play({ policy, seed: 4 }).expectedClicksPerVisit).not.toBe(
        play({ policy }).expectedClicksPerVisit,
      );
    },
    60_000,
  );

  it('come to the same in one thread as in three', () => {
    const whole = playSlice(WHOLE, () => undefined);
    const parts = [0, 1, 2].map((first) =>
      playSlice({ ...WHOLE, first, step: 3 }, () => undefined),
    );
    const shown = SHOP.map((_, row) => parts.reduce((sum, part) => sum + part.shown[row]!, 0));
    expect([...whole.shown]).toEqual(shown);
    for (const [kind, { clicks, discovered }] of whole.kinds) {
      const own = parts.map((part) => part.kinds.get(kind));
      expect(own.reduce((sum, part) => sum + (part?.clicks ?? 0), 0)).toBe(clicks);
      expect(own.reduce((sum, part) => sum + (part?.discovered ?? 0), 0)).toBe(discovered);
    }
  });

  it('under server are to the first places of the catalog, whoever comes', () => {
    const { shown } = playSlice({ ...WHOLE, policy: 'server' }, () => undefined);
    const times = shown[0]!;
    expect(times).toBeGreaterThan(0);
    expect([...shown]).toEqual(SHOP.map((_, row) => (row < 72 ? times : 0)));
  });

  it('never have a regret below 0', () => {
    for (const policy of POLICIES) {
      const { regretCurve } = play({ policy });
      for (const [visit, value] of regretCurve.entries()) {
        expect(value).toBeGreaterThanOrEqual(regretCurve[visit - 1] ?? 0);
      }
    }
  });
});

describe('the simulated shop', () => {
  const shop = new SimulatedShop(SHOP);
  const settings = { seed: 5, followed: [], blocked: [] };

  it('keeps the catalog’s order for a visitor whom nothing may move', () => {
    const options = { ...optionsOf('greedy', 5), influence: 0 };
    const { rows } = shop.feed({ log: [], settings }, options, 0);
    const ids = rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
    expect(ids).toEqual(SHOP.slice(0, 72).map(({ id }) => id));
  });

  it('logs where what was clicked stood, and how likely the place was', () => {
    const device = { log: [], settings };
    const feed = shop.feed(device, optionsOf('epsilon', 5), 0);
    const [explore] = feed.rows;
    const [item] = explore!.items;
    shop.track(device, feed, { type: 'view_item', itemId: item!.itemId, time: 7 });
    expect(device.log).toMatchObject([
      { itemId: item!.itemId, rowId: 'explore', propensity: item!.explored!.propensity, time: 7 },
    ]);
  });
});

describe('vitrine simulate', () => {
  beforeEach(() => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  const run = async (policy: string): Promise<{ text: string; json: unknown; html: string }> => {
    const dir = testFolder();
    const data = writeData(join(dir, 'data'), { catalog: SHOP });
    const [json, report] = [join(dir, 'out.json'), join(dir, 'out.html')];
    const text = await simulate({ data, policy, visitors: 6, visits: 3, json, report });
    const read = (path: string): string => readFileSync(path, 'utf8');
    return { text, json: JSON.parse(read(json)), html: read(report) };
  };

  it('writes the figures of a policy', async () => {
    const { json, text } = await run('thompson');
    const figures = json as PolicyFigures;
    expect(figures).toMatchObject({ policy: 'thompson', visits: 3, items: SHOP.length, seed: 1 });
    expect(figures.regretCurve).toHaveLength(3);
    expect(figures.regret).toBe(figures.regretCurve[2]);
    for (const value of [figures.clicksPerVisit, figures.segmentsDiscovered]) {
      expect(value).toBeGreaterThanOrEqual(0);
    }
    expect(figures.catalogCoverage + figures.neverShown).toBeCloseTo(1, 4);
    expect(figures.seconds).toBeGreaterThan(0);
    expect(text).toContain('% of stock is never shown to anyone');
  });

  it('writes several policies and a page that loads nothing', async () => {
    const { html, json } = await run('server,greedy');
    const { policies } = json as { policies: readonly PolicyFigures[] };
    expect(policies.map(({ policy }) => policy)).toEqual(['greedy', 'server']);
    expect(html).toContain('of stock is never shown to anyone');
    expect(html).not.toMatch(/<script|src=|url\(/u);
  });

  it('says what it cannot do', async () => {
    const failure = await failureOf(() => simulate({ data: '', policy: 'thomson' }));
    expect(failure.code).toBe('OPTION_INVALID');
    expect(failure.message).toContain('got thomson');
    const data = writeData(testFolder(), { catalog: [] });
    expect((await failureOf(() => simulate({ data }))).code).toBe('DATA_INVALID');
  });

  it('takes numbers of visitors and visits in their range', () => {
    const words = ['simulate', '--visitors', '20', '--visits', '5', '--policy', 'all'];
    expect(readArguments(words)).toMatchObject({
      visitors: 20,
      visits: 5,
      policy: 'all',
      data: '',
    });
    for (const wrong of ['0', '2.5', 'many']) {
      expect(() => readArguments(['simulate', '--visitors', wrong])).toThrow(/--visitors/u);
    }
  });

  it('knows the demo shop without a data folder', async () => {
    const items = await readDemoItems();
    expect(items.length).toBeGreaterThan(1_000);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });
});
