/**
 * Places for segments that the visitor has not met, and for items that nobody has.
 *
 * @packageDocumentation
 */
import type { BetaPosterior } from '../core/beta.ts';
import { createRandom, type Random } from '../core/rng.ts';
import type { ScorePart } from '../core/types.ts';
import type { WonSlot } from './explore-contest.ts';
import { newItemPlaces, newItems } from './explore-new.ts';
import { type ArmChoice, chooseArm, isWorthTrying, trialPosterior } from './explore-policy.ts';
import { type Candidate, Shelves } from './explore-shelf.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
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
  /** Found when the first place is given to it. */
  pool?: readonly Candidate[];
}

/** An explore row in the making. */
interface Draft {
  readonly context: FeedContext;
  readonly taken: Set<number>;
  readonly random: Random;
  /** Chance of each place that it is there. */
  readonly chances: readonly number[];
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
    const posterior = trialPosterior(state.arms.get(id));
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

/** Where explore rows go. */
export interface ExploreRoom {
  /** Most rows that the share of exploration may have. */
  readonly most: number;
  /** Rows won from others. */
  readonly won: readonly WonSlot[];
}

/** Puts an item in the next place; the chance that there is such a place goes into its propensity. */
function place(draft: Draft, item: PlacedItem, [segment, probability]: [number, number]): void {
  const { chances, placed, taken } = draft;
  const chance = chances[placed.length] as number;
  placed.push({ ...item, explored: { segment, propensity: chance * probability } });
  taken.add(item.row);
}

function placeSegments(draft: Draft, met: ReadonlySet<string>): void {
  const { chances, context, placed, random, taken } = draft;
  const { policy = DEFAULT_POLICY } = context.options;
  let arms = unmetArms(context, met, taken);
  const choose = (): ArmChoice =>
    chooseArm(
      policy,
      arms.map(({ posterior }) => posterior),
    );
  const shelves = new Shelves(context);
  let choice = arms.length > 0 ? choose() : undefined;
  while (placed.length < chances.length && choice !== undefined) {
    const index = choice.draw(random);
    const arm = arms[index] as Arm;
    arm.pool ??= shelves.candidates(arm.vector, taken);
    const item = shelves.next(arm.pool, taken) as PlacedItem;
    place(draft, item, [arm.vector, choice.probabilities[index] as number]);
    if (arms.every((other) => isFree(other, taken))) continue;
    arms = arms.filter((other) => isFree(other, taken));
    choice = arms.length > 0 ? choose() : undefined;
  }
}

/** Each place is drawn among the new items that are left, all alike. */
function placeNewItems(draft: Draft): void {
  const { chances, context, placed, random, taken } = draft;
  const wanted = newItemPlaces(chances.length);
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
 * Whether the policy would try anything; if not, the row is free for what is known.
 *
 * @param context - The feed.
 * @param met - Segment ids that the visitor knows.
 * @returns False under `greedy` while nothing speaks for any segment that is not met.
 */
export function hasToExplore(context: FeedContext, met: ReadonlySet<string>): boolean {
  const { library, options, state } = context;
  const { policy = DEFAULT_POLICY } = options;
  return library.some(
    ({ id }) => !met.has(id) && isWorthTrying(policy, trialPosterior(state.arms.get(id))),
  );
}

/** Chances of the places of the row that the share of exploration pays for; none when it is not there. */
function chancesOfShare({ options }: FeedContext, most: number, random: Random): number[] {
  const { exploration, rows, rowSize } = options;
  const wanted = exploration * rows * rowSize;
  const least = Math.min(rowSize, MIN_ROW);
  const chance = Math.min(1, wanted / least);
  if (wanted <= 0 || random() >= chance) return [];
  const places = Math.min(most * rowSize, Math.max(least, Math.round(wanted)));
  return Array.from({ length: places }, () => chance);
}

/**
 * Gives places to segments that the visitor has not met.
 *
 * Each place draws a segment by the policy and takes the item that is to be tried next; up to a
 * quarter of the places goes to new items first. The propensity is the exact probability of that
 * segment (of that item, for a new one) given the places before, times the probability that there
 * is such a place: the share may be less than a row, and a row won from another one may be lost.
 *
 * @param context - The feed.
 * @param met - Segment ids that the visitor knows; in rows won from others they are tried as well,
 *   with items that were not shown.
 * @param taken - Rows of items in use; the placed ones are added.
 * @param room - See {@link ExploreRoom}.
 * @returns Rows of kind `explore`, those won first; none when exploration is 0 or everything is met.
 */
export function placeExploreRows(
  context: FeedContext,
  met: ReadonlySet<string>,
  taken: Set<number>,
  room: ExploreRoom,
): PlacedRow[] {
  const { rowSize, seed, policy } = context.options;
  const random = createRandom(seed, `explore:${context.state.events}`);
  const ofShare = chancesOfShare(context, room.most, random);
  const ofWon = room.won.flatMap(({ chance }) => Array.from({ length: rowSize }, () => chance));
  const placed: PlacedItem[] = [];
  const draft: Draft = { context, taken, random, chances: [...ofWon, ...ofShare], placed };
  if (policy !== 'greedy') placeNewItems(draft);
  placeSegments(draft, room.won.length > 0 ? new Set() : met);
  const least = Math.min(rowSize, MIN_ROW);
  const rows = chunk(placed, rowSize).filter(({ length }) => length >= least);
  for (const { row } of placed.slice(rows.flat().length)) taken.delete(row);
  return rows.map((items, i) => ({
    id: i === 0 ? 'explore' : `explore-${i + 1}`,
    kind: 'explore',
    items,
  }));
}
