/** What must compile for a merchant: the code of the README and of careful shops. Never run. */
import { createVitrine, isVitrineError } from '../../src/index.ts';
import type {
  Feed,
  FeedReason,
  Item,
  Profile,
  SegmentInput,
  Vitrine,
  VitrineErrorCode,
  VitrineEvents,
} from '../../src/index.ts';

/** Whether two types are the same: each takes the values of the other. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

const SEGMENTS = [
  { name: 'Hikers', keywords: ['trail'], price: 'low' },
  { name: 'Gifts', price: { min: 10, max: 50 }, features: { occasion: ['birthday'] } },
] as const satisfies readonly SegmentInput[];

/**
 * A shop that uses everything.
 *
 * @param list - Candidates as the server sent them.
 * @returns The last feed.
 */
export async function shop(list: readonly Item[]): Promise<Feed> {
  const vitrine: Vitrine = await createVitrine({
    consent: 'unknown',
    segments: SEGMENTS,
    exploration: 0.1,
    now: () => 0,
    workerUrl: new URL('https://shop.example/vitrine.worker.js'),
  });
  const stop = vitrine.on('segment', ({ segmentId, change }) => void `${segmentId} ${change}`);
  await vitrine.rerank('/api/items.json');
  await vitrine.rerank(new URL('https://shop.example/items.json'));
  await vitrine.rerank({ products: list }, { rows: 3, signal: AbortSignal.timeout(100) });
  await vitrine.track({ type: 'view_item', itemId: 'a' });
  await vitrine.track({ type: 'purchase', items: ['a', { item_id: 'b', price: 3 }, ...list] });
  try {
    await vitrine.explain('a');
  } catch (error) {
    if (isVitrineError(error) && error.code === 'ITEM_UNKNOWN') stop();
  }
  return vitrine.rerank(list);
}

/** Does not compile unless all are true. */
export const facts: readonly true[] = [
  true satisfies Same<VitrineEvents['feed'], Feed>,
  true satisfies Same<Awaited<ReturnType<Vitrine['profile']['get']>>, Profile>,
  true satisfies Same<Awaited<ReturnType<Vitrine['profile']['forget']>>, number>,
  true satisfies Same<ReturnType<Vitrine['on']>, () => void>,
  true satisfies Same<Extract<FeedReason, VitrineErrorCode>, VitrineErrorCode>,
  true satisfies Same<Extract<FeedReason, 'COLD_START'>, 'COLD_START'>,
];
