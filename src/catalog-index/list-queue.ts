/**
 * Lists in the order in which a search looks at them: a heap, since few of thousands are taken.
 *
 * @packageDocumentation
 */

/** Lists by what their best item may score, the largest first; of equal ones any. */
export class ListQueue {
  readonly #bounds: Float64Array;
  readonly #heap: Int32Array;
  #count = 0;

  /** @param lists - L, the most that it holds. */
  constructor(lists: number) {
    this.#bounds = new Float64Array(lists);
    this.#heap = new Int32Array(lists);
  }

  /**
   * Takes all lists in the place of those from before. Cost: O(L).
   *
   * @param boundOf - What the best item of a list may score.
   */
  fill(boundOf: (list: number) => number): void {
    this.#count = this.#heap.length;
    for (let list = 0; list < this.#count; list++) {
      this.#bounds[list] = boundOf(list);
      this.#heap[list] = list;
    }
    for (let at = (this.#count >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** What the best of the lists that are left may score; -Infinity when none is. */
  get bound(): number {
    return this.#count > 0 ? (this.#bounds[this.#heap[0] as number] as number) : -Infinity;
  }

  /**
   * Takes the first list. Cost: O(log L).
   *
   * @returns Its number; there must be one.
   */
  take(): number {
    const first = this.#heap[0] as number;
    this.#heap[0] = this.#heap[--this.#count] as number;
    this.#sink(0);
    return first;
  }

  #boundAt(at: number): number {
    return this.#bounds[this.#heap[at] as number] as number;
  }

  #sink(from: number): void {
    const list = this.#heap[from] as number;
    const bound = this.#bounds[list] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#count) break;
      if (child + 1 < this.#count && this.#boundAt(child + 1) > this.#boundAt(child)) child++;
      if (this.#boundAt(child) <= bound) break;
      this.#heap[at] = this.#heap[child] as number;
      at = child;
    }
    this.#heap[at] = list;
  }
}
