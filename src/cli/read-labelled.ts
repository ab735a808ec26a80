/**
 * A file of labelled items: one NDJSON line each, `{"title", …, "labels": {NAME: CLASS}}`.
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import type { Item } from '../core/types.ts';
import { dataError } from './fail.ts';
import { readLinesOf } from './read-lines.ts';

/** Items with a class each. */
export interface LabelledFile {
  readonly items: readonly Item[];
  /** Class of each item. */
  readonly labels: readonly string[];
  /** Lines that have no class of this name. */
  readonly without: number;
}

const MAX_LINES = 10_000_000;

/** The class that a line gives; undefined when it gives none, null without any labels. */
function labelOf(value: Readonly<Record<string, unknown>>, name: string): unknown {
  const labels = value['labels'];
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return null;
  return Object.hasOwn(labels, name) ? (labels as Record<string, unknown>)[name] : undefined;
}

/**
 * Reads labelled items. Lines whose class is missing or null are left out.
 *
 * @param file - NDJSON, gzipped or not.
 * @param name - Of the label.
 * @returns Items and classes; ids that are missing or taken are made up.
 * @throws `DATA_INVALID` with file and line.
 */
export function readLabelled(file: string, name: string): LabelledFile {
  const records: object[] = [];
  const labels: string[] = [];
  let without = 0;
  readLinesOf(file, ({ line, value }) => {
    const label = labelOf(value, name);
    if (label === null && value['labels'] === undefined) {
      throw dataError(file, line, `expected "labels", an object with "${name}"`);
    }
    if (label === undefined || label === null) {
      without++;
      return;
    }
    if (typeof label !== 'string' && typeof label !== 'number') {
      throw dataError(file, line, `expected a text as "${name}", got ${JSON.stringify(label)}`);
    }
    records.push({ ...value, id: String(records.length) });
    labels.push(String(label));
  });
  if (records.length === 0) throw dataError(file, 0, `no line has the label "${name}"`);
  const { items } = normalizeCandidates(records, { maxItems: MAX_LINES });
  return { items, labels, without };
}
