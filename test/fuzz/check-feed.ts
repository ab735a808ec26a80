/** What must hold for every feed, whatever it was made of. */
import { ERROR_CODES } from '../../src/core/error-codes.ts';
import { isVitrineError } from '../../src/core/errors.ts';
import type { Feed, RankedItem } from '../../src/core/types.ts';

/** Fails a run; the sentence stands in the report. */
export function expectSo(isSo: boolean, what: () => string): asserts isSo {
  if (!isSo) throw new Error(what());
}

function numbersOf(item: RankedItem): number[] {
  const { memberships, rank, score, scoreParts } = item;
  return [
    rank,
    score,
    ...scoreParts.map(({ value }) => value),
    ...memberships.map(({ weight }) => weight),
    ...(item.explored ? [item.explored.propensity] : []),
  ];
}

/**
 * Throws unless the feed's order is a permutation of the ids, no item stands in its rows twice, and
 * every number is finite.
 *
 * @param feed - As the engine made it.
 * @param ids - The valid ones, distinct, in any order.
 */
export function checkFeed(feed: Feed, ids: readonly string[]): void {
  const order = new Set(feed.order);
  expectSo(order.size === feed.order.length, () => 'an id twice in order');
  const strays = feed.order.filter((id) => !ids.includes(id));
  const missing = ids.filter((id) => !order.has(id));
  expectSo(strays.length === 0, () => `in order, but no valid id: ${JSON.stringify(strays)}`);
  expectSo(missing.length === 0, () => `not in order: ${JSON.stringify(missing)}`);
  const shown = feed.rows.flatMap(({ items }) => items);
  const rowIds = shown.map(({ itemId }) => itemId);
  expectSo(new Set(rowIds).size === rowIds.length, () => 'an item twice in rows');
  expectSo(
    rowIds.every((id) => order.has(id)),
    () => 'in a row, but not in order',
  );
  for (const item of shown) {
    expectSo(numbersOf(item).every(Number.isFinite), () => `no number: ${JSON.stringify(item)}`);
  }
  for (const { code, count, first } of feed.warnings) {
    expectSo(ERROR_CODES.includes(code), () => `unknown code ${code}`);
    expectSo(count >= 1 && typeof first === 'string', () => `a warning without a case: ${code}`);
  }
}

/**
 * Throws unless what was thrown is a {@link VitrineError} with one of the codes that are expected.
 *
 * @param error - Anything thrown.
 * @param codes - Beginnings of codes; default any.
 */
export function expectRefusal(error: unknown, codes: readonly string[] = ['']): void {
  if (!isVitrineError(error)) throw error;
  expectSo(
    codes.some((code) => error.code.startsWith(code)),
    () => `refused by ${error.code}: ${error.message}`,
  );
}
