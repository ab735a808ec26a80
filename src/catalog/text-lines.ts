/**
 * Text analyses as lines of JSON, one item each: read one by one, since a feed asks for few of them.
 *
 * @packageDocumentation
 */
import type { SectionData } from '../core/binary.ts';
import type { NamedFeature } from '../core/explanation.ts';
import type { AnalyzedText, TermUse } from './analyze-text.ts';

function checkTerms(flat: readonly unknown[]): asserts flat is readonly (string | number)[] {
  for (let at = 0; at < flat.length; at += 3) {
    const shown = flat[at + 2];
    const isUse =
      typeof flat[at] === 'string' &&
      typeof flat[at + 1] === 'number' &&
      (shown === 0 || typeof shown === 'string');
    if (!isUse) throw new TypeError('no term');
  }
}

function readTerms(flat: readonly (string | number)[]): ReadonlyMap<string, TermUse> {
  const terms = new Map<string, TermUse>();
  for (let at = 0; at < flat.length; at += 3) {
    const term = flat[at] as string;
    const surface = flat[at + 2] === 0 ? term : (flat[at + 2] as string);
    terms.set(term, { weight: flat[at + 1] as number, surface });
  }
  return terms;
}

function readNamed(flat: readonly unknown[]): NamedFeature[] {
  const named: NamedFeature[] = [];
  for (let at = 0; at < flat.length; at += 3) {
    const [kind, value, evidence] = flat.slice(at, at + 3);
    const isFeature =
      typeof kind === 'string' && typeof value === 'string' && typeof evidence === 'string';
    if (!isFeature) throw new TypeError('no feature');
    named.push({ kind, value, evidence });
  }
  return named;
}

function readLine(line: string | undefined): AnalyzedText {
  const [sentiment, terms, named] = JSON.parse(line ?? '') as [unknown, unknown, unknown];
  const isWhole =
    (sentiment === null || typeof sentiment === 'number') &&
    Array.isArray(terms) &&
    Array.isArray(named);
  if (!isWhole) throw new TypeError('no analysis');
  checkTerms(terms);
  let known: ReadonlyMap<string, TermUse> | undefined;
  return {
    // Whether two items are variants of one product is asked of many, and of their features alone.
    get terms() {
      return (known ??= readTerms(terms));
    },
    named: readNamed(named),
    sentiment,
  };
}

/**
 * Reads what `writeTexts` wrote, line by line as they are asked for.
 *
 * @param data - The file.
 * @param analyze - Makes an analysis whose line is missing or damaged.
 * @returns Analyses by row; the same object for the same row.
 */
export function textReader(
  data: SectionData | undefined,
  analyze: (row: number) => AnalyzedText,
): (row: number) => AnalyzedText {
  const known: (AnalyzedText | undefined)[] = [];
  let lines: readonly string[] | undefined;
  return (row) => {
    const before = known[row];
    if (before) return before;
    lines ??= new TextDecoder().decode(data).split('\n');
    let text: AnalyzedText;
    try {
      text = readLine(lines[row]);
    } catch {
      text = analyze(row);
    }
    known[row] = text;
    return text;
  };
}
