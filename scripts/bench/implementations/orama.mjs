/** Orama's vector search, one query per vector. */
import { create, insertMultiple, searchVector } from '@orama/orama';

/** Documents that are inserted at once. */
const BATCH = 1_000;

/** @type {import('../implementations.mjs').Open} */
export const openOrama = async (items, { d, n, s, top }) => {
  const store = create({ schema: { vector: /** @type {const} */ (`vector[${d}]`) } });
  for (let from = 0; from < n; from += BATCH) {
    const documents = Array.from({ length: Math.min(BATCH, n - from) }, (_, index) => ({
      id: String(from + index),
      vector: Array.from(items.subarray((from + index) * d, (from + index + 1) * d)),
    }));
    // 0: no pause between batches.
    await insertMultiple(store, documents, BATCH, undefined, true, 0);
  }
  const count = Math.min(top, n);
  return {
    top: async (vectors) => {
      const rows = new Int32Array(s * count);
      for (let v = 0; v < s; v++) {
        const value = vectors.subarray(v * d, (v + 1) * d);
        const { hits } = await searchVector(store, {
          mode: 'vector',
          vector: { value: /** @type {any} */ (value), property: 'vector' },
          similarity: -1,
          limit: count,
        });
        rows.set(
          hits.map(({ id }) => Number(id)),
          v * count,
        );
      }
      return rows;
    },
    close: () => undefined,
  };
};
