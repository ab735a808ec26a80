/**
 * Scores lists by a sequence embedding alone.
 *
 * @packageDocumentation
 */
import { accuracyOf, rankOf } from './metrics.ts';
import type { RankList, Sequence, SequenceEmbedding } from './types.ts';

/**
 * The part of the history that the embedding reads: q = Σ w(age)·U_h / (Σ w)^α.
 *
 * @param embedding - Trained.
 * @param history - Not empty.
 * @param to - [E] overwritten with q.
 */
export function embeddingQuery(
  embedding: SequenceEmbedding,
  history: Pick<Sequence, 'items' | 'step'>,
  to: Float64Array,
): void {
  const { dims, source, ageWeight, alpha } = embedding;
  const { items, step } = history;
  const oldest = ageWeight.length - 1;
  const end = step[items.length - 1] as number;
  let total = 0;
  to.fill(0);
  for (let p = Math.max(0, items.length - embedding.history); p < items.length; p++) {
    const weight = ageWeight[Math.min(oldest, end - (step[p] as number))] as number;
    const at = (items[p] as number) * dims;
    total += weight;
    for (let k = 0; k < dims; k++) {
      to[k] = (to[k] as number) + weight * (source[at + k] as number);
    }
  }
  const norm = total ** -alpha;
  for (let k = 0; k < dims; k++) to[k] = (to[k] as number) * norm;
}

/**
 * Scores items for a query.
 *
 * @param embedding - Trained.
 * @param query - [E]
 * @param candidates - Item rows, C.
 * @returns [C] bias_t + ⟨query, V_t⟩.
 */
export function embeddingScores(
  embedding: SequenceEmbedding,
  query: Float64Array,
  candidates: Int32Array,
): Float64Array {
  const { dims, target, bias } = embedding;
  const scores = new Float64Array(candidates.length);
  for (let c = 0; c < candidates.length; c++) {
    const item = candidates[c] as number;
    const at = item * dims;
    let sum = bias[item] as number;
    for (let k = 0; k < dims; k++) sum += (query[k] as number) * (target[at + k] as number);
    scores[c] = sum;
  }
  return scores;
}

/**
 * NDCG@10 of the embedding alone; ties and NaN count against the answer.
 *
 * @param embedding - Trained.
 * @param lists - With histories of at least one item.
 * @returns Mean of 1 / log2(rank + 1), 0 below place 10; 0 for no lists.
 */
export function embeddingNdcg(embedding: SequenceEmbedding, lists: readonly RankList[]): number {
  const query = new Float64Array(embedding.dims);
  const ranks = lists.map((list) => {
    embeddingQuery(embedding, list, query);
    return rankOf(embeddingScores(embedding, query, list.candidates), list.target);
  });
  return accuracyOf(ranks)['NDCG@10'];
}
