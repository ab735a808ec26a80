/**
 * The K best rows of a search, the worst of them at hand: a heap, since K is some hundreds (the
 * kernels' sorted list is for dozens).
 *
 * @packageDocumentation
 */

/** Rows and scores; of equal scores the smaller row is the better one. */
export class BestHeap {
  readonly #scores: Float32Array;
  readonly #rows: Int32Array;

  /** @param most - K, at least 1. */
  constructor(most: number) {
    this.#scores = new Float32Array(most);
    this.#rows = new Int32Array(most);
    this.clear();
  }

  /** Forgets all rows. */
  clear(): void {
    this.#scores.fill(-Infinity);
    this.#rows.fill(2 ** 31 - 1);
  }

  /** What a row must reach to be among the best; -Infinity while there are fewer than K. */
  get least(): number {
    return this.#scores[0] as number;
  }

  /**
   * Offers a row; the worst leaves when the new one is better. Cost: O(log K) for a row that is taken,
   * O(1) else.
   *
   * @param row - Not offered before.
   * @param score - Finite; compared as a 32-bit float.
   */
  offer(row: number, score: number): void {
    const worst = this.least;
    if (score < worst || (score === worst && row > (this.#rows[0] as number))) return;
    this.#sink(row, score, this.#scores.length);
  }

  /**
   * Writes the best rows, the best first, and forgets them.
   *
   * @param rows - [K] written to.
   * @param scores - [K] written to; -Infinity where fewer rows were offered.
   */
  drain(rows: Int32Array, scores: Float32Array): void {
    for (let end = this.#scores.length - 1; end >= 0; end--) {
      rows[end] = this.#rows[0] as number;
      scores[end] = this.#scores[0] as number;
      this.#sink(this.#rows[end] as number, this.#scores[end] as number, end);
    }
    this.clear();
  }

  /** Puts a row where the worst stood, among the first `length`. */
  #sink(row: number, score: number, length: number): void {
    const scores = this.#scores;
    const rows = this.#rows;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#isWorse(child + 1, child)) child++;
      const other = scores[child] as number;
      if (other > score || (other === score && (rows[child] as number) < row)) break;
      scores[at] = other;
      rows[at] = rows[child] as number;
      at = child;
    }
    scores[at] = score;
    rows[at] = row;
  }

  #isWorse(a: number, b: number): boolean {
    const [left, right] = [this.#scores[a] as number, this.#scores[b] as number];
    return (
      left < right || (left === right && (this.#rows[a] as number) > (this.#rows[b] as number))
    );
  }
}
