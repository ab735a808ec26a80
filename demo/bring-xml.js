/**
 * Reads product feeds in XML, RSS 2.0 or Atom, item by item, and says on which line each begins. Pure;
 * linear in the text. It knows of XML what such feeds have of it; entities of a document's own are not
 * unfolded. (The browser's parser gives no lines, and rejects a whole feed for one bare `&`.)
 */
import { unfold } from './bring-plain.js';
import { linesIn } from './bring-table.js';

/** @typedef {import('./bring-table.js').Found} Found */

/** What is passed over, or taken, as a whole: its start and its end. */
const CDATA = '<![CDATA[';
const WHOLE = /** @type {const} */ ([
  [CDATA, ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
]);
const ITEMS = new Set(['item', 'entry']);

/**
 * @typedef {object} Tag - What stands between angle brackets.
 * @property {string} name - With its prefix; empty for a comment, an instruction or CDATA.
 * @property {'open' | 'close' | 'empty' | 'text'} kind - `text`: CDATA.
 * @property {string} inside - The text of CDATA, else what follows the name.
 * @property {number} start - Place of `<`.
 * @property {number} end - Place behind `>`.
 */

/**
 * Reads a feed.
 *
 * @param {string} text - XML.
 * @yields {Found} Its `<item>` or `<entry>` elements with their fields, and problems. Prefixes are
 *   dropped: `g:price` is `price`; of two fields with one name the first counts.
 */
export function* readXml(text) {
  let line = 1;
  let last = 0;
  /** @type {FieldReader | null} */
  let item = null;
  const told = (/** @type {FieldReader} */ { start }) => {
    line += linesIn(text, last, start);
    last = start;
    return line;
  };
  for (const tag of tagsOf(text)) {
    if (ITEMS.has(tag.name) && tag.kind === 'open') {
      if (item !== null)
        yield { line: told(item), end: tag.start, problem: 'an item that is not closed' };
      item = new FieldReader(text, tag);
    } else if (item !== null && ITEMS.has(tag.name) && tag.kind === 'close') {
      yield { line: told(item), end: tag.end, ...item.result() };
      item = null;
    } else item?.take(tag);
  }
  if (item !== null)
    yield { line: told(item), end: text.length, problem: 'an item that is not closed' };
}

/** Reads the fields of one item from its tags. */
class FieldReader {
  #text;
  /** Place behind the last tag. */
  #last;
  /** Names of the elements that are open, the item's own field first. @type {string[]} */
  #open = [];
  #value = '';
  #isList = false;
  #isBroken = false;
  /** @type {Map<string, string>} */
  #fields = new Map();

  /**
   * @param {string} text - The feed.
   * @param {Tag} tag - The item's first.
   */
  constructor(text, { end, start }) {
    this.#text = text;
    this.start = start;
    this.#last = end;
  }

  /** @param {Tag} tag - The next one. */
  take({ end, inside, kind, name, start }) {
    if (this.#open.length === 1) this.#value += unfold(this.#text.slice(this.#last, start));
    this.#last = end;
    if (kind === 'text' && this.#open.length === 1) this.#value += inside;
    else if (kind === 'open') this.#enter(name, inside);
    else if (kind === 'empty' && this.#open.length === 0) this.#set(name, hrefIn(inside));
    else if (kind === 'close') this.#leave(name);
  }

  /**
   * @param {string} name - Of an element that begins.
   * @param {string} attributes - As written.
   */
  #enter(name, attributes) {
    // A list such as g:shipping has parts of its own and says nothing of the item.
    if (this.#open.length > 0) this.#isList = true;
    else {
      this.#value = '';
      this.#isList = false;
      this.#set(name, hrefIn(attributes));
    }
    this.#open.push(name);
  }

  /** @param {string} name - Of an element that ends. */
  #leave(name) {
    if (this.#open.pop() !== name) this.#isBroken = true;
    if (this.#open.length === 0 && !this.#isList) this.#set(name, this.#value.trim());
  }

  /**
   * @param {string} name - Of a field, with its prefix.
   * @param {string} value - Empty: it says nothing.
   */
  #set(name, value) {
    const plain = name.slice(name.indexOf(':') + 1);
    if (value !== '' && !this.#fields.has(plain)) this.#fields.set(plain, value);
  }

  /** @returns {Pick<Found, 'fields' | 'problem'>} What was found, at the item's last tag. */
  result() {
    if (this.#isBroken || this.#open.length > 0) {
      return { problem: 'tags that do not close each other' };
    }
    return { fields: this.#fields };
  }
}

/**
 * @param {string} text - XML.
 * @yields {Tag} Every tag, from first to last; a `<` without an end is text.
 */
function* tagsOf(text) {
  for (let at = text.indexOf('<'); at !== -1;) {
    const tag = wholeAt(text, at) ?? tagAt(text, at);
    if (tag === null) return;
    yield tag;
    at = text.indexOf('<', tag.end);
  }
}

/**
 * @param {string} text - XML.
 * @param {number} start - Of a `<`.
 * @returns {Tag | null} CDATA, a comment or an instruction; null for others.
 */
function wholeAt(text, start) {
  const whole = WHOLE.find(([mark]) => text.startsWith(mark, start));
  if (whole === undefined) return null;
  const [mark, close] = whole;
  const found = text.indexOf(close, start + mark.length);
  const stop = found === -1 ? text.length : found;
  const inside = mark === CDATA ? text.slice(start + mark.length, stop) : '';
  return { name: '', kind: 'text', inside, start, end: Math.min(text.length, stop + close.length) };
}

/**
 * @param {string} text - XML.
 * @param {number} start - Of a `<`.
 * @returns {Tag | null} A tag; null when it has no end.
 */
function tagAt(text, start) {
  const stop = tagEnd(text, start + 1);
  if (stop === -1) return null;
  const isClose = text[start + 1] === '/';
  const isEmpty = text[stop - 1] === '/';
  const words = text.slice(start + (isClose ? 2 : 1), isEmpty ? stop - 1 : stop);
  const [name = ''] = words.split(/\s/u, 1);
  const kind = isClose ? 'close' : isEmpty ? 'empty' : 'open';
  return { name, kind, inside: words.slice(name.length), start, end: stop + 1 };
}

/**
 * @param {string} text - XML.
 * @param {number} from - Inside a tag.
 * @returns {number} Place of its `>`, outside of quotes; -1 without one.
 */
function tagEnd(text, from) {
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '>') return at;
    if (mark !== '"' && mark !== "'") continue;
    const close = text.indexOf(mark, at + 1);
    // A lone quote, as in a closing tag, hides nothing.
    if (close !== -1) at = close;
  }
  return -1;
}

/**
 * @param {string} attributes - Of a tag.
 * @returns {string} Value of `href`, which is how Atom links; empty without it.
 */
function hrefIn(attributes) {
  const start = attributes.indexOf('href="');
  if (start === -1) return '';
  const from = start + 'href="'.length;
  const end = attributes.indexOf('"', from);
  return end === -1 ? '' : unfold(attributes.slice(from, end));
}
