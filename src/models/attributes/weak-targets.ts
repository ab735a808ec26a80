/**
 * What texts say of themselves as targets of a head: how much each saying counts.
 *
 * @packageDocumentation
 */
import type { ScoreTargets } from './linear-model.ts';
import type { HeadTargets } from './training-step.ts';
import type { Saying, WeaklyLabelled } from './weak-labels.ts';

/** How much a text counts that says no: it is rarer, and surer, than one that says nothing. */
const DENIED = 3;
/** How much a text counts that says nothing: it may be comfortable without saying so. */
const SILENT = 0.5;
/** Weights of yes are raised until yes and no weigh the same, but not further than this. */
const MOST_BALANCE = 8;

/** Target and weight of what a text says. */
function meaning(says: Saying): readonly [target: number, weight: number] {
  if (says === 'yes') return [1, 1];
  if (says === 'no') return [0, DENIED];
  return says === 'both' ? [0.5, 0] : [0, SILENT];
}

/**
 * Targets of texts.
 *
 * @param labelled - Texts that were looked through.
 * @param columns - Number of attributes.
 * @returns Targets and how much each counts; 0 for a text that says both.
 */
export function meaningsOf(labelled: readonly WeaklyLabelled[], columns: number): ScoreTargets {
  const values = new Float32Array(labelled.length * columns);
  const weights = new Float32Array(labelled.length * columns);
  for (const [n, { says }] of labelled.entries()) {
    for (const [o, saying] of says.entries()) {
      const [target, weight] = meaning(saying);
      values[n * columns + o] = target;
      weights[n * columns + o] = weight;
    }
  }
  return { values, weights };
}

/**
 * What a yes weighs.
 *
 * @param targets - From {@link meaningsOf}.
 * @param rows - Those that are learned from.
 * @param columns - Number of attributes.
 * @returns [O] 1 to 8: so much that yes and no weigh the same.
 */
export function balanceOf(
  targets: ScoreTargets,
  rows: readonly number[],
  columns: number,
): number[] {
  const { values, weights } = targets;
  return Array.from({ length: columns }, (_, o) => {
    let [yes, no] = [0, 0];
    for (const row of rows) {
      const weight = weights[row * columns + o] as number;
      yes += weight * (values[row * columns + o] as number);
      no += weight * (1 - (values[row * columns + o] as number));
    }
    return Math.min(MOST_BALANCE, Math.max(1, no / Math.max(1, yes)));
  });
}

/**
 * Targets of a head.
 *
 * @param all - From {@link meaningsOf}.
 * @param balance - From {@link balanceOf}.
 * @returns What the head should say of rows.
 */
export function headTargets(
  all: ScoreTargets,
  balance: readonly number[],
): (rows: readonly number[]) => HeadTargets {
  const columns = balance.length;
  return (rows) => {
    const values = new Float32Array(rows.length * columns);
    const weights = new Float32Array(rows.length * columns);
    for (const [n, row] of rows.entries()) {
      for (let o = 0; o < columns; o++) {
        const value = all.values[row * columns + o] as number;
        const weight = all.weights[row * columns + o] as number;
        values[n * columns + o] = value;
        weights[n * columns + o] = weight * (value > 0.5 ? (balance[o] as number) : 1);
      }
    }
    return { kind: 'scores', values, weights, columns };
  };
}
