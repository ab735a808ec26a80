/**
 * Text with markup to plain text. Pure; linear.
 */

/** @type {ReadonlyMap<string, string>} */
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['eacute', 'é'],
]);
const LONGEST_ENTITY = 8;
/** Longer descriptions are cut by the library as well. */
const MOST = 5000;

/**
 * Takes tags out and unfolds the commonest entities.
 *
 * @param {string} text - Perhaps HTML.
 * @returns {string} Words with single blanks between, 5,000 characters at most; an unclosed tag is text.
 * @example plainText('<p>Oak &amp; ash</p>') // 'Oak & ash'
 */
export function plainText(text) {
  const start = text.length > MOST * 4 ? text.slice(0, MOST * 4) : text;
  const words = start.includes('<') || start.includes('&') ? unfold(withoutTags(start)) : start;
  return words.trim().replaceAll(/\s+/gu, ' ').slice(0, MOST);
}

/**
 * @param {string} text - Perhaps HTML.
 * @returns {string} A blank for each tag.
 */
function withoutTags(text) {
  let words = '';
  let from = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', from)) {
    const end = text.indexOf('>', at);
    if (end === -1) break;
    words += `${text.slice(from, at)} `;
    from = end + 1;
  }
  return words + text.slice(from);
}

/**
 * Puts marks in the place of entities.
 *
 * @param {string} text - Without tags.
 * @returns {string} The same with its entities as what they stand for; unknown ones stay.
 * @example unfold('Oak &amp; &#228;sh & co') // 'Oak & äsh & co'
 */
export function unfold(text) {
  let words = '';
  let from = 0;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    const end = text.indexOf(';', at);
    const name = end === -1 || end - at > LONGEST_ENTITY ? '' : text.slice(at + 1, end);
    const mark = ENTITIES.get(name) ?? numbered(name);
    if (mark === undefined) continue;
    words += text.slice(from, at) + mark;
    from = end + 1;
  }
  return words + text.slice(from);
}

/**
 * @param {string} name - Of an entity.
 * @returns {string | undefined} The mark, when the name is its number.
 */
function numbered(name) {
  if (!/^#(?:\d+|x[\da-f]+)$/iu.test(name)) return undefined;
  const code = Number(`0${name.slice(1)}`.replace(/^0(?=\d)/u, ''));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}
