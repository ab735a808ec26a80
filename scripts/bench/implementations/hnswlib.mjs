/** hnswlib-wasm: an approximate index, one query per vector. */
import { loadHnswlib } from 'hnswlib-wasm';

/** The defaults of the library and of its examples. */
const INDEX = { links: 16, breadth: 200, seed: 100, searchBreadth: 64 };

/** @type {import('../implementations.mjs').Open} */
export const openHnswlib = async (items, { d, n, s, top }) => {
  const library = await loadHnswlib();
  const index = new library.HierarchicalNSW('ip', d, '');
  index.initIndex(n, INDEX.links, INDEX.breadth, INDEX.seed);
  index.setEfSearch(INDEX.searchBreadth);
  for (let row = 0; row < n; row++) {
    index.addPoint(items.subarray(row * d, (row + 1) * d), row, false);
  }
  const count = Math.min(top, n);
  return {
    top: (vectors) => {
      const rows = new Int32Array(s * count);
      for (let v = 0; v < s; v++) {
        const query = vectors.subarray(v * d, (v + 1) * d);
        rows.set(index.searchKnn(query, count, undefined).neighbors, v * count);
      }
      return rows;
    },
    close: () => undefined,
  };
};
