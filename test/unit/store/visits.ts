/** Visits of one visitor to one browser, for the tests of what is kept between them. */
import { beforeEach } from 'vitest';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';
import { type OpenStoreOptions, openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { type FakePlaces, createFakePlaces } from '../../helpers/fake-places.ts';
import { NOW, newFactory } from './fixtures.ts';

/** The browser of the test that runs. */
export const browser: { disk: IDBFactory; places: FakePlaces; codes: VitrineErrorCode[] } = {
  disk: newFactory(),
  places: createFakePlaces(),
  codes: [],
};

/** A new browser. */
export function resetBrowser(): void {
  browser.disk = newFactory();
  browser.places = createFakePlaces();
  browser.codes = [];
}

beforeEach(resetBrowser);

export function open(options: Partial<OpenStoreOptions> = {}): Promise<ProfileStore> {
  // What a store of one test says after its end is nothing to the next one.
  const { codes } = browser;
  return openStore({
    name: 'vitrine',
    consent: 'granted',
    factory: browser.disk,
    places: browser.places,
    deadlineMs: 1_000,
    onFallback: (code) => codes.push(code),
    now: () => NOW,
    ...options,
  });
}

/** A visit that ends with its page. */
export async function visit(work: (store: ProfileStore) => Promise<unknown>): Promise<void> {
  const store = await nextVisit();
  await work(store);
  await store.flush();
  store.close();
}

/** What Chromium does at the second restart after a torn log. */
export function wipe(): void {
  browser.disk = newFactory();
}

/** The next visit, once what was lost has come back. */
export async function nextVisit(options: Partial<OpenStoreOptions> = {}): Promise<ProfileStore> {
  const store = await open(options);
  await store.load();
  await store.flush();
  return store;
}

/** A browser that offers no other place. */
export const NO_PLACES = { directory: null, buckets: null, locks: null, caches: null } as const;

/** A promise that the test fulfils; Node 20 has no `Promise.withResolvers`. */
function signal(): { promise: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { promise, give: () => give() };
}

/** Lets no file be written until it is opened. */
export function closeGate(): { isReached: Promise<void>; isOpen: Promise<void>; open: () => void } {
  const [reached, opened] = [signal(), signal()];
  browser.places.gate = () => {
    reached.give();
    return opened.promise;
  };
  return { isReached: reached.promise, isOpen: opened.promise, open: opened.give };
}
