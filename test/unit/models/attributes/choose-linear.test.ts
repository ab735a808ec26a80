import { describe, expect, it } from 'vitest';
import { chooseLinear } from '../../../../src/models/attributes/choose-linear.ts';
import { fitLinear, predictLinear } from '../../../../src/models/attributes/linear-model.ts';
import { classFigures } from '../../../../src/models/attributes/metrics.ts';

const COLOURS = ['red', 'blue', 'green'];
const THINGS = ['shoe', 'hat', 'scarf', 'coat', 'sock', 'shirt', 'belt', 'bag'];
const TEXTS = COLOURS.flatMap((colour) => THINGS.map((thing) => `${colour} ${thing}`));
const LABELS = Int32Array.from(TEXTS, (_, n) => Math.floor(n / THINGS.length));

describe('choosing the penalty of the rival', () => {
  const isOut = TEXTS.map((_, n) => n % 4 === 0);
  const chosen = chooseLinear({ texts: TEXTS, labels: LABELS, classes: 3, isOut });

  it('gives the model of all texts with the penalty that it names', () => {
    const again = fitLinear(TEXTS, LABELS, { classes: 3, c: chosen.c });
    expect(chosen.whole.weights).toEqual(again.weights);
  });

  it('lets the trial see no held-out text', () => {
    expect(chosen.early.terms.columnOf.has('red shoe')).toBe(false);
    expect(chosen.early.terms.columnOf.has('red hat')).toBe(true);
  });

  it('does as well on held-out texts as any single penalty', () => {
    const out = TEXTS.flatMap((_, n) => (isOut[n] === true ? [n] : []));
    const truth = out.map((n) => LABELS[n] as number);
    const valueOf = (c: number): number => {
      const seen = TEXTS.flatMap((_, n) => (isOut[n] === false ? [n] : []));
      const model = fitLinear(
        seen.map((n) => TEXTS[n] as string),
        Int32Array.from(seen, (n) => LABELS[n] as number),
        { classes: 3, c },
      );
      const predicted = predictLinear(
        model,
        out.map((n) => TEXTS[n] as string),
      );
      const { accuracy, macroF1 } = classFigures(truth, predicted);
      return accuracy + macroF1;
    };
    expect(valueOf(chosen.c)).toBe(Math.max(...[1, 3, 10, 30].map(valueOf)));
  });

  it('says how far it is, over all trials, in growing steps to the end', () => {
    const told: number[] = [];
    chooseLinear({ texts: TEXTS, labels: LABELS, classes: 3, isOut }, (done, total) =>
      told.push(done / total),
    );
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });
});
