/**
 * Rows that are passed over may lose their place to exploration, so that a visitor whose taste has
 * changed is not shown the old one for weeks.
 *
 * Each row and exploration as a whole draw from the posteriors of their places; exploration gets the
 * place when its draw is the larger: Thompson sampling over the rows of a page. Rows in the server's
 * order, which visitors of whom nothing is known get, lose theirs until one is engaged with.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR, meanOf } from '../core/beta.ts';
import { createRandom } from '../core/rng.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedRow } from './place-rows.ts';
import { armProbabilities, toCells } from './thompson.ts';

/** A row's place that exploration won. */
export interface WonSlot {
  /** Index of the row. */
  readonly slot: number;
  /** Exact probability of that, above 0. */
  readonly chance: number;
}

function posteriorOf({ state }: FeedContext, { id, kind }: PlacedRow): BetaPosterior {
  return state.places.get(kind === 'server' ? 'server' : id) ?? ENGAGEMENT_PRIOR;
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
  const explored = toCells(state.places.get('explore') ?? ENGAGEMENT_PRIOR);
  return rows.flatMap((row, slot) => {
    const own = posteriorOf(context, row);
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
