/** Plain loops: what one writes without a library. */
import { topOfEach } from '../top-rows.mjs';

/** @type {import('../implementations.mjs').Open} */
export const openPlain = (items, size) => {
  const { d, n, s } = size;
  const scores = new Float32Array(s * n);
  return {
    top: (vectors) => {
      for (let v = 0; v < s; v++) {
        for (let row = 0; row < n; row++) {
          let sum = 0;
          for (let k = 0; k < d; k++) {
            sum +=
              /** @type {number} */ (items[row * d + k]) *
              /** @type {number} */ (vectors[v * d + k]);
          }
          scores[v * n + row] = sum;
        }
      }
      return topOfEach(scores, size);
    },
    close: () => undefined,
  };
};
