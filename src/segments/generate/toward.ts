/**
 * `toward`: words that say where a new segment should lie from its seed.
 *
 * @packageDocumentation
 */
import { blockCosine, type VectorSet } from '../../core/block-cosine.ts';
import type { SegmentDescription } from '../../core/types.ts';
import { pickRows } from './pick-rows.ts';
import type { SegmentSpace } from './segment-space.ts';

/** A direction in the space of profiles. */
export interface Direction {
  /** One row: where it leads. */
  readonly target: VectorSet;
  /** 1 toward it, -1 away from it. */
  readonly sign: 1 | -1;
}

const LESS: ReadonlySet<string> = new Set(['less', 'fewer', 'not', 'without', 'no']);
const MORE: ReadonlySet<string> = new Set(['more', 'toward', 'towards', 'with', 'very']);
const CHEAP: ReadonlySet<string> = new Set([
  'cheaper',
  'cheap',
  'affordable',
  'budget',
  'inexpensive',
  'low price',
]);
const DEAR: ReadonlySet<string> = new Set([
  'pricier',
  'expensive',
  'luxury',
  'premium',
  'high end',
  'costly',
  'dearer',
]);

/** A synthetic score of that name. */
function scoreMeant(
  { encoded, wordsOf }: SegmentSpace,
  words: string,
): Pick<SegmentDescription, 'attributes'> {
  const names = encoded.model.generated?.names ?? [];
  const score = names.find((name) => wordsOf(name).join(' ') === words);
  return score === undefined ? {} : { attributes: { [score]: 'high' } };
}

/** What a word can mean among these candidates. */
function meaningsOf(space: SegmentSpace, phrase: string): SegmentDescription {
  const words = space.wordsOf(phrase).join(' ');
  const found = new Map<string, Set<string>>();
  for (const { kind, value } of new Set(space.facts.of.flat())) {
    if (kind === 'keyword') continue;
    const own = space.wordsOf(value);
    const isMeant = own.join(' ') === words || (kind === 'category' && own.includes(words));
    if (isMeant) found.set(kind, (found.get(kind) ?? new Set()).add(value));
  }
  const features = [...found].filter(([kind]) => kind !== 'category' && kind !== 'brand');
  const list = (kind: string): string[] => [...(found.get(kind) ?? [])];
  return {
    ...scoreMeant(space, words),
    ...(found.has('category') ? { categories: list('category') } : {}),
    ...(found.has('brand') ? { brands: list('brand') } : {}),
    ...(features.length > 0
      ? { features: Object.fromEntries(features.map(([kind, values]) => [kind, [...values]])) }
      : {}),
    keywords: [phrase],
  };
}

/**
 * Reads a direction.
 *
 * @param space - Candidates and segments.
 * @param toward - `cheaper`, `more outdoors`, `less leather`, a segment's id or name, a category, a
 *   brand, a named feature, a synthetic score (`more comfort`) or any word that the candidates use.
 * @returns The direction, or null when the candidates know nothing of it.
 */
export function directionOf(space: SegmentSpace, toward: string): Direction | null {
  const text = toward.trim().toLowerCase();
  const segment = space.segments.findIndex(
    ({ id, name }) => id === toward.trim() || name.toLowerCase() === text,
  );
  if (segment >= 0) {
    return { target: pickRows(space.vectors, [segment]), sign: 1 };
  }
  const words = text.split(/\s+/u);
  let sign: Direction['sign'] = 1;
  while (words.length > 1 && (MORE.has(words[0] as string) || LESS.has(words[0] as string))) {
    if (LESS.has(words.shift() as string)) sign = -1;
  }
  const phrase = words.join(' ');
  if (CHEAP.has(phrase) || DEAR.has(phrase)) {
    const isLow = CHEAP.has(phrase) === (sign === 1);
    return { target: space.encode({ price: isLow ? 'low' : 'high' }), sign: 1 };
  }
  const target = space.encode(meaningsOf(space, phrase));
  return target.presence.data.some((weight) => weight > 0) ? { target, sign } : null;
}

/**
 * How far items lie in a direction.
 *
 * @param space - Candidates.
 * @param rows - Items; none gives 0.
 * @param direction - From {@link directionOf}.
 * @returns Mean cosine with the target, negated for a direction away from it.
 */
export function reachOf(
  space: Pick<SegmentSpace, 'items' | 'encoded'>,
  rows: readonly number[],
  direction: Direction,
): number {
  if (rows.length === 0) return 0;
  const { items, encoded } = space;
  const { target, sign } = direction;
  const { blocks } = encoded.model.space;
  const sum = rows.reduce(
    (total, row) => total + blockCosine({ set: items, row }, { set: target, row: 0 }, blocks),
    0,
  );
  return (sign * sum) / rows.length;
}
