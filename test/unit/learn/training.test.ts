/** Training and its gate on made-up lists, of which it is known what there is to be learned. */
import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import {
  designOf,
  FOLDS,
  MODELS,
  tuningOf,
  type TuningProblem,
} from '../../../src/learn/design.ts';
import type { LearningList } from '../../../src/learn/design-lists.ts';
import { decide, type GateDecision } from '../../../src/learn/gate.ts';
import { createItemFeatures } from '../../../src/learn/item-features.ts';
import { plainMatrix } from '../../../src/learn/matrix.ts';
import { trainTuning } from '../../../src/learn/train-tuning.ts';
import { GAIN_BOUNDS, MAX_WEIGHT, type Tuning } from '../../../src/learn/tuning.ts';

// Some learn a dozen times.
vi.setConfig({ testTimeout: 30_000 });

const SIGNALS = ['good', 'noise'];
const NOTHING: Tuning = { gains: new Map(), weights: new Map() };
const BRANDS = ['Arc', 'Bol', 'Cid', 'Dun', 'Eft'];
const ITEMS: readonly Item[] = Array.from({ length: 60 }, (_, i) => ({
  id: `item ${i}`,
  brand: BRANDS[i % BRANDS.length] as string,
  tags: [`tag ${i % 7}`],
}));
const FEATURES = createItemFeatures(ITEMS);
const rest = async (): Promise<void> => undefined;

/** What a visitor chooses by: the larger, the likelier. */
type Wish = (item: Item, signals: readonly number[]) => number;

