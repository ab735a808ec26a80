/**
 * What the inspector asks of the worker. Loaded when it is first asked: shoppers never load it.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Inspected } from '../core/inspection.ts';
import { chancesOf } from './inspect-chances.ts';
import { inspectPage } from './inspect-page.ts';
import { replayFeed } from './inspect-replay.ts';
import type { InspectedEngine } from './inspected-engine.ts';

/**
 * Answers the inspector.
 *
 * @param engine - What is looked at.
 * @param request - Unchecked; undefined: the page.
 * @param now - Milliseconds.
 * @returns The page, a feed made again, or an item's chances.
 * @throws {@link VitrineError} `OPTION_INVALID` for a feed that is not kept and for other requests,
 *   `ITEM_UNKNOWN` for what is no candidate.
 */
export async function inspect(
  engine: InspectedEngine,
  request: unknown,
  now: number,
): Promise<Inspected> {
  engine.shown.past.keepMore();
  if (request === undefined) return inspectPage(engine, now);
  const { after, replay, itemId } = (request ?? {}) as {
    readonly after?: unknown;
    readonly replay?: unknown;
    readonly itemId?: unknown;
  };
  if (typeof replay === 'number') return replayFeed(engine, { number: replay, after }, now);
  if (typeof itemId === 'string') return chancesOf(engine.shown.composed, itemId);
  throw new VitrineError(
    'OPTION_INVALID',
    `inspect: got ${typeof request}, expected nothing, { replay } with a number or { itemId }.`,
  );
}
