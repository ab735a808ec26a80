/** The model of segments: fine-tuned, judged, kept, used, taken back. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LearnResult } from '../../../src/core/learn.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import type { EnginePorts } from '../../../src/engine/create-engine.ts';
import type { SegmentTrainer } from '../../../src/engine/segment-maker.ts';
import { type Bench, memory, shownOf, type Tab } from './fixtures.ts';
import { shopOf } from './generated-shop.ts';
import { alone, ARC, ITEMS, LATER, LIST, openWith, told } from './learning-shop.ts';
import { OLD_CHECKPOINT } from '../learn/old-checkpoint.ts';
import { meanModel, meanTrainer, type Seen } from './mean-trainer.ts';

vi.setConfig({ testTimeout: 30_000 });

/** What the pack knows, and a shop with shelves that segments can be about. */
const CANDIDATES: readonly Item[] = [...ITEMS, ...shopOf()];
const ids = CANDIDATES.map(({ id }) => id);
const SEEDS = ['gardeners', 'home-cooks'];

const seen: Seen = { trainings: { fresh: 0, tuned: 0 }, isClosed: false };
/** Trainings of everybody's model for segments that are asked for. */
let trained = 0;

const trainSegments: SegmentTrainer = async (samples) => {
  trained++;
  return meanModel(samples);
};

function learningWith(openTrainer = async (rest: () => Promise<void>) => meanTrainer(seen, rest)) {
  return { ...alone, openTrainer };
}

const open = (bench: Bench = {}): Promise<Tab> =>
  openWith({ learning: learningWith(), trainSegments, ...bench });

const feed = ({ engine }: Tab, items = CANDIDATES): ReturnType<Tab['engine']['rerank']> =>
  engine.rerank(items, LIST, LATER);

/** Nine of ten choices of one maker's; or of anything. */
async function choose(tab: Tab, among: readonly string[], count = 40): Promise<void> {
  await feed(tab);
  const random = createRandom(5, 'choices');
  const chosen = Array.from({ length: count }, (_, n) => {
    const from = n % 10 === 9 ? ids : among;
    return from[Math.floor(random() * from.length)] as string;
  });
  await tab.track('view_item', ...chosen);
}

async function learned(tab: Tab, among: readonly string[] = ARC): Promise<LearnResult> {
  await choose(tab, among);
  return tab.engine.learn(LATER);
}

/** Asks for segments; whether the guards let one pass does not matter here. */
async function generate(tab: Tab): Promise<void> {
  for (const seedId of SEEDS) await tab.engine.generate({ seedId }, LATER).catch(() => undefined);
}

beforeEach(() => {
  told.splice(0);
  Object.assign(seen, { trainings: { fresh: 0, tuned: 0 }, isClosed: false });
  trained = 0;
});

