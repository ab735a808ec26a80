/**
 * The kernel without WebAssembly: blocked loops over the caller's own arrays.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import { type BestRows, emptyLists, offerRow } from './best-rows.ts';
import { type BlockedJob, type RowSpan, blockedJob, scoreRows } from './blocked-scores.ts';
import { checkSets, checkedCount } from './job-input.ts';
import { type PresenceClasses, presenceClasses } from './presence-classes.ts';
import type { ResidentScorer, TopRows } from './resident-scorer.ts';

/** Rows that are scored before the best are taken from them: their scores stay in the cache. */
const CHUNK = 64;

/**
 * Makes a scorer in plain JavaScript; it holds no items yet and copies none.
 *
 * @returns Scores as `referenceScores` within 1e-6.
 */
export function createJsScorer(): ResidentScorer {
  return new JsScorer();
}

interface Resident {
  readonly items: VectorSet;
  readonly classes: PresenceClasses;
}

class JsScorer implements ResidentScorer {
  readonly kernel = 'js';
  #resident: Resident | null = null;
  #isDisposed = false;

  load(items: VectorSet): void {
    this.#check();
    checkSets(items);
    this.#resident = { items, classes: presenceClasses(items.presence) };
  }

  scores(vectors: VectorSet): Float32Array {
    const { items, classes } = this.#checked(vectors);
    const { rows } = items.vectors;
    const out = new Float32Array(rows * vectors.vectors.rows);
    if (out.length === 0) return out;
    scoreRows(blockedJob(items.vectors, classes, vectors), { from: 0, to: rows }, out);
    return out;
  }

  top(vectors: VectorSet, count: number): TopRows {
    const { items, classes } = this.#checked(vectors);
    const wanted = checkedCount(count, items.vectors.rows);
    const { lists, rows, scores } = emptyLists(vectors.vectors.rows, wanted);
    if (wanted > 0) selectRows(blockedJob(items.vectors, classes, vectors), lists);
    return { count: wanted, rows, scores };
  }

  bytes(): number {
    return this.#resident?.classes.ids.byteLength ?? 0;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#resident = null;
  }

  #checked(vectors: VectorSet): Resident {
    this.#check();
    if (this.#resident === null) throw new VitrineError('DEVICE_LOST', 'No items were loaded.');
    checkSets(this.#resident.items, vectors);
    return this.#resident;
  }

  #check(): void {
    if (this.#isDisposed) throw new VitrineError('DISPOSED', 'js was closed.');
  }
}

/** Fills the lists, one per vector. */
function selectRows(job: BlockedJob, best: readonly BestRows[]): void {
  const { rows } = job.items;
  const scores = new Float32Array(CHUNK * best.length);
  for (let from = 0; from < rows; from += CHUNK) {
    const span = { from, to: Math.min(from + CHUNK, rows) };
    scoreRows(job, span, scores);
    for (let v = 0; v < best.length; v++) offerColumn(best, v, span, scores);
  }
}

/** Offers one vector's scores, a column of [rows of the span, V]. */
function offerColumn(
  best: readonly BestRows[],
  v: number,
  span: RowSpan,
  scores: Float32Array,
): void {
  const list = best[v] as BestRows;
  const last = list.scores.length - 1;
  for (let row = span.from, at = v; row < span.to; row++, at += best.length) {
    const score = scores[at] as number;
    if (score > (list.scores[last] as number)) offerRow(list, row, score);
  }
}
