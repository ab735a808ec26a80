/**
 * Escaped template strings: text from the catalog can never become markup.
 */

/** Markup that is already safe; only {@link html} makes it. */
class Markup {
  /** @param {string} text - Safe markup. */
  constructor(text) {
    this.text = text;
  }

  /** @returns {string} The markup. */
  toString() {
    return this.text;
  }
}

/** @typedef {Markup} SafeHtml */

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/**
 * Escapes text for element content and quoted attributes.
 *
 * @param {unknown} text - Anything; null and undefined become ''.
 * @returns {string} Text without `& < > " '` of its own.
 */
export function escapeHtml(text) {
  return String(text ?? '').replace(/[&<>"']/g, (mark) => ENTITIES.get(mark) ?? '');
}

/**
 * Tag for HTML templates: every value is escaped unless it is markup from this tag, arrays are
 * joined, and `false`, null and undefined vanish.
 *
 * @param {readonly string[]} strings - Literal parts.
 * @param {...unknown} values - Values between them.
 * @returns {SafeHtml} Safe markup.
 * @example String(html`<b>${'<'}</b>`) // '<b>&lt;</b>'
 */
export function html(strings, ...values) {
  let out = strings[0] ?? '';
  values.forEach((value, index) => {
    out += render(value) + (strings[index + 1] ?? '');
  });
  return new Markup(out);
}

/**
 * @param {unknown} value - A value of a template.
 * @returns {string} Its markup.
 */
function render(value) {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escapeHtml(value);
}

/**
 * JSON for a `<script type="application/json">`: cannot close the element or open a comment.
 *
 * @param {unknown} value - Anything that JSON can hold.
 * @returns {SafeHtml} JSON with `<` written as an escape.
 */
export function jsonForScript(value) {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
