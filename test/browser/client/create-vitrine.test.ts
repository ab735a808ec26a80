import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVitrine } from '../../../src/client/create-vitrine.ts';
import { isVitrineError } from '../../../src/core/errors.ts';
import type { Feed, Vitrine, VitrineOptions } from '../../../src/core/types.ts';

const at = (file: string): URL => new URL(`./workers/${file}`, import.meta.url);
const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const made: Vitrine[] = [];
const uncaught: unknown[] = [];
const onUncaught = (event: Event): void => {
  uncaught.push(event);
  event.preventDefault();
};

const start = async (file: string, options: VitrineOptions = {}): Promise<Vitrine> => {
  const vitrine = await createVitrine({ logLevel: 'silent', workerUrl: at(file), ...options });
  made.push(vitrine);
  return vitrine;
};
/** What the fixture worker was called with. */
const inside = async (
  vitrine: Vitrine,
): Promise<{ calls: unknown[][]; powers: unknown[]; settings: Record<string, unknown> }> =>
  (await vitrine.stats()) as never;

beforeEach(() => {
  addEventListener('error', onUncaught);
  addEventListener('unhandledrejection', onUncaught);
});
afterEach(() => {
  for (const vitrine of made.splice(0)) vitrine.dispose();
  removeEventListener('error', onUncaught);
  removeEventListener('unhandledrejection', onUncaught);
  expect(uncaught.splice(0)).toEqual([]);
});

