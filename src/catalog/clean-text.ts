/**
 * Makes text from outside safe to keep and to show: bounded, well-formed, without control or
 * bidirectional characters, without markup. Every function slices before it looks at characters.
 *
 * @packageDocumentation
 */

/** Control characters, and the ones that reorder text (Unicode TR9), as one plain class. */
// oxlint-disable-next-line no-control-regex -- removing control characters is the point
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** How much longer than its text a piece of HTML may be before its tail is ignored. */
const HTML_OVERHEAD = 4;

/** Elements whose content is not text. */
const SILENT = ['script', 'style'];

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['nbsp', ' '],
]);

/**
 * Cuts a text to a limit and removes what must not be shown.
 *
 * Lone surrogates become U+FFFD, control characters become spaces, bidirectional marks go.
 * Cost: linear in `limit`, however long the text is.
 *
 * @param text - Any string.
 * @param limit - Most UTF-16 units kept, at least 1.
 * @returns The text, trimmed; empty when nothing is left.
 * @example cleanText(' a\u0000b ', 10) // 'a b'
 */
export function cleanText(text: string, limit: number): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  return cut.toWellFormed().replace(UNWANTED, replaceUnwanted).trim();
}

function replaceUnwanted(character: string): string {
  return character < '\u00a0' ? ' ' : '';
}

/**
 * Turns HTML into plain text in one pass; never parses, never runs anything.
 *
 * Tags become spaces, scripts and styles vanish, the seven commonest entities are decoded once
 * (`&amp;lt;` stays `&lt;`). An unclosed tag ends the text. Cost: linear in 4 × `limit`.
 *
 * @param html - Any string.
 * @param limit - Length of the text that is wanted.
 * @returns Plain text with single spaces where tags stood; may be longer than `limit`.
 * @example stripTags('<p>Soft &amp; warm</p>', 100) // 'Soft & warm'
 */
export function stripTags(html: string, limit: number): string {
  const source = html.slice(0, limit * HTML_OVERHEAD);
  const parts: string[] = [];
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open === -1) break;
    if (open > at) parts.push(source.slice(at, open));
    at = endOfTag(source, open);
  }
  if (at < source.length) parts.push(source.slice(at));
  return decodeEntities(parts.join(' ')).trim();
}

/** Index after the tag that opens at `open`, or after the whole element when it holds no text. */
function endOfTag(source: string, open: number): number {
  const close = source.indexOf('>', open);
  if (close === -1) return source.length;
  const name = source.slice(open + 1, open + 7).toLowerCase();
  const silent = SILENT.find((element) => name.startsWith(element));
  if (silent === undefined) return close + 1;
  // The end tag is looked for in its two usual spellings; each search starts where the last ended.
  const end = firstOf(source, [`</${silent}`, `</${silent.toUpperCase()}`], close);
  return end === -1 ? source.length : end;
}

function firstOf(source: string, needles: readonly string[], from: number): number {
  let best = -1;
  for (const needle of needles) {
    const at = source.indexOf(needle, from);
    if (at !== -1 && (best === -1 || at < best)) best = at;
  }
  return best;
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  // At most six characters between `&` and `;`, so each `&` costs a constant.
  return text.replace(/&([a-z0-9#]{2,6});/gi, (whole, name: string) => {
    return ENTITIES.get(name.toLowerCase()) ?? whole;
  });
}
