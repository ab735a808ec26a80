/**
 * Places for segments that the visitor has not met, and for items that nobody has.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR } from '../core/beta.ts';
import { createRandom, type Random } from '../core/rng.ts';
import type { ScorePart } from '../core/types.ts';
import { newItemPlaces, newItems } from './explore-new.ts';
import { type ArmChoice, chooseArm, isWorthTrying } from './explore-policy.ts';
import type { FeedContext } from './feed-context.ts';
import { fillRow, type PlacedItem } from './fill-row.ts';
import { chunk, MIN_ROW, type PlacedRow, queryOf } from './place-rows.ts';
import { part } from './score-item.ts';

/** Of the items nearest to a segment, so many are asked whether they can be shown. */
const NEAREST = 24;

/** Policy of who does not say. */
const DEFAULT_POLICY = 'thompson';

/** A segment not met. */
interface Arm {
  readonly vector: number;
  readonly posterior: BetaPosterior;
  /** Its nearest items that belong to it and may be shown; at least one is free. */
  readonly nearest: readonly number[];
  /** Filled when the first place is given to it. */
  pool?: PlacedItem[];
}

/** An explore row in the making. */
interface Draft {
  readonly context: FeedContext;
  readonly taken: Set<number>;
  readonly random: Random;
  /** Chance that the row is shown at all. */
  readonly chance: number;
  readonly placed: PlacedItem[];
}

function unmetArms(
  context: FeedContext,
  met: ReadonlySet<string>,
  taken: ReadonlySet<number>,
): Arm[] {
  const { base, library, levels, settings, similarities, state, options } = context;
  const { policy = DEFAULT_POLICY } = options;
  const blocked = new Set(settings.blocked);
  const arms: Arm[] = [];
  for (const [vector, { id }] of library.entries()) {
    if (met.has(id) || blocked.has(id) || levels[vector] === Infinity) continue;
    const posterior = state.posteriors.get(id) ?? ENGAGEMENT_PRIOR;
    if (!isWorthTrying(policy, posterior)) continue;
    const { belongs } = queryOf(context, vector, taken);
    const nearest = similarities
      .top(vector, NEAREST)
      .map(({ row }) => row)
      .filter((row) => base[row] !== -Infinity && belongs(row));
    if (isFree({ nearest }, taken)) arms.push({ vector, posterior, nearest });
  }
  return arms;
}

function isFree({ nearest }: Pick<Arm, 'nearest'>, taken: ReadonlySet<number>): boolean {
  return nearest.some((row) => !taken.has(row));
}

/** The best item of an arm that is not yet placed. */
function takeItem(arm: Arm, { context, taken }: Draft, size: number): PlacedItem {
  const fill = (): PlacedItem[] =>
    fillRow(context, { ...queryOf(context, arm.vector, taken), size, impersonal: true });
  arm.pool = (arm.pool ?? fill()).filter(({ row }) => !taken.has(row));
  if (arm.pool.length === 0) arm.pool = fill();
  return arm.pool.shift() as PlacedItem;
}

function place({ placed, taken, chance }: Draft, item: PlacedItem, how: [number, number]): void {
  const [segment, probability] = how;
  placed.push({ ...item, explored: { segment, propensity: chance * probability } });
  taken.add(item.row);
}

function placeSegments(draft: Draft, met: ReadonlySet<string>, places: number): void {
  const { context, placed, random, taken } = draft;
  const { policy = DEFAULT_POLICY } = context.options;
  let arms = unmetArms(context, met, taken);
  const choose = (): ArmChoice =>
    chooseArm(
      policy,
      arms.map(({ posterior }) => posterior),
    );
  let choice = arms.length > 0 ? choose() : undefined;
  while (placed.length < places && choice !== undefined) {
    const index = choice.draw(random);
    const arm = arms[index] as Arm;
    const item = takeItem(arm, draft, places);
    place(draft, item, [arm.vector, choice.probabilities[index] as number]);
    if (arms.every((other) => isFree(other, taken))) continue;
    arms = arms.filter((other) => isFree(other, taken));
    choice = arms.length > 0 ? choose() : undefined;
  }
}

/** Each place is drawn among the new items that are left, all alike. */
function placeNewItems(draft: Draft, places: number): void {
  const { context, placed, random, taken } = draft;
  const wanted = newItemPlaces(places);
  if (wanted === 0) return;
  const waiting = newItems(context, taken);
  while (placed.length < wanted && waiting.length > 0) {
    const index = Math.floor(random() * waiting.length);
    const probability = 1 / waiting.length;
    const [{ row, segment }] = waiting.splice(index, 1) as [(typeof waiting)[number]];
    const fit = context.similarities.exact(row, segment) / (context.levels[segment] as number);
    const likeness = part('segment', context.options.influence * fit);
    const parts: readonly ScorePart[] = [likeness, ...context.staticParts(row)];
    place(draft, { row, parts }, [segment, probability]);
  }
}

/**
 * Gives places to segments that the visitor has not met.
 *
 * Each place draws a segment by the policy and takes its best item not yet placed; up to a quarter
 * of the places goes to new items first. The propensity is the exact probability of that segment
 * (of that item, for a new one) given the places before, times the probability that the row is
 * shown at all when its places are fewer than a row.
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
  const placed: PlacedItem[] = [];
  const draft: Draft = { context, taken, random, chance, placed };
  if (context.options.policy !== 'greedy') placeNewItems(draft, places);
  placeSegments(draft, met, places);
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
