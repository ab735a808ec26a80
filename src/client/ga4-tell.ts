/**
 * Hands events to the shop's own analytics, where the shop turned that on and may do so.
 *
 * @packageDocumentation
 */
import type { Row } from '../core/types.ts';
import type { RawItem } from './candidates.ts';
import { type Ga4Params, listParams } from './ga4-events.ts';

/** Where events go, and whether they may; without it none goes anywhere. */
export interface AnalyticsOptions {
  /** Asked before each event: whether the shop has the visitor's consent to send it. */
  readonly mayTell: () => boolean;
  /**
   * Name of a list on `window`, default `dataLayer` (Google Tag Manager), or a function that gets
   * each event: `(name, params) => gtag('event', name, params)`.
   */
  readonly to?:
    | string
    | ((name: 'view_item_list' | 'select_item', params: Ga4Params) => void)
    | undefined;
}

function listNamed(name: string): unknown[] {
  const page = globalThis as unknown as Record<string, unknown[] | undefined>;
  return (page[name] ??= []);
}

/**
 * Whether Google's Consent Mode grants `analytics_storage`, by the commands in a data layer.
 *
 * @param list - Entries as `gtag` pushes them; the last command counts. A default for some regions
 *   only may be another's: it can deny, but not grant.
 * @returns False when nobody was asked.
 */
export function isGranted(list: readonly unknown[]): boolean {
  let isAllowed = false;
  for (const entry of list) {
    const [command, , state] = Array.from((entry ?? []) as ArrayLike<unknown>);
    if (command !== 'consent') continue;
    const { analytics_storage: storage, region } = (state ?? {}) as Record<string, unknown>;
    if (storage !== undefined && !(region && storage === 'granted')) {
      isAllowed = storage === 'granted';
    }
  }
  return isAllowed;
}

/** An event on a row. */
export interface RowEvent {
  /** GA4's name. */
  readonly name: 'view_item_list' | 'select_item';
  /** The row. */
  readonly row: Row;
  /** The candidates as the shop sent them, by id. */
  readonly items: ReadonlyMap<string, RawItem>;
  /** Arm of the holdout. */
  readonly experiment: 'exposed' | 'held-out' | 'none';
  /** The item that was chosen; undefined: the event is about the whole row. */
  readonly itemId: string | undefined;
}

function paramsOf({ experiment, itemId, items, row }: RowEvent): Ga4Params {
  const chosen = row.items.filter((item) => itemId === undefined || item.itemId === itemId);
  return listParams({ ...row, items: chosen }, items, experiment);
}

/** A name alone is that of a data layer; Consent Mode in it says whether events may go there. */
function optionsOf(analytics: AnalyticsOptions | string): AnalyticsOptions {
  if (typeof analytics !== 'string') return analytics;
  const to = analytics || 'dataLayer';
  return { to, mayTell: () => isGranted(listNamed(to)) };
}

/**
 * Tells of an event, if it may.
 *
 * @param analytics - See {@link AnalyticsOptions}; or the name of a data layer, where events go
 *   while Consent Mode grants `analytics_storage` in that same list; empty: `dataLayer`.
 * @param event - What happened. What the shop's functions throw is reported to its console.
 */
export function tellAnalytics(analytics: AnalyticsOptions | string, event: RowEvent): void {
  try {
    const { mayTell, to = 'dataLayer' } = optionsOf(analytics);
    // A promise is no answer: only true is.
    const answer: unknown = mayTell();
    if (answer !== true) return;
    const params = paramsOf(event);
    if (typeof to === 'function') {
      to(event.name, params);
      return;
    }
    const { experiment, ...ecommerce } = params;
    // What an earlier event left in Tag Manager's model must not mix with this one.
    listNamed(to).push(
      { ecommerce: null },
      { event: event.name, ecommerce, ...(experiment && { experiment }) },
    );
  } catch (error) {
    reportError(error);
  }
}
