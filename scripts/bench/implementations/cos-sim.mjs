/** `cos_sim` of transformers.js for each pair, as its examples of semantic search do. */
import { cos_sim as cosSim } from '@huggingface/transformers';
import { topOfEach } from '../top-rows.mjs';

/**
 * @param {Float32Array} data - [R, D].
 * @param {number} dims - D.
 * @returns {number[][]} Rows as lists, which the function is typed for.
 */
function listsOf(data, dims) {
  return Array.from({ length: data.length / dims }, (_, row) =>
    Array.from(data.subarray(row * dims, (row + 1) * dims)),
  );
}

/** @type {import('../implementations.mjs').Open} */
export const openCosSim = (items, size) => {
  const { d, n } = size;
  const lists = listsOf(items, d);
  const scores = new Float32Array(size.s * n);
  return {
    top: (vectors) => {
      for (const [v, vector] of listsOf(vectors, d).entries()) {
        for (const [row, item] of lists.entries()) scores[v * n + row] = cosSim(vector, item);
      }
      return topOfEach(scores, size);
    },
    close: () => undefined,
  };
};
