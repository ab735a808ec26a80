/**
 * What must not compile in the data that a merchant writes and reads. Each line below a mark is a
 * mistake; when one of them compiles, its mark is an error of `npm run test:types`. Never run.
 */
import { VitrineError } from '../../src/index.ts';
import type {
  Counterfactual,
  Interaction,
  Item,
  Profile,
  ProfileExport,
  RankedItem,
  Row,
  Segment,
  SegmentInput,
  Stats,
  Vitrine,
} from '../../src/index.ts';

/** Mistakes in segments. */
export const segments: readonly SegmentInput[] = [
  // @ts-expect-error a segment without a name
  { keywords: ['trail'] },
  // @ts-expect-error keywords are a list
  { name: 'Hikers', keywords: 'trail' },
  // @ts-expect-error a price level that is none
  { name: 'Hikers', price: 'cheap' },
  // @ts-expect-error a bound is a number
  { name: 'Hikers', price: { min: '5' } },
  // @ts-expect-error a field that does not exist
  { name: 'Hikers', colour: 'red' },
  // @ts-expect-error the values of a feature are a list
  { name: 'Hikers', features: { material: 'leather' } },
];

/** Mistakes in items. */
export const items: readonly Item[] = [
  // @ts-expect-error an item without an id
  { title: 'Boots' },
  // @ts-expect-error a number is no id
  { id: 7 },
  // @ts-expect-error a price is a number
  { id: 'a', price: '9.99' },
  // @ts-expect-error a path is a list
  { id: 'a', categoryPath: 'shoes' },
  // @ts-expect-error null is not the same as left out
  { id: 'a', brand: null },
];

/** Mistakes in interactions. */
export const interactions: readonly Interaction[] = [
  // @ts-expect-error an interaction without a type
  { itemId: 'a' },
  // @ts-expect-error our own word in place of GA4's
  { type: 'click', itemId: 'a' },
  // @ts-expect-error a time is a number of milliseconds
  { type: 'view_item', itemId: 'a', time: new Date(0) },
  // @ts-expect-error items are a list
  { type: 'purchase', items: 'a' },
  // @ts-expect-error an id is a text
  { type: 'view_item', itemId: 7 },
];

/**
 * Mistakes in the calls about the visitor.
 *
 * @param vitrine - Any instance.
 */
export async function visitor(vitrine: Vitrine): Promise<void> {
  // @ts-expect-error a state of consent that is none
  await vitrine.setConsent('maybe');
  // @ts-expect-error a query is an object
  await vitrine.profile.forget('a');
  // @ts-expect-error a time is a number of milliseconds
  await vitrine.profile.forget({ since: '2026' });
  // @ts-expect-error the log is not written to
  vitrine.profile.get = async () => null;
  // @ts-expect-error an id is a text
  await vitrine.segments.follow(1);
  // @ts-expect-error follows are undone by unfollow
  await vitrine.segments.unblock('a');
  // @ts-expect-error a detail of another event
  vitrine.on('feed', (detail) => detail.segmentId);
  // @ts-expect-error a change that is none
  vitrine.on('segment', ({ change }) => change === 'liked');
}

/**
 * What is told is not changed, and may be missing.
 *
 * @param told - One of each.
 */
export function results(told: {
  row: Row;
  item: RankedItem;
  segment: Segment;
  profile: Profile;
  exported: ProfileExport;
  stats: Stats;
  counterfactual: Counterfactual;
}): void {
  // @ts-expect-error read-only
  told.row.title = 'Mine';
  // @ts-expect-error read-only
  told.row.items[0] = told.item;
  // @ts-expect-error a place that was not explored has no propensity
  void told.item.explored.propensity;
  // @ts-expect-error read-only
  told.segment.vector[0] = 1;
  // @ts-expect-error null below three priced interactions
  void told.profile.price.median;
  // @ts-expect-error read-only
  told.exported.log.pop();
  // @ts-expect-error null when the row would be gone
  void told.counterfactual.rowRankWithout.toFixed();
  // @ts-expect-error a kind of row that is none
  void (told.row.kind === 'recommended');
  // @ts-expect-error a state of the worker that is none
  void (told.stats.worker === 'dead');
  // @ts-expect-error not in the table of codes
  throw new VitrineError('OOPS');
}
