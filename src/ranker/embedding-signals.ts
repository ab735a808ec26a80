/**
 * Signals from sequence embeddings: a sum over the history, so each item's share is known.
 *
 * `embed` is the score of the model itself, b_t + ⟨Σ w(age)·U_h / (Σ w)^α, V_t⟩; `embed.last` sees
 * only the last item; `embed.twin` is the largest cosine of V with a recent item's V. After FISM
 * (Kabbur et al. 2013) and FPMC (Rendle et al. 2010).
 *
 * @packageDocumentation
 */
import { embeddingQuery } from './embedding-score.ts';
import { RECENT_EVENTS, type HistoryState } from './history-state.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { SequenceEmbedding, SignalModel } from './types.ts';

/** Signals in the order in which they are written. */
export const EMBEDDING_SIGNALS: readonly Signal[] = [
  {
    name: 'embed',
    monotone: 1,
    inWords: 'what people with your taste choose next, as {item} shows',
  },
  { name: 'embed.last', monotone: 1, inWords: 'what often comes next after things like {item}' },
  { name: 'embed.bias', monotone: 1, inWords: 'chosen by many kinds of people' },
  { name: 'embed.twin', monotone: 1, inWords: 'chosen in the same way as {item}' },
];

/**
 * Inner product of two rows.
 *
 * @param a - [·, E]
 * @param rowA - Row of a.
 * @param b - [·, E]
 * @param at - Row of b, and E.
 * @returns Σ_k a_k·b_k.
 */
export function rowDot(
  a: Float32Array | Float64Array,
  rowA: number,
  b: Float32Array | Float64Array,
  at: { readonly row: number; readonly dims: number },
): number {
  const i = rowA * at.dims;
  const j = at.row * at.dims;
  let sum = 0;
  for (let k = 0; k < at.dims; k++) sum += (a[i + k] as number) * (b[j + k] as number);
  return sum;
}

/**
 * Weight of an interaction in the embedding's query.
 *
 * @param embedding - With weights by age.
 * @param age - Steps since it happened; beyond the table its last weight counts.
 * @returns 0 or more.
 */
export function ageWeightOf(embedding: SequenceEmbedding, age: number): number {
  const { ageWeight } = embedding;
  return ageWeight[Math.min(ageWeight.length - 1, age)] ?? 0;
}

/**
 * Length of each item's target vector.
 *
 * @param numItems - I.
 * @param embedding - With target vectors [I, E].
 * @returns [I], 1 where the vector is zero.
 */
export function targetNorms(numItems: number, embedding: SequenceEmbedding): Float32Array {
  const { target, dims } = embedding;
  return Float32Array.from(
    { length: numItems },
    (_, row) => Math.sqrt(rowDot(target, row, target, { row, dims })) || 1,
  );
}

/**
 * Cost per candidate: about (2 + 10)·E multiplications.
 *
 * @param model - Its embedding.
 * @returns The family that writes {@link EMBEDDING_SIGNALS}.
 */
export function createEmbeddingSignals(model: SignalModel): SignalFamily {
  const { embedding } = model;
  const { dims, source, target, bias } = embedding;
  const norms = targetNorms(model.numItems, embedding);
  const query = new Float64Array(dims);
  let history: HistoryState | undefined;
  const twinOf = (candidate: number, { items, length }: HistoryState): number => {
    let best = 0;
    for (let p = Math.max(0, length - RECENT_EVENTS); p < length; p++) {
      const row = items[p] as number;
      const dot = rowDot(target, candidate, target, { row, dims });
      const cosine = dot / ((norms[row] as number) * (norms[candidate] as number));
      if (cosine > best) best = cosine;
    }
    return best;
  };
  return {
    begin(state) {
      history = state;
      if (state.length === 0) query.fill(0);
      else embeddingQuery(embedding, state, query);
    },
    write(candidate, out, at) {
      const own = bias[candidate] as number;
      out[at] = own + rowDot(query, 0, target, { row: candidate, dims });
      out[at + 2] = own;
      if (history === undefined || history.length === 0) return;
      out[at + 1] = rowDot(source, history.last, target, { row: candidate, dims });
      out[at + 3] = twinOf(candidate, history);
    },
    end() {
      history = undefined;
    },
  };
}
