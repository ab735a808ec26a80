/**
 * Places for segments that the visitor has not met.
 *
 * @packageDocumentation
 */
import { ENGAGEMENT_PRIOR } from '../core/beta.ts';
import { createRandom } from '../core/rng.ts';
import type { FeedContext } from './feed-context.ts';
import { fillRow, type PlacedItem } from './fill-row.ts';
import { chunk, MIN_ROW, type PlacedRow, queryOf } from './place-rows.ts';
import { armProbabilities, sampleArm, toCells } from './thompson.ts';

/** A segment not met, with the items that it could show. */
interface Arm {
  readonly vector: number;
  readonly pool: PlacedItem[];
}

function unmetArms(
  context: FeedContext,
  met: ReadonlySet<string>,
  size: number,
  taken: ReadonlySet<number>,
): Arm[] {
  const blocked = new Set(context.settings.blocked);
  const arms: Arm[] = [];
  for (const [vector, { id }] of context.library.entries()) {
    if (met.has(id) || blocked.has(id)) continue;
    const query = { ...queryOf(context, vector, taken), size, impersonal: true };
    const pool = fillRow(context, query);
    if (pool.length > 0) arms.push({ vector, pool });
  }
  return arms;
}

/**
 * Gives places to segments that the visitor has not met.
 *
 * Each place draws a segment by Thompson sampling and takes its best item not yet placed; the
 * propensity is the exact probability of that segment given the places before, times the
 * probability that the row is shown at all when its places are fewer than a row.
 *
 * @param context - The feed.
 * @param met - Segment ids that the visitor knows.
 * @param taken - Rows of items in use; the placed ones are added.
 * @param most - Most rows.
 * @returns Rows of kind `explore`; none when exploration is 0 or everything is met.
 */
export function placeExploreRows(
  context: FeedContext,
  met: ReadonlySet<string>,
  taken: Set<number>,
  most: number,
): PlacedRow[] {
  const { rows, rowSize, seed } = context.options;
  const random = createRandom(seed, `explore:${context.state.events}`);
  const wanted = context.options.exploration * rows * rowSize;
  const least = Math.min(rowSize, MIN_ROW);
  const chance = Math.min(1, wanted / least);
  if (wanted <= 0 || random() >= chance) return [];
  const places = Math.min(most * rowSize, Math.max(least, Math.round(wanted)));
  let arms = unmetArms(context, met, places, taken);
  const placed: PlacedItem[] = [];
  let cells = cellsOf(context, arms);
  let probabilities = armProbabilities(cells);
  while (placed.length < places && arms.length > 0) {
    const index = sampleArm(cells, random);
    const { vector, pool } = arms[index] as Arm;
    const item = pool.shift() as PlacedItem;
    const propensity = chance * (probabilities[index] as number);
    placed.push({ ...item, explored: { segment: vector, propensity } });
    taken.add(item.row);
    for (const arm of arms) dropItem(arm.pool, item.row);
    if (arms.some((arm) => arm.pool.length === 0)) {
      arms = arms.filter((arm) => arm.pool.length > 0);
      cells = cellsOf(context, arms);
      probabilities = armProbabilities(cells);
    }
  }
  if (placed.length < least) {
    for (const { row } of placed) taken.delete(row);
    return [];
  }
  return chunk(placed, rowSize).map((items, i) => ({
    id: i === 0 ? 'explore' : `explore-${i + 1}`,
    kind: 'explore',
    items,
  }));
}

function cellsOf(
  { library, state }: FeedContext,
  arms: readonly Arm[],
): ReturnType<typeof toCells>[] {
  return arms.map(({ vector }) =>
    toCells(state.posteriors.get(library[vector]?.id ?? '') ?? ENGAGEMENT_PRIOR),
  );
}

function dropItem(pool: PlacedItem[], row: number): void {
  const at = pool.findIndex((item) => item.row === row);
  if (at >= 0) pool.splice(at, 1);
}
