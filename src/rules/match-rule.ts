/**
 * Which candidates a rule is about.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { RuleScene } from '../feed/rule-view.ts';
import type { CheckedMatch } from './validate-rules.ts';

function fitsPrice({ price }: Item, range: CheckedMatch['price']): boolean {
  if (range === undefined) return true;
  const { min = 0, max = Infinity } = range;
  return price !== undefined && price >= min && price <= max;
}

const holds = (names: ReadonlySet<string> | undefined, own: readonly string[]): boolean =>
  names === undefined || own.some((name) => names.has(name.toLowerCase()));

/**
 * The candidates that a rule is about. Cost: O(N); with `segment` one look at the memberships of
 * each candidate that fits otherwise.
 *
 * @param match - All fields must fit.
 * @param scene - Candidates.
 * @returns Rows: in the order of `ids` where they are given, else in the server's.
 */
export function matchedRows(match: CheckedMatch, scene: RuleScene): number[] {
  const { items } = scene;
  const places = match.ids && new Map(match.ids.map((id, place) => [id, place]));
  const fits = (item: Item, row: number): boolean =>
    (places === undefined || places.has(item.id)) &&
    holds(match.brand, item.brand === undefined ? [] : [item.brand]) &&
    holds(match.category, item.categoryPath ?? []) &&
    holds(match.tags, item.tags ?? []) &&
    fitsPrice(item, match.price) &&
    (match.segment === undefined ||
      scene.membershipsOf(row).some(({ segmentId }) => match.segment?.has(segmentId)));
  const rows = [...items.keys()].filter((row) => fits(items[row] as Item, row));
  if (places === undefined) return rows;
  const placeOf = (row: number): number => places.get(items[row]?.id ?? '') ?? 0;
  return rows.sort((a, b) => placeOf(a) - placeOf(b));
}
