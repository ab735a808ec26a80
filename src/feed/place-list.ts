/**
 * All candidates in one list, best first: for pages that keep their own layout.
 *
 * @packageDocumentation
 */
import type { ScorePart } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
import type { PlacedRow } from './place-rows.ts';
import { PICKED } from './rows.ts';
import { sessionTrust } from './rank-segments.ts';
import { part, sumParts } from './score-item.ts';

/** Parts that a trained ranker knows nothing of, beside the shop's rules. */
const CORRECTING: ReadonlySet<string> = new Set(['fatigue', 'unwanted', 'taste']);

/** A trained ranker has seen popularity and history; what it does not know is added. */
function rankedParts(context: FeedContext, row: number): readonly ScorePart[] {
  const { influence } = context.options;
  const parts = (context.ranker?.parts(row) ?? []).map(({ name, value }) => ({
    name,
    value: value * influence,
  }));
  const own = context.staticParts(row).filter(({ name }) => {
    if (name === 'serverOrder') return influence < 1;
    return CORRECTING.has(name) || name.startsWith('rule:');
  });
  return [...parts, ...own];
}

function likenessParts(context: FeedContext, row: number): readonly ScorePart[] {
  const { similarities, sessionRow, visitor, options } = context;
  const parts: ScorePart[] = [];
  const trust = sessionTrust(visitor.sessionMass) * options.influence;
  if (trust > 0) parts.push(part('session', trust * similarities.exact(row, sessionRow)));
  if (visitor.longTermMass > 0) {
    const cosine = similarities.exact(row, sessionRow + 1);
    parts.push(part('longTerm', options.influence * cosine));
  }
  return [...parts, ...context.staticParts(row)];
}

/**
 * Ranks all candidates that may be offered; ties go to the smaller id. Without variety and
 * exploration: with a pack and full influence the order is exactly the ranker's, as `vitrine
 * evaluate` measures it, but for items shown often and never clicked.
 *
 * @param context - The feed.
 * @returns One row; none when there is nothing to offer.
 */
export function placeList(context: FeedContext): PlacedRow[] {
  const { encoded, base, options } = context;
  const partsOf = context.ranker ? rankedParts : likenessParts;
  const scored: (PlacedItem & { score: number; id: string })[] = [];
  for (const [row, item] of encoded.items.entries()) {
    if (base[row] === -Infinity) continue;
    const parts = partsOf(context, row);
    scored.push({ row, parts, score: sumParts(parts), id: item.id });
  }
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const items = scored.slice(0, options.rowSize).map(({ row, parts }) => ({ row, parts }));
  return items.length > 0 ? [{ id: PICKED, kind: 'inferred', items }] : [];
}
