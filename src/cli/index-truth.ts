/**
 * The best items of some queries by scoring every item, while a catalog goes by.
 *
 * @packageDocumentation
 */
import { plainSet } from '../catalog-index/train-lists.ts';
import type { Matrix } from '../core/shapes.ts';
import { type BestRows, emptyLists, offerRow } from '../kernels/best-rows.ts';
import type { ResidentScorer } from '../kernels/resident-scorer.ts';

/** Keeps the best items of each query. */
export class ExactBest {
  readonly #scorer: ResidentScorer;
  readonly #queries: Matrix;
  readonly #best: readonly BestRows[];
  #count = 0;

  /**
   * @param scorer - Of its own: it holds one batch after the other.
   * @param queries - [V, D] unit rows.
   * @param most - K.
   */
  constructor(scorer: ResidentScorer, queries: Matrix, most: number) {
    this.#scorer = scorer;
    this.#queries = queries;
    this.#best = emptyLists(queries.rows, most).lists;
  }

  /**
   * Scores items behind those from before.
   *
   * @param items - [R, D] unit rows before they are rounded.
   */
  add(items: Matrix): void {
    this.#scorer.load(plainSet(items));
    const most = this.#best[0]?.rows.length ?? 0;
    const { count, rows, scores } = this.#scorer.top(plainSet(this.#queries), most);
    for (const [v, best] of this.#best.entries()) {
      for (let at = v * count; at < (v + 1) * count; at++) {
        offerRow(best, this.#count + (rows[at] as number), scores[at] as number);
      }
    }
    this.#count += items.rows;
  }

  /**
   * What an index must find.
   *
   * @param rowOf - [N] the index's row of each item.
   * @returns Rows of each query's best items.
   */
  rows(rowOf: Int32Array): readonly ReadonlySet<number>[] {
    return this.#best.map(({ rows, scores }) => {
      const found = [...rows].filter((_, k) => scores[k] !== -Infinity);
      return new Set(found.map((item) => rowOf[item] as number));
    });
  }
}
