/**
 * What was learned from pictures, kept from page to page: one small file in the Cache API.
 *
 * It holds numbers and hashes of addresses, no address and no picture.
 *
 * @packageDocumentation
 */
import { isImageVector } from '../catalog/image-block.ts';
import { hash32 } from '../core/rng.ts';

/** The part of the Cache API that is used. */
export type PictureStore = Pick<Cache, 'match' | 'put'>;

/** What is known of a picture. */
interface Known {
  /** Null: there is nothing to be had from this address. */
  readonly vector: readonly number[] | null;
  /** When it was learned, milliseconds since the epoch. */
  readonly time: number;
}

/** Raised when `describePicture` gives other numbers: what older code kept is then left alone. */
const FORMAT = 1;

/** Name of the file; never asked for over the network. */
const FILE_URL = 'https://vitrine.invalid/pictures.json';

/** Most pictures kept: about 200 kB. */
const MOST = 1_000;

const DAY_MS = 86_400_000;
/** Shops give a new picture a new address; one that does not is looked at again after this. */
const FRESH_MS = 30 * DAY_MS;
/** What was refused may be mended by tomorrow. */
const REFUSED_MS = DAY_MS;

function keyOf(url: string): string {
  return hash32(url).toString(36) + hash32(url, 1).toString(36);
}

function isFresh({ time, vector }: Known, now: number): boolean {
  const age = now - time;
  return age >= 0 && age < (vector === null ? REFUSED_MS : FRESH_MS);
}

function parseEntry(entry: unknown): [string, Known] | undefined {
  if (!Array.isArray(entry)) return undefined;
  const [key, time, vector] = entry as unknown[];
  if (typeof key !== 'string' || typeof time !== 'number') return undefined;
  return vector === null || isImageVector(vector) ? [key, { time, vector }] : undefined;
}

function parseEntries(value: unknown): [string, Known][] {
  const { entries, format } = (value ?? {}) as { entries?: unknown; format?: unknown };
  if (format !== FORMAT || !Array.isArray(entries)) return [];
  return entries.slice(0, MOST).flatMap((entry) => {
    const known = parseEntry(entry);
    return known ? [known] : [];
  });
}

/** Pictures by address; in memory, and on the disk as far as there is a store. */
export class PictureCache {
  readonly #known = new Map<string, Known>();
  readonly #openStore: () => Promise<PictureStore | null>;
  #loading: Promise<void> | undefined;
  #isChanged = false;

  /** @param openStore - Opens the store; null where there is none or nothing may be kept. */
  constructor(openStore: () => Promise<PictureStore | null>) {
    this.#openStore = openStore;
  }

  /**
   * Reads what earlier pages learned, once. What cannot be read is not there.
   *
   * @param now - Milliseconds since the epoch.
   */
  async load(now: number): Promise<void> {
    this.#loading ??= this.#load(now).catch(() => undefined);
    await this.#loading;
  }

  /**
   * Looks a picture up.
   *
   * @param url - Absolute.
   * @returns Its vector; null when there is nothing to be had; undefined when it was not read yet.
   */
  get(url: string): readonly number[] | null | undefined {
    return this.#known.get(keyOf(url))?.vector;
  }

  /**
   * Takes note of a picture.
   *
   * @param url - Absolute.
   * @param vector - Null: there is nothing to be had.
   * @param now - Milliseconds since the epoch.
   */
  set(url: string, vector: readonly number[] | null, now: number): void {
    this.#known.set(keyOf(url), { vector, time: now });
    this.#isChanged = true;
  }

  /** Forgets everything; what lies in the store is its owner's to delete. */
  clear(): void {
    this.#known.clear();
    this.#isChanged = false;
  }

  /** Writes what is new; a full or blocked disk only means that it is read again. */
  async save(): Promise<void> {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const newest = [...this.#known].sort((a, b) => b[1].time - a[1].time).slice(0, MOST);
    const entries = newest.map(([key, { time, vector }]) => [key, time, vector]);
    const body = JSON.stringify({ format: FORMAT, entries });
    const store = await this.#openStore().catch(() => null);
    await store?.put(FILE_URL, new Response(body)).catch(() => undefined);
  }

  async #load(now: number): Promise<void> {
    const store = await this.#openStore();
    const kept = await store?.match(FILE_URL);
    if (kept === undefined) return;
    for (const [key, known] of parseEntries(await kept.json())) {
      // What this page has read meanwhile is newer.
      if (isFresh(known, now) && !this.#known.has(key)) this.#known.set(key, known);
    }
  }
}
