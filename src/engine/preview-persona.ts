/**
 * Who a page is previewed as → a history of looks at candidates.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { blockCosine, type VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import type { PreviewRequest } from '../core/preview.ts';
import type { Item, LogRecord, Membership } from '../core/types.ts';
import { isOffered } from '../feed/feed-context.ts';

/** Looks that stand for an interest: enough for a page of its own. */
const LOOKS = 12;

/** Most entries of a persona. */
const MAX_ENTRIES = 100;

/** The persona came yesterday: nothing was just seen. */
const AGO_MS = 86_400_000;
const BETWEEN_MS = 20_000;

/** Segments that a persona may be made of. */
export interface PreviewLibrary {
  /** Ids, S. */
  readonly ids: readonly string[];
  /** [S, D] */
  readonly vectors: VectorSet;
}

/**
 * Checks a request.
 *
 * @param preview - Unchecked.
 * @returns Ids of items, or shares by segment.
 * @throws `OPTION_INVALID` with what was got and expected.
 */
export function readPersona(preview: PreviewRequest): readonly string[] | readonly Membership[] {
  const given = preview as { readonly segmentId?: unknown; readonly persona?: unknown };
  if (typeof given.segmentId === 'string') return [{ segmentId: given.segmentId, weight: 1 }];
  const { persona } = given;
  const list: readonly unknown[] = Array.isArray(persona) ? persona : [];
  const isCounted = list.length > 0 && list.length <= MAX_ENTRIES;
  const isShare = (entry: unknown): boolean => {
    if (typeof entry !== 'object' || entry === null) return false;
    const { segmentId, weight }: Partial<Membership> = entry;
    return (
      typeof segmentId === 'string' && typeof weight === 'number' && weight > 0 && weight < Infinity
    );
  };
  if (isCounted && list.every((entry) => typeof entry === 'string')) return list;
  if (isCounted && list.every(isShare)) return list as Membership[];
  throw new VitrineError(
    'OPTION_INVALID',
    `preview: got ${typeof persona}, expected { segmentId } or { persona } with 1 to ${MAX_ENTRIES} ids, or { segmentId, weight } with weights above 0.`,
  );
}

/** Looks by segment, largest remainders first; each segment has one at least. */
function looksOf(shares: readonly Membership[]): number[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const exact = shares.map(({ weight }) => (weight / total) * LOOKS);
  const looks = exact.map((value) => Math.max(1, Math.floor(value)));
  const byRest = [...exact.keys()].sort(
    (a, b) => ((exact[b] as number) % 1) - ((exact[a] as number) % 1) || a - b,
  );
  for (const at of byRest) {
    if (looks.reduce((sum, value) => sum + value, 0) >= LOOKS) break;
    looks[at] = (looks[at] as number) + 1;
  }
  return looks;
}

/** The candidates that are nearest to each segment, as many as its share. */
function itemsOfShares(
  shares: readonly Membership[],
  encoded: EncodedItems,
  library: PreviewLibrary,
): string[] {
  const { items, model, presence, vectors } = encoded;
  const set = { vectors, presence };
  const taken = new Set<number>();
  const looks = looksOf(shares);
  return shares.flatMap(({ segmentId }, at) => {
    const segment = library.ids.indexOf(segmentId);
    if (segment < 0) throw new VitrineError('SEGMENT_UNKNOWN', `preview: got ${segmentId}.`);
    const other = { set: library.vectors, row: segment };
    const nearest = [...items.keys()]
      .filter((row) => !taken.has(row) && isOffered(items[row] as Item))
      .map((row) => ({ row, near: blockCosine({ set, row }, other, model.space.blocks) }))
      .sort((a, b) => b.near - a.near || a.row - b.row)
      .slice(0, looks[at]);
    for (const { row } of nearest) taken.add(row);
    return nearest.map(({ row }) => (items[row] as Item).id);
  });
}

/**
 * Makes up a history.
 *
 * @param persona - From {@link readPersona}.
 * @param encoded - Candidates.
 * @param library - Segments that may be named.
 * @param now - Milliseconds.
 * @returns Looks of yesterday, oldest first.
 * @throws `SEGMENT_UNKNOWN`; `ITEM_UNKNOWN` when no id is a candidate's.
 */
export function personaLog(
  persona: readonly string[] | readonly Membership[],
  encoded: EncodedItems,
  library: PreviewLibrary,
  now: number,
): LogRecord[] {
  const shares = persona.filter((entry) => typeof entry !== 'string');
  const named = persona.filter((entry) => typeof entry === 'string');
  const known = named.filter((id) => encoded.indexOf.has(id));
  const ids = shares.length > 0 ? itemsOfShares(shares, encoded, library) : known;
  if (ids.length === 0) {
    throw new VitrineError('ITEM_UNKNOWN', `preview: got ${named.join(', ').slice(0, 80)}.`);
  }
  const start = now - AGO_MS - ids.length * BETWEEN_MS;
  return ids.map((itemId, n) => ({
    eventId: `preview-${n}`,
    type: 'view_item',
    itemId,
    time: start + n * BETWEEN_MS,
  }));
}
