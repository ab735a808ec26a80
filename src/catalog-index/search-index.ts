/**
 * The best items of an index, without looking at most of it.
 *
 * A list's mean tells the mean score of its items exactly, and its spread how far above it the best
 * of them may be. Lists are looked at in the order of mean + reach × spread, until no list that is
 * left is expected to hold an item as good as the last of the best found so far. So a query in the
 * middle of one kind of items looks at few lists, and one between several kinds at more. The reach is
 * chosen when the index is made (`choose-reach.ts`).
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { isZeroRow, matrixRow } from '../core/matrix-rows.ts';
import type { Matrix } from '../core/shapes.ts';
import { emptyLists } from '../kernels/best-rows.ts';
import type { TopRows } from '../kernels/resident-scorer.ts';
import { BestHeap } from './best-heap.ts';
import { RECALL_AT } from './index-format.ts';
import { ListQueue } from './list-queue.ts';
import { itemsOf, type ListTable, rowBytesOf } from './list-table.ts';
import { listBytesOf } from './row-layout.ts';
import type { RowMemory, RowPlace } from './row-memory.ts';

/** What a search found; `rows` count items in the index's order, list by list. */
export interface FoundRows extends TopRows {
  /** Rows that were scored for all queries together, the lists' means among them. */
  readonly scored: number;
  /** Lists that were looked at, for all queries together. */
  readonly probed: number;
}

/** How is searched. */
export interface SearchOptions {
  /** K, at least 1, default 200; more than there are gives all. */
  readonly count?: number;
  /** Default: the index's own. Infinity looks at every list. */
  readonly reach?: number;
}

/**
 * How much memory an index needs.
 *
 * @param table - Of the index.
 * @returns Room for all rows and, behind them, the means.
 */
export function placeOf(table: ListTable): RowPlace {
  return { bytes: rowBytesOf(table) + table.means.length, dims: table.dims };
}

/** An index whose rows are in memory. */
export class IndexSearch {
  readonly #table: ListTable;
  readonly #memory: RowMemory;
  /** [L] where each list begins: bytes, and items. */
  readonly #offsets: Float64Array;
  readonly #firsts: Int32Array;
  readonly #queue: ListQueue;
  readonly #numItems: number;
  readonly #rowBytes: number;
  readonly #largest: number;

  /**
   * @param table - Of the index.
   * @param memory - Of the size that {@link placeOf} tells; rows may be filled in later.
   */
  constructor(table: ListTable, memory: RowMemory) {
    this.#table = table;
    this.#memory = memory;
    this.#rowBytes = rowBytesOf(table);
    this.#numItems = itemsOf(table);
    this.#largest = table.sizes.reduce((most, size) => Math.max(most, size), 1);
    const { dims, sizes } = table;
    this.#offsets = new Float64Array(sizes.length);
    this.#firsts = new Int32Array(sizes.length);
    for (let list = 1; list < sizes.length; list++) {
      const before = sizes[list - 1] as number;
      const offset = this.#offsets[list - 1] as number;
      this.#offsets[list] = offset + listBytesOf(before, dims);
      this.#firsts[list] = (this.#firsts[list - 1] as number) + before;
    }
    this.#queue = new ListQueue(sizes.length);
    memory.fill(this.#rowBytes, table.means);
  }

  /** Bytes of memory that rows and means take. */
  get bytes(): number {
    return this.#memory.bytes;
  }

  /**
   * Finds the best items of each query.
   *
   * Cost: O(V·(L + rows looked at)·D). A query of zeros finds the first items, with score 0.
   *
   * @param queries - [V, D] unit rows, finite.
   * @param options - See {@link SearchOptions}.
   * @returns For each query the best items, the best first; of equal scores the smaller row first.
   * @throws `SHAPE_MISMATCH` when D differs.
   */
  search(queries: Matrix, options: SearchOptions = {}): FoundRows {
    const { dims, reach, sizes } = this.#table;
    if (queries.dims !== dims || queries.data.length !== queries.rows * dims) {
      const got = `${queries.data.length} floats for ${queries.rows} × ${queries.dims}`;
      throw new VitrineError('SHAPE_MISMATCH', `index: got ${got}, expected rows of ${dims}.`);
    }
    const width = queries.rows;
    const count = Math.min(options.count ?? RECALL_AT, this.#numItems);
    const { lists, rows, scores } = emptyLists(width, count);
    if (width === 0 || count < 1) return { count, rows, scores, scored: 0, probed: 0 };
    this.#memory.prepare(queries, sizes.length);
    const means = this.#memory.scores(this.#rowBytes, sizes.length).slice();
    const all = { scored: sizes.length * width, probed: 0 };
    const best = new BestHeap(count);
    for (const [v, found] of lists.entries()) {
      if (isZeroRow(queries, v)) {
        found.rows.set(found.rows.map((_, row) => row));
        found.scores.fill(0);
        continue;
      }
      this.#memory.prepare({ data: matrixRow(queries, v), rows: 1, dims }, this.#largest);
      const meanOf = (list: number): number => means[list * width + v] as number;
      const { probed, scored } = this.#look(meanOf, options.reach ?? reach, best);
      all.probed += probed;
      all.scored += scored;
      best.drain(found.rows, found.scores);
    }
    return { count, rows, scores, ...all };
  }

  /** One query, prepared in memory. */
  #look(
    meanOf: (list: number) => number,
    reach: number,
    best: BestHeap,
  ): Pick<FoundRows, 'scored' | 'probed'> {
    const { sizes, spreads } = this.#table;
    // Infinity × 0 is no number; lists without spread must be looked at all the same.
    this.#queue.fill((list) =>
      reach === Infinity ? Infinity : meanOf(list) + reach * (spreads[list] as number),
    );
    let scored = 0;
    let probed = 0;
    while (this.#queue.bound >= best.least && probed < sizes.length) {
      const list = this.#queue.take();
      const size = sizes[list] as number;
      this.#offer(list, size, best);
      scored += size;
      probed++;
    }
    return { scored, probed };
  }

  #offer(list: number, size: number, best: BestHeap): void {
    const scores = this.#memory.scores(this.#offsets[list] as number, size);
    const first = this.#firsts[list] as number;
    let { least } = best;
    for (let i = 0; i < size; i++) {
      const score = scores[i] as number;
      if (score < least) continue;
      best.offer(first + i, score);
      ({ least } = best);
    }
  }
}
