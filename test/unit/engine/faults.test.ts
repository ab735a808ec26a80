import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import { referenceScores, type SimilarityDevice } from '../../../src/core/similarity.ts';
import type { Device, Feed } from '../../../src/core/types.ts';
import { createDeviceLadder, type DeviceLadder } from '../../../src/models/device-ladder.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { jsLadder, memory, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const SMALL = ITEMS.slice(0, 60);
const LATER = NOW + 3_600_000;
const FIVE = headphones(0, 1, 2, 3, 4);
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SMALL, {}, LATER);

/** A device that does to the true numbers what it is told to. */
function fake(device: Device, distort: (scores: Float32Array) => Float32Array): SimilarityDevice {
  return {
    device,
    scores: async (input) => distort(referenceScores(input)),
    numTensors: () => 3,
    dispose: () => undefined,
  };
}

/** A ladder whose WebGPU lies and whose WASM is right. */
function lyingLadder(distort: (scores: Float32Array) => Float32Array): DeviceLadder {
  return createDeviceLadder({
    wanted: 'webgpu',
    open: async (device) => fake(device, device === 'webgpu' ? distort : (scores) => scores),
  });
}

describe('a device that lies', () => {
  it.each<[string, (scores: Float32Array) => Float32Array]>([
    ['zeros', (scores) => scores.map(() => 0)],
    ['noise', (scores) => scores.map((_, i) => ((i * 7919) % 200) / 100 - 1)],
    ['not a number', (scores) => scores.map(() => Number.NaN)],
    ['too few numbers', (scores) => scores.slice(0, 10)],
  ])('with %s is left, and the next one makes the same feed as js', async (_, distort) => {
    const plain = await openTab();
    const lied = await openTab({}, { ladder: lyingLadder(distort) });
    for (const tab of [plain, lied])
      await tab.engine.track({ type: 'view_item', items: FIVE }, NOW);
    const feed = await rerank(lied);
    expect(feed.device).toBe('wasm');
    expect(shownOf(feed)).toBe(shownOf(await rerank(plain)));
    expect((await lied.engine.stats()).devicesLeft).toEqual([
      { device: 'webgpu', code: 'DEVICE_WRONG_RESULT' },
    ]);
    expect((await rerank(lied)).device).toBe('wasm');
  });

  it('everywhere leaves js, which cannot', async () => {
    const ladder = createDeviceLadder({
      wanted: 'webgpu',
      open: async (device) => fake(device, (scores) => scores.map(() => 0.5)),
    });
    const tab = await openTab({}, { ladder });
    await tab.track('view_item', ...FIVE);
    expect((await rerank(tab)).device).toBe('js');
    expect((await tab.engine.stats()).devicesLeft.map(({ device }) => device)).toEqual([
      'webgpu',
      'wasm',
      'cpu',
    ]);
  });

  it('and one that is lost end in a feed all the same', async () => {
    const ladder = createDeviceLadder({
      wanted: 'webgpu',
      open: async (device) => {
        const made = fake(device, (scores) => scores.map(() => 0));
        if (device === 'webgpu')
          return { ...made, scores: () => Promise.reject(new VitrineError('DEVICE_LOST')) };
        return made;
      },
    });
    const tab = await openTab({}, { ladder });
    await tab.track('view_item', ...FIVE);
    const feed = await rerank(tab);
    expect(feed).toMatchObject({ device: 'js', personalized: true });
  });

  it('makes one feed of two calls at once, and is left once', async () => {
    const tab = await openTab({}, { ladder: lyingLadder((scores) => scores.map(() => 0)) });
    await tab.track('view_item', ...FIVE);
    const [first, second] = await Promise.all([rerank(tab), rerank(tab)]);
    expect(shownOf(first)).toBe(shownOf(second));
    expect((await tab.engine.stats()).devicesLeft.map(({ device }) => device)).toEqual(['webgpu']);
  });
});

/** A ladder whose jobs end when the test says so. */
function heldLadder(): { ladder: DeviceLadder; release: (job: number) => void } {
  const inner = jsLadder();
  const gates: (() => void)[] = [];
  const ladder: DeviceLadder = {
    ...inner,
    current: () => 'js',
    deviceOf: () => 'js',
    left: () => [],
    numTensors: () => 0,
    warmUp: () => Promise.resolve(),
    condemn: () => undefined,
    dispose: () => undefined,
    scores: async (input) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return inner.scores(input);
    },
  };
  return { ladder, release: (job) => gates[job]!() };
}

