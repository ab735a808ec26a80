/**
 * Whether words deny what follows or stands before them: "no leather", "leather-free".
 *
 * @packageDocumentation
 */
import { JOIN, type Scan } from './scan-text.ts';

/** How many words back a negation reaches (VADER uses three). */
const REACH = 3;

/**
 * Whether the words at `from`…`to - 1` are denied.
 *
 * Looks at three words before within the same clause, and at "-free" or "free" after. A negator
 * that is joined by a hyphen ("no-fuss", "non-slip") denies only the word that it is joined to.
 *
 * @param scan - The text's words.
 * @param from - Index of the first word in question.
 * @param to - Index after the last one.
 * @returns True when denied.
 * @example isNegated(scanText('made without leather', 9), 2, 3) // true
 */
export function isNegated(scan: Scan, from: number, to: number): boolean {
  return isDeniedBefore(scan, from) || isFreeOf(scan, to);
}

function isDeniedBefore(scan: Scan, from: number): boolean {
  const oldest = Math.max(0, from - REACH);
  for (let at = from - 1; at >= oldest; at--) {
    const join = scan.joins[at + 1] ?? 0;
    if (join < JOIN.space) return false;
    const role = scan.words[at]?.role ?? null;
    if (role === 'releaser') return false;
    if (role === 'negator') return join !== JOIN.hyphen || at === from - 1;
    if (role === 'of' && isOf(scan.words[at + 1]?.word)) return true;
  }
  return false;
}

function isOf(word: string | undefined): boolean {
  return word === 'of' || word === 'from';
}

/** "leather-free", "leather free", but not "leather free shipping" or "leather, free of charge". */
function isFreeOf(scan: Scan, to: number): boolean {
  const join = scan.joins[to] ?? 0;
  if (join < JOIN.space) return false;
  const word = scan.words[to]?.word;
  if (join === JOIN.hyphen) return word === 'free' || word === 'less';
  return word === 'free' && (scan.joins[to + 1] ?? JOIN.sentence) < JOIN.space;
}
