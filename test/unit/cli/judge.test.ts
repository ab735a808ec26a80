import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge, type JudgeFigures } from '../../../src/cli/judge.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { LogRecord } from '../../../src/core/types.ts';
import { armPosteriors } from '../../../src/events/posteriors.ts';
import { chooseArm, trialPosterior } from '../../../src/feed/explore-policy.ts';
import { failureOf, testFolder } from './data-folder.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;
const RATES = new Map([
  ['garden', 0.05],
  ['sound', 0.4],
  ['travel', 0.1],
]);
const ids = [...RATES.keys()];

/** A log as the page keeps it under ε-greedy: each segment alike, four places a day. */
function logOf(seed: number): LogRecord[] {
  const random = createRandom(seed, 'judge');
  return Array.from({ length: 20 }, (_, day): LogRecord[] => {
    const time = NOW + day * DAY;
    const places = Array.from({ length: 4 }, (_p, n): LogRecord => {
      const segmentId = ids[Math.floor(random() * ids.length)] as string;
      const place = { rowId: 'explore', segmentId, propensity: 1 / ids.length };
      const itemId = `i${day}-${n}`;
      return { eventId: `${seed}-${day}.${n}`, time, type: 'view_item_list', itemId, ...place };
    });
    const clicks = places
      .filter(({ segmentId = '' }) => random() < (RATES.get(segmentId) as number))
      .map((place): LogRecord => {
        const eventId = `${place.eventId}-click`;
        return { ...place, eventId, time: time + 60_000, type: 'select_item' };
      });
    return [...places, ...clicks];
  }).flat();
}

const profile = (log: readonly unknown[]): string =>
  JSON.stringify({ format: 'vitrine-profile', version: 1, log, items: [], settings: {} });

function writeProfiles(count: number): string {
  const dir = testFolder();
  mkdirSync(dir, { recursive: true });
  for (let v = 0; v < count; v++) writeFileSync(join(dir, `v${v}.json`), profile(logOf(v)));
  writeFileSync(join(dir, 'notes.txt'), 'not a profile');
  return dir;
}

async function figuresOf(log: string, policy: string): Promise<JudgeFigures> {
  const json = join(testFolder(), 'out.json');
  await judge({ log, policy, json });
  return JSON.parse(readFileSync(json, 'utf8')) as JudgeFigures;
}

