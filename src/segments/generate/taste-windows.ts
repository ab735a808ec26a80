/**
 * What a visitor chose together, as profiles to learn from: each window is a few choices in a row,
 * and behaviour is what was chosen before them.
 *
 * @packageDocumentation
 */
import type { Block } from '../../catalog/blocks.ts';
import type { VectorSet } from '../../core/block-cosine.ts';
import type { Random } from '../../core/rng.ts';
import { FAINT, meanOfRows, unitBlocks } from './profile-math.ts';
import type { SegmentSamples } from './segment-model.ts';

/** Choices in a row. */
export interface TasteWindow {
  /** Rows of the chosen items, oldest first. */
  readonly rows: readonly number[];
  /** Rows of what was chosen before, oldest first; may be empty. */
  readonly before: readonly number[];
}

/** Vectors of items, and the blocks that they are made of. */
export interface WindowItems {
  /** [M, D] */
  readonly items: VectorSet;
  /** Blocks of the space. */
  readonly blocks: readonly Block[];
}

/** Choices of a window: fewer are no taste, more are two of them. */
export const WINDOW = 4;

/** Newest choices that are cut into windows. */
const MAX_CHOICES = 150;

/** Choices before a window that say what the visitor was interested in. */
const BEFORE = 20;

/** Share of samples that go with behaviour. */
const BEHAVIOUR_SHARE = 0.8;

/**
 * Cuts choices into windows that share none of them.
 *
 * @param rows - Row of each choice's item, oldest first.
 * @returns Windows of four, oldest first; what is left over is the oldest.
 * @example tasteWindows([5, 6, 7, 8, 9]) // [{ rows: [6, 7, 8, 9], before: [5] }]
 */
export function tasteWindows(rows: readonly number[]): TasteWindow[] {
  const newest = rows.slice(-MAX_CHOICES);
  const windows: TasteWindow[] = [];
  for (let at = newest.length % WINDOW; at + WINDOW <= newest.length; at += WINDOW) {
    const before = newest.slice(Math.max(0, at - BEFORE), at);
    windows.push({ rows: newest.slice(at, at + WINDOW), before });
  }
  return windows;
}

/**
 * Windows of as many items that nobody chose: what a model gains on them it has not learned of the
 * visitor.
 *
 * @param like - What they shall be like.
 * @param numItems - Items to draw from.
 * @param random - Draws them.
 * @returns A window of random rows.
 */
export function randomWindow(like: TasteWindow, numItems: number, random: Random): TasteWindow {
  const draw = (): number => Math.floor(random() * numItems);
  return { rows: like.rows.map(draw), before: like.before.map(draw) };
}

/**
 * The mean of some items as a profile.
 *
 * @param of - Their vectors and blocks.
 * @param rows - Which; may hold one twice.
 * @returns [D], blocks of length √weight; zeros without rows.
 */
export function profileOf(of: WindowItems, rows: readonly number[]): Float32Array {
  const { items, blocks } = of;
  return unitBlocks(meanOfRows(items, rows), blocks, FAINT).vectors.data;
}

function someOf(rows: readonly number[], least: number, most: number, random: Random): number[] {
  const count = least + Math.floor(random() * (most - least + 1));
  return Array.from({ length: count }, () => rows[Math.floor(random() * rows.length)] as number);
}

/**
 * Draws samples of windows, as `segmentSamples` draws them of groups.
 *
 * @param of - Vectors of the items.
 * @param windows - At least one.
 * @param count - How many.
 * @param random - The same draws give the same samples.
 * @returns Profiles with behaviour.
 */
export function windowSamples(
  of: WindowItems,
  windows: readonly TasteWindow[],
  count: number,
  random: Random,
): SegmentSamples {
  const { dims } = of.items.vectors;
  const profiles = new Float32Array(count * dims);
  const behaviours = new Float32Array(count * dims);
  for (let i = 0; i < count; i++) {
    const { rows, before } = windows[Math.floor(random() * windows.length)] as TasteWindow;
    profiles.set(profileOf(of, someOf(rows, 3, 6, random)), i * dims);
    if (before.length === 0 || random() >= BEHAVIOUR_SHARE) continue;
    behaviours.set(profileOf(of, someOf(before, 3, 8, random)), i * dims);
  }
  return { count, dims, profiles, behaviours };
}

/**
 * Puts samples of the same space one behind the other.
 *
 * @param first - Some.
 * @param second - Others.
 * @returns A copy.
 */
export function joinSamples(first: SegmentSamples, second: SegmentSamples): SegmentSamples {
  const join = (a: Float32Array, b: Float32Array): Float32Array => {
    const out = new Float32Array(a.length + b.length);
    out.set(a);
    out.set(b, a.length);
    return out;
  };
  return {
    count: first.count + second.count,
    dims: first.dims,
    profiles: join(first.profiles, second.profiles),
    behaviours: join(first.behaviours, second.behaviours),
  };
}
