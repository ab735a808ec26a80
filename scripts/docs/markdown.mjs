/**
 * What the checks of the docs read out of a page: snippets, links, anchors, and the prose between.
 */
import { readFileSync } from 'node:fs';
import { ROOT } from '../run.mjs';

/**
 * A fenced piece of code.
 *
 * @typedef {object} Snippet
 * @property {string} language - After the fence; '' when nothing stands there.
 * @property {string} code - Without the fences.
 * @property {number} line - Of its first line of code, from 1.
 */

/**
 * A link or picture.
 *
 * @typedef {object} Link
 * @property {string} target - As written.
 * @property {number} line - From 1.
 */

/**
 * @typedef {object} Page
 * @property {string} path - From the repository's root.
 * @property {readonly string[]} lines - As they are.
 * @property {readonly string[]} prose - The same without fenced code.
 * @property {readonly boolean[]} written - Of each line, whether a script wrote it.
 * @property {readonly Snippet[]} snippets - In their order.
 * @property {readonly Link[]} links - In their order.
 * @property {ReadonlySet<string>} anchors - What `#…` may name.
 */

const FENCE = /^ {0,3}```(?<language>\S*)/u;
const MARKER = /^<!-- [\w-]+:\s?(?<side>start|end) -->/u;
const LINK = /!?\[[^\]]*\]\((?<target>[^()\s]+)\)/gu;
/** In HTML, and in the front matter of the site's first page. */
const ATTRIBUTE = /\s(?:src|href|srcset)="(?<target>[^"]+)"/gu;
const FRONT = /^\s+link: (?<target>\S+)$/gu;
const HEADING = /^#{1,6} (?<text>.+)$/u;

/**
 * GitHub's name of a heading; the site uses the same.
 *
 * @param {string} heading - As rendered, without Markdown.
 * @returns {string} Lower case, hyphens for blanks, no punctuation.
 * @example slugOf('What is kept, and why') // 'what-is-kept-and-why'
 */
export function slugOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/gu, '-');
}

/**
 * @param {string} text - Of a heading.
 * @returns {string} Without backticks, emphasis and the targets of links.
 */
function rendered(text) {
  return text.replaceAll(/\[(?<words>[^\]]*)\]\([^()]*\)/gu, '$<words>').replaceAll(/[`*]/gu, '');
}

/**
 * @param {readonly string[]} prose - Lines without code.
 * @returns {ReadonlySet<string>} Anchors of the headings; of two that are alike the second has `-1`.
 */
function anchorsOf(prose) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const anchors = new Set();
  for (const line of prose) {
    for (const [, id] of line.matchAll(/\sid="([^"]+)"/gu)) anchors.add(id);
    const heading = HEADING.exec(line)?.groups?.['text'];
    if (heading === undefined) continue;
    const slug = slugOf(rendered(heading));
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

/**
 * @param {string} line - Of prose.
 * @returns {string} With blanks in the place of inline code, so that places stay.
 */
export function withoutInlineCode(line) {
  return line.replaceAll(/`[^`]*`/gu, (code) => ' '.repeat(code.length));
}

/**
 * @param {readonly string[]} prose - Lines without code.
 * @returns {readonly Link[]} Links and pictures, of Markdown and of HTML.
 */
function linksOf(prose) {
  return prose.flatMap((line, index) => {
    const plain = withoutInlineCode(line);
    const found = [LINK, ATTRIBUTE, FRONT].flatMap((pattern) => [...plain.matchAll(pattern)]);
    return found.map((match) => ({
      target: match.groups?.['target'] ?? '',
      line: index + 1,
    }));
  });
}

/**
 * @param {readonly string[]} lines - Of a page.
 * @returns {{ snippets: Snippet[], prose: string[] }} Code and what is around it.
 */
function splitCode(lines) {
  /** @type {string[]} */
  const prose = [];
  /** @type {Snippet[]} */
  const snippets = [];
  /** @type {{ language: string, line: number, code: string[] } | undefined} */
  let open;
  for (const [index, line] of lines.entries()) {
    const fence = FENCE.exec(line)?.groups?.['language'];
    prose.push(open !== undefined || fence !== undefined ? '' : line);
    if (open !== undefined && fence !== undefined) {
      snippets.push({ language: open.language, line: open.line, code: open.code.join('\n') });
      open = undefined;
    } else if (open !== undefined) open.code.push(line);
    else if (fence !== undefined) open = { language: fence, line: index + 2, code: [] };
  }
  return { snippets, prose };
}

/**
 * @param {readonly string[]} lines - Of a page.
 * @returns {boolean[]} Which of them stand between markers.
 */
function writtenLines(lines) {
  let isWritten = false;
  return lines.map((line) => {
    const side = MARKER.exec(line)?.groups?.['side'];
    if (side !== undefined) isWritten = side === 'start';
    return isWritten;
  });
}

/**
 * Takes a page apart.
 *
 * @param {string} path - From the repository's root.
 * @param {string} text - Its Markdown.
 * @returns {Page} See there.
 */
export function parsePage(path, text) {
  const lines = text.split('\n');
  const { prose, snippets } = splitCode(lines);
  const written = writtenLines(lines);
  return {
    path,
    lines,
    prose,
    written,
    snippets,
    links: linksOf(prose),
    anchors: anchorsOf(prose),
  };
}

/**
 * @param {string} path - From the repository's root.
 * @returns {Page} Taken apart.
 */
export function readPage(path) {
  return parsePage(path, readFileSync(ROOT + path, 'utf8'));
}
