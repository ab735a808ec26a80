import { describe, expect, it } from 'vitest';
import { decideSegments, type Fit, type WindowFit } from '../../../src/learn/segment-gate.ts';

const REPLAY = { before: 0.75, after: 0.745 };

/** Fits with gains that scatter a little around a mean. */
function fits(gain: number, random = 0, count = 12): Fit[] {
  return Array.from({ length: count }, (_, w) => ({
    before: 0.7,
    after: 0.7 + gain + 0.02 * ((w % 3) - 1),
    random: random + 0.005 * ((w % 2) - 0.5),
  }));
}

/** Windows that are given back, and guessed, in that way. */
function windows(given: readonly Fit[], guessed: readonly Fit[] = given): WindowFit[] {
  return given.map((fit, w) => ({ given: fit, guessed: guessed[w] as Fit }));
}

describe('the gate of segments', () => {
  it('keeps what gives held-out windows back better, and says how well', () => {
    const decision = decideSegments(windows(fits(0.1)), REPLAY);
    expect(decision).toMatchObject({ isKept: true, isOutdated: false });
    expect(decision.before).toBeCloseTo(0.7, 9);
    expect(decision.after).toBeCloseTo(0.8, 9);
  });

  it.each<[string, WindowFit[], typeof REPLAY]>([
    ['is worse', windows(fits(-0.1)), REPLAY],
    ['is no better', windows(fits(0)), REPLAY],
    ['is better at anybody’s windows', windows(fits(0.1, 0.1)), REPLAY],
    ['gives back better, but does not guess better', windows(fits(0.1), fits(0)), REPLAY],
    ['guesses better, but does not give back better', windows(fits(0), fits(0.1)), REPLAY],
    ['has forgotten the shop', windows(fits(0.1)), { before: 0.75, after: 0.73 }],
    ['was never judged', [], REPLAY],
    ['was judged once', windows(fits(0.1, 0, 1)), REPLAY],
    ['gives no number', windows(fits(Number.NaN)), REPLAY],
    ['gives no number for the shop', windows(fits(0.1)), { before: 0.75, after: Number.NaN }],
  ])('does not keep what %s', (_, judged, replay) => {
    expect(decideSegments(judged, replay).isKept).toBe(false);
  });

  it('does not keep what loses on the newest third', () => {
    const falling = fits(0.2).map((fit, w) => (w < 8 ? fit : { ...fit, after: 0.69 }));
    expect(decideSegments(windows(falling), REPLAY).isKept).toBe(false);
  });

  it('does not keep what later windows surely rank behind the one in use', () => {
    const judged = windows(fits(0.1)).map((fit, w) =>
      w < 8 ? fit : { ...fit, inUse: 0.9 + w / 1_000 },
    );
    expect(decideSegments(judged, REPLAY)).toMatchObject({ isKept: false, isOutdated: false });
  });

  it('leaves the one in use when later windows surely speak against it, not for two', () => {
    const against = (from: number): WindowFit[] =>
      windows(fits(0)).map((fit, w) => (w < from ? fit : { ...fit, inUse: 0.6 + w / 1_000 }));
    expect(decideSegments(against(8), REPLAY).isOutdated).toBe(true);
    expect(decideSegments(against(10), REPLAY).isOutdated).toBe(false);
  });
});
