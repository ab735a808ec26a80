/**
 * The feed that stands when the worker cannot make one: the server's order, cut into rows.
 *
 * @packageDocumentation
 */
import type { Candidates, Feed, FeedReason, Row, Warning } from '../core/types.ts';
import type { RerankRequest } from '../protocol.ts';
import { fetchCandidates, isUrl, itemsById, parseCandidates } from './candidates.ts';

/** What of a request rows in the server's order depend on. */
export type ServerRequest = Pick<RerankRequest, 'rows' | 'rowSize' | 'contextItemId'>;

/**
 * Cuts ids into rows.
 *
 * @param order - Ids in the server's order.
 * @param request - Rows (default 6), row size (default 12) and the item left out of the rows.
 * @returns Rows `server`, `server-2` …, with 1/(1 + index) as score.
 */
export function cutRows(order: readonly string[], request: ServerRequest): Row[] {
  const shown = order.filter((id) => id !== request.contextItemId);
  const { rows: most = 6, rowSize = 12 } = request;
  const rows: Row[] = [];
  // The one row of a list is without end: 0 × Infinity would be no number.
  for (let first = 0; rows.length < most && first < shown.length; first += rowSize) {
    rows.push({
      kind: 'server',
      id: first ? `server-${rows.length + 1}` : 'server',
      title: first ? 'More to see' : 'Featured',
      why: 'In the shop’s order.',
      items: shown.slice(first, first + rowSize).map((itemId, index) => {
        const rank = index + 1;
        const score = 1 / (first + rank);
        return {
          itemId,
          rank,
          score,
          scoreParts: [{ name: 'serverOrder', value: score }],
          memberships: [],
          why: 'In the shop’s order.',
        };
      }),
    });
  }
  return rows;
}

/**
 * Makes the fallback feed on the page.
 *
 * Never rejects. Candidates by URL are fetched here; when that fails the feed is empty.
 * Cost: O(candidates), about 10 ms for 100,000.
 *
 * @param candidates - As for `rerank`.
 * @param request - Rows (default 6), row size (default 12) and the item left out of the rows.
 * @param reason - Why the server's order stands.
 * @param warnings - What else is known of it; default nothing.
 * @returns Rows `server`, `server-2` …, with 1/(1 + index) as score; all ids in `order`.
 * @example (await serverFeed([{ id: 'a' }], {}, 'WORKER_LOST')).order // ['a']
 */
export async function serverFeed(
  candidates: Candidates,
  request: RerankRequest,
  reason: FeedReason,
  warnings: readonly Warning[] = [],
): Promise<Feed> {
  const start = performance.now();
  const sent = isUrl(candidates) ? await fetchCandidates(candidates) : candidates;
  const order = [...itemsById(typeof sent === 'string' ? parseCandidates(sent) : sent).keys()];
  return {
    rows: cutRows(order, request),
    order,
    personalized: false,
    reason,
    seed: 0,
    packId: 'none',
    device: 'none',
    timings: { total: performance.now() - start },
    warnings,
  };
}
