/**
 * What the visitor made of the places that items had on the page, by the kind of place.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { ROWS_HALF_LIFE_MS } from './posteriors.ts';
import { VISIT_GAP_MS } from './resting.ts';
import { decay, INTERACTION_WEIGHTS } from './weights.ts';

/** How often something was shown and chosen, faded. */
export interface PlaceCount {
  /** Impressions, 0 or more. */
  readonly shown: number;
  /** Times it was chosen there, 0 or more. */
  readonly chosen: number;
}

/** An item's places. */
export interface PlaceTrial {
  /** All of them. */
  readonly all: PlaceCount;
  /** Those of exploration. */
  readonly explored: PlaceCount;
  /** Those in the server's order. */
  readonly server: PlaceCount;
}

interface Draft {
  readonly all: { shown: number; chosen: number };
  readonly explored: { shown: number; chosen: number };
  readonly server: { shown: number; chosen: number };
  lastChosen: number;
}

/** The counts that a place goes into. */
function countsOf(draft: Draft, { propensity, rowId }: LogRecord): Draft['all'][] {
  if (propensity !== undefined) return [draft.all, draft.explored];
  return rowId?.startsWith('server') === true ? [draft.all, draft.server] : [draft.all];
}

/**
 * Counts places.
 *
 * An item is chosen once in a visit, however often it is looked at, put in the cart and bought
 * there; what the visitor goes to directly was in no place.
 *
 * @param log - Records, oldest first; those without a row say nothing.
 * @param now - Milliseconds; counts fade with a half-life of 4 days.
 * @returns By item id.
 */
export function placeTrialsOf(log: readonly LogRecord[], now: number): Map<string, PlaceTrial> {
  const trials = new Map<string, Draft>();
  for (const record of log) {
    const { itemId, rowId, time, type } = record;
    const isShown = type === 'view_item_list';
    if (rowId === undefined || (!isShown && INTERACTION_WEIGHTS[type] <= 0)) continue;
    const draft = trials.get(itemId) ?? {
      all: { shown: 0, chosen: 0 },
      explored: { shown: 0, chosen: 0 },
      server: { shown: 0, chosen: 0 },
      lastChosen: -Infinity,
    };
    trials.set(itemId, draft);
    if (!isShown && time - draft.lastChosen < VISIT_GAP_MS) continue;
    if (!isShown) draft.lastChosen = time;
    const weight = decay(now - time, ROWS_HALF_LIFE_MS);
    for (const count of countsOf(draft, record)) count[isShown ? 'shown' : 'chosen'] += weight;
  }
  return trials;
}
