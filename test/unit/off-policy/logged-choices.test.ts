import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { ENGAGEMENT_PRIOR } from '../../../src/core/beta.ts';
import type { LogRecord } from '../../../src/core/types.ts';
import { engagementPosteriors } from '../../../src/events/posteriors.ts';
import { armProbabilities, sampleArm, toCells } from '../../../src/feed/thompson.ts';
import { judgePolicy } from '../../../src/off-policy/judge-policy.ts';
import { loggedChoices } from '../../../src/off-policy/logged-choices.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

let events = 0;
const record = (minute: number, fields: Partial<LogRecord>): LogRecord => ({
  eventId: `e${++events}`,
  time: NOW + minute * MINUTE,
  type: 'view_item_list',
  itemId: 'lamp',
  ...fields,
});
const seen = (minute: number, fields: Partial<LogRecord> = {}): LogRecord =>
  record(minute, { rowId: 'explore', segmentId: 'sound', propensity: 0.25, ...fields });
const clicked = (minute: number, fields: Partial<LogRecord> = {}): LogRecord =>
  record(minute, { type: 'select_item', ...fields });

const contextOf = (before: readonly LogRecord[]): number => before.length;
const rewardsOf = (log: readonly LogRecord[], windowMs?: number): number[] =>
  loggedChoices(log, { contextOf, ...(windowMs === undefined ? {} : { windowMs }) }).map(
    ({ reward }) => reward,
  );

describe('loggedChoices', () => {
  it('reads segment, propensity and time of an explored place', () => {
    const [place] = loggedChoices([seen(0)], { contextOf, visitor: 'v' });
    expect(place).toEqual({
      context: 0,
      action: 'sound',
      propensity: 0.25,
      reward: 0,
      group: 'v\u00010',
      time: NOW,
    });
  });

  it('leaves out places that were not explored', () => {
    const log = [
      record(0, { rowId: 'server' }),
      record(0, { rowId: 'explore', segmentId: 'sound' }),
      record(0, { rowId: 'explore', propensity: 0.5 }),
      seen(0, { propensity: 0 }),
      seen(0, { propensity: 1.5 }),
      seen(0, { propensity: Number.NaN }),
      clicked(1, { segmentId: 'sound', propensity: 0.25 }),
    ];
    expect(loggedChoices(log, { contextOf })).toEqual([]);
  });

  it.each(['select_item', 'view_item', 'add_to_wishlist', 'add_to_cart', 'purchase'] as const)(
    'rewards %s',
    (type) => expect(rewardsOf([seen(0), clicked(1, { type })])).toEqual([1]),
  );

  it.each([
    ['another item', clicked(1, { itemId: 'rug' })],
    ['what was put back', clicked(1, { type: 'remove_from_cart' })],
    ['what came too late', clicked(31, {})],
  ])('does not reward %s', (_, later) => expect(rewardsOf([seen(0), later])).toEqual([0]));

  it('rewards the last time that an item was shown, not those before', () => {
    expect(rewardsOf([seen(0), seen(5), clicked(6)])).toEqual([0, 1]);
    expect(rewardsOf([seen(0), record(5, { rowId: 'server' }), clicked(6)])).toEqual([0]);
  });

  it('waits as long as it is told to', () => {
    expect(rewardsOf([seen(0), clicked(31)], 60 * MINUTE)).toEqual([1]);
    expect(rewardsOf([seen(0), clicked(31)], MINUTE)).toEqual([0]);
  });

  it('gives all places of a row the context of before the row', () => {
    const row = ['lamp', 'rug', 'vase'].map((itemId, n) =>
      seen(2, { eventId: `call.${n}`, itemId }),
    );
    const places = loggedChoices([clicked(0), ...row, seen(3)], { contextOf });
    expect(places.map(({ context }) => context)).toEqual([1, 1, 1, 4]);
  });

  it('starts a new group after half an hour without a word', () => {
    const groups = loggedChoices([seen(0), seen(29), seen(60)], { contextOf }).map(
      ({ group }) => group,
    );
    expect(groups).toEqual(['\u00010', '\u00010', '\u00011']);
  });

  it('takes the chance that the row is there out of the propensity', () => {
    const [place] = loggedChoices([seen(0, { propensity: 0.1 })], { contextOf, rowChance: 0.4 });
    expect(place?.propensity).toBeCloseTo(0.25, 12);
  });
});

describe('logs of Thompson sampling, which learns on the way', () => {
  const RATES = new Map([
    ['sound', 0.03],
    ['garden', 0.08],
    ['kitchen', 0.2],
    ['travel', 0.05],
  ]);
  const ids = [...RATES.keys()];

  /** As the page writes it: four places on each of so many visits, a day apart. */
  function visitorLog(seed: number, visits: number): LogRecord[] {
    const random = createRandom(seed, 'log');
    const log: LogRecord[] = [];
    for (let visit = 0; visit < visits; visit++) {
      const minute = visit * 1440;
      const posteriors = engagementPosteriors(log, NOW + minute * MINUTE);
      const cells = ids.map((id) => toCells(posteriors.get(id) ?? ENGAGEMENT_PRIOR));
      const probabilities = armProbabilities(cells);
      const places = Array.from({ length: 4 }, (_, n) => {
        const arm = sampleArm(cells, random);
        const place = { segmentId: ids[arm] as string, propensity: probabilities[arm] as number };
        return seen(minute, { ...place, eventId: `${seed}-${visit}.${n}`, itemId: `i${n}` });
      });
      const clicks = places
        .filter(({ segmentId = '' }) => random() < (RATES.get(segmentId) ?? 0))
        .map(({ itemId, propensity = 1, segmentId = '' }) =>
          clicked(minute + 1, { itemId, segmentId, propensity }),
        );
      log.push(...places, ...clicks);
    }
    return log;
  }

  it('hold the truth of another policy in at least 93 of 100', () => {
    const policy = new Map(ids.map((id) => [id, id === 'kitchen' ? 0.1 : 0.3]));
    const truth = ids.reduce((sum, id) => sum + (policy.get(id) ?? 0) * (RATES.get(id) ?? 0), 0);
    const held = Array.from({ length: 100 }, (_, seed) => {
      const visitors = Array.from({ length: 5 }, (_v, v) =>
        loggedChoices(visitorLog(100 * seed + v, 12), { contextOf, visitor: `${v}` }),
      );
      const { doublyRobust } = judgePolicy(visitors.flat(), () => policy);
      return doublyRobust.low <= truth && truth <= doublyRobust.high;
    });
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(93);
  });
});
