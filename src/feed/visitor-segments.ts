/**
 * Segments of the visitor's own: the category, as special as the evidence allows, that most of the
 * interest goes to. They make "more of this kind" possible in any shop, whatever its segments.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import { readable } from '../core/readable.ts';
import type { Item } from '../core/types.ts';
import type { VisitorItem } from './visitor.ts';

/** A row of the visitor's own. */
export interface VisitorSegment {
  /** `visitor:` and the category, or `visitor:recent`. */
  readonly id: string;
  /** Row title. */
  readonly name: string;
  /** Path that its items lie under; empty when the visitor's items have no category. */
  readonly path: readonly string[];
  /** Weight of each visitor item (M), 0 for those outside. */
  readonly weights: readonly number[];
  /** Share of the session's evidence, 0 to 1. */
  readonly sessionShare: number;
  /** Share of the long-term evidence, 0 to 1. */
  readonly longTermShare: number;
}

/** Ids of them all begin so. */
const PREFIX = 'visitor:';

/** Of items without a category. */
const RECENT = `${PREFIX}recent`;

/** Most rows of the visitor's own. */
const MAX_SEGMENTS = 2;

/** Least share of the evidence. */
const MIN_SHARE = 0.3;

/** Fewest distinct items; one view is an accident, three are a search. */
const MIN_ITEMS = 2;

/** Least evidence: two fresh views, or one item in the cart and a view. */
const MIN_MASS = 2;

/** Older evidence counts this much beside the session's. */
const LONG_TERM_SHARE = 0.3;

/** Fewest candidates under a path, so that the row can fill itself. */
const MIN_CANDIDATES = 6;

interface Group {
  readonly path: readonly string[];
  mass: number;
  items: number;
}

function keyOf(path: readonly string[]): string {
  return path.join('\u0001').toLowerCase();
}

function prefixesOf(item: Item): (readonly string[])[] {
  const path = item.categoryPath ?? [];
  return path.map((_, depth) => path.slice(0, depth + 1));
}

/**
 * Whether an item lies under a category path.
 *
 * @param item - An item.
 * @param path - Path; the empty path covers everything.
 * @returns True when the item's path begins with it, letter case aside.
 */
export function liesUnder(item: Item, path: readonly string[]): boolean {
  const own = item.categoryPath ?? [];
  return path.every((name, depth) => own[depth]?.toLowerCase() === name.toLowerCase());
}

function strengthOf(item: VisitorItem): number {
  return item.session + LONG_TERM_SHARE * item.longTerm;
}

/** Whether a row of a path could fill itself. Looks no further than it must. */
function hasEnough(candidates: readonly Item[], path: readonly string[]): boolean {
  let count = 0;
  for (const item of candidates) {
    if (liesUnder(item, path) && ++count === MIN_CANDIDATES) return true;
  }
  return false;
}

/** Special before general, then strong before weak. */
function byDepthAndMass(a: Group, b: Group): number {
  return (
    b.path.length - a.path.length || b.mass - a.mass || (keyOf(a.path) < keyOf(b.path) ? -1 : 1)
  );
}

/**
 * Finds what the visitor looks at right now.
 *
 * @param items - The visitor's items, M.
 * @param candidates - What rows can be filled from.
 * @returns At most two segments, strongest first; none below the thresholds.
 */
export function findVisitorSegments(
  items: readonly VisitorItem[],
  candidates: readonly Item[],
): VisitorSegment[] {
  const total = items.reduce((sum, item) => sum + strengthOf(item), 0);
  if (items.length < MIN_ITEMS || total < MIN_MASS) return [];
  const groups = new Map<string, Group>();
  for (const item of items) {
    for (const path of prefixesOf(item.item)) {
      const group = groups.get(keyOf(path)) ?? { path, mass: 0, items: 0 };
      group.mass += strengthOf(item);
      group.items++;
      groups.set(keyOf(path), group);
    }
  }
  const strong = [...groups.values()].filter(
    ({ path, mass, items: count }) =>
      mass >= MIN_MASS &&
      mass / total >= MIN_SHARE &&
      count >= MIN_ITEMS &&
      hasEnough(candidates, path),
  );
  const chosen = chooseGroups(strong);
  if (chosen.length > 0) return chosen.map((group) => toSegment(group, items));
  const loose = items.filter(({ item }) => !item.categoryPath?.length);
  const mass = loose.reduce((sum, item) => sum + strengthOf(item), 0);
  const isLoose = loose.length >= MIN_ITEMS && mass >= MIN_MASS && mass / total >= MIN_SHARE;
  return isLoose ? [toSegment({ path: [], mass, items: loose.length }, items)] : [];
}

/** Special ones first; none that holds, or lies in, another. Strongest first. */
function chooseGroups(strong: Group[]): Group[] {
  const chosen: Group[] = [];
  for (const group of strong.sort(byDepthAndMass)) {
    const isRelated = chosen.some(
      ({ path }) => isPrefix(path, group.path) || isPrefix(group.path, path),
    );
    if (!isRelated && chosen.length < MAX_SEGMENTS) chosen.push(group);
  }
  return chosen.sort((a, b) => b.mass - a.mass);
}

function isPrefix(path: readonly string[], of: readonly string[]): boolean {
  return path.every((name, depth) => isSame(name, of[depth]));
}

function isSame(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}

function toSegment({ path }: Group, items: readonly VisitorItem[]): VisitorSegment {
  const weights = items.map((item) => (liesUnder(item.item, path) ? strengthOf(item) : 0));
  const share = (of: (item: VisitorItem) => number): number => {
    const all = items.reduce((sum, item) => sum + of(item), 0);
    const own = items.reduce((sum, item, m) => sum + (weights[m] === 0 ? 0 : of(item)), 0);
    return all > 0 ? own / all : 0;
  };
  const leaf = path.at(-1);
  return {
    id: leaf === undefined ? RECENT : `${PREFIX}${path.join('/').toLowerCase()}`,
    name: nameOf(leaf),
    path,
    weights,
    sessionShare: share(({ session }) => session),
    longTermShare: share(({ longTerm }) => longTerm),
  };
}

function nameOf(leaf: string | undefined): string {
  return leaf === undefined ? 'More like what you looked at' : `More in ${capital(readable(leaf))}`;
}

/**
 * Name of a visitor's own segment by its id alone: the visit that made it may be long ago.
 *
 * @param id - Of any segment.
 * @returns As of {@link VisitorSegment}, but for capitals; undefined for other segments.
 * @example visitorSegmentName('visitor:audio/headphones') // 'More in Headphones'
 */
export function visitorSegmentName(id: string): string | undefined {
  if (!id.startsWith(PREFIX)) return undefined;
  return nameOf(id === RECENT ? undefined : id.slice(PREFIX.length).split('/').at(-1));
}
