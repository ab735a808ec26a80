/**
 * Rows that are passed over may lose their place to exploration, so that a visitor whose taste has
 * changed is not shown the old one for weeks.
 *
 * Each row and exploration as a whole draw from the posteriors of their places; exploration gets the
 * place when its draw is the larger: Thompson sampling over the rows of a page. What speaks for a
 * row is what became of its items, wherever they stood: a find of exploration speaks for the row
 * that shows more of its kind, and no longer for exploration. Rows in the server's order lose their
 * places until one of them is engaged with.
 *
 * @packageDocumentation
 */
import {
  type BetaPosterior,
  ENGAGEMENT_PRIOR,
  EXPLORATION_PRIOR,
  meanOf,
  posteriorOf,
} from '../core/beta.ts';
import { createRandom } from '../core/rng.ts';
import type { Item } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedRow } from './place-rows.ts';
import { armProbabilities, toCells } from './thompson.ts';
import { liesUnder } from './visitor-segments.ts';

/** A row's place that exploration won. */
export interface WonSlot {
  /** Index of the row. */
  readonly slot: number;
  /** Exact probability of that, above 0. */
  readonly chance: number;
}

/** How much a row is about an item, 0 to 1. */
function shareIn(context: FeedContext, { kind, vector }: PlacedRow, item: number): number {
  if (kind === 'server' || vector === undefined) return 0;
  const { encoded, library, visitor } = context;
  const id = library[vector]?.id;
  if (id !== undefined) {
    const own = context.membershipsOf(item).find(({ segmentId }) => segmentId === id);
    return own?.weight ?? 0;
  }
  const path = visitor.segments[vector - library.length]?.path ?? [];
  return path.length > 0 && liesUnder(encoded.items[item] as Item, path) ? 1 : 0;
}

/** Posteriors of rows and of exploration. */
interface Contest {
  readonly explored: BetaPosterior;
  readonly rows: readonly BetaPosterior[];
}

/** Looks at each item that had a place once. */
function posteriorsOf(context: FeedContext, rows: readonly PlacedRow[]): Contest {
  const counts = rows.map(() => ({ shown: 0, chosen: 0 }));
  const explored = { shown: 0, chosen: 0 };
  const server = { shown: 0, chosen: 0 };
  for (const [itemId, trial] of context.state.places) {
    const item = context.encoded.indexOf.get(itemId);
    server.shown += trial.server.shown;
    server.chosen += trial.server.chosen;
    let most = 0;
    for (const [r, row] of item === undefined ? [] : rows.entries()) {
      const share = shareIn(context, row, item as number);
      const count = counts[r] as (typeof counts)[number];
      count.shown += share * trial.all.shown;
      count.chosen += share * trial.all.chosen;
      most = Math.max(most, share);
    }
    explored.shown += (1 - most) * trial.explored.shown;
    explored.chosen += (1 - most) * trial.explored.chosen;
  }
  return {
    explored: posteriorOf(EXPLORATION_PRIOR, explored.shown, explored.chosen),
    rows: counts.map((count, r) => {
      const { chosen, shown } = rows[r]?.kind === 'server' ? server : count;
      return posteriorOf(ENGAGEMENT_PRIOR, shown, chosen);
    }),
  };
}

/**
 * Lets exploration compete for the places of rows.
 *
 * @param context - The feed.
 * @param rows - Rows as they would stand.
 * @returns What exploration won, from the top; nothing unless the shop lets exploration adapt, and
 *   never the row of a segment that the visitor follows.
 */
export function contestRows(context: FeedContext, rows: readonly PlacedRow[]): WonSlot[] {
  const { options, state } = context;
  const { adapt = false, exploration, policy = 'thompson', seed } = options;
  if (!adapt || policy !== 'thompson' || exploration <= 0) return [];
  const random = createRandom(seed, `contest:${state.events}`);
  const contest = posteriorsOf(context, rows);
  const explored = toCells(contest.explored);
  return rows.flatMap((row, slot) => {
    const own = contest.rows[slot] as BetaPosterior;
    // In the server's order, a row that was never engaged with has nothing to lose.
    const isIdle = row.kind === 'server' && meanOf(own) <= meanOf(ENGAGEMENT_PRIOR);
    const chance = isIdle ? 1 : (armProbabilities([explored, toCells(own)])[0] as number);
    const isWon = random() < chance && row.kind !== 'followed' && row.kind !== 'pinned';
    return isWon ? [{ slot, chance }] : [];
  });
}

/**
 * Puts explore rows where they won, and the others at the end.
 *
 * @param rows - Rows as they would stand without exploration.
 * @param explore - The rows of the won places come first; one that could not be filled is missing.
 * @param won - From {@link contestRows}.
 * @returns All rows that are left, from the top.
 */
export function putInSlots(
  rows: readonly PlacedRow[],
  explore: readonly PlacedRow[],
  won: readonly WonSlot[],
): PlacedRow[] {
  const rest = [...explore];
  const slots = new Set(won.map(({ slot }) => slot));
  const placed = rows.flatMap((row, r) => (slots.has(r) ? rest.splice(0, 1) : [row]));
  return [...placed, ...rest];
}
