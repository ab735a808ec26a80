/** The API reference: Markdown made of API Extractor's model, so of the docstrings, never by hand. */
import { parseDocstring } from './docstring.mjs';

/** @typedef {import('./api-model.mjs').Entry} Entry */
/** @typedef {import('./api-model.mjs').Member} Member */
/** @typedef {import('./api-model.mjs').Token} Token */

/** Kinds in the order of the page, with their headings. */
const KINDS = /** @type {const} */ ([
  ['Functions and values', ['Function', 'Variable']],
  ['Classes', ['Class']],
  ['Interfaces', ['Interface']],
  ['Types', ['TypeAlias', 'Enum', 'Namespace']],
]);
/** Interfaces that a reader looks for first. */
const FIRST = ['Vitrine', 'VitrineOptions', 'Feed'];

/**
 * @param {string} text - Code.
 * @returns {string} For HTML inside Markdown.
 */
function escape(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\s+/gu, ' ');
}

/**
 * @param {readonly Token[]} tokens - A declaration.
 * @param {ReadonlySet<string>} known - Names with a heading.
 * @returns {string} HTML with links to what the page describes.
 */
function typeOf(tokens, known) {
  const inner = tokens.map(({ kind, text }) =>
    kind === 'Reference' && known.has(text)
      ? `<a href="#${text.toLowerCase()}">${escape(text)}</a>`
      : escape(text),
  );
  return `<code v-pre>${inner.join('').trim()}</code>`;
}

/**
 * @param {string} text - Markdown.
 * @returns {string} In one line, for an entry of a list.
 */
function inOneLine(text) {
  return text.replaceAll(/\s*\n\s*/gu, ' ');
}

/**
 * @param {Member} member - A property or method.
 * @returns {readonly Token[]} Its type, without its name.
 */
function withoutName({ excerptTokens = [] }) {
  const [first, ...rest] = excerptTokens;
  const text = (first?.text ?? '').replace(/^(?:readonly |static )*\w+\??(?::\s*)?/u, '');
  const tokens = [{ kind: 'Content', text }, ...rest];
  const last = tokens.at(-1);
  const end = { kind: last?.kind ?? '', text: (last?.text ?? '').replace(/;$/u, '') };
  return [...tokens.slice(0, -1), end];
}

/**
 * @param {readonly Member[]} members - Of an interface or class.
 * @param {ReadonlySet<string>} known - Names with a heading.
 * @returns {string[]} A list of them; none when there are none.
 */
function memberList(members, known) {
  return members.flatMap((member) => {
    const { summary, throws } = parseDocstring(member.docComment ?? '', known);
    const hasName = member.name !== undefined;
    const name = hasName ? `**\`${member.name}${member.isOptional === true ? '?' : ''}\`** ` : '';
    const type = typeOf(hasName ? withoutName(member) : (member.excerptTokens ?? []), known);
    const words = throws === '' ? summary : `${summary} Throws ${throws}`;
    return [`- ${name}${type}`, '', `  ${inOneLine(words)}`, ''];
  });
}

/**
 * @param {Member} member - Something exported.
 * @param {ReadonlySet<string>} known - Names with a heading.
 * @returns {string[]} Its part of the page.
 */
function memberLines(member, known) {
  const { example, params, returns, summary, throws } = parseDocstring(
    member.docComment ?? '',
    known,
  );
  const declaration = (member.excerptTokens ?? []).map(({ text }) => text).join('');
  const isPlain = member.kind !== 'Interface' && member.kind !== 'Class';
  return [
    `### ${member.name}`,
    '',
    summary,
    '',
    ...(isPlain ? ['```ts', declaration.replace(/^export declare /u, '').trim(), '```', ''] : []),
    ...[...params].map(([name, words]) => `- \`${name}\`: ${inOneLine(words)}`),
    ...(returns === '' ? [] : [`- **Returns** ${inOneLine(returns)}`]),
    ...(throws === '' ? [] : [`- **Throws** ${inOneLine(throws)}`]),
    '',
    ...(example === '' ? [] : ['```js', example, '```', '']),
    ...memberList(member.members ?? [], known),
  ];
}

/**
 * @param {Member} a - One.
 * @param {Member} b - Another.
 * @returns {number} For sorting: the handle first, then by name.
 */
function byName({ name: a = '' }, { name: b = '' }) {
  const place = (/** @type {string} */ name) =>
    (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);
  return FIRST.includes(a) || FIRST.includes(b)
    ? (FIRST.includes(a) ? place(a) : 99) - (FIRST.includes(b) ? place(b) : 99)
    : a.localeCompare(b, 'en');
}

/**
 * @param {Entry} entry - Of the package.
 * @returns {string} Its page.
 */
export function apiPage({ docComment, members, specifier }) {
  const known = new Set(members.flatMap(({ name }) => name ?? []));
  const { summary } = parseDocstring(docComment, known);
  const parts = KINDS.flatMap(([heading, kinds]) => {
    const own = members.filter(({ kind }) => kinds.some((name) => name === kind)).toSorted(byName);
    if (own.length === 0) return [];
    return [`## ${heading}`, '', ...own.flatMap((member) => memberLines(member, known))];
  });
  const nothing = ['Nothing is exported: the page script starts this file as its worker.', ''];
  return [
    '---',
    'outline: [2, 3]',
    '---',
    '',
    `# \`${specifier}\``,
    '',
    ...(summary === '' ? [] : [summary, '']),
    ...(members.length === 0 ? nothing : parts),
  ].join('\n');
}
