/**
 * Rules in force → what they say of one feed. Loaded by the worker only when the shop has rules.
 *
 * Precedence: what is filtered or excluded is out, whatever else is said of it; then pins; `boost`,
 * `bury` and `sponsored` add up.
 *
 * @packageDocumentation
 */
import type { RankedItem, ScorePart } from '../core/types.ts';
import type { FeedContext } from '../feed/feed-context.ts';
import type { PlacedItem } from '../feed/fill-row.ts';
import type { PlacedRow } from '../feed/place-rows.ts';
import type { RuleScene, RuleView, RuleViewMaker } from '../feed/rule-view.ts';
import { matchedRows } from './match-rule.ts';
import type { CheckedRule } from './validate-rules.ts';

export { matchedRows } from './match-rule.ts';

/** Sentence of what the shop placed by hand. */
const CHOSEN = 'Chosen by the shop.';

/** Sentence of what stands where it stands because the shop moved it up. */
const RECOMMENDED = 'Recommended by the shop.';

/** A rule with the candidates that it is about. */
interface Applied extends CheckedRule {
  readonly rows: readonly number[];
}

const nameOf = ({ id }: CheckedRule): string => `rule:${id}`;

/** Words of a rule's part. */
function wordsOf({ id, type, label }: CheckedRule): string {
  if (type === 'sponsored') return `${label.toLowerCase()}: a paid place (rule “${id}”)`;
  if (type === 'pin') return `placed by the shop (rule “${id}”)`;
  return `moved ${type === 'boost' ? 'up' : 'down'} by the shop (rule “${id}”)`;
}

/** An item that stands where the shop wants it; its own parts, and one that says so. */
function placedBy(rule: CheckedRule, row: number, parts: readonly ScorePart[]): PlacedItem {
  const rest = parts.filter(({ name }) => name !== nameOf(rule));
  return { row, parts: [...rest, { name: nameOf(rule), value: 0 }], pinned: rule.id };
}

class View implements RuleView {
  readonly words: ReadonlyMap<string, string>;
  readonly #pins: readonly Applied[];
  readonly #parts = new Map<number, ScorePart[]>();
  readonly #sponsors = new Map<number, Applied>();
  readonly #out = new Set<number>();

  constructor(rules: readonly CheckedRule[], scene: RuleScene) {
    const applied = rules.map((rule) => ({ ...rule, rows: matchedRows(rule.match, scene) }));
    this.words = new Map(rules.map((rule) => [nameOf(rule), wordsOf(rule)]));
    this.#pins = applied.filter(({ type }) => type === 'pin');
    for (const rule of applied) this.#apply(rule, scene.items.length);
  }

