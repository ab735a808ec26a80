/**
 * The beginning of a list that is too long to be read: a list of a million items would take more
 * memory than a worker has, and a worker that runs out of it takes the page along.
 *
 * @packageDocumentation
 */

/** Where a text can be cut. */
interface Place {
  /** Characters before the cut. */
  readonly end: number;
  /** Brackets and braces that are open there. */
  readonly depth: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING: ReadonlyMap<number, string> = new Map([
  [0x5b, ']'],
  [0x7b, '}'],
]);
const BRACKET_END = 0x5d;
const BRACE_END = 0x7d;

/** Index behind a text that begins at `start`, or the end where it has none. */
function behindText(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    const sign = source.charCodeAt(at);
    if (sign === QUOTE) return at + 1;
    if (sign === BACKSLASH) at += 1;
  }
  return source.length;
}

/**
 * Goes through JSON without reading it.
 *
 * @param source - May be cut off anywhere.
 * @param onClosed - Told of every object that ends, with what closes those around it, innermost last.
 * @returns What closes the brackets that are open at the end, innermost last.
 */
function scan(source: string, onClosed?: (end: number, open: readonly string[]) => void): string[] {
  const open: string[] = [];
  for (let at = 0; at < source.length;) {
    const sign = source.charCodeAt(at);
    if (sign === QUOTE) {
      at = behindText(source, at);
      continue;
    }
    at += 1;
    const closing = OPENING.get(sign);
    if (closing !== undefined) open.push(closing);
    else if (sign === BRACKET_END || sign === BRACE_END) {
      open.pop();
      if (sign === BRACE_END) onClosed?.(at, open);
    }
  }
  return open;
}

/** Behind the last whole item: of objects in lists, those of the outermost list that holds any. */
function placeIn(head: string): Place | null {
  let place: Place | null = null;
  scan(head, (end, open) => {
    const isInList = open.length === 0 || open.at(-1) === ']';
    if (isInList && open.length <= (place?.depth ?? Infinity)) place = { end, depth: open.length };
  });
  return place;
}

/**
 * Cuts a list behind its last item that is whole, and closes what is open there.
 *
 * Cost: linear in `most`, however deep the text is nested.
 *
 * @param text - JSON or NDJSON.
 * @param most - Characters that may be read.
 * @returns The text itself when it is not longer; else JSON or NDJSON of its first items, or, where
 *   no item is whole, its broken beginning.
 * @example cutText('{"items":[{"id":1},{"id":2}]}', 25) // '{"items":[{"id":1}]}'
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most);
  const place = placeIn(head);
  if (place === null) return head;
  const whole = head.slice(0, place.end);
  return whole + scan(whole).toReversed().join('');
}
