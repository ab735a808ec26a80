/**
 * Parts of a score → words. Nothing is said that the numbers do not show.
 *
 * @packageDocumentation
 */
import type { ScorePart } from '../core/types.ts';
import { functionValues } from './additive-model.ts';
import { SIGNALS } from './signals.ts';
import { strongestSource } from './strongest-source.ts';
import type { AdditiveModel, Sequence, SignalModel } from './types.ts';

/** A part with the item that it rests on. */
export interface ExplainedPart extends ScorePart {
  /** Item row of the history; -1 when the part rests on no single item. */
  readonly source: number;
  /** A phrase without a full stop, such as `often chosen right after the “Dome” you looked at`. */
  readonly words: string;
}

/** Who the parts are for. */
export interface PartContext {
  /** The model that the signals were computed from. */
  readonly model: SignalModel;
  /** The visitor's history. */
  readonly history: Pick<Sequence, 'items' | 'step'>;
  /** Item row of the candidate. */
  readonly candidate: number;
  /** An item's title; undefined where it has none. */
  readonly titleOf: (row: number) => string | undefined;
}

const WORDS: ReadonlyMap<string, string> = new Map(
  SIGNALS.map(({ name, inWords }) => [name, inWords]),
);
const UNNAMED = 'what you looked at';
const AGAINST = 'less than others here: ';

/**
 * A part in words. A part below 0 speaks against the candidate and says so.
 *
 * @param part - Signal name and value; an unknown name stands for itself.
 * @param title - Title of the item of the history, if there is one.
 * @returns A phrase without a full stop.
 * @example partInWords({ name: 'price.gap', value: 1 }) // 'fits your usual price'
 */
export function partInWords(part: ScorePart, title?: string): string {
  const words = WORDS.get(part.name) ?? part.name;
  const item = title === undefined ? UNNAMED : `the “${title}” you looked at`;
  // A function as replacement: a title may hold `$&`.
  const phrase = words.replace('{item}', () => item);
  return part.value < 0 ? AGAINST + phrase : phrase;
}

/**
 * All function values of a list, less each function's mean over it: what lifts a candidate above
 * the others, or sinks it.
 *
 * @param model - With J functions.
 * @param signals - [C × J] of the list.
 * @returns [C × J]; a row sums to the score's distance to the list's mean score, up to rounding.
 */
export function contrastsOf(model: AdditiveModel, signals: Float32Array): Float64Array {
  const width = model.names.length;
  const count = signals.length / width;
  const contrasts = functionValues(model, signals);
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let at = j; at < signals.length; at += width) sum += contrasts[at] as number;
    for (let at = j; at < signals.length; at += width) {
      contrasts[at] = (contrasts[at] as number) - sum / count;
    }
  }
  return contrasts;
}

/**
 * The family of a signal: `next.last` and `next.sum` are one, `next`.
 *
 * @param name - Signal name.
 * @returns What stands before the first dot.
 */
export function familyOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/**
 * The parts to tell, one per family (`next.sum` and `next.last` say nearly the same): a family
 * carries the sum of its parts under the name of its largest.
 *
 * @param parts - Of one candidate; they and the result sum to the same number, up to rounding.
 * @returns One part per family, largest first, ties by name.
 */
export function joinFamilies(parts: readonly ScorePart[]): ScorePart[] {
  const families = new Map<string, { value: number; largest: ScorePart }>();
  for (const part of parts) {
    const family = families.get(familyOf(part.name));
    if (family === undefined) {
      families.set(familyOf(part.name), { value: part.value, largest: part });
      continue;
    }
    family.value += part.value;
    if (part.value > family.largest.value) family.largest = part;
  }
  return [...families.values()]
    .map(({ value, largest }) => ({ name: largest.name, value }))
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

/**
 * Puts parts in words, each with the strongest item of the visitor's history behind it.
 *
 * @param parts - Any parts of one candidate, such as those of {@link joinFamilies}.
 * @param context - See {@link PartContext}.
 * @returns As many, in the same order.
 */
export function explainParts(parts: readonly ScorePart[], context: PartContext): ExplainedPart[] {
  const { model, history, candidate, titleOf } = context;
  return parts.map((part) => {
    const source = strongestSource(model, { history, candidate, name: part.name });
    const title = source < 0 ? undefined : titleOf(source);
    return { ...part, source, words: partInWords(part, title) };
  });
}
