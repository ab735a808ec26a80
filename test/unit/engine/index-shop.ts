/** A shop whose catalog is an index: served from a folder, every request noted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { indexCatalog } from '../../../src/cli/index-catalog.ts';
import type { Item } from '../../../src/core/types.ts';
import type { IndexCache } from '../../../src/engine/index-files.ts';
import { IndexKeeper, type IndexPorts } from '../../../src/engine/index-keeper.ts';
import { createFolder, writeData } from '../cli/data-folder.ts';

export const BASE = 'https://shop.test/index/manifest.json';

/** Items of the demo catalog; their order is the shop's. */
export const ITEMS = generateCatalog({ seed: 1 }).items as readonly Item[];

const keyOf = (url: RequestInfo | URL): string =>
  url instanceof Request ? url.url : url.toString();

/** A cache in memory. */
export class FakeCache implements IndexCache {
  readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
  /** How often it was looked into. */
  looks = 0;
  isFull = false;

  async match(url: RequestInfo | URL): Promise<Response | undefined> {
    this.looks++;
    const bytes = this.entries.get(keyOf(url));
    return bytes && new Response(bytes);
  }
  async put(url: RequestInfo | URL, response: Response): Promise<void> {
    if (this.isFull) throw new Error('QuotaExceededError');
    this.entries.set(keyOf(url), new Uint8Array(await response.arrayBuffer()));
  }
  async keys(): Promise<readonly Request[]> {
    return [...this.entries.keys()].map((url) => new Request(url));
  }
  async delete(url: RequestInfo | URL): Promise<boolean> {
    return this.entries.delete(keyOf(url));
  }
}

/** What a test may want to be different. */
export interface IndexBench {
  readonly cache?: FakeCache | null;
  readonly pause?: IndexPorts['pause'];
  readonly isSaving?: boolean;
  /** Changes what the network brings; null: 404. */
  readonly change?: (name: string, bytes: Buffer) => Uint8Array<ArrayBuffer> | Buffer | null;
}

/** The shop. */
export interface IndexShop {
  readonly manifest: Record<string, unknown>;
  readonly remove: () => void;
  /** Opens a page; `requests` are the names of what it fetched. */
  readonly open: (bench?: IndexBench) => { keeper: IndexKeeper; requests: string[] };
}

/** Makes the shop, once for a file of tests. */
export async function createIndexShop(): Promise<IndexShop> {
  const { dir, remove } = createFolder();
  const out = join(dir, 'index');
  await indexCatalog({ data: writeData(join(dir, 'data'), { catalog: ITEMS }), out });
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  return {
    manifest,
    remove,
    open({ cache = null, change, isSaving = false, pause } = {}) {
      const requests: string[] = [];
      const keeper = new IndexKeeper({
        async fetch(url) {
          const name = new URL(url).pathname.split('/').at(-1) as string;
          requests.push(name);
          const bytes = readFileSync(join(out, name));
          const sent = change ? change(name, bytes) : bytes;
          return new Response(sent && Uint8Array.from(sent), { status: sent ? 200 : 404 });
        },
        openCache: async () => cache,
        // Never: only what is ready counts.
        pause: pause ?? (() => new Promise(() => undefined)),
        isSaving: () => isSaving,
      });
      return { keeper, requests };
    },
  };
}
