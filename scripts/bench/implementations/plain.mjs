/** Plain loops: what one writes without a library. */
import { scoreAll, topOfEach } from '../top-rows.mjs';

/** @type {import('../implementations.mjs').Open} */
export const openPlain = (items, size) => {
  const scores = new Float32Array(size.s * size.n);
  return {
    top: (vectors) => topOfEach(scoreAll(items, vectors, size, scores), size),
    close: () => undefined,
  };
};