describe('learning of segments', () => {
  it('keeps what gives held-out choices back better, and tells of it', async () => {
    const tab = await open();
    const { segments, verdict, version } = await learned(tab);
    expect({ verdict, version }).toEqual({ verdict: 'kept', version: 1 });
    expect(segments).toMatchObject({ verdict: 'kept', device: 'wasm', windows: 10 });
    expect(segments!.after.cosine).toBeGreaterThan(segments!.before.cosine);
    expect(segments!.loss).toHaveLength(10);
    expect(seen).toEqual({ trainings: { fresh: 1, tuned: 4 }, isClosed: true });
    const steps = told.flatMap(([event, detail]) =>
      event === 'learning' && detail.phase === 'segments' ? [detail] : [],
    );
    expect(steps.length).toBeGreaterThan(0);
    const { windows, before, after } = segments!;
    const { versions } = await tab.engine.learnStatus();
    expect(versions).toMatchObject([{ version: 1, segments: { windows, before, after } }]);
  });

  it('discards what it learns of clicks that mean nothing', async () => {
    for (let visitor = 0; visitor < 5; visitor++) {
      const tab = await open();
      const random = createRandom(visitor, 'poison');
      const clicks = Array.from({ length: 60 }, () => ids[Math.floor(random() * ids.length)]);
      await feed(tab);
      await tab.track('view_item', ...(clicks as string[]));
      const { segments } = await tab.engine.learn(LATER);
      expect(segments).toMatchObject({ verdict: 'discarded', windows: 15 });
      expect((await tab.disk.loadCheckpoints()).checkpoints).toEqual([]);
    }
  });

  it('needs 24 choices', async () => {
    const tab = await open();
    await choose(tab, ARC, 23);
    const { segments } = await tab.engine.learn(LATER);
    expect(segments).toMatchObject({ verdict: 'too-little', windows: 5, device: 'none' });
    expect(seen.trainings.fresh).toBe(0);
  });

  it('is left out where no TensorFlow.js is wanted', async () => {
    const tab = await open({ learning: alone });
    expect(await learned(tab)).not.toHaveProperty('segments');
  });

  it.each<[string, EnginePorts['learning']]>([
    ['cannot be opened', learningWith(() => Promise.reject(new Error('no chunk')))],
    [
      'breaks',
      learningWith(async (rest) => ({
        ...meanTrainer(seen, rest),
        train: () => Promise.reject(new Error('device lost')),
      })),
    ],
  ])('leaves what the ranker learned when the trainer %s', async (_, learning) => {
    const tab = await open({ learning });
    const result = await learned(tab);
    expect(result).toMatchObject({ verdict: 'kept', version: 1 });
    expect(result.segments).toMatchObject({ verdict: 'unavailable' });
    const { versions } = await tab.engine.learnStatus();
    expect(versions[0]).not.toHaveProperty('segments');
  });

  it('changes nothing when it is aborted in the middle', async () => {
    const disk = memory();
    const tab: Tab = await open({
      disk,
      learning: learningWith(async (rest) =>
        meanTrainer(seen, async () => {
          await tab.engine.learnAbort();
          await rest();
        }),
      ),
    });
    expect(await learned(tab)).toMatchObject({ verdict: 'aborted', version: 0 });
    expect(seen.isClosed).toBe(true);
    expect((await disk.loadCheckpoints()).checkpoints).toEqual([]);
  });

  it('keeps the ranker first when nobody asked, since the page may be left', async () => {
    const disk = memory();
    const jobs: (() => void)[] = [];
    await choose(await open({ disk }), ARC);
    let versions: readonly unknown[] = [];
    const tab: Tab = await open({
      disk,
      whenIdle: (job) => jobs.push(job),
      learning: learningWith(async (rest) => {
        ({ checkpoints: versions } = await disk.loadCheckpoints());
        return meanTrainer(seen, rest);
      }),
    });
    await feed(tab);
    for (const job of jobs.splice(0)) job();
    while (!told.some(([event]) => event === 'learn')) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(versions).toMatchObject([{ version: 1 }]);
    const status = await tab.engine.learnStatus();
    expect(status.versions).toMatchObject([{ version: 1, segments: { windows: 10 } }]);
  });

  it('may be kept where the ranker is not: the pack ranks as it came', async () => {
    const tab = await open();
    // Of these the pack knows nothing, so that there are too few lists for the ranker's gate.
    const lanterns = ids.filter((id) => id.startsWith('lantern'));
    await choose(tab, lanterns.slice(0, 20), 60);
    await tab.track('view_item', ...ITEMS.slice(0, 12).map(({ id }) => id));
    const before = shownOf(await feed(tab));
    const result = await tab.engine.learn(LATER);
    expect(result).toMatchObject({ verdict: 'discarded', version: 1 });
    expect(result.segments).toMatchObject({ verdict: 'kept' });
    expect(shownOf(await feed(tab))).toBe(before);
    const { versions } = await tab.engine.learnStatus();
    expect(versions).toMatchObject([{ trust: 0, lists: 0, segments: { windows: 18 } }]);
  });
});

