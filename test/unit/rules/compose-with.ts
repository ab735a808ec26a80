/** Feeds under rules, in one call. */
import { expect } from 'vitest';
import type { MerchandisingRule } from '../../../src/core/rules.ts';
import type { RankedItem, Row } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { rulesAt } from '../../../src/rules/create-rule-view.ts';
import { validateRules } from '../../../src/rules/validate-rules.ts';
import { compose, NOW, type Scene } from '../feed/fixtures.ts';
import { FIVE_LOOKS, scene } from '../feed/kinds.ts';

/** A rule whose id does not matter. */
export type Rule = Omit<MerchandisingRule, 'id'> & { readonly id?: string };

/** Composes a feed under rules that must be right. */
export function composeWith(visited: Scene, rules: readonly Rule[], now = NOW): ComposedFeed {
  const checked = validateRules(rules.map((rule, n) => ({ id: `r${n}`, ...rule })));
  expect(checked.faults).toEqual([]);
  const options = { ...visited.options, rules: rulesAt(checked.rules, now) };
  return compose({ ...visited, options });
}

export const placed = ({ rows }: ComposedFeed): RankedItem[] => rows.flatMap(({ items }) => items);
export const ids = (feed: ComposedFeed): string[] => placed(feed).map(({ itemId }) => itemId);
export const idsIn = (row: Row | undefined): string[] =>
  row?.items.map(({ itemId }) => itemId) ?? [];
export const find = (feed: ComposedFeed, id: string): RankedItem | undefined =>
  placed(feed).find(({ itemId }) => itemId === id);
export const meanPlace = (feed: ComposedFeed, kind: RegExp): number => {
  const places = feed.order.flatMap((id, n) => (kind.test(id) ? [n] : []));
  return places.reduce((sum, n) => sum + n, 0) / places.length;
};

export const NOBODY = scene({ log: [] });
export const SOMEBODY = scene({ log: FIVE_LOOKS });