describe('judge', () => {
  it('finds of the logging policy what the log says', async () => {
    const figures = await figuresOf(writeProfiles(10), 'epsilon');
    expect(figures).toMatchObject({ policy: 'epsilon', visitors: 10, choices: 800, groups: 200 });
    expect(figures.segments).toEqual(ids);
    expect(figures.ips.value).toBeCloseTo(figures.logged.value, 9);
    expect(figures.support.effectiveSize).toBeCloseTo(800, 6);
    const mean = [...RATES.values()].reduce((a, b) => a + b, 0) / ids.length;
    expect(figures.doublyRobust.low).toBeLessThan(mean);
    expect(figures.doublyRobust.high).toBeGreaterThan(mean);
  });

  it('finds that policies which learn do better, and how much', async () => {
    const log = writeProfiles(40);
    const thompson = await figuresOf(log, 'thompson');
    const { doublyRobust, logged, support } = thompson;
    expect(doublyRobust.low).toBeGreaterThan(logged.high);
    expect(support.meanWeight.low).toBeLessThan(1);
    expect(support.meanWeight.high).toBeGreaterThan(1);
    // The same by hand: what Thompson sampling would choose before each of these days.
    let earned = 0;
    for (let v = 0; v < 40; v++) {
      const all = logOf(v);
      for (let day = 0; day < 20; day++) {
        const now = NOW + day * DAY;
        const past = all.filter(({ time }) => time < now);
        const posteriors = armPosteriors(past, now);
        const arms = ids.map((id) => trialPosterior(posteriors.get(id)));
        const { probabilities } = chooseArm('thompson', arms);
        const rates = ids.map((id, a) => (probabilities[a] as number) * (RATES.get(id) ?? 0));
        earned += rates.reduce((a, b) => a + b, 0) / (40 * 20);
      }
    }
    expect(doublyRobust.low).toBeLessThan(earned);
    expect(doublyRobust.high).toBeGreaterThan(earned);
  });

  it('reads a single file as well, and says what it found in lines', async () => {
    const file = join(writeProfiles(1), 'v0.json');
    const text = await judge({ log: file, policy: 'greedy' });
    expect(text).toContain('80 explored places in 20 visits of 1 profiles, 3 segments');
    expect(text).toMatch(/doubly robust +\d+\.\d\d % +95 %: \d+\.\d\d % to \d+\.\d\d %/u);
  });

  it.each([
    ['had rows of their own on the visit', true, []],
    ['are blocked', false, ['travel']],
  ])('leaves out segments that %s', async (_, hasRow, blocked) => {
    const place = (day: number, segmentId: string, propensity: number): LogRecord => ({
      eventId: `${day}-${segmentId}`,
      time: NOW + day * DAY,
      type: 'view_item_list',
      itemId: segmentId,
      rowId: 'explore',
      segmentId,
      propensity,
    });
    // “travel” was explored once; on all other days there were two segments to choose from.
    const log = Array.from({ length: 40 }, (_d, day): LogRecord[] => {
      const { propensity: _p, ...row } = place(day, 'travel', 1);
      const chosen = place(day, day % 2 === 0 ? 'garden' : 'sound', 0.5);
      return hasRow ? [chosen, { ...row, rowId: 'travel' }] : [chosen];
    }).flat();
    const all = [...log, place(100, 'travel', hasRow ? 1 / 3 : 1)];
    const file = join(testFolder(), 'p.json');
    const exported = { format: 'vitrine-profile', version: 1, log: all, settings: { blocked } };
    writeFileSync(file, JSON.stringify(exported));
    const { segments, support } = await figuresOf(file, 'epsilon');
    expect(segments).toEqual(ids);
    expect(support.maxWeight).toBeCloseTo(1, 12);
    expect(support.meanWeight.value).toBeCloseTo(hasRow ? 1 : 40 / 41, 12);
  });

  it('finds of Thompson sampling what the page’s own choices earned', async () => {
    // The page chooses by what it tries, not by what it knows: another prior, and it fades faster.
    const random = createRandom(9, 'thompson');
    const dir = testFolder();
    for (let v = 0; v < 5; v++) {
      const log: LogRecord[] = [];
      for (let day = 0; day < 20; day++) {
        const time = NOW + day * DAY;
        const posteriors = armPosteriors(log, time);
        const { draw, probabilities } = chooseArm(
          'thompson',
          ids.map((id) => trialPosterior(posteriors.get(id))),
        );
        const arm = draw(random);
        const [segmentId, propensity] = [ids[arm] as string, probabilities[arm] as number];
        const place = { itemId: `i${day}`, rowId: 'explore', segmentId, propensity };
        log.push({ eventId: `${day}`, time, type: 'view_item_list', ...place });
        if (random() < (RATES.get(segmentId) as number)) {
          log.push({ eventId: `${day}-click`, time: time + 60_000, type: 'select_item', ...place });
        }
      }
      writeFileSync(join(dir, `v${v}.json`), profile(log));
    }
    const { ips, logged, support } = await figuresOf(dir, 'thompson');
    expect(support.effectiveSize).toBeCloseTo(100, 6);
    expect(ips.value).toBeCloseTo(logged.value, 9);
  });

  it('leaves out visitors who blocked all that was explored', async () => {
    const dir = writeProfiles(2);
    const settings = { blocked: ids };
    const third = { format: 'vitrine-profile', version: 1, log: logOf(7), settings };
    writeFileSync(join(dir, 'v2.json'), JSON.stringify(third));
    expect(await figuresOf(dir, 'thompson')).toMatchObject({ visitors: 3, choices: 160 });
    const { message } = await failureOf(() =>
      judge({ log: join(dir, 'v2.json'), policy: 'greedy' }),
    );
    expect(message).toContain('got only such of blocked segments');
  });

  it('counts a single visit as one', async () => {
    const visit = logOf(3).filter(({ time }) => time < NOW + DAY);
    const file = join(testFolder(), 'visit.json');
    writeFileSync(file, profile(visit));
    expect(await figuresOf(file, 'epsilon')).toMatchObject({ choices: 4, groups: 1 });
  });

  it('says so when the log cannot speak for the policy', async () => {
    const file = join(testFolder(), 'wrong.json');
    const doubled = logOf(3).map((record) => ({ ...record, propensity: 0.9 }));
    writeFileSync(file, profile(doubled));
    expect(await judge({ log: file, policy: 'epsilon' })).toContain('the mean weight should be 1');
  });
});

describe('judge refuses', () => {
  const written = (text: string): string => {
    const file = join(testFolder(), 'p.json');
    writeFileSync(file, text);
    return file;
  };
  const [record] = logOf(1);
  it.each([
    ['no such file', () => '/nowhere/p.json', 'there is no such file'],
    ['a folder without profiles', () => testFolder(), 'expected files that end in .json'],
    ['what is no JSON', () => written('{'), 'expected JSON'],
    ['another format', () => written('{"format":"x","log":[]}'), 'expected an exported profile'],
    ['null', () => written('null'), 'expected an exported profile'],
    ['a broken record', () => written(profile([record, { ...record, time: 'now' }])), 'record 2'],
    ['a made-up type', () => written(profile([{ ...record, type: 'toString' }])), 'record 1'],
    [
      'a propensity that is no number',
      () => written(profile([{ ...record, propensity: '0.3' }])),
      'record 1 of "log": expected eventId',
    ],
    ['a log without explored places', () => written(profile([])), 'with a propensity'],
  ])('%s', async (_, log, expected) => {
    const { code, message } = await failureOf(() => judge({ log: log(), policy: 'greedy' }));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain(expected);
    expect(message).not.toContain('\n');
  });

  it('an unknown policy', async () => {
    const { code, message } = await failureOf(() => judge({ log: 'x', policy: 'server' }));
    expect(code).toBe('OPTION_INVALID');
    expect(message).toContain('got server, expected one of thompson, epsilon, greedy');
  });
});
