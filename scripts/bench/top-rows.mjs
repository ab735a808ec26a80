/** Scores by plain loops, the best rows of a list of scores, and how many of them were found. */

/** Scores this near to the last of the exact top count as hits: rounding decides between them. */
const TIE = 1e-6;

/**
 * Products of all items with all vectors, summed in 64 bits.
 *
 * @template {Float32Array | Float64Array} T
 * @param {Float32Array} items - [N, D].
 * @param {Float32Array} vectors - [S, D].
 * @param {{ d: number, n: number, s: number }} size
 * @param {T} scores - Gets [S, N].
 * @returns {T} `scores`.
 */
export function scoreAll(items, vectors, { d, n, s }, scores) {
  for (let v = 0; v < s; v++) {
    for (let row = 0; row < n; row++) {
      let sum = 0;
      for (let k = 0; k < d; k++) {
        sum +=
          /** @type {number} */ (items[row * d + k]) * /** @type {number} */ (vectors[v * d + k]);
      }
      scores[v * n + row] = sum;
    }
  }
  return scores;
}

/**
 * The largest scores by insertion into a sorted list, which most rows never enter.
 *
 * @param {ArrayLike<number>} scores - Of several vectors.
 * @param {{ start: number, n: number }} part - Where one vector's scores stand.
 * @param {number} count - K, at most N.
 * @returns {Int32Array} [K] rows, the best first; of equal scores the smaller row first.
 */
export function topOf(scores, { n, start }, count) {
  const rows = new Int32Array(count);
  const best = new Float64Array(count).fill(-Infinity);
  let least = -Infinity;
  for (let row = 0; row < n; row++) {
    const score = /** @type {number} */ (scores[start + row]);
    if (!(score > least)) continue;
    let place = count - 1;
    for (; place > 0 && /** @type {number} */ (best[place - 1]) < score; place--) {
      best[place] = /** @type {number} */ (best[place - 1]);
      rows[place] = /** @type {number} */ (rows[place - 1]);
    }
    best[place] = score;
    rows[place] = row;
    least = /** @type {number} */ (best[count - 1]);
  }
  return rows;
}

/**
 * The best rows of several vectors.
 *
 * @param {ArrayLike<number>} scores - [S, N].
 * @param {{ n: number, s: number, top: number }} size
 * @returns {Int32Array} [S, K].
 */
export function topOfEach(scores, { n, s, top }) {
  const count = Math.min(top, n);
  const rows = new Int32Array(s * count);
  for (let v = 0; v < s; v++) rows.set(topOf(scores, { start: v * n, n }, count), v * count);
  return rows;
}

/**
 * Share of the exact top that was found. A row counts when its exact score is that of the last of
 * the top or better.
 *
 * @param {ArrayLike<number>} rows - [S, K] found.
 * @param {Float64Array} exact - [S, N] scores in 64 bits.
 * @param {{ n: number, s: number, top: number }} size
 * @returns {number} 0 to 1.
 */
export function recallOf(rows, exact, { n, s, top }) {
  const count = Math.min(top, n);
  let hits = 0;
  for (let v = 0; v < s; v++) {
    const best = topOf(exact, { start: v * n, n }, count);
    const last = Number(exact[v * n + Number(best[count - 1])]) - TIE;
    const found = new Set(Array.from({ length: count }, (_, k) => Number(rows[v * count + k])));
    for (const row of found) if (Number(exact[v * n + row]) >= last) hits++;
  }
  return hits / (s * count);
}
