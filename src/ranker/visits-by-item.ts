/**
 * Where items occur in sequences.
 *
 * @packageDocumentation
 */

/** Occurrences of item i lie at pointers[i] … pointers[i + 1], by sequence, then by place. */
export interface VisitsByItem {
  /** Length I + 1. */
  readonly pointers: Int32Array;
  /** Which sequence. */
  readonly sequence: Int32Array;
  /** Place in that sequence. */
  readonly place: Int32Array;
}

/**
 * Inverts sequences. Cost: O(I + interactions).
 *
 * @param sequences - Item rows, each below `numItems`.
 * @param numItems - I.
 * @returns One entry per interaction.
 */
export function visitsByItem(sequences: readonly Int32Array[], numItems: number): VisitsByItem {
  const pointers = new Int32Array(numItems + 1);
  for (const items of sequences) {
    for (const item of items) pointers[item + 1] = (pointers[item + 1] as number) + 1;
  }
  for (let i = 0; i < numItems; i++) {
    pointers[i + 1] = (pointers[i + 1] as number) + (pointers[i] as number);
  }
  const next = pointers.slice(0, numItems);
  const sequence = new Int32Array(pointers[numItems] as number);
  const place = new Int32Array(pointers[numItems] as number);
  for (const [s, items] of sequences.entries()) {
    for (let p = 0; p < items.length; p++) {
      const item = items[p] as number;
      const at = next[item] as number;
      sequence[at] = s;
      place[at] = p;
      next[item] = at + 1;
    }
  }
  return { pointers, sequence, place };
}
