/**
 * What must not compile for a merchant. Each line below a mark is a mistake; when one of them
 * compiles, its mark is an error of `npm run test:types`. Nothing here is ever run.
 */
import { createVitrine } from '../../src/index.ts';
import type { Feed, RankedItem, Vitrine, VitrineErrorCode } from '../../src/index.ts';

/**
 * Mistakes in the options.
 *
 * @returns Never reached.
 */
export async function options(): Promise<void> {
  // @ts-expect-error a consent that is none
  await createVitrine({ consent: 'yes' });
  // @ts-expect-error the device of another library
  await createVitrine({ device: 'gpu' });
  // @ts-expect-error a misspelt option
  await createVitrine({ explorations: 0.1 });
  // @ts-expect-error undefined is not the same as left out
  await createVitrine({ seed: undefined });
}

/**
 * Mistakes in the calls.
 *
 * @param vitrine - Any instance.
 */
export async function calls(vitrine: Vitrine): Promise<void> {
  // @ts-expect-error an interaction that GA4 does not know
  await vitrine.track({ type: 'click', itemId: 'a' });
  // @ts-expect-error a number is no id
  await vitrine.explain(1);
  // @ts-expect-error rows is a number
  await vitrine.rerank([], { rows: '5' });
  // @ts-expect-error there is no such event
  vitrine.on('click', () => {});
}

/**
 * A feed is read-only: what crossed a room is not changed.
 *
 * @param feed - Any feed.
 * @param item - Any item of it.
 */
export function results(feed: Feed, item: RankedItem): void {
  // @ts-expect-error read-only
  feed.personalized = true;
  // @ts-expect-error read-only
  feed.rows.push();
  // @ts-expect-error read-only
  item.score = 1;
  // @ts-expect-error not in the table of codes
  const code: VitrineErrorCode = 'OOPS';
  void code;
}
