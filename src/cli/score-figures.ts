/**
 * How good scores are on texts of which it is known what they said.
 *
 * @packageDocumentation
 */
import { areaUnderCurve } from '../models/attributes/metrics.ts';
import type { WeaklyLabelled } from '../models/attributes/weak-labels.ts';

/** One score on the test texts. */
export interface ScoreFigures {
  /** Texts whose removed words said yes. */
  readonly yes: number;
  /** Texts without such words, or whose words said no. */
  readonly others: number;
  /** How often one that said yes is scored above one of the others. */
  readonly auc: number;
  /** Texts whose removed words said no. */
  readonly no: number;
  /** How often one that said yes is scored above one that said no. */
  readonly aucAgainstNo: number;
}

/** How wrong scores are where the model says that it is guessing, and elsewhere. */
export interface GuessFigures {
  /** Share of the texts. */
  readonly share: number;
  /** Mean square of score minus answer on them. */
  readonly error: number;
  /** The same on the other texts. */
  readonly errorOfOthers: number;
}

/** Sayings of texts, by text and score. */
type Labelled = readonly Pick<WeaklyLabelled, 'says'>[];

function against(
  scores: readonly number[],
  saying: readonly (string | undefined)[],
  others: readonly string[],
): { readonly count: number; readonly auc: number } {
  const rows = saying.flatMap((each, n) =>
    each === 'yes' || others.includes(each ?? '') ? [n] : [],
  );
  const isYes = rows.map((n) => saying[n] === 'yes');
  const own = rows.map((n) => scores[n] as number);
  return { count: isYes.filter((each) => !each).length, auc: areaUnderCurve(own, isYes) };
}

/**
 * How well each score tells texts that said yes from the others.
 *
 * @param logits - [N] Of [O] each: scores in any monotone scale.
 * @param labelled - [N] What the texts said.
 * @returns [O]
 */
export function scoreFigures(
  logits: readonly ArrayLike<number>[],
  labelled: Labelled,
): ScoreFigures[] {
  return Array.from({ length: logits[0]?.length ?? 0 }, (_, o) => {
    const saying = labelled.map(({ says }) => says[o]);
    const scores = logits.map((row) => row[o] as number);
    const all = against(scores, saying, ['nothing', 'no']);
    const no = against(scores, saying, ['no']);
    const yes = saying.filter((each) => each === 'yes').length;
    return { yes, others: all.count, auc: all.auc, no: no.count, aucAgainstNo: no.auc };
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean squared error of each text's scores; a score whose text says both does not count. */
function errorsOf(scores: readonly Float32Array[], labelled: Labelled): number[] {
  return scores.map((row, n) => {
    const errors = [...row].flatMap((score, o) => {
      const says = labelled[n]?.says[o] ?? 'both';
      return says === 'both' ? [] : [(score - (says === 'yes' ? 1 : 0)) ** 2];
    });
    return errors.length === 0 ? 0 : meanOf(errors);
  });
}

/**
 * How wrong flagged texts are beside the others.
 *
 * @param scores - [N] Of [O] each, in [0, 1].
 * @param labelled - [N] What the texts said.
 * @returns Figures of any flag, told the number of a text and its scores.
 */
export function guessFigures(
  scores: readonly Float32Array[],
  labelled: Labelled,
): (isFlagged: (n: number, own: Float32Array) => boolean) => GuessFigures {
  const errors = errorsOf(scores, labelled);
  return (isFlagged) => {
    const flags = scores.map((own, n) => isFlagged(n, own));
    const of = (wanted: boolean): number[] => errors.filter((_, n) => flags[n] === wanted);
    return {
      share: of(true).length / errors.length,
      error: meanOf(of(true)),
      errorOfOthers: meanOf(of(false)),
    };
  };
}
