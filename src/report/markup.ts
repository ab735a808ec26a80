/**
 * HTML and SVG as values. Text is escaped by construction: only {@link h} makes markup.
 *
 * @packageDocumentation
 */

/** Finished markup; a plain text is never taken for it. */
export interface Markup {
  /** Escaped HTML. */
  readonly html: string;
}

/** What an element can hold: text and numbers are escaped, `undefined` is nothing. */
export type Child = Markup | string | number | undefined | readonly Child[];

/** Attributes by name; `undefined` leaves one out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Elements without content. */
const VOID: ReadonlySet<string> = new Set(['meta', 'br', 'hr']);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/**
 * Escapes a text for content and for quoted attributes.
 *
 * @param text - Any text; what no HTML may hold (NUL, lone surrogates) is replaced.
 * @returns Safe text.
 * @example escapeText('<b>') // '&lt;b&gt;'
 */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? '');
}

function isMarkup(child: Child): child is Markup {
  return typeof child === 'object' && 'html' in child;
}

function render(child: Child): string {
  if (child === undefined) return '';
  if (isMarkup(child)) return child.html;
  if (typeof child === 'object') return child.map(render).join('');
  return escapeText(String(child));
}

/**
 * An element.
 *
 * @param name - Of ours, never from data.
 * @param attributes - Values are escaped; names are ours.
 * @param children - Content.
 * @returns Markup.
 * @example h('p', { class: 'a' }, '1 < 2').html // '<p class="a">1 &lt; 2</p>'
 */
export function h(name: string, attributes: Attributes = {}, ...children: Child[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  const open = `<${name}${written}>`;
  return { html: VOID.has(name) ? open : `${open}${render(children)}</${name}>` };
}

/**
 * A style sheet.
 *
 * @param css - Ours, never from data: it is not escaped.
 * @returns A `style` element.
 */
export function styleSheet(css: string): Markup {
  return { html: `<style>${css}</style>` };
}
