/**
 * What the fused kernel returns: words of scores, rows and memberships.
 *
 * @packageDocumentation
 */
import type { TopRows } from '../../kernels/resident-scorer.ts';
import { ID_BITS, MERGED_WORDS } from './top.wgsl.ts';

/** Most segments of an item. */
const MOST_MEMBERS = 3;

/** The best items of each vector, and which segments they belong to. */
export interface TopMembers extends TopRows {
  /** [V, K, 3] places of an item's segments among the vectors, the largest weight first; -1: none. */
  readonly segments: Int32Array;
  /** [V, K, 3] their weights, which sum to 1; 0 where there is none. */
  readonly weights: Float32Array;
  /** [S] level of each segment; Infinity where it has no items here. */
  readonly levels: Float32Array;
}

/**
 * Takes the words apart.
 *
 * @param words - [V, K, 6] and [S], from the kernel.
 * @param count - K.
 * @param numSegments - S.
 * @returns New arrays.
 */
export function readTop(words: Int32Array, count: number, numSegments: number): TopMembers {
  const end = words.length - numSegments;
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  const entries = end / MERGED_WORDS;
  const rows = new Int32Array(entries);
  const scores = new Float32Array(entries);
  const segments = new Int32Array(MOST_MEMBERS * entries).fill(-1);
  const weights = new Float32Array(MOST_MEMBERS * entries);
  for (let entry = 0; entry < entries; entry++) {
    const at = entry * MERGED_WORDS;
    scores[entry] = floats[at] as number;
    rows[entry] = words[at + 1] as number;
    if (numSegments === 0) continue;
    const ids = words[at + 2] as number;
    const number = ids >>> (3 * ID_BITS);
    for (let m = 0; m < number; m++) {
      segments[entry * MOST_MEMBERS + m] = (ids >> (m * ID_BITS)) & (2 ** ID_BITS - 1);
      weights[entry * MOST_MEMBERS + m] = floats[at + 3 + m] as number;
    }
  }
  const levels = floats.slice(end).map((inverse) => 1 / inverse);
  return { count, rows, scores, segments, weights, levels };
}
