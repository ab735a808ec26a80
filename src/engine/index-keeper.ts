/**
 * Candidates out of an index: the part of the worker that only shops with one load.
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import { checkManifest, expectIndex, type IndexManifest } from '../catalog-index/index-format.ts';
import { decodeLists } from '../catalog-index/list-table.ts';
import { openRows } from '../catalog-index/open-rows.ts';
import { IndexSearch, placeOf } from '../catalog-index/search-index.ts';
import { toVitrineError, VitrineError } from '../core/errors.ts';
import type { Item, Row, Warning } from '../core/types.ts';
import { decodeCatalogStats } from '../pack/catalog-stats.ts';
import { IndexDetails, placeBlocks, type PlacedRecord } from './index-details.ts';
import { type IndexFilePorts, IndexFiles } from './index-files.ts';
import { findForVisitor, type IndexModel, type IndexVisitor, isKnown } from './index-queries.ts';
import type { IndexCustomer, SourcedCandidates } from './index-source.ts';
import type { ReadCandidates } from './read-candidates.ts';
import { restoreCatalog } from './restore-catalog.ts';

/** Effects. */
export interface IndexPorts extends IndexFilePorts {
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Whether the browser was asked to save data: then no index is fetched. */
  readonly isSaving: () => boolean;
}

/** An index that can be searched. */
interface OpenIndex {
  readonly search: IndexSearch;
  readonly space: IndexModel;
  readonly details: IndexDetails;
}

/** A feed waits so long for the index, in milliseconds; a later feed has it. */
const WAIT_MS = 1_500;

/** What a later feed may get after all. */
const PASSING: ReadonlySet<string> = new Set(['INDEX_FETCH', 'DEVICE_LOST']);

/** It is on its way. */
const LATE: Warning = { code: 'INDEX_TIMEOUT', count: 1, first: 'index' };

async function openIndex(
  manifest: IndexManifest,
  base: string,
  ports: IndexFilePorts,
): Promise<OpenIndex> {
  const files = await IndexFiles.open(manifest, base, ports);
  const lists = decodeLists(await files.read(manifest.lists));
  const blocks = placeBlocks(manifest, lists);
  const place = placeOf(lists);
  const rowBytes = place.bytes - lists.means.length;
  const starts = [0];
  for (const { bytes } of manifest.rows) starts.push((starts.at(-1) as number) + bytes);
  expectIndex(starts.at(-1) === rowBytes, 'Rows and lists do not fit together');
  const memory = await openRows(place);
  const stats = decodeCatalogStats(lists.catalog);
  expectIndex(stats !== undefined, 'The index has no feature space');
  const model = restoreCatalog(stats);
  expectIndex(model.space.dims === lists.projection.rows, 'Made for another feature space');
  // Straight from the network to where they are scored.
  await files.each(manifest.rows, async (file, piece) => {
    memory.fill(starts[piece] as number, await files.read(file));
  });
  await files.fetchDetails();
  return {
    search: new IndexSearch(lists, memory),
    space: { model, projection: lists.projection },
    details: new IndexDetails(blocks, files),
  };
}

/** Keeps the index that was used last. */
export class IndexKeeper {
  readonly #ports: IndexPorts;
  #key = '';
  #opening: Promise<OpenIndex> | null = null;

  /** @param ports - See {@link IndexPorts}. */
  constructor(ports: IndexPorts) {
    this.#ports = ports;
  }

  /**
   * Candidates of a feed; never rejects and takes 1.5 s at most. All visitors fetch the same files,
   * whether anything is looked for or not.
   *
   * @param sent - A manifest, whose items are the head of the catalog.
   * @param base - Absolute URL that its files are relative to.
   * @param customer - Whom items are looked for.
   * @returns The head alone where nothing was looked for or found.
   */
  async candidates(
    sent: ReadCandidates,
    base: string,
    customer: IndexCustomer,
  ): Promise<SourcedCandidates> {
    const { consent, items, log, settings } = customer.profile;
    // Without consent nothing may depend on the visitor: nothing would be looked for.
    if (consent === 'denied' || this.#ports.isSaving()) return sent;
    const { now, segments } = customer;
    const late = this.#ports.pause(WAIT_MS).then(() => {
      throw new VitrineError('INDEX_TIMEOUT');
    });
    try {
      const manifest = checkManifest(sent.index);
      const found = this.#find(manifest, base, { items, log, settings, segments, now });
      const merged = merge(sent.items, await Promise.race([found, late]));
      return { ...sent, items: merged, show: (rows) => showItems(rows, merged) };
    } catch (error) {
      const { code } = toVitrineError(error);
      if (code === 'INDEX_TIMEOUT') return { ...sent, warnings: [LATE, ...sent.warnings] };
      return { ...sent, code: code.startsWith('PACK_') ? 'INDEX_FORMAT' : code };
    } finally {
      // Nobody waits for it any more.
      late.catch(() => undefined);
    }
  }

  async #find(
    manifest: IndexManifest,
    base: string,
    visitor: IndexVisitor,
  ): Promise<readonly PlacedRecord[]> {
    const opening = this.#open(manifest, base);
    if (!isKnown(visitor)) {
      // What fails is told to the first visitor who needs it.
      opening.catch(() => undefined);
      return [];
    }
    const { details, search, space } = await opening;
    const rows = findForVisitor(visitor, space, search);
    try {
      return await details.read(rows);
    } catch (error) {
      // The cache was emptied meanwhile, by the visitor or the browser: all is fetched again.
      if (toVitrineError(error).code !== 'INDEX_FETCH') throw error;
      this.#opening = null;
      return (await this.#open(manifest, base)).details.read(rows);
    }
  }

  #open(manifest: IndexManifest, base: string): Promise<OpenIndex> {
    const key = `${manifest.indexId} ${base}`;
    if (this.#opening !== null && key === this.#key) return this.#opening;
    const opening = openIndex(manifest, base, this.#ports);
    this.#key = key;
    this.#opening = opening;
    opening.catch((error: unknown) => {
      const isPassing = PASSING.has(toVitrineError(error).code);
      if (isPassing && this.#opening === opening) this.#opening = null;
    });
    return opening;
  }
}

/** In the shop's order; the head has the first places. */
function merge(head: readonly Item[], records: readonly PlacedRecord[]): readonly Item[] {
  if (records.length === 0) return head;
  const ordered = records.toSorted((a, b) => a[0] - b[0]).map(([, record]) => record);
  const { items } = normalizeCandidates(ordered, { maxItems: ordered.length });
  const first = new Set(head.map(({ id }) => id));
  return [...head, ...items.filter(({ id }) => !first.has(id))];
}

/**
 * Rows whose items say what they are: the page was never sent them.
 *
 * @param rows - Of a feed.
 * @param items - Its candidates.
 * @returns The same rows with `item`.
 */
function showItems(rows: readonly Row[], items: readonly Item[]): readonly Row[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return rows.map((row) => ({
    ...row,
    items: row.items.map((ranked) => {
      const item = byId.get(ranked.itemId);
      return item ? { ...ranked, item } : ranked;
    }),
  }));
}
