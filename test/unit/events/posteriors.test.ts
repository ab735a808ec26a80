import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGAGEMENT_PRIOR, meanOf } from '../../../src/core/beta.ts';
import { engagementPosteriors, PLACES_HALF_LIFE_MS } from '../../../src/events/posteriors.ts';
import { anyLog, NOW, record } from './fixtures.ts';

const at = { segmentId: 's' };
const shown = (times: number): ReturnType<typeof record>[] =>
  Array.from({ length: times }, () => record('view_item_list', 'a', at));

describe('engagementPosteriors', () => {
  it('knows nothing of a segment that was never shown', () => {
    expect(engagementPosteriors([], NOW).size).toBe(0);
    expect(
      engagementPosteriors([record('purchase', 'a'), record('view_item_list', 'b')], NOW).size,
    ).toBe(0);
  });

  it('counts places without engagement on one side, engagement on the other', () => {
    const log = [...shown(6), record('select_item', 'a', at), record('view_item', 'a', at)];
    expect(engagementPosteriors(log, NOW).get('s')).toEqual({
      alpha: ENGAGEMENT_PRIOR.alpha + 2,
      beta: ENGAGEMENT_PRIOR.beta + 4,
    });
  });

  it('never counts less than nothing, also where a shop reports clicks but no impressions', () => {
    const log = [record('view_item', 'a', at), record('purchase', 'a', at)];
    expect(engagementPosteriors(log, NOW).get('s')).toEqual({
      alpha: ENGAGEMENT_PRIOR.alpha + 2,
      beta: ENGAGEMENT_PRIOR.beta,
    });
  });

  it('does not take an item out of the cart for engagement', () => {
    const log = [...shown(1), record('remove_from_cart', 'a', at)];
    expect(engagementPosteriors(log, NOW).get('s')).toEqual({
      alpha: ENGAGEMENT_PRIOR.alpha,
      beta: ENGAGEMENT_PRIOR.beta + 1,
    });
  });

  it('goes back to the prior with time', () => {
    const later = engagementPosteriors(shown(8), NOW + PLACES_HALF_LIFE_MS).get('s');
    expect(later).toEqual({ alpha: ENGAGEMENT_PRIOR.alpha, beta: ENGAGEMENT_PRIOR.beta + 4 });
  });

  it('keeps segments apart, odd ids included', () => {
    const log = [
      record('view_item_list', 'a', { segmentId: '__proto__' }),
      record('view_item', 'a', { segmentId: 'constructor' }),
    ];
    const posteriors = engagementPosteriors(log, NOW);
    expect([...posteriors.keys()]).toEqual(['__proto__', 'constructor']);
    expect(meanOf(posteriors.get('constructor')!)).toBeGreaterThan(
      meanOf(posteriors.get('__proto__')!),
    );
  });

  it('is a proper Beta distribution for any log', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        for (const posterior of engagementPosteriors(log, NOW).values()) {
          expect(posterior.alpha).toBeGreaterThanOrEqual(ENGAGEMENT_PRIOR.alpha);
          expect(posterior.beta).toBeGreaterThanOrEqual(ENGAGEMENT_PRIOR.beta);
          expect(meanOf(posterior)).toBeGreaterThan(0);
          expect(meanOf(posterior)).toBeLessThan(1);
        }
      }),
    );
  });

  it('rises with engagement and falls with an impression that is passed over', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const mean = (records: typeof log): number =>
          meanOf(engagementPosteriors(records, NOW).get('s') ?? ENGAGEMENT_PRIOR);
        const before = mean(log);
        expect(mean([...log, record('select_item', 'a', at)])).toBeGreaterThanOrEqual(before);
        expect(mean([...log, record('view_item_list', 'a', at)])).toBeLessThanOrEqual(before);
      }),
    );
  });
});
