/**
 * Protocols by name.
 *
 * @packageDocumentation
 */
import { leaveOneOut, nextBasket, nextClick, type Split } from '../ranker/protocols.ts';
import type { Dataset } from './read-data.ts';

/** What a pack may learn from, by name. */
export const PROTOCOLS = ['leave-one-out', 'next-click', 'next-basket', 'all'] as const;

/** Name of a protocol. */
export type ProtocolName = (typeof PROTOCOLS)[number];

/**
 * Splits a data set by a protocol.
 *
 * `all` learns from everything: nothing is left to measure on, its `test` is empty.
 *
 * @param data - The data.
 * @param protocol - Which.
 * @returns What may be learned from, and the lists to measure on.
 */
export function splitData(data: Dataset, protocol: ProtocolName): Split {
  const numItems = data.items.length;
  const { visitors } = data;
  if (protocol === 'next-click') return nextClick(visitors, { numItems });
  if (protocol === 'next-basket') return nextBasket(visitors, { numItems });
  if (protocol === 'leave-one-out') {
    const indexOf = new Map(visitors.map(({ visitorId }, index) => [visitorId, index]));
    const given = data.given.flatMap(({ visitorId, candidates, target }) => {
      const visitor = indexOf.get(visitorId);
      const place = candidates.indexOf(target);
      return visitor === undefined || place < 0 ? [] : [{ visitor, candidates, target: place }];
    });
    return leaveOneOut(visitors, given.length > 0 ? { numItems, given } : { numItems });
  }
  // The functions still need answers that their tables have not seen: those of leave-one-out.
  const { early, train } = leaveOneOut(visitors, { numItems });
  return { learn: visitors, early, train, valid: [], test: [] };
}
