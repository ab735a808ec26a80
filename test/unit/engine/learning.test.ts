/** Learning on the device, from the page's side: asked for, or begun by itself. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LearnResult } from '../../../src/core/learn.ts';
import type { EnginePorts } from '../../../src/engine/create-engine.ts';
import type { Told } from '../../../src/protocol.ts';
import { type Bench, memory, openTab, shownOf, type Tab } from './fixtures.ts';
import {
  alone,
  ARC,
  chooseArc,
  ITEMS,
  LATER,
  learned,
  list,
  LIST,
  openWith,
  placeOfArc,
  rerank,
  told,
} from './learning-shop.ts';

// Each learns, some twice: a second of work on a machine that does nothing else.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => void told.splice(0));

describe('learning now', () => {
  it('lifts what the visitor chooses and the pack does not see', async () => {
    const tab = await openWith();
    await chooseArc(tab);
    const before = await list(tab);
    const result = await tab.engine.learn(LATER);
    expect(result).toMatchObject({ verdict: 'kept', version: 1, device: 'js', lists: 39 });
    expect(result.after.ndcg).toBeGreaterThan(result.before.ndcg);
    expect(result.loss.at(-1)).toBeLessThan(result.loss[0] as number);
    expect(placeOfArc(await list(tab))).toBeLessThan(placeOfArc(before));
  });

  it('leaves every score a sum of its parts, and names what was learned', async () => {
    const tab = await openWith();
    await learned(tab);
    for (const request of [LIST, { rows: 4, rowSize: 5 }]) {
      const feed = await rerank(tab, request);
      const items = feed.rows.flatMap((row) => row.items);
      for (const { score, scoreParts } of items) {
        expect(scoreParts.reduce((sum, { value }) => sum + value, 0)).toBe(score);
      }
      const parts = items.flatMap(({ scoreParts }) => scoreParts);
      expect(parts.some(({ name, value }) => name === 'learned' && value > 0)).toBe(true);
    }
    const { scoreParts } = await tab.engine.explain(ARC[1] as string);
    const part = scoreParts.find(({ name }) => name === 'learned');
    expect(part?.words).toBe('you often choose “Arc”');
  });

  it('tells the page of steps and of the end', async () => {
    const tab = await openWith();
    const result = await learned(tab);
    expect(told.at(-1)).toEqual(['learn', result]);
    const phases = told.flatMap(([event, detail]) => (event === 'learning' ? [detail.phase] : []));
    expect(new Set(phases)).toEqual(new Set(['lists', 'training', 'checking']));
  });

  it('does nothing with nine choices, nor without a pack', async () => {
    const tab = await openWith();
    await chooseArc(tab, 9);
    expect(await tab.engine.learn(LATER)).toMatchObject({ verdict: 'too-little', version: 0 });
    const without = await openTab({}, { learning: alone });
    await chooseArc(without);
    expect(await without.engine.learn(LATER)).toMatchObject({ verdict: 'unavailable' });
  });

  it('does nothing while another tab learns', async () => {
    const tab = await openWith({ learning: { ...alone, lock: async () => null } });
    await chooseArc(tab);
    expect(await tab.engine.learn(LATER)).toMatchObject({ verdict: 'busy', version: 0 });
  });

  it('does nothing a second time at once', async () => {
    const tab = await openWith();
    await chooseArc(tab);
    const [first, second] = await Promise.all([tab.engine.learn(LATER), tab.engine.learn(LATER)]);
    expect([first.verdict, second.verdict].toSorted()).toEqual(['busy', 'kept']);
    expect(await tab.engine.learnStatus()).toMatchObject({ last: { verdict: 'kept' } });
    const again = tab.engine.learn(LATER);
    await tab.engine.learn(LATER);
    expect(await tab.engine.learnStatus()).toMatchObject({ last: { verdict: 'kept' } });
    await again;
  });

  it('changes nothing when it is aborted', async () => {
    const tab = await openWith();
    await chooseArc(tab);
    const before = shownOf(await rerank(tab));
    const learning = tab.engine.learn(LATER);
    await tab.engine.learnAbort();
    expect(await learning).toMatchObject({ verdict: 'aborted', version: 0 });
    expect(await tab.engine.learnStatus()).toMatchObject({ version: 0, versions: [] });
    expect(shownOf(await rerank(tab))).toBe(before);
  });

  it('goes on in plain arithmetic when the device fails twice', async () => {
    let products = 0;
    const openMatrix: NonNullable<EnginePorts['learning']>['openMatrix'] = async () => ({
      device: 'wasm',
      times: async () => {
        products++;
        throw new Error('the device is lost');
      },
      transposedTimes: () => Promise.reject(new Error('the device is lost')),
      dispose: () => undefined,
    });
    const tab = await openWith({ learning: { ...alone, openMatrix } });
    await chooseArc(tab);
    expect(await tab.engine.learn(LATER)).toMatchObject({ verdict: 'kept', device: 'js' });
    expect(products).toBe(2);
  });

  it('waits while a feed is under way', async () => {
    const events: string[] = [];
    let arrive = (_items: string): void => undefined;
    const fetchText = (): Promise<string> => new Promise((resolve) => (arrive = resolve));
    const tab = await openWith({ fetchText });
    await chooseArc(tab);
    const feed = tab.engine.rerank('https://shop.test/items', {}, LATER);
    const learning = tab.engine.learn(LATER);
    void feed.then(() => events.push('feed'));
    void learning.then(() => events.push('learned'));
    // Turns enough for the whole of learning, were it not held.
    for (let turn = 0; turn < 300; turn++) await new Promise(setImmediate);
    expect(events).toEqual([]);
    arrive(JSON.stringify(ITEMS));
    await Promise.all([feed, learning]);
    expect(events).toEqual(['feed', 'learned']);
  });
});

describe('learning by itself', () => {
  /** Runs what is left for idle times, and waits until it is done. */
  async function openIdle(options: Bench = {}): Promise<Tab & { idle: () => Promise<void> }> {
    const jobs: (() => void)[] = [];
    const tab = await openWith({ whenIdle: (job) => jobs.push(job), ...options });
    return {
      ...tab,
      async idle() {
        for (const job of jobs.splice(0)) job();
        for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
        while ((await tab.engine.learnStatus()).isLearning) {
          await new Promise((resolve) => setTimeout(resolve));
        }
      },
    };
  }
  const ended = (): Told[] => told.filter(([event]) => event === 'learn');

  it('begins when idle, once per page, with enough that is new', async () => {
    const disk = memory();
    const first = await openWith({ disk });
    await chooseArc(first);
    const tab = await openIdle({ disk });
    const before = await list(tab);
    await tab.idle();
    expect(ended()).toHaveLength(1);
    expect(placeOfArc(await list(tab))).toBeLessThan(placeOfArc(before));
    await tab.track('view_item', ...ARC, ...ARC);
    await list(tab);
    await tab.idle();
    expect(ended()).toHaveLength(1);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('waits for what it needs; that may not be there: %s', async (isThere, runs) => {
    const disk = memory();
    await chooseArc(await openWith({ disk }));
    let calls = 0;
    let load: () => void = () => undefined;
    const loaded = new Promise<void>((resolve) => (load = resolve));
    const preload = async (): Promise<boolean> => {
      calls++;
      await loaded;
      return isThere;
    };
    const tab = await openIdle({ disk, preload });
    await list(tab);
    // Every page loads it, learning or not.
    expect(calls).toBe(1);
    await tab.idle();
    expect(ended()).toHaveLength(0);
    load();
    await tab.idle();
    expect(ended()).toHaveLength(runs);
    expect(await tab.engine.learn(LATER)).toMatchObject({ verdict: expect.any(String) });
  });

  it('gives way when it is asked to learn now', async () => {
    const disk = memory();
    await chooseArc(await openWith({ disk }));
    const jobs: (() => void)[] = [];
    let open = (): void => undefined;
    let gate = new Promise<void>((resolve) => (open = resolve));
    const held: EnginePorts['learning'] = {
      ...alone,
      lock: async (job) => {
        await gate;
        return job();
      },
    };
    const whenIdle = (job: () => void): void => void jobs.push(job);
    const tab = await openWith({ disk, whenIdle, learning: held });
    await list(tab);
    for (const job of jobs.splice(0)) job();
    while (!(await tab.engine.learnStatus()).isLearning) await new Promise(setImmediate);
    const asked = tab.engine.learn(LATER);
    open();
    gate = Promise.resolve();
    expect(await asked).toMatchObject({ verdict: 'kept' });
    const verdicts = ended().map(([, detail]) => (detail as LearnResult).verdict);
    expect(verdicts).toEqual(['aborted', 'kept']);
  });

  it('does not begin on the next page with nothing new', async () => {
    const disk = memory();
    await learned(await openWith({ disk }));
    told.splice(0);
    const tab = await openIdle({ disk });
    await list(tab);
    await tab.idle();
    expect(told).toEqual([]);
  });

  it('does not begin without consent to keep anything', async () => {
    const disk = memory();
    const first = await openWith({ disk });
    await chooseArc(first);
    const tab = await openIdle({ disk });
    await tab.engine.setConsent('unknown');
    await list(tab);
    await tab.idle();
    expect(told).toEqual([]);
  });
});
