import { describe, expect, it } from 'vitest';
import { addVisitor, createTally, figuresOf, mergeTallies } from '../../../src/simulate/tally.ts';
import type { Tally, VisitFigures } from '../../../src/simulate/tally.ts';

const visitsOf = (...regrets: readonly number[]): VisitFigures[] =>
  regrets.map((regret, visit) => ({ visit, clicks: visit, expected: 1, best: 1 + regret }));

const tallyOf = (fill: (tally: Tally) => void): Tally => {
  const tally = createTally(4);
  fill(tally);
  return tally;
};

describe('the tally of a simulation', () => {
  it('sums regret up from visit to visit, in the mean over people', () => {
    const tally = tallyOf((one) => {
      addVisitor(one, 'single', visitsOf(3, 2, 1), 2);
      addVisitor(one, 'drifting', visitsOf(1, 2, 5), 4);
    });
    const figures = figuresOf(tally);
    expect(figures.regretCurve).toEqual([2, 4, 7]);
    expect(figures.regret).toBe(7);
    expect(figures.regretAtEnd).toBe(3);
    expect(figures.clicksPerVisit).toBe(1);
    expect(figures.segmentsDiscovered).toBe(3);
    expect(figures.byKind.drifting).toMatchObject({ visitors: 1, regret: 8, regretAtEnd: 5 });
  });

  it('leaves bots out of everything but their own line', () => {
    const people = tallyOf((one) => addVisitor(one, 'single', visitsOf(1, 1), 1));
    const both = tallyOf((one) => {
      addVisitor(one, 'single', visitsOf(1, 1), 1);
      addVisitor(one, 'bot', visitsOf(9, 9), 9);
    });
    const { byKind, ...figures } = figuresOf(both);
    expect(figuresOf(people)).toMatchObject(figures);
    expect(byKind.bot?.visitors).toBe(1);
  });

  it('knows the share of the items that nobody ever saw', () => {
    const tally = tallyOf(({ shown }) => shown.set([3, 0, 1, 0]));
    expect(figuresOf(tally)).toMatchObject({ catalogCoverage: 0.5, neverShown: 0.5 });
  });

  it('adds parts up to the whole', () => {
    const parts = [0, 1].map((k) =>
      tallyOf((one) => {
        addVisitor(one, 'single', visitsOf(k, 2), k);
        one.shown[k] = 1;
      }),
    );
    const whole = tallyOf((one) => {
      addVisitor(one, 'single', visitsOf(0, 2), 0);
      addVisitor(one, 'single', visitsOf(1, 2), 1);
      one.shown.set([1, 1]);
    });
    expect(figuresOf(mergeTallies(parts))).toEqual(figuresOf(whole));
  });

  it('is all 0 without visitors', () => {
    expect(figuresOf(createTally(2))).toMatchObject({ clicksPerVisit: 0, regret: 0, visitors: 0 });
  });
});