/** Lists of 20 items; the answer stands first, as in those of a log. */
function listsOf(count: number, wish: Wish, seed = 1): LearningList[] {
  const random = createRandom(seed, 'made-up lists');
  return Array.from({ length: count }, () => {
    const drawn = ITEMS.map((item) => ({ item, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .slice(0, 20)
      .map(({ item }) => ({ item, signals: [random() * 2 - 1, random() * 2 - 1] }));
    const odds = drawn.map(({ item, signals }) => Math.exp(wish(item, signals)));
    let left = random() * odds.reduce((sum, value) => sum + value, 0);
    const answer = Math.max(
      0,
      odds.findIndex((value) => (left -= value) < 0),
    );
    const list = [drawn[answer], ...drawn.filter((_, c) => c !== answer)] as typeof drawn;
    return {
      target: 0,
      weight: 1,
      base: Float64Array.from(list, ({ signals }) => signals[0]! + signals[1]!),
      parts: Float32Array.from(list.flatMap(({ signals }) => signals)),
      items: list.map(({ item }) => item),
      features: FEATURES,
    };
  });
}

interface Learned {
  readonly problem: TuningProblem;
  readonly theta: Float32Array;
  readonly tuning: Tuning;
  readonly decision: GateDecision;
  readonly curve: readonly number[];
}

async function learn(
  lists: readonly LearningList[],
  inUse: Tuning = NOTHING,
  fresh = 0,
): Promise<Learned> {
  const problem = designOf(lists, SIGNALS, inUse);
  const device = plainMatrix(problem.matrix, rest);
  const { theta, curve } = await trainTuning(problem, { device, rest });
  const decision = decide(problem, await device.times(theta, MODELS), fresh);
  return { problem, theta, tuning: tuningOf(problem, theta, MODELS - 1), decision, curve };
}

const lovesArc: Wish = ({ brand }, [good = 0, noise = 0]) =>
  (brand === 'Arc' ? 3 : 0) + good + noise;
const blindToNoise: Wish = (_, [good = 0]) => 2 * good;
const asThePack: Wish = (_, [good = 0, noise = 0]) => good + noise;
const anything: Wish = () => 0;

/** What a model says, without the rounding of sums in another order. */
function told({ problem, theta }: Learned, model: number): Record<string, string> {
  const { gains, weights } = tuningOf(problem, theta, model);
  return Object.fromEntries(
    [...gains, ...weights].map(([name, value]) => [name, value.toFixed(4)]),
  );
}

describe('learning from choices', () => {
  it('finds a brand that is chosen, and holds it against no other', async () => {
    const { tuning, decision } = await learn(listsOf(60, lovesArc));
    expect(tuning.weights.get('brand:Arc')).toBeGreaterThan(0.8);
    expect(decision).toMatchObject({ isKept: true });
    expect(decision.after).toBeGreaterThan(decision.before * 1.1);
  });

  it('finds that a signal says nothing to this visitor', async () => {
    const { tuning } = await learn(listsOf(150, blindToNoise));
    expect(tuning.gains.get('noise')).toBeLessThan(-0.3);
    expect(tuning.gains.get('good')).toBeGreaterThan(0.1);
  });

  it('lowers the loss of the choices', async () => {
    const { curve } = await learn(listsOf(60, lovesArc));
    expect(curve.at(-1)).toBeLessThan((curve[0] as number) * 0.9);
  });

  it('gives the same for the same lists', async () => {
    const [a, b] = [await learn(listsOf(40, lovesArc)), await learn(listsOf(40, lovesArc))];
    expect(a.theta).toEqual(b.theta);
    expect(a.decision).toEqual(b.decision);
  });

  it('stays within its bounds, however one-sided the choices', async () => {
    const { tuning } = await learn(listsOf(150, ({ brand }) => (brand === 'Arc' ? 50 : 0)));
    for (const gain of tuning.gains.values()) {
      expect(gain).toBeGreaterThanOrEqual(GAIN_BOUNDS.least);
      expect(gain).toBeLessThanOrEqual(GAIN_BOUNDS.most);
    }
    for (const weight of tuning.weights.values()) {
      expect(Math.abs(weight)).toBeLessThanOrEqual(MAX_WEIGHT);
    }
  });

  it('lets no model know anything of its held-out choices', async () => {
    const lists = listsOf(40, lovesArc);
    const others = listsOf(40, blindToNoise, 2);
    const a = await learn(lists);
    for (const fold of [0, FOLDS - 1]) {
      const [from, end] = [(fold * 40) / FOLDS, ((fold + 1) * 40) / FOLDS];
      const changed = lists.map((list, l) => (l >= from && l < end ? (others[l] ?? list) : list));
      const b = await learn(changed);
      expect(told(b, fold)).toEqual(told(a, fold));
      expect(b.tuning).not.toEqual(a.tuning);
    }
  });

  it('moves less beside lists in which the pack is right', async () => {
    const own = listsOf(40, lovesArc);
    const replay = listsOf(24, anything, 3).map((list) => ({ ...list, target: -1, weight: 2 }));
    const alone = await learn(own);
    const beside = await learn([...own, ...replay]);
    const weight = ({ tuning }: Learned): number => tuning.weights.get('brand:Arc') ?? 0;
    expect(weight(beside)).toBeLessThan(weight(alone));
    expect(weight(beside)).toBeGreaterThan(0.3);
  });
});

describe('the gate', () => {
  it('discards what was learned from clicks that mean nothing', async () => {
    let kept = 0;
    for (let seed = 0; seed < 12; seed++) {
      if ((await learn(listsOf(40, anything, seed))).decision.isKept) kept++;
    }
    expect(kept).toBeLessThanOrEqual(1);
  });

  it('discards what was learned of a visitor whom the pack knows already', async () => {
    let kept = 0;
    for (let seed = 0; seed < 10; seed++) {
      if ((await learn(listsOf(40, asThePack, seed))).decision.isKept) kept++;
    }
    expect(kept).toBeLessThanOrEqual(1);
  });

  it('takes it for nothing learned that the pack is too sure of a random visitor', async () => {
    let kept = 0;
    for (let seed = 0; seed < 10; seed++) {
      const lists = listsOf(60, anything, seed).map((list) => ({
        ...list,
        base: list.base.map((score) => 4 * score),
      }));
      if ((await learn(lists)).decision.isKept) kept++;
    }
    expect(kept).toBe(0);
  });

  it('discards what the newest choices contradict', async () => {
    const old = listsOf(64, lovesArc);
    const now = listsOf(16, ({ brand }) => (brand === 'Arc' ? -9 : 0), 2);
    expect((await learn([...old, ...now])).decision.isKept).toBe(false);
  });

  it('finds a checkpoint outdated that speaks against what came after it', async () => {
    const inUse = { gains: new Map(), weights: new Map([['brand:Arc', 3]]) };
    const against: Wish = ({ brand }, signals) =>
      asThePack({ id: '' }, signals) - (brand === 'Arc' ? 9 : 0);
    expect((await learn(listsOf(60, against), inUse, 30)).decision.isOutdated).toBe(true);
    expect((await learn(listsOf(60, lovesArc), inUse, 30)).decision.isOutdated).toBe(false);
  });

  it('keeps what is in use when the new is surely worse on what both have not seen', async () => {
    const lists = listsOf(60, lovesArc);
    const perfect = { gains: new Map(), weights: new Map([['brand:Arc', 3]]) };
    const useless = { gains: new Map(), weights: new Map([['brand:Bol', 3]]) };
    expect((await learn(lists, useless, 12)).decision.isKept).toBe(true);
    expect((await learn(lists.slice(0, 15), perfect, 15)).decision.isKept).toBe(false);
  });
});
