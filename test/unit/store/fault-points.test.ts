/**
 * Each step of the store fails in turn, at its first call, its second, and so on until a visit has
 * no such call any more (FAULTS design rule 9). After each the store must hold what it acknowledged.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAULT_POINTS, type FaultPoint, type Faults } from '../../../src/store/faults.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { SETTINGS, batch, eventIdsOf, fail, hookedFactory } from './fixtures.ts';
import { browser, nextVisit, open, resetBrowser, visit, wipe } from './visits.ts';

/** Strikes at the k-th call of one point. */
class Strike implements Faults {
  readonly #point: FaultPoint;
  readonly #error: string;
  readonly #isCrash: boolean;
  #left: number;

  /** A crash is the end: from then on every step fails. */
  constructor(point: FaultPoint, call: number, error: string, isCrash = false) {
    this.#point = point;
    this.#left = call;
    this.#error = error;
    this.#isCrash = isCrash;
  }

  /** Whether it has struck. */
  get isDone(): boolean {
    return this.#left < 0;
  }

  at(point: FaultPoint): void {
    if (this.#isCrash && this.isDone) throw new DOMException('dead', this.#error);
    if (point !== this.#point) return;
    this.#left -= 1;
    if (this.#left === -1) throw new DOMException('made to fail', this.#error);
  }
}

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(() => {
  process.off('unhandledRejection', note);
});

/** Rejections that a store may have: `erase` alone, while something may be left. */
async function eraseOrSay(store: ProfileStore): Promise<boolean> {
  try {
    await store.erase();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'VitrineError' });
    expect(['STORE_FAILED', 'STORE_BLOCKED', 'STORE_TIMEOUT']).toContain(
      (error as { code: string }).code,
    );
    return false;
  }
}

/** A visit with all that a visitor does; what it has acknowledged. */
async function live(store: ProfileStore): Promise<string[]> {
  const kept: string[] = (await store.load()).log.map(({ eventId }) => eventId);
  const append = async (...ids: string[]): Promise<void> => {
    await store.append(batch(ids));
    kept.push(...ids);
  };
  await store.saveSettings(SETTINGS);
  for (let count = 0; count < 7; count += 1) await append(`n${count}`);
  await store.flush();
  await store.removeEvents(['n3']);
  kept.splice(kept.indexOf('n3'), 1);
  await append('last');
  await store.flush();
  return kept;
}

/** A visitor erases; whether all is gone, as far as can be told, and what the next visit finds. */
async function eraseThenReturn(faults: Strike): Promise<{ isGone: boolean; found: string[] }> {
  await visit((store) => store.append(batch(['a', 'b'])));
  const store = await open({ faults });
  await store.load();
  const isErased = await eraseOrSay(store);
  store.close();
  const isGone = isErased || (await browser.disk.databases()).length === 0;
  return { isGone, found: await eventIdsOf(await nextVisit()) };
}

/** Fails every call of a point in turn; `work` says what must hold after each. */
async function strikeAll(
  point: FaultPoint,
  error: string,
  work: (faults: Strike) => Promise<void>,
  isCrash = false,
): Promise<number> {
  for (let call = 0; ; call += 1) {
    resetBrowser();
    const faults = new Strike(point, call, error, isCrash);
    await work(faults);
    expect(unhandled).toEqual([]);
    if (!faults.isDone) return call;
    expect(call).toBeLessThan(500);
  }
}

const ERRORS = ['UnknownError', 'NotReadableError', 'QuotaExceededError'];
const CASES = FAULT_POINTS.flatMap((point) => ERRORS.map((error) => [point, error] as const));

describe.each(CASES)('when %s fails with %s, call by call', (point, error) => {
  it('a visit keeps in its store all that it acknowledged', async () => {
    await strikeAll(point, error, async (faults) => {
      await visit((store) => store.append(batch(['old'])));
      const store = await open({ faults });
      const kept = await live(store);
      const now = await eventIdsOf(store);
      // What made room on a full disk is the one loss, of the oldest.
      if (error === 'QuotaExceededError') expect(kept.slice(-now.length)).toEqual(now);
      else expect(now.toSorted()).toEqual([...new Set([...now, ...kept])].toSorted());
      expect(now).not.toContain('n3');
      store.close();
    });
  });

  it('the next visit finds what was acknowledged on disk, or the loss was told', async () => {
    await strikeAll(point, error, async (faults) => {
      await visit((store) => store.append(batch(['old'])));
      const store = await open({ faults });
      const kept = await live(store);
      const { reason } = store;
      store.close();
      const found = await eventIdsOf(await nextVisit());
      if (reason === null && error !== 'QuotaExceededError') expect(found).toEqual(kept);
      // Told: the session went on elsewhere.
      else if (reason !== null) expect(browser.codes).toContain(reason);
    });
  });

  it('a wiped database is mended, or as empty as a new one, and the next visit mends it', async () => {
    await strikeAll(point, error, async (faults) => {
      await visit((store) => store.append(batch(['a', 'b'])));
      wipe();
      const store = await nextVisit({ faults });
      expect([[], ['a', 'b']]).toContainEqual(await eventIdsOf(store));
      store.close();
      expect(await eventIdsOf(await nextVisit())).toEqual(['a', 'b']);
    });
  });

  it('an erased profile does not come back, and an erasure that failed says so', async () => {
    await strikeAll(point, error, async (faults) => {
      const { found } = await eraseThenReturn(faults);
      // What could not be deleted was noted, and is before the next visit reads it.
      expect(found).toEqual([]);
      expect([browser.places.files.size, browser.places.cacheNames.size]).toEqual([0, 0]);
    });
  });
});

it.each(FAULT_POINTS)('a tab that dies at %s erases all or nothing', async (point) => {
  const work = async (faults: Strike): Promise<void> => {
    const { found, isGone } = await eraseThenReturn(faults);
    expect(isGone ? [] : ['a', 'b']).toEqual(found);
  };
  await strikeAll(point, 'UnknownError', work, true);
});

it.each(FAULT_POINTS)('a tab that dies at %s forgets an event or keeps it', async (point) => {
  const work = async (faults: Strike): Promise<void> => {
    await visit((store) => store.append(batch(['a', 'b'])));
    const store = await open({ faults });
    await store.load();
    await store.removeEvents(['a']);
    const isForgotten = store.mode === 'indexeddb';
    store.close();
    const found = await eventIdsOf(await nextVisit());
    expect(isForgotten ? [['b']] : [['b'], ['a', 'b']]).toContainEqual(found);
    // Once it is out of the database, no wipe brings it back.
    if (found.length === 2) return;
    wipe();
    expect(await eventIdsOf(await nextVisit())).not.toContain('a');
  };
  await strikeAll(point, 'UnknownError', work, true);
});

it('every point is reached by a visit, a mending or an erasure', async () => {
  const reached = new Set<FaultPoint>();
  const faults = { at: (point: FaultPoint): void => void reached.add(point) };
  const store = await nextVisit({ faults });
  await live(store);
  store.close();
  wipe();
  const mended = await nextVisit({ faults });
  await mended.erase();
  const stuck = hookedFactory(browser.disk, { deleteDatabase: () => fail('UnknownError') });
  const refusing = await open({ faults, factory: stuck, consent: 'unknown' });
  await expect(refusing.erase()).rejects.toMatchObject({ code: 'STORE_FAILED' });
  expect(FAULT_POINTS.filter((point) => !reached.has(point))).toEqual([]);
});
