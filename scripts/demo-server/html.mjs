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
 * @param {string} text - Any text.
 * @returns {string} Text without `& < > " '` of its own.
 */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES.get(mark) ?? '');
}

/**
 * Tag for HTML templates: strings are escaped, markup from this tag is not, arrays are joined, and
 * what is neither text nor number vanishes.
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
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Markup) return value.text;
  return Array.isArray(value) ? value.map(render).join('') : '';
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
