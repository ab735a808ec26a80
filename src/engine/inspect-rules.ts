/**
 * The shop's rules and what becomes of them on the page.
 *
 * @packageDocumentation
 */
import type { InspectedRule } from '../core/inspection.ts';
import type { Membership, RankedItem } from '../core/types.ts';
import type { ComposedFeed } from '../feed/compose-rows.ts';

/** Whether a rule has put an item where it stands, or moved it. */
function isBy(id: string, { pinned, scoreParts, sponsored }: RankedItem): boolean {
  const isMoved = scoreParts.some(({ name }) => name === `rule:${id}`);
  return isMoved || pinned?.ruleId === id || sponsored?.ruleId === id;
}

/**
 * Describes rules.
 *
 * @param input - The shop's, unchecked; undefined: none.
 * @param composed - The last feed.
 * @param now - Milliseconds.
 * @returns Usable rules in their order, and what is wrong with the others.
 */
export async function rulesOf(
  input: unknown,
  composed: ComposedFeed,
  now: number,
): Promise<{
  readonly rules: readonly InspectedRule[];
  readonly faults: readonly string[];
}> {
  if (input === undefined) return { rules: [], faults: [] };
  // As feeds load them, so that these stay the same files.
  const [{ validateRules }, { matchedRows }] = await Promise.all([
    import('../rules/validate-rules.ts'),
    import('../rules/create-rule-view.ts'),
  ]);
  const { faults, rules } = validateRules(input);
  const { context } = composed;
  const { items: candidates } = context.encoded;
  const membershipsOf = (row: number): readonly Membership[] => context.membershipsOf(row);
  const scene = { items: candidates, membershipsOf };
  const shown = composed.rows.flatMap(({ items }) => items);
  const described = rules.map(({ from, id, match, type, until }) => ({
    id,
    type,
    isInForce: from <= now && now < until,
    matches: matchedRows(match, scene).length,
    shown: shown.filter((item) => isBy(id, item)).length,
  }));
  return { rules: described, faults };
}