/** Lets all promises that can settle do so. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('calls at once', () => {
  it('leave the later call’s feed to be explained, whichever ends first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { ladder, release } = heldLadder();
      const tab = await openTab({}, { ladder });
      const early = tab.engine.rerank(SMALL.slice(0, 30), {}, NOW);
      const late = tab.engine.rerank(SMALL.slice(30), {}, NOW);
      await settled();
      for (const job of order) {
        release(job);
        await settled();
      }
      expect((await early).order).toEqual(SMALL.slice(0, 30).map(({ id }) => id));
      expect((await late).order).toEqual(SMALL.slice(30).map(({ id }) => id));
      expect(await tab.engine.explain(SMALL[30]!.id)).toMatchObject({ rowId: 'server' });
      await expect(tab.engine.explain(SMALL[0]!.id)).rejects.toMatchObject({
        code: 'ITEM_UNKNOWN',
      });
    }
  });

  it('leave the earlier feed to be explained when the later call is refused', async () => {
    // `call === this.#calls` is false for the earlier call, though it is what the page shows.
    const tab = await openTab();
    const [early] = await Promise.allSettled([rerank(tab), tab.engine.rerank(5, {}, NOW)]);
    expect(early.status).toBe('fulfilled');
    expect(await tab.engine.explain(SMALL[0]!.id)).toMatchObject({ rank: 1 });
  });

  it('of track keep their order', async () => {
    const { engine } = await openTab();
    const ids = Array.from({ length: 30 }, (_, n) => `x${n}`);
    await Promise.all(ids.map((itemId) => engine.track({ type: 'view_item', itemId }, NOW)));
    expect((await engine.exportProfile()).log.map(({ itemId }) => itemId)).toEqual(ids);
  });

  it('of track and rerank see each other in order', async () => {
    const { engine } = await openTab();
    const tracked = engine.track({ type: 'view_item', items: FIVE }, NOW);
    const feed = await engine.rerank(SMALL, {}, LATER);
    await tracked;
    expect(feed.personalized).toBe(true);
  });
});

/** A store that works until it is told to break. */
function breakable(): { store: ProfileStore; readonly breakIt: () => void } {
  const store = memory();
  let isBroken = false;
  const guarded = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown =>
        isBroken && name !== 'close'
          ? Promise.reject(new VitrineError('STORE_FAILED'))
          : Reflect.apply(value, target, args);
    },
  });
  return {
    store: guarded,
    breakIt: () => {
      isBroken = true;
    },
  };
}

describe('a store that rejects everything', () => {
  it('is told to the one who listens, and does not stop later calls from being tried', async () => {
    const { store, breakIt } = breakable();
    const tab = await openTab({}, { disk: store });
    breakIt();
    await expect(tab.track('view_item', 'a')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await expect(tab.track('view_item', 'b')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(tab.errors).toContain('STORE_FAILED');
  });

  it('leaves the page a feed: what is in memory is enough', async () => {
    // rerank awaits keeper.refresh(), which rejects; openStore's stores turn to memory themselves.
    const { store, breakIt } = breakable();
    const tab = await openTab({}, { disk: store });
    await tab.track('view_item', ...FIVE);
    breakIt();
    expect((await rerank(tab)).personalized).toBe(true);
  });
});

describe('what a shop may report', () => {
  it.each<[string, unknown]>([
    ['an unknown type', { type: 'click', itemId: 'a' }],
    ['no item', { type: 'view_item' }],
  ])('is refused when it has %s, and nothing is kept', async (_, interaction) => {
    const { engine, disk } = await openTab();
    await expect(engine.track(interaction as never, NOW)).rejects.toMatchObject({
      code: 'EVENT_INVALID',
    });
    expect((await disk.load()).log).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['items that are no list', { type: 'view_item', itemId: 'a', items: {} }],
    ['a hole in its list', { type: 'purchase', items: [null, 'a'] }],
  ])('is kept as far as it makes sense: %s', async (_, interaction) => {
    // toRecords passes over them, snapshotsOf throws a TypeError.
    const { engine, disk } = await openTab();
    await engine.track(interaction as never, NOW);
    expect((await disk.load()).log.map(({ itemId }) => itemId)).toEqual(['a']);
  });

  it('may name items with hostile ids and fields', async () => {
    const tab = await openTab();
    const items = JSON.parse(
      '[{"id":"__proto__","title":"Bag","__proto__":{"x":1}},{"id":"constructor","price":-1},{"item_id":"a","url":"data:text/html,x"}]',
    ) as never;
    await tab.engine.track({ type: 'view_item', items }, NOW);
    const exported = await tab.engine.exportProfile();
    expect(exported.log.map(({ itemId }) => itemId)).toEqual(['__proto__', 'constructor', 'a']);
    expect(exported.items).toEqual([{ id: '__proto__', title: 'Bag' }]);
    expect((await rerank(tab)).order).toHaveLength(60);
  });
});
