/**
 * What is said of each candidate, as facts that a segment can be named and described by.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../../catalog/encode-items.ts';
import type { Item } from '../../core/types.ts';

/** One thing that items can share. */
export interface Fact {
  /** Unique: kind and value. */
  readonly key: string;
  /** `category`, `brand`, `keyword`, or a kind of named feature such as `material`. */
  readonly kind: string;
  /** As the shop writes it, or the lexicon's value. */
  readonly value: string;
  /** Depth of a category, from 0; 0 for the others. */
  readonly depth: number;
}

/** Facts of a list. */
export interface FactTable {
  /** Facts of each item. */
  readonly of: readonly (readonly Fact[])[];
  /** Number of items that each fact is true of. */
  readonly counts: ReadonlyMap<string, number>;
  /** N. */
  readonly total: number;
}

/** Fewer items do not make a keyword worth naming. */
const MIN_ITEMS = 3;

/** Shorter words are rarely words. */
const MIN_LETTERS = 3;

function itemFacts(item: Item, analyzed: EncodedItems['analyzed'][number]): Fact[] {
  const facts = new Map<string, Fact>();
  const add = (kind: string, value: string, depth = 0): void => {
    const key = `${kind}\u0001${value.toLowerCase()}`;
    if (!facts.has(key)) facts.set(key, { key, kind, value, depth });
  };
  for (const [depth, name] of (item.categoryPath ?? []).entries()) add('category', name, depth);
  if (item.brand !== undefined) add('brand', item.brand);
  for (const { kind, value } of analyzed.named) add(kind, value);
  for (const [, { surface }] of analyzed.terms) {
    if (surface.length >= MIN_LETTERS && !/\d/u.test(surface)) add('keyword', surface);
  }
  return [...facts.values()];
}

/**
 * Collects the facts of a list.
 *
 * @param encoded - Candidates with their text analyses.
 * @returns Facts by item; keywords of fewer than three items are left out.
 */
export function tabulateFacts(encoded: EncodedItems): FactTable {
  const { items, analyzed } = encoded;
  const all = items.map((item, row) =>
    itemFacts(item, analyzed[row] as EncodedItems['analyzed'][number]),
  );
  const counts = new Map<string, number>();
  for (const { key } of all.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const of = all.map((facts) =>
    facts.filter(({ kind, key }) => kind !== 'keyword' || (counts.get(key) ?? 0) >= MIN_ITEMS),
  );
  return { of, counts, total: items.length };
}

/** A fact that some items share. */
export interface SharedFact extends Fact {
  /** Share of these items, 0 to 1. */
  readonly share: number;
  /** Share of these items by the share of all, above 1 when it is typical of them. */
  readonly lift: number;
  /** How much it tells these items from the others: share × ln(lift). */
  readonly weight: number;
}

/**
 * What some items have in common, most telling first.
 *
 * @param table - Facts of the list.
 * @param rows - The items.
 * @param least - Smallest share that counts.
 * @returns Facts more common here than in the whole list; ties by key.
 */
export function sharedFacts(
  table: FactTable,
  rows: readonly number[],
  least: number,
): SharedFact[] {
  const counts = new Map<string, { fact: Fact; count: number }>();
  for (const fact of rows.flatMap((row) => table.of[row] ?? [])) {
    const known = counts.get(fact.key);
    if (known) known.count++;
    else counts.set(fact.key, { fact, count: 1 });
  }
  const shared: SharedFact[] = [];
  for (const { fact, count } of counts.values()) {
    const share = count / rows.length;
    const base = (table.counts.get(fact.key) ?? count) / table.total;
    const lift = share / base;
    if (share < least || lift <= 1.05) continue;
    shared.push({ ...fact, share, lift, weight: share * Math.log(lift) });
  }
  return shared.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}
