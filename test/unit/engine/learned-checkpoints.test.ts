/** What was learned: used on later visits, taken back, gone with what it was learned from. */
import { describe, expect, it, vi } from 'vitest';
import { idsOf, memory, openTab, shownOf, type Tab } from './fixtures.ts';
import { ARC, chooseArc, LATER, learned, list, openWith, rerank } from './learning-shop.ts';

// Each learns: a second of work on a machine that does nothing else.
vi.setConfig({ testTimeout: 30_000 });

describe('checkpoints', () => {
  it('are in use on the next visit', async () => {
    const disk = memory();
    const tab = await openWith({ disk });
    await learned(tab);
    const feed = shownOf(await list(tab));
    const next = await openWith({ disk });
    expect(shownOf(await list(next))).toBe(feed);
    expect(await next.engine.learnStatus()).toMatchObject({ version: 1, fresh: 0 });
  });

  it('can be left and taken up again', async () => {
    const tab = await openWith();
    await chooseArc(tab);
    const plain = shownOf(await list(tab));
    await tab.engine.learn(LATER);
    const tuned = shownOf(await list(tab));
    await tab.engine.learnRollback(0);
    expect(shownOf(await list(tab))).toBe(plain);
    expect(await tab.engine.learnStatus()).toMatchObject({
      version: 0,
      versions: [{ version: 1, lists: 39 }],
    });
    await tab.engine.learnRollback(1);
    expect(shownOf(await list(tab))).toBe(tuned);
    await expect(tab.engine.learnRollback(2)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('that are damaged are as if they were not there; the one before is used', async () => {
    const disk = memory();
    const tab = await openWith({ disk });
    await learned(tab);
    const first = shownOf(await list(tab));
    const { checkpoints } = await disk.loadCheckpoints();
    const [good] = checkpoints;
    const bad = { ...(good as NonNullable<typeof good>), version: 2 };
    await disk.saveCheckpoint(bad, { version: 2, highest: 2, decidedAt: '' });
    const next = await openWith({ disk });
    expect(shownOf(await list(next))).toBe(first);
    expect(await next.engine.learnStatus()).toMatchObject({ version: 1 });
  });

  it('go with what they were learned from', async () => {
    const tab = await openWith();
    await learned(tab);
    await tab.engine.forget({ itemId: ARC[0] as string }, LATER);
    expect(await tab.engine.learnStatus()).toMatchObject({ version: 0, versions: [] });
    const feed = await list(tab);
    const names = feed.rows.flatMap(({ items }) =>
      items.flatMap(({ scoreParts }) => scoreParts.map(({ name }) => name)),
    );
    expect(names).not.toContain('learned');
  });

  it.each<[string, (tab: Tab) => Promise<unknown>]>([
    ['undone', (tab) => tab.engine.undo()],
    ['erased', (tab) => tab.engine.erase()],
    ['denied', (tab) => tab.engine.setConsent('denied')],
  ])('go when the log is %s', async (_, remove) => {
    const disk = memory();
    const tab = await openWith({ disk });
    await learned(tab);
    await remove(tab);
    expect(await tab.engine.learnStatus()).toMatchObject({ version: 0, versions: [] });
    expect((await disk.loadCheckpoints()).checkpoints).toEqual([]);
  });

  it('are not made of events that are forgotten meanwhile', async () => {
    const disk = memory();
    const tab = await openWith({ disk });
    await chooseArc(tab);
    const learning = tab.engine.learn(LATER);
    await tab.engine.forget({ itemId: ARC[0] as string }, LATER);
    expect(await learning).toMatchObject({ verdict: 'aborted' });
    expect((await disk.loadCheckpoints()).checkpoints).toEqual([]);
  });

  it('of one pack are none for another: the feed is that of a new visitor with this log', async () => {
    const disk = memory();
    await learned(await openWith({ disk }));
    const upgraded = await openWith({ disk }, 'newer');
    const fresh = await openWith({ disk: memory() }, 'newer');
    const { log, items } = await disk.load();
    await fresh.disk.append({ records: log, items, derived: null });
    await fresh.disk.saveSettings((await disk.load()).settings as never);
    const other = await openWith({ disk: fresh.disk }, 'newer');
    expect(shownOf(await list(upgraded))).toBe(shownOf(await list(other)));
    expect(await upgraded.engine.learnStatus()).toMatchObject({ version: 0, versions: [] });
  });

  it('are used by another tab once it is told', async () => {
    const disk = memory();
    const heard: (() => void)[] = [];
    const channel = { postMessage: () => heard.forEach((hear) => hear()) };
    const other = await openWith({ disk });
    await list(other);
    const tab = await openWith({ disk, channel });
    heard.push(() => void other.engine.hear('changed'));
    await learned(tab);
    expect(shownOf(await list(other))).toBe(shownOf(await list(tab)));
  });

  it('that cannot be read for a feed do not end what learns', async () => {
    const tab = await openWith();
    const result = await learned(tab);
    vi.spyOn(tab.disk, 'loadCheckpoints').mockRejectedValueOnce(new Error('the disk is busy'));
    void tab.engine.hear('changed');
    expect((await list(tab)).personalized).toBe(true);
    expect(await tab.engine.learnStatus()).toMatchObject({ version: 1, last: result });
  });
});

describe('derived state of another pack', () => {
  it('is not told as this visitor’s segments', async () => {
    const disk = memory();
    const tab = await openWith({ disk });
    await chooseArc(tab);
    await rerank(tab);
    await tab.track('view_item', ARC[0] as string);
    const { derived } = await disk.load();
    expect(derived).toMatchObject({ packId: 'trained' });
    const plain = await openTab({}, { disk });
    expect((await plain.engine.profile(LATER)).segments).toEqual([]);
    expect(idsOf(await rerank(plain)).length).toBeGreaterThan(0);
  });
});
