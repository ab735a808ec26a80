/**
 * The least that the page must know of candidates: their ids in the server's order.
 * Everything else about them is the worker's business.
 *
 * @packageDocumentation
 */

/** A candidate as the shop sent it. */
export type RawItem = Readonly<Record<string, unknown>>;

// In the worker's order of precedence: schema.org, then GA4, ours and others.
const SCHEMA_IDS = ['sku', 'productID', 'productGroupID', 'id'];
const ID_FIELDS = ['item_id', 'id', 'itemId', ...SCHEMA_IDS];
const CONTAINERS =
  'items products candidates ecommerce data @graph itemListElement item product'.split(' ');
/** Deep enough for `[{ '@graph': [{ itemListElement: [{ item }] }] }]`. */
const MAX_DEPTH = 9;

/** More would hold the page for long: what comes after them is in nobody's feed. */
const MAX_IDS = 1e5;

/** An id as the catalog room takes it: trimmed, 1 to 200 characters; else empty. */
function asId(value: unknown): string {
  const id = typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : '';
  return id.length > 200 ? '' : id;
}

/** Puts the candidates that are found in `node` into `items`. */
function collect(node: unknown, items: Map<string, RawItem>, depth: number): void {
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return;
  if (Array.isArray(node)) {
    node.every((entry) => {
      collect(entry, items, depth + 1);
      return items.size < MAX_IDS;
    });
    return;
  }
  const item = node as RawItem;
  const name = (item['@type'] ? SCHEMA_IDS : ID_FIELDS).find((field) => asId(item[field]));
  const inner = name
    ? []
    : CONTAINERS.map((part) => item[part]).filter((value) => typeof value === 'object');
  // The `@id` of a list names the list; only that of a thing without parts names an item.
  const id = inner.length > 0 ? '' : asId(item[name ?? '@id']);
  if (!id) collect(inner, items, depth + 1);
  else if (!items.has(id)) items.set(id, item);
}

/**
 * Finds the candidates by id, in the server's order; the first of two with one id counts.
 *
 * Knows lists, the usual containers and schema.org lists, as the worker does.
 *
 * @param candidates - Anything at all.
 * @returns Records by id, 100,000 at most; empty when none has an id. Never throws.
 * @example itemsById([{ sku: 'a' }, { id: 7 }, 'x']) // Map { 'a' → { sku: 'a' }, '7' → { id: 7 } }
 */
export function itemsById(candidates: unknown): Map<string, RawItem> {
  const items = new Map<string, RawItem>();
  try {
    collect(candidates, items, 0);
  } catch {
    // A getter of the shop's that throws: what was read before it stands.
  }
  return items;
}

/**
 * Reads a text as JSON, or else as one JSON value for each line; lines that are neither are left out.
 *
 * @param text - JSON or NDJSON.
 * @returns The value, or the list of the lines' values.
 */
export function parseCandidates(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one JSON value, so perhaps one on each line.
    return text.split('\n').flatMap((line): unknown[] => {
      try {
        return [JSON.parse(line)];
      } catch {
        // Empty or broken line; the others stand.
        return [];
      }
    });
  }
}

/** JSON and NDJSON begin so, a URL does not. */
const TEXT = /^\s*[[{]/;

/**
 * Tells text that holds candidates from a URL where they are.
 *
 * @param text - Either.
 * @returns True for JSON and NDJSON, be they broken.
 */
export function isText(text: string): boolean {
  return TEXT.test(text);
}

/**
 * Tells a URL from all else that candidates may be.
 *
 * @param candidates - As for `rerank`.
 * @returns True for a URL.
 */
export function isUrl(candidates: unknown): candidates is string | URL {
  try {
    return typeof candidates === 'string' ? !isText(candidates) : candidates instanceof URL;
  } catch {
    // A proxy that does not say what it is.
    return false;
  }
}

/**
 * Fetches candidates on the page.
 *
 * @param url - Absolute, or relative to the document.
 * @returns The text that was sent; empty when none came. Never rejects.
 */
export async function fetchCandidates(url: string | URL): Promise<string> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : '';
  } catch {
    // Offline, blocked or no URL at all: the caller sees an empty list.
    return '';
  }
}
