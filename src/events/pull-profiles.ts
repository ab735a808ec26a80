/**
 * Segments move toward what does well in their rows, and a little away from what is passed over.
 *
 * The moves are not kept: they are worked out from the log at every feed. What is forgotten or
 * undone in the log is undone here, and a segment can never drift further than one step from what
 * the shop wrote.
 *
 * @packageDocumentation
 */
import type { VectorRef, VectorSet } from '../core/block-cosine.ts';
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS, LONG_TERM_HALF_LIFE_MS } from './weights.ts';

/** Most that engaged items make of a profile; the rest stays what the segment was made of. */
export const MAX_PULL = 0.3;

/** Most that items shown and passed over take from it. */
export const MAX_PUSH = 0.1;

/** Evidence at which half of the pull is reached: six fresh views, or two items in the cart. */
const HALF_PULL = 6;

/** Impressions passed over at which half of the push is reached. */
const HALF_PUSH = 40;

/** One impression says little: an item counts as passed over after this many. */
const PASSED_OVER = 3;

/** What the log says of an item inside a segment's rows. */
interface Found {
  engaged: number;
  shown: number;
  impressions: number;
}

/** Profiles as they are in force. */
export interface PulledProfiles {
  /** [S, D]; the given set itself when nothing moves. */
  readonly vectors: VectorSet;
  /** By segment id: how many interactions moved it; only segments that moved. */
  readonly moves: ReadonlyMap<string, number>;
}

/** Where profiles and items come from. */
export interface PullInput {
  /** Segment ids, S. */
  readonly ids: readonly string[];
  /** [S, D] */
  readonly profiles: VectorSet;
  /** Blocks of the space. */
  readonly blocks: readonly {
    readonly start: number;
    readonly size: number;
    readonly weight: number;
  }[];
  /** Vector of an item; undefined for one that is not known any more. */
  readonly vectorOf: (itemId: string) => VectorRef | undefined;
}

/** By segment, then by item. */
function collect(log: readonly LogRecord[], now: number): Map<string, Map<string, Found>> {
  const segments = new Map<string, Map<string, Found>>();
  for (const { itemId, segmentId, time, type } of log) {
    if (segmentId === undefined) continue;
    const items = segments.get(segmentId) ?? new Map<string, Found>();
    const found = items.get(itemId) ?? { engaged: 0, shown: 0, impressions: 0 };
    const share = decay(now - time, LONG_TERM_HALF_LIFE_MS);
    if (type === 'view_item_list') {
      found.shown += share;
      found.impressions++;
    } else found.engaged += INTERACTION_WEIGHTS[type] * share;
    items.set(itemId, found);
    segments.set(segmentId, items);
  }
  return segments;
}

/** Adds an item's block at unit length, times a weight; nothing where it has none. */
function addBlock(
  sum: Float64Array,
  { set, row }: VectorRef,
  block: PullInput['blocks'][number],
  weight: number,
): void {
  const { data, dims } = set.vectors;
  const from = row * dims + block.start;
  let square = 0;
  for (let i = 0; i < block.size; i++) square += (data[from + i] as number) ** 2;
  if (square < 1e-18) return;
  const scale = weight / Math.sqrt(square);
  for (let i = 0; i < block.size; i++) {
    sum[i] = (sum[i] as number) + (data[from + i] as number) * scale;
  }
}

/** Moves one block of one profile; its length stays. */
function moveBlock(
  profile: Float32Array,
  block: PullInput['blocks'][number],
  toward: Float64Array,
  away: Float64Array,
): void {
  let before = 0;
  for (let i = 0; i < block.size; i++) before += (profile[block.start + i] as number) ** 2;
  const length = Math.sqrt(before);
  if (!(length > 0)) return;
  const pull = Math.hypot(...toward);
  const moved = new Float64Array(block.size);
  let after = 0;
  for (let i = 0; i < block.size; i++) {
    const own = ((profile[block.start + i] as number) / length) * (1 - pull);
    moved[i] = own + (toward[i] as number) - (away[i] as number);
    after += (moved[i] as number) ** 2;
  }
  if (!(after > 1e-12)) return;
  const scale = length / Math.sqrt(after);
  for (let i = 0; i < block.size; i++) profile[block.start + i] = (moved[i] as number) * scale;
}

function pullOne(
  profile: Float32Array,
  items: ReadonlyMap<string, Found>,
  { blocks, vectorOf }: PullInput,
): void {
  const known = Array.from(items, ([itemId, found]) => ({ ...found, ref: vectorOf(itemId) }));
  const engaged = known.reduce((sum, one) => sum + Math.max(0, one.engaged), 0);
  const isPassed = (one: Found): boolean => one.engaged <= 0 && one.impressions >= PASSED_OVER;
  const passed = known.reduce((sum, one) => sum + (isPassed(one) ? one.shown : 0), 0);
  const pull = (MAX_PULL * engaged) / (engaged + HALF_PULL);
  const push = (MAX_PUSH * passed) / (passed + HALF_PUSH);
  for (const block of blocks) {
    const toward = new Float64Array(block.size);
    const away = new Float64Array(block.size);
    for (const one of known) {
      if (one.ref === undefined) continue;
      if (one.engaged > 0) addBlock(toward, one.ref, block, (pull * one.engaged) / engaged);
      else if (isPassed(one)) addBlock(away, one.ref, block, (push * one.shown) / passed);
    }
    moveBlock(profile, block, toward, away);
  }
}

/**
 * Moves profiles by what the log says of their rows.
 *
 * Each block keeps its length, blocks that a segment does not have stay absent, and the cosine of a
 * block with what it was is at least 0.85, however long the log.
 *
 * @param input - See {@link PullInput}.
 * @param log - Records; those without `segmentId` move nothing.
 * @param now - Milliseconds; moves fade with a half-life of 30 days.
 * @returns Profiles in force.
 */
export function pullProfiles(
  input: PullInput,
  log: readonly LogRecord[],
  now: number,
): PulledProfiles {
  const { ids, profiles } = input;
  const moves = new Map<string, number>();
  for (const { segmentId, type } of log) {
    const isMove = segmentId !== undefined && INTERACTION_WEIGHTS[type] > 0;
    if (isMove) moves.set(segmentId, (moves.get(segmentId) ?? 0) + 1);
  }
  const found = collect(log, now);
  if (!ids.some((id) => found.has(id))) return { vectors: profiles, moves };
  const { dims, rows } = profiles.vectors;
  const data = profiles.vectors.data.slice();
  for (const [s, id] of ids.entries()) {
    const items = found.get(id);
    if (items) pullOne(data.subarray(s * dims, (s + 1) * dims), items, input);
  }
  return { vectors: { vectors: { data, rows, dims }, presence: profiles.presence }, moves };
}
