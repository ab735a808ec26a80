/**
 * What the shop's rules say of one feed's candidates. The rooms of `feed/` know no more of them.
 *
 * @packageDocumentation
 */
import type { Item, Membership, RankedItem, ScorePart } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
import type { PlacedRow } from './place-rows.ts';

/** What rules look at. */
export interface RuleScene {
  /** N candidates. */
  readonly items: readonly Item[];
  /** @returns Memberships of a candidate. */
  membershipsOf(row: number): readonly Membership[];
}

/** Rules in force, for one feed. */
export interface RuleView {
  /** What the parts of {@link RuleView.parts} say, by name. */
  readonly words: ReadonlyMap<string, string>;
  /** @returns Parts named `rule:ID`; none for most candidates. */
  parts(row: number): readonly ScorePart[];
  /** @returns Whether a candidate must not be shown. */
  isOut(row: number): boolean;
  /** @returns Whether its place is paid for. */
  isSponsored(row: number): boolean;
  /** @returns Rows that stand above all others; none in a list. */
  pinned(context: FeedContext): readonly PlacedRow[];
  /** @returns The page with items put where the shop wants them; none stands twice. */
  insert(context: FeedContext, rows: readonly PlacedRow[]): readonly PlacedRow[];
  /** @returns The item as the page gets it, with labels and the reason that goes with them. */
  mark(ranked: RankedItem, placed: PlacedItem): RankedItem;
}

/** Makes a view of the rules in force. */
export type RuleViewMaker = (scene: RuleScene) => RuleView;
