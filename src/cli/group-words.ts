/**
 * A group's feed in words for somebody who is not known yet: nothing is said of what “you” did.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import type { RankedItem, Row } from '../core/types.ts';

/** What is said of where a feed comes from. */
export interface GroupWords {
  /** Title of the row that a trained ranker fills. */
  readonly title: string;
  /** Its reason. */
  readonly row: string;
  /** Reason of the rows of a segment or category. */
  readonly own: string;
  /** Reason of an item, without a full stop. */
  readonly item: string;
  /** Reason of an item that the ranker speaks for. */
  readonly ranked: string;
}

/** Of a feed that rests on what visitors did. */
export const BY_VISITORS: GroupWords = {
  title: 'Often chosen',
  row: 'What visitors like these choose most.',
  own: 'Visitors like these look at it often.',
  item: 'Close to what visitors like these choose',
  ranked: 'Often chosen by visitors like these.',
};

/** Of a feed that rests on a segment's own items, since nobody did anything yet. */
export const BY_ITEMS: GroupWords = {
  title: 'Goes with it',
  row: 'Close to the items of this segment.',
  own: 'Close to the items of this segment.',
  item: 'Close to the items of this segment',
  ranked: 'Goes with the items of this segment.',
};

/** Whether a sentence speaks to the visitor. */
function isPersonal(text: string): boolean {
  return /\byou(?:r|rs)?\b/iu.test(text);
}

/** What stands behind the colon is about the item, and stays true. */
function itemWhy(why: string, words: GroupWords): string {
  if (!isPersonal(why)) return why;
  const colon = why.indexOf(': ');
  const evidence = colon < 0 ? '' : why.slice(colon + 2);
  return evidence === '' || isPersonal(evidence) ? `${words.item}.` : `${words.item}: ${evidence}`;
}

function headingOf(
  row: Row,
  words: GroupWords,
  pinned: string | undefined,
): Pick<Row, 'kind' | 'title' | 'why'> {
  const { kind, title, segmentId } = row;
  if (kind === 'server') return { kind, title, why: row.why };
  if (segmentId !== undefined && segmentId === pinned) {
    return { kind: 'pinned', title, why: 'Chosen by the shop.' };
  }
  if (segmentId === undefined) {
    return { kind, title: words.title, why: words.row };
  }
  // “More in Headphones”: more than what, if nothing was looked at?
  const subject = title.startsWith('More in ') ? capital(title.slice('More in '.length)) : title;
  const heading = isPersonal(subject) ? 'More of the kind' : subject;
  return { kind, title: heading, why: words.own };
}

/**
 * Puts rows in words for everybody.
 *
 * @param rows - As a feed has them.
 * @param words - Where the feed comes from.
 * @param pinned - Segment that the shop asked for.
 * @returns The same rows and numbers; titles and sentences speak to nobody in particular.
 */
export function groupWords(rows: readonly Row[], words: GroupWords, pinned?: string): Row[] {
  return rows.map((row) => ({
    ...row,
    ...headingOf(row, words, pinned),
    items: row.items.map((item): RankedItem => ({ ...item, why: itemWhy(item.why, words) })),
  }));
}
