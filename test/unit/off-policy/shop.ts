/** A made-up world whose truth is known: kinds of visitors, segments, how likely each engages. */
import { createRandom, type Random } from '../../../src/core/rng.ts';
import type { LoggedChoice, TargetPolicy } from '../../../src/off-policy/types.ts';

/** Segments to choose from. */
const SEGMENTS = ['garden', 'sound', 'kitchen', 'travel', 'desk', 'play'] as const;

/** What is known of a visitor when a place is given. */
export interface Visit {
  readonly kind: 'young' | 'old' | 'new';
}

const KINDS = ['young', 'old', 'new'] as const;

/** Shares of the kinds. */
const SHARES = { young: 0.5, old: 0.3, new: 0.2 } as const;

/** How likely a kind of visitor engages with a place of each segment. */
const ENGAGES = {
  young: [0.02, 0.12, 0.03, 0.08, 0.04, 0.2],
  old: [0.15, 0.03, 0.12, 0.06, 0.05, 0.01],
  new: [0.05, 0.05, 0.05, 0.1, 0.02, 0.04],
} as const;

/** How likely the logging policy chooses each; exact, and far from even. */
const CHOOSES = {
  young: [0.05, 0.3, 0.05, 0.3, 0.2, 0.1],
  old: [0.1, 0.35, 0.1, 0.1, 0.25, 0.1],
  new: [0.3, 0.1, 0.2, 0.05, 0.25, 0.1],
} as const;

/** Probabilities by segment. */
function policyOf(probabilities: (kind: Visit['kind']) => readonly number[]): TargetPolicy<Visit> {
  return ({ kind }) => new Map(probabilities(kind).map((p, a) => [SEGMENTS[a] as string, p]));
}

/** What the logging policy does. */
export const LOGGING: TargetPolicy<Visit> = policyOf((kind) => CHOOSES[kind]);

/** Mostly the best segment of a kind, as a policy that has learned would. */
export const LEARNED: TargetPolicy<Visit> = policyOf((kind) => {
  const best = Math.max(...ENGAGES[kind]);
  return ENGAGES[kind].map((p) => (p === best ? 0.9 : 0.02));
});

/** Each segment alike. */
export const EVEN: TargetPolicy<Visit> = policyOf(() => SEGMENTS.map(() => 1 / SEGMENTS.length));

/** The true expectation of a reward. */
export function truthOf({ kind }: Visit, segment: string): number {
  return ENGAGES[kind][SEGMENTS.findIndex((id) => id === segment)] ?? 0;
}

/** What a policy really earns per place: summed over all that can happen, nothing is drawn. */
export function valueOf(policy: TargetPolicy<Visit>): number {
  return KINDS.reduce((sum, kind) => {
    const earned = [...policy({ kind })].map(([id, p]) => p * truthOf({ kind }, id));
    return sum + SHARES[kind] * earned.reduce((a, b) => a + b, 0);
  }, 0);
}

/** Draws an index by probabilities that sum to 1. */
function draw(probabilities: readonly number[], random: Random): number {
  let rest = random();
  for (const [i, probability] of probabilities.entries()) {
    rest -= probability;
    if (rest < 0) return i;
  }
  return probabilities.length - 1;
}

/** A log of so many places. */
export function simulateLog(seed: number, places: number): LoggedChoice<Visit>[] {
  const random = createRandom(seed, 'off-policy');
  return Array.from({ length: places }, () => {
    const kind = KINDS[draw(Object.values(SHARES), random)] as Visit['kind'];
    const chosen = draw(CHOOSES[kind], random);
    const action = SEGMENTS[chosen] as string;
    const reward = random() < truthOf({ kind }, action) ? 1 : 0;
    return { context: { kind }, action, propensity: CHOOSES[kind][chosen] as number, reward };
  });
}
