/** Interests that emerge while the visitor looks around, formed into segments when idle. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Feed } from '../../../src/core/types.ts';
import type { SegmentTrainer } from '../../../src/engine/segment-maker.ts';
import { learnLinearModel } from '../../../src/segments/generate/linear-model.ts';
import { MINUTE, NOW, openTab, type Tab } from './fixtures.ts';
import { shopOf } from './generated-shop.ts';

const SHOP = shopOf();
const LATER = NOW + 30 * MINUTE;
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SHOP, {}, LATER);

// Loaded before, so that a test's idle time does not end while it is being loaded.
beforeAll(() => import('../../../src/engine/segment-work.ts'));

/** A tab whose idle work is done when the test says so. */
async function idleTab(
  options = {},
  trainSegments?: SegmentTrainer,
): Promise<Tab & { idle(): Promise<void> }> {
  const jobs: (() => void)[] = [];
  const bench = trainSegments === undefined ? {} : { trainSegments };
  const tab = await openTab(options, { whenIdle: (job) => jobs.push(job), ...bench });
  return {
    ...tab,
    async idle() {
      for (let turn = 0; turn < 40; turn++) {
        jobs.splice(0).forEach((job) => job());
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    },
  };
}

describe('an interest that no segment covers', () => {
  const lanterns = SHOP.filter(({ id }) => id.startsWith('lantern')).map(({ id }) => id);

  it('becomes a segment within 15 interactions, its row among the first three', async () => {
    const tab = await idleTab();
    const plants = SHOP.filter(({ id }) => id.startsWith('plants')).map(({ id }) => id);
    await tab.track('view_item', ...plants.slice(0, 10));
    await rerank(tab);
    await tab.idle();
    expect((await tab.engine.exportProfile()).settings.generated).toBeUndefined();
    for (const itemId of lanterns.slice(0, 15)) {
      await tab.track('view_item', itemId);
      await tab.idle();
    }
    const { rows } = await rerank(tab);
    const [made] = (await tab.engine.exportProfile()).settings.generated!;
    expect(made).toMatchObject({ isAutomatic: true, origin: 'generated' });
    expect(rows.slice(0, 3).map(({ segmentId }) => segmentId)).toContain(made!.id);
    const memberships = rows
      .flatMap(({ items }) => items)
      .filter(({ itemId }) => itemId.startsWith('lantern'))
      .map((item) => item.memberships.map(({ segmentId }) => segmentId));
    expect(memberships.every((ids) => ids.includes(made!.id))).toBe(true);
  });

  it('is formed at once, and again when the autoencoder is trained', async () => {
    let finish = (): void => undefined;
    const trained = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const tab = await idleTab({}, async (samples) => {
      await trained;
      return { ...learnLinearModel(samples, 12), kind: 'vae' };
    });
    await rerank(tab);
    await tab.track('view_item', ...lanterns.slice(0, 15));
    await tab.idle();
    const before = (await tab.engine.exportProfile()).settings.generated!;
    expect(before).toMatchObject([{ generator: 'linear', version: 1, isAutomatic: true }]);
    expect((await rerank(tab)).rows.map(({ segmentId }) => segmentId)).toContain(before[0]!.id);
    finish();
    await tab.idle();
    const after = (await tab.engine.exportProfile()).settings.generated!;
    expect(after).toMatchObject([{ id: before[0]!.id, generator: 'vae', version: 2 }]);
  });

  it('does not become one when a segment covers it', async () => {
    const tab = await idleTab();
    await rerank(tab);
    const plants = SHOP.filter(({ id }) => id.startsWith('plants')).map(({ id }) => id);
    await tab.track('view_item', ...plants.slice(0, 15));
    await tab.idle();
    expect((await tab.engine.exportProfile()).settings.generated).toBeUndefined();
  });

  it('goes when what it was formed from is forgotten', async () => {
    const tab = await idleTab();
    await rerank(tab);
    await tab.track('view_item', ...lanterns.slice(0, 12));
    await tab.idle();
    expect((await tab.engine.exportProfile()).settings.generated).toHaveLength(1);
    await tab.engine.forget({ since: NOW }, LATER);
    expect((await tab.engine.exportProfile()).settings.generated).toEqual([]);
  });

  it('becomes one again after everything was erased', async () => {
    const tab = await idleTab();
    for (let visit = 0; visit < 2; visit++) {
      await rerank(tab);
      await tab.track('view_item', ...lanterns.slice(0, 12));
      await tab.idle();
      expect((await tab.engine.exportProfile()).settings.generated).toHaveLength(1);
      await tab.engine.erase();
    }
  });

  it('is not looked at while consent is denied', async () => {
    const tab = await idleTab({ consent: 'denied' });
    await rerank(tab);
    await tab.track('view_item', ...lanterns.slice(0, 15));
    await tab.idle();
    expect((await tab.engine.exportProfile()).settings.generated).toBeUndefined();
  });
});

describe('the first feed', () => {
  it('needs no module that generates', () => {
    const source = readFileSync(
      new URL('../../../src/engine/generated-segments.ts', import.meta.url),
      'utf8',
    );
    const statics = [...source.matchAll(/^import (?!type)[^;]*? from '(?<path>[^']+)'/gmu)].map(
      (match) => match.groups!['path'],
    );
    expect(statics.length).toBeGreaterThan(0);
    expect(
      statics.filter((path) => /segment-maker|segment-work|generate-segment|space/u.test(path!)),
    ).toEqual([]);
  });
});
