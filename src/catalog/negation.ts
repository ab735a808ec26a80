/**
 * Whether words deny what follows or stands before them: "no leather", "leather-free".
 *
 * @packageDocumentation
 */
import { JOIN, type Scan } from './scan-text.ts';

/** How many words back a negation reaches (VADER uses three). */
const REACH = 3;

const NEGATORS: ReadonlySet<string> = new Set(
  (
    'no not non never without neither nor cannot cant dont doesnt didnt isnt arent wasnt werent ' +
    'wont wouldnt shouldnt couldnt hasnt havent hadnt lacks lack lacking hardly barely zero ' +
    'ohne kein keine nicht sans pas sin senza zonder geen'
  ).split(' '),
);
/** After these a `no` or `without` denies something else: "without sacrificing comfort". */
const RELEASERS: ReadonlySet<string> = new Set(
  'only just merely compromising sacrificing losing but though however longer matter doubt'.split(' '),
);
/** "free of leather", "instead of leather". */
const BEFORE_OF: ReadonlySet<string> = new Set(['free', 'instead', 'rid']);

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
  if (isFreeOf(scan, to)) return true;
  const oldest = Math.max(0, from - REACH);
  for (let at = from - 1; at >= oldest; at--) {
    if ((scan.joins[at + 1] ?? 0) < JOIN.space) return false;
    const word = scan.words[at] ?? '';
    if (RELEASERS.has(word)) return false;
    if (NEGATORS.has(word)) return scan.joins[at + 1] !== JOIN.hyphen || at === from - 1;
    if (BEFORE_OF.has(word) && /^(of|from)$/.test(scan.words[at + 1] ?? '')) return true;
  }
  return false;
}

/** "leather-free", "leather free", but not "leather free shipping" or "leather, free of charge". */
function isFreeOf(scan: Scan, to: number): boolean {
  const word = scan.words[to];
  const join = scan.joins[to];
  if (join === JOIN.hyphen) return word === 'free' || word === 'less';
  const isLast = (scan.joins[to + 1] ?? JOIN.sentence) < JOIN.space;
  return word === 'free' && join === JOIN.space && isLast;
}
