import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { FOLDS, MODELS, type TuningProblem } from '../../../src/learn/design.ts';
import { decide } from '../../../src/learn/gate.ts';

const LISTS = 60;
const SIZE = 50;

/** Lists in which the pack ranks by chance, and what each fold's model adds to the answer. */
function problemOf(liftOf: (list: number) => number): {
  problem: TuningProblem;
  logits: Float32Array;
} {
  const random = createRandom(1, 'gate');
  const rows = LISTS * SIZE;
  const base = Float32Array.from({ length: rows }, () => 2 * random());
  const targets = Int32Array.from({ length: LISTS }, () => Math.floor(random() * SIZE));
  const folds = Int32Array.from({ length: LISTS }, (_, l) => Math.floor((l * FOLDS) / LISTS));
  const logits = new Float32Array(rows * MODELS);
  for (let list = 0; list < LISTS; list++) {
    for (let c = 0; c < SIZE; c++) {
      const noise = 0.2 * (random() - 0.5);
      const lift = c === targets[list] ? liftOf(list) : 0;
      for (let m = 0; m < MODELS; m++) logits[(list * SIZE + c) * MODELS + m] = noise + lift;
    }
  }
  const problem: TuningProblem = {
    matrix: { data: new Float32Array(0), rows, params: 0 },
    base,
    inUse: new Float32Array(rows),
    offsets: Int32Array.from({ length: LISTS + 1 }, (_, l) => l * SIZE),
    targets,
    weights: new Float32Array(LISTS).fill(1),
    folds,
    allowed: new Uint8Array(0),
    units: new Float32Array(0),
    least: new Float32Array(0),
    most: new Float32Array(0),
    names: [],
    numGains: 0,
  };
  return { problem, logits };
}

const decided = (liftOf: (list: number) => number, fresh = 0): ReturnType<typeof decide> => {
  const { problem, logits } = problemOf(liftOf);
  return decide(problem, logits, fresh);
};

describe('the gate', () => {
  it('uses nearly all of a gain that is sure', () => {
    const { isKept, trust, before, after } = decided(() => 1.2);
    expect(isKept).toBe(true);
    expect(trust).toBeGreaterThan(0.9);
    expect(after).toBeGreaterThan(before);
  });

  it('discards what says nothing, and what makes choices worse', () => {
    expect(decided(() => 0).isKept).toBe(false);
    expect(decided(() => -1).isKept).toBe(false);
    expect(decided(() => -1).trust).toBe(0);
  });

  it('uses less of a gain that few choices make', () => {
    const few = decided((list) => (list % 5 === 0 ? 1.2 : 0));
    expect(few.trust).toBeLessThan(decided(() => 1.2).trust);
  });

  it('uses less of a gain that fades', () => {
    const newest = LISTS - LISTS / FOLDS;
    const fading = decided((list) => (list < newest ? 1.2 : 0.3));
    expect(fading.isKept).toBe(true);
    expect(fading.trust).toBeLessThan(0.7);
    expect(fading.trust).toBeLessThan(decided(() => 1.2).trust);
  });

  it('discards what the newest choices speak against', () => {
    const newest = LISTS - LISTS / FOLDS;
    expect(decided((list) => (list < newest ? 1.2 : -1)).isKept).toBe(false);
  });

  it('discards what is worse than what is in use, on choices that neither knew', () => {
    const { problem, logits } = problemOf(() => 0.4);
    const inUse = problem.inUse;
    for (const [list, target] of problem.targets.entries()) inUse[list * SIZE + target] = 2;
    expect(decide(problem, logits, 0).isKept).toBe(true);
    expect(decide(problem, logits, 20).isKept).toBe(false);
  });

  it('leaves what is in use when later choices speak against it', () => {
    const { problem, logits } = problemOf(() => 0);
    for (const [list, target] of problem.targets.entries()) {
      problem.inUse[list * SIZE + target] = -1.5;
    }
    expect(decide(problem, logits, 30).isOutdated).toBe(true);
    expect(decide(problem, logits, 0).isOutdated).toBe(false);
  });
});