describe('with a worker', () => {
  it('hands over options, candidates and the clock', async () => {
    const vitrine = await start('engine.ts', { consent: 'granted', holdout: 0.5, now: 42 });
    const feed = await vitrine.rerank(items, { rows: 2, context: { itemId: 'a' } });
    expect(feed.order).toEqual(['c', 'b', 'a']);
    const { calls, settings } = await inside(vitrine);
    expect(calls).toEqual([['rerank', items, { rows: 2, contextItemId: 'a' }, 42]]);
    expect(settings).toMatchObject({ consent: 'granted', holdout: 0.5 });
    expect(settings['baseUrl']).toBe(at('engine.ts').href.replace('engine.ts', ''));
    expect(Object.keys(settings)).not.toContain('now');
  });

  it('posts at once what is reported before the worker is ready, behind its start', async () => {
    const posted: string[] = [];
    const spy = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation((message) => {
      posted.push(message.path[0]);
    });
    const vitrine = await start('silent.ts');
    void vitrine.track({ type: 'view_item', itemId: 'a' });
    expect(posted).toEqual(['init', 'track']);
    spy.mockRestore();
  });

  it.each<[string, () => unknown, unknown[]]>([
    ['a battery', async () => ({ charging: false, level: 0.1 }), [0.1]],
    ['mains', async () => ({ charging: true, level: 0.1 }), [true]],
    ['a page that may not ask', () => Promise.reject(new Error('Blocked.')), []],
    [
      'a browser whose battery throws',
      () => {
        throw new Error('Not here.');
      },
      [],
    ],
  ])('tells the worker of the power, once: %s', async (_, getBattery, told) => {
    Object.defineProperty(navigator, 'getBattery', { value: getBattery, configurable: true });
    try {
      const vitrine = await start('engine.ts');
      await expect.poll(async () => (await inside(vitrine)).powers).toEqual(told);
      expect((await vitrine.rerank([{ id: 'a' }])).personalized).toBe(true);
      expect((await inside(vitrine)).powers).toEqual(told);
    } finally {
      Reflect.deleteProperty(navigator, 'getBattery');
    }
  });

  it('tells the worker that the page is hidden, and nobody once it is disposed of', async () => {
    const vitrine = await start('engine.ts');
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect((await inside(vitrine)).calls).toEqual([['rest']]);
    const spy = vi.spyOn(Worker.prototype, 'postMessage');
    vitrine.dispose();
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  });

  it('says where a list is broken, and says it once', async () => {
    const vitrine = await start('engine.ts');
    const told: string[] = [];
    vitrine.on('error', ({ message }) => told.push(message));
    const feed = await vitrine.rerank(items, { rows: 16 });
    const warning = { code: 'CANDIDATES_PARSE', count: 1, first: 'Line 3 is no object.' };
    expect(feed).toMatchObject({ reason: 'CANDIDATES_PARSE', warnings: [warning] });
    expect(feed.order).toEqual(['a', 'b', 'c']);
    expect(told).toEqual([
      'The candidates are not valid JSON or NDJSON. (1, first: Line 3 is no object.)',
    ]);
  });

  it('passes a URL on in full and lets the worker fetch it', async () => {
    const vitrine = await start('engine.ts');
    const url = new URL('/c.json', document.baseURI);
    expect((await vitrine.rerank('/c.json')).order).toEqual([url.href]);
    expect((await vitrine.rerank(url)).order).toEqual([url.href]);
  });

  it('sends no more than maxCandidates and appends the others to the order', async () => {
    const vitrine = await start('engine.ts', { maxCandidates: 2 });
    const feed = await vitrine.rerank([...items, { id: 'd' }, { id: 'a' }]);
    expect(feed.order).toEqual(['b', 'a', 'c', 'd']);
    expect(feed.warnings).toEqual([{ code: 'CANDIDATES_TOO_MANY', count: 2, first: 'c' }]);
  });

  it('ranks items that hold functions, nodes and proxies', async () => {
    const vitrine = await start('engine.ts');
    const live = items.map(
      (item) => new Proxy({ ...item, onClick: (): void => {}, node: document.body }, {}),
    );
    expect(await vitrine.rerank(live)).toMatchObject({
      order: ['c', 'b', 'a'],
      personalized: true,
    });
  });

  it('keeps code, message and stack of the worker’s errors', async () => {
    const vitrine = await start('engine.ts');
    const error: unknown = await vitrine.explain('x').catch((thrown: unknown) => thrown);
    expect(isVitrineError(error)).toBe(true);
    expect(error).toMatchObject({ name: 'VitrineError', code: 'ITEM_UNKNOWN' });
    expect((error as Error).message).toContain('x is not there.');
    expect((error as Error).stack).toContain('engine.ts');
  });

  it('keeps the server’s order when the engine makes a mistake', async () => {
    const vitrine = await start('engine.ts');
    const feed = await vitrine.rerank(items, { rows: 15 });
    expect(feed).toMatchObject({ order: ['a', 'b', 'c'], personalized: false, reason: 'INTERNAL' });
  });

  it('records interactions, and tells a wrong one by rejecting and by the error event', async () => {
    const vitrine = await start('engine.ts', { now: 7 });
    const errors: string[] = [];
    vitrine.on('error', ({ code }) => errors.push(code));
    const look = { type: 'view_item', itemId: 'a' } as const;
    await vitrine.track(look);
    await expect(vitrine.track({ type: 'click' } as never)).rejects.toMatchObject({
      code: 'EVENT_INVALID',
    });
    // Nobody waits for this one: it must not become an unhandled rejection.
    void vitrine.track({ type: 'view_item' });
    expect((await inside(vitrine)).calls).toEqual([['track', look, 7]]);
    expect(errors).toEqual(['EVENT_INVALID', 'EVENT_INVALID']);
  });

  it('tells listeners of feeds, warnings and segments until they stop or it is disposed', async () => {
    const vitrine = await start('engine.ts');
    const heard: unknown[] = [];
    const stop = vitrine.on('feed', (feed) => heard.push(feed.reason));
    vitrine.on('error', ({ code, message }) => heard.push(code, message.includes('2, first: a')));
    vitrine.on('segment', (detail) => heard.push(detail));
    await vitrine.rerank(items, { rows: 12 });
    await vitrine.segments.follow('s');
    expect(heard).toEqual([
      'ITEM_DUPLICATE',
      true,
      'PERSONALIZED',
      { segmentId: 's', change: 'followed' },
    ]);
    stop();
    await vitrine.rerank(items);
    expect(heard).toHaveLength(4);
  });

  it('refuses wrong options at the door', async () => {
    await expect(createVitrine({ holdout: 2 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    const vitrine = await start('engine.ts');
    await expect(vitrine.rerank(items, { rows: 0 })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
    await expect(vitrine.setConsent('yes' as never)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
  });

  it('stops a call by its signal', async () => {
    const vitrine = await start('engine.ts');
    await expect(vitrine.rerank(items, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    const stop = new AbortController();
    const late = vitrine.rerank(items, { rows: 14, signal: stop.signal });
    stop.abort();
    await expect(late).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('rejects everything once disposed of, also calls under way', async () => {
    const vitrine = await start('engine.ts');
    const late = vitrine.rerank(items, { rows: 14 });
    vitrine.dispose();
    for (const call of [late, vitrine.rerank(items), vitrine.stats(), vitrine.profile.get()]) {
      await expect(call).rejects.toMatchObject({ code: 'DISPOSED' });
    }
    await expect(vitrine.track({ type: 'view_item', itemId: 'a' })).rejects.toMatchObject({
      code: 'DISPOSED',
    });
  });
});

describe('without a worker', () => {
  const expectServerOrder = (feed: Feed, reason: string): void => {
    expect(feed).toMatchObject({ order: ['a', 'b', 'c'], personalized: false, reason });
    expect(feed.rows[0]?.items.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c']);
  };

  it.each(['throws.ts', 'missing-file.js'])('keeps the server’s order: %s', async (file) => {
    const vitrine = await start(file);
    expectServerOrder(await vitrine.rerank(items), 'WORKER_UNAVAILABLE');
    await vitrine.track({ type: 'view_item', itemId: 'a' });
    const stats = await vitrine.stats();
    expect(stats).toMatchObject({ worker: 'unavailable', device: 'none', events: 0 });
    expect(stats.storage).toEqual({ mode: 'memory', reason: 'WORKER_UNAVAILABLE', bytes: null });
    await expect(vitrine.profile.erase()).rejects.toMatchObject({ code: 'WORKER_UNAVAILABLE' });
  });

  it('keeps the server’s order where workers are forbidden', async () => {
    vi.stubGlobal('Worker', function Forbidden() {
      throw new DOMException('No workers here.', 'SecurityError');
    });
    const vitrine = await start('engine.ts');
    vi.unstubAllGlobals();
    expectServerOrder(await vitrine.rerank(items), 'WORKER_UNAVAILABLE');
  });

  it('keeps the server’s order when the worker does not answer in time', async () => {
    const vitrine = await start('silent.ts', { timeoutMs: 50 });
    expectServerOrder(await vitrine.rerank(items), 'WORKER_TIMEOUT');
  });

  it('keeps a worker that is late and alive: its memory of the visitor is not thrown away', async () => {
    const vitrine = await start('engine.ts', { timeoutMs: 900 });
    await vitrine.track({ type: 'view_item', itemId: 'a' });
    for (let late = 0; late < 3; late++) {
      expectServerOrder(await vitrine.rerank(items, { rows: 14 }), 'WORKER_TIMEOUT');
    }
    expect((await inside(vitrine)).calls[0]?.[0]).toBe('track');
  });

  it('survives a worker that dies in the middle of a call, restarts it twice, then lets it be', async () => {
    const vitrine = await start('engine.ts', { consent: 'unknown' });
    await vitrine.setConsent('granted');
    for (let death = 0; death < 2; death++) {
      expectServerOrder(await vitrine.rerank(items, { rows: 13 }), 'WORKER_LOST');
      expect(await vitrine.rerank(items)).toMatchObject({ personalized: true });
      expect((await inside(vitrine)).settings).toMatchObject({ consent: 'granted' });
    }
    expectServerOrder(await vitrine.rerank(items, { rows: 13 }), 'WORKER_LOST');
    expectServerOrder(await vitrine.rerank(items), 'WORKER_LOST');
    expect(await vitrine.stats()).toMatchObject({ worker: 'lost' });
  });

  it('gives an empty feed when the fallback cannot fetch the candidates either', async () => {
    const vitrine = await start('throws.ts');
    const feed = await vitrine.rerank('/no/such/candidates.json');
    expect(feed).toMatchObject({ rows: [], order: [], reason: 'WORKER_UNAVAILABLE' });
    expect(await vitrine.rerank('http://[')).toMatchObject({ order: [] });
  });
});
