/** A docstring → Markdown. */

/**
 * @typedef {object} Docstring
 * @property {string} summary - Before the first tag, as Markdown in paragraphs.
 * @property {ReadonlyMap<string, string>} params - Sentences by parameter.
 * @property {string} returns - What comes back.
 * @property {string} throws - What is thrown.
 * @property {string} example - Code.
 */

const TAG = /^@(?<tag>\w+)\s*(?<rest>.*)$/su;

/**
 * @param {string} text - Markdown.
 * @returns {string} Without what the page would take for markup, inline code apart.
 */
function withoutMarkup(text) {
  const pieces = text.split(/(?<code>`[^`]*`)/u);
  return pieces
    .map((piece) => (piece.startsWith('`') ? piece : piece.replaceAll('<', '&lt;')))
    .join('');
}

/**
 * @param {string} text - Of a docstring.
 * @param {ReadonlySet<string>} known - Names that have a heading on the page.
 * @returns {string} With `{@link …}` as links.
 */
function linked(text, known) {
  const links = text.replaceAll(/\{@link\s+(?<name>[\w.]+)[^}]*\}/gu, (_, name) => {
    const [first = ''] = name.split('.');
    return known.has(first) ? `[\`${name}\`](#${first.toLowerCase()})` : `\`${name}\``;
  });
  return withoutMarkup(links);
}

/**
 * @param {string} comment - With its stars.
 * @returns {string[]} Its parts: the summary, then one for each tag.
 */
function partsOf(comment) {
  const text = comment
    .replace(/^\/\*\*/u, '')
    .replace(/\*\/\s*$/u, '')
    .replaceAll(/^\s*\* ?/gmu, '');
  return text.split(/^(?=@\w)/mu).map((part) => part.trim());
}

/**
 * @param {string} text - After `@param`.
 * @param {ReadonlySet<string>} known - Names that have a heading on the page.
 * @returns {[name: string, words: string]} What it says of which parameter.
 */
function parameterIn(text, known) {
  const { name = '', words = '' } = /^(?<name>\w+)\s*-?\s*(?<words>.*)$/su.exec(text)?.groups ?? {};
  return [name, linked(words, known)];
}

/**
 * Takes a docstring apart.
 *
 * @param {string} comment - With its stars; may be empty.
 * @param {ReadonlySet<string>} known - Names that have a heading on the page.
 * @returns {Docstring} Its parts; what is not there is empty.
 */
export function parseDocstring(comment, known) {
  const [summary = '', ...tags] = partsOf(comment);
  const texts = { summary: linked(summary, known), returns: '', throws: '', example: '' };
  /** @type {Map<string, string>} */
  const params = new Map();
  for (const part of tags) {
    const { rest = '', tag = '' } = TAG.exec(part)?.groups ?? {};
    if (tag === 'example') texts.example = rest.replaceAll(/^```\w*$/gmu, '').trim();
    else if (tag === 'returns' || tag === 'throws') texts[tag] = linked(rest, known);
    else if (tag === 'param') params.set(...parameterIn(rest, known));
  }
  return { ...texts, params };
}