  #apply(rule: Applied, count: number): void {
    const { type, rows, strength } = rule;
    if (type === 'exclude') for (const row of rows) this.#out.add(row);
    if (type === 'filter') {
      const kept = new Set(rows);
      for (let row = 0; row < count; row++) if (!kept.has(row)) this.#out.add(row);
    }
    if (strength === 0) return;
    for (const row of rows) {
      const parts = this.#parts.get(row) ?? [];
      parts.push({ name: nameOf(rule), value: type === 'bury' ? -strength : strength });
      this.#parts.set(row, parts);
      if (type === 'sponsored') this.#sponsors.set(row, rule);
    }
  }

  parts(row: number): readonly ScorePart[] {
    return this.#parts.get(row) ?? [];
  }

  isOut(row: number): boolean {
    return this.#out.has(row);
  }

  isSponsored(row: number): boolean {
    return this.#sponsors.has(row);
  }

  pinned(context: FeedContext): readonly PlacedRow[] {
    const { layout, rows: most, rowSize } = context.options;
    if (layout === 'list') return [];
    const taken = new Set<number>();
    const pinned: PlacedRow[] = [];
    for (const rule of this.#pins) {
      if (rule.where || pinned.length === most) continue;
      const rows = this.#free(context, rule, taken).slice(0, rowSize);
      if (rows.length === 0) continue;
      for (const row of rows) taken.add(row);
      const items = rows.map((row) => placedBy(rule, row, context.staticParts(row)));
      pinned.push({ id: `pinned:${rule.id}`, kind: 'pinned', title: rule.title, items });
    }
    return pinned;
  }

  insert(context: FeedContext, rows: readonly PlacedRow[]): readonly PlacedRow[] {
    const isList = context.options.layout === 'list';
    const taken = new Set(
      rows.flatMap(({ kind, items }) => (kind === 'pinned' ? items.map(({ row }) => row) : [])),
    );
    const slots = rows.map((): Slots => new Map());
    for (const rule of this.#pins) {
      // A list has no rows of their own: what would be pinned above it stands first in it.
      const where = rule.where ?? (isList ? { row: 1, position: 1 } : undefined);
      const slot = where && slots[placeOf(rows, where.row)];
      if (where === undefined || slot === undefined) continue;
      let position = where.position;
      for (const row of this.#free(context, rule, taken)) {
        // Who comes first keeps the place; the next one gets the next.
        while (slot.has(position)) position++;
        if (position > context.options.rowSize) break;
        slot.set(position, { rule, row });
        taken.add(row);
      }
    }
    const moved = new Set(slots.flatMap((slot) => [...slot.values()].map(({ row }) => row)));
    return rows
      .map((row, at) => fillSlots(context, row, slots[at] ?? new Map(), moved))
      .filter(({ items }) => items.length > 0);
  }

  mark(ranked: RankedItem, placed: PlacedItem): RankedItem {
    const sponsor = this.#sponsors.get(placed.row);
    const [top] = ranked.scoreParts.toSorted((a, b) => b.value - a.value);
    const isMoved = top !== undefined && top.value > 0 && this.words.has(top.name);
    const reason = placed.pinned === undefined ? (isMoved ? RECOMMENDED : ranked.why) : CHOSEN;
    return {
      ...ranked,
      ...(placed.pinned === undefined ? {} : { pinned: { ruleId: placed.pinned } }),
      ...(sponsor ? { sponsored: { label: sponsor.label, ruleId: sponsor.id } } : {}),
      why: sponsor ? `${sponsor.label}. ${reason}` : reason,
    };
  }

  /** What a pin may place: nothing that is held back, out, or placed by another one. */
  #free(context: FeedContext, { rows }: Applied, taken: ReadonlySet<number>): number[] {
    return rows.filter((row) => context.mayStand(row) && !taken.has(row));
  }
}

function placeOf(page: readonly PlacedRow[], row: string | number): number {
  return typeof row === 'number'
    ? row <= page.length
      ? row - 1
      : -1
    : page.findIndex(({ id }) => id === row);
}

/** What pins put into a row, by place from 1. */
type Slots = Map<number, { readonly rule: CheckedRule; readonly row: number }>;

function placedAt(
  context: FeedContext,
  { rule, row }: { readonly rule: CheckedRule; readonly row: number },
  known: ReadonlyMap<number, readonly ScorePart[]>,
): PlacedItem {
  return placedBy(rule, row, known.get(row) ?? context.staticParts(row));
}

/** A row with its pinned items in their places, the others around them, cut to its length. */
function fillSlots(
  context: FeedContext,
  row: PlacedRow,
  slots: Slots,
  moved: ReadonlySet<number>,
): PlacedRow {
  const rest = row.items.filter((item) => !moved.has(item.row));
  if (slots.size === 0) return rest.length === row.items.length ? row : { ...row, items: rest };
  const known = new Map(row.items.map((item) => [item.row, item.parts]));
  const size = Math.min(context.options.rowSize, rest.length + slots.size);
  const items: PlacedItem[] = [];
  const last = [...slots].sort(([a], [b]) => a - b);
  while (items.length < size) {
    const isDue = last[0]?.[0] === items.length + 1;
    const next = isDue ? undefined : rest.shift();
    // A place beyond the end of the row: right behind its last item.
    const pinned = next === undefined ? last.shift()?.[1] : undefined;
    if (next) items.push(next);
    if (pinned) items.push(placedAt(context, pinned, known));
  }
  return { ...row, items };
}

/**
 * Rules in force at a time, ready to be asked.
 *
 * @param rules - Checked.
 * @param now - Milliseconds.
 * @returns Makes a view of a feed's candidates; undefined when no rule is in force.
 */
export function rulesAt(rules: readonly CheckedRule[], now: number): RuleViewMaker | undefined {
  const inForce = rules.filter(({ from, until }) => from <= now && now < until);
  return inForce.length > 0 ? (scene) => new View(inForce, scene) : undefined;
}