describe('a fine-tuned model of segments', () => {
  it('is used for segments that are asked for, without training', async () => {
    const tab = await open();
    await learned(tab);
    await generate(tab);
    expect(trained).toBe(0);
    const next = await open({ disk: tab.disk });
    await feed(next);
    await generate(next);
    expect(trained).toBe(0);
  });

  it('means nothing among other candidates: their model is trained', async () => {
    const tab = await open();
    await learned(tab);
    await feed(tab, CANDIDATES.slice(0, -1));
    await generate(tab);
    expect(trained).toBe(1);
    await feed(tab, CANDIDATES);
    await generate(tab);
    expect(trained).toBe(1);
  });

  it('can be left and taken up again', async () => {
    const tab = await open();
    await learned(tab);
    await tab.engine.learnRollback(0);
    await generate(tab);
    expect(trained).toBe(1);
    await tab.engine.learnRollback(1);
    const next = await open({ disk: tab.disk });
    await feed(next);
    await generate(next);
    expect(trained).toBe(1);
  });

  it.each<[string, (tab: Tab) => Promise<unknown>]>([
    ['erased', (tab) => tab.engine.erase()],
    ['forgotten', (tab) => tab.engine.forget({ itemId: ARC[0] as string }, LATER)],
    ['denied', (tab) => tab.engine.setConsent('denied')],
  ])('goes when what it was learned from is %s', async (_, remove) => {
    const disk = memory();
    const tab = await open({ disk });
    await learned(tab);
    await remove(tab);
    expect((await disk.loadCheckpoints()).checkpoints).toEqual([]);
    await feed(tab);
    await generate(tab);
    expect(trained).toBe(1);
  });

  it('is none for another pack', async () => {
    const disk = memory();
    await learned(await open({ disk }));
    const bench = { disk, learning: learningWith(), trainSegments };
    const upgraded = await openWith(bench, 'newer');
    await feed(upgraded);
    await generate(upgraded);
    expect(trained).toBe(1);
  });

  it('goes with its checkpoint when that is damaged', async () => {
    const disk = memory();
    await learned(await open({ disk }));
    const { checkpoints, pointer } = await disk.loadCheckpoints();
    const good = checkpoints[0] as NonNullable<(typeof checkpoints)[0]>;
    const body = Uint8Array.from(good.body);
    body[body.length - 100]! ^= 1;
    await disk.saveCheckpoint({ ...good, body }, pointer);
    const next = await open({ disk });
    await feed(next);
    await generate(next);
    expect(trained).toBe(1);
  });

  it('stays when a later run learns only of the ranker', async () => {
    const tab = await open();
    await learned(tab);
    const failing = learningWith(() => Promise.reject(new Error('no chunk')));
    const next = await open({ disk: tab.disk, learning: failing });
    await choose(next, ARC, 60);
    const result = await next.engine.learn(LATER);
    expect(result.segments).toMatchObject({ verdict: 'unavailable' });
    const { versions, version } = await next.engine.learnStatus();
    expect(versions.find((one) => one.version === version)).toHaveProperty('segments');
    await generate(next);
    expect(trained).toBe(0);
  });
});

describe('a checkpoint of a release without models of segments', () => {
  it('is used, stands beside a new one, and is gone back to', async () => {
    const disk = memory();
    const tab = await open({ disk });
    await choose(tab, ARC);
    const pointer = { version: 2, highest: 2, decidedAt: '' };
    const { lastSequence } = await disk.load();
    await disk.saveCheckpoint({ ...OLD_CHECKPOINT, lastSequence }, pointer);
    const next = await open({ disk });
    const old = shownOf(await feed(next));
    expect(await next.engine.learnStatus()).toMatchObject({ version: 2 });
    expect((await next.engine.learn(LATER)).segments).toMatchObject({ verdict: 'kept' });
    const { version, versions } = await next.engine.learnStatus();
    expect(version).toBe(3);
    expect(versions.map((one) => 'segments' in one)).toEqual([false, true]);
    await next.engine.learnRollback(2);
    expect(shownOf(await feed(next))).toBe(old);
    await generate(next);
    expect(trained).toBe(1);
  });
});
