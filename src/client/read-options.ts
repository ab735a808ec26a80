/**
 * Options from the attributes of the script tag.
 *
 * @packageDocumentation
 */
import type { VitrineOptions } from '../core/types.ts';
import { findElement } from './find-element.ts';

const NUMBERS = new Set([
  'exploration',
  'holdout',
  'influence',
  'maxCandidates',
  'seed',
  'timeoutMs',
]);
const FLAGS = new Set(['pictures', 'predefinedSegments']);
const LISTS = new Set(['rules', 'segments', 'sensitive']);
const TEXTS = new Set([
  'consent',
  'device',
  'logLevel',
  'pack',
  'storageName',
  'whenUnknown',
  'workerUrl',
]);

/**
 * Reads options from the `data-*` attributes of the script tag.
 *
 * `data-segments`, `data-rules` and `data-sensitive` are selectors of a `<script type="application/json">` with the
 * shop's segments, merchandising rules and sensitive words.
 *
 * @param dataset - `data-storage-name` arrives here as `storageName`.
 * @returns Only the known options, numbers and truth values turned into such; null when there is
 *   neither an option nor `candidates`: then nothing is to be started.
 * @example readOptions({ consent: 'granted', holdout: '0.1' }) // { consent: 'granted', holdout: 0.1 }
 */
export function readOptions(
  dataset: Readonly<Record<string, string | undefined>>,
): VitrineOptions | null {
  const found = new Map<string, unknown>();
  for (const [name, text = ''] of Object.entries(dataset)) {
    if (NUMBERS.has(name)) found.set(name, text ? Number(text) : Number.NaN);
    if (TEXTS.has(name)) found.set(name, text);
    if (FLAGS.has(name)) found.set(name, text !== 'false');
    if (LISTS.has(name)) found.set(name, readJson(text) ?? []);
  }
  return found.size > 0 || 'candidates' in dataset ? Object.fromEntries(found) : null;
}

/**
 * Reads the JSON that a `<script type="application/json">` (or `ld+json`) of the page holds.
 *
 * @param selector - CSS selector.
 * @returns The value; null when there is no such element, no such selector or no JSON.
 */
export function readJson(selector: string): unknown {
  try {
    return JSON.parse(findElement(selector)?.textContent ?? 'null');
  } catch {
    // No JSON: as if it were not there.
    return null;
  }
}
