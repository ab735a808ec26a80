import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import {
  type ReportPorts,
  type SegmentReport,
  reportSegment,
} from '../../../src/telemetry/segment-report.ts';

const DAY = 86_400_000;
const SEGMENTS = ['luxury', 'tech', 'garden'];

/** A device with a disk. */
function device(seed = 1) {
  const kept: { value: unknown } = { value: undefined };
  const sent: SegmentReport[] = [];
  const draws = createRandom(seed);
  const ports: ReportPorts = {
    load: async () => structuredClone(kept.value),
    save: async (value) => {
      kept.value = structuredClone(value);
      return true;
    },
    send: async (report) => void sent.push(report),
    random: draws,
  };
  const ask = (first: string | null, day: number): Promise<boolean> =>
    reportSegment({ segments: SEGMENTS, first, epsilon: 1, now: 1.7e12 + day * DAY }, ports);
  return { ask, kept, ports, sent };
}

describe('reportSegment', () => {
  test('sends nothing that depends on the visitor but the answer’s digits', async () => {
    const [one, other] = [device(1), device(2)];
    await one.ask('tech', 0);
    await other.ask(null, 0);
    const [first] = one.sent;
    expect({ ...other.sent[0], answer: '' }).toEqual({ ...first, answer: '' });
    expect(first).toEqual({
      format: 'vitrine-segments',
      version: 1,
      epsilon: 1,
      segments: SEGMENTS,
      answer: expect.stringMatching(/^[01]{4}$/u),
    });
  });

  test('gives the same answer to the same truth, however often it is asked', async () => {
    const { ask, sent } = device();
    for (let day = 0; day < 300; day += 10) expect(await ask('tech', day)).toBe(true);
    expect(new Set(sent.map(({ answer }) => answer)).size).toBe(1);
    expect(sent).toHaveLength(30);
  });

  test('draws anew for another truth', async () => {
    const { kept, ask } = device();
    await ask('tech', 0);
    await ask('garden', 10);
    await ask('no such segment', 20);
    await ask(null, 30);
    expect((kept.value as { answers: unknown[] }).answers).toHaveLength(3);
  });

  test('says nothing when it was asked today, or four times in 30 days', async () => {
    const { ask, sent } = device();
    const days = [0, 0.5, 2, 4, 6, 8, 29, 30.5];
    const answers = [];
    for (const day of days) answers.push(await ask('tech', day));
    expect(answers).toEqual([true, false, true, true, true, false, false, true]);
    expect(sent).toHaveLength(5);
  });

  test('says nothing where the cost cannot be kept', async () => {
    const { ports, sent } = device();
    const question = { segments: SEGMENTS, first: 'tech', epsilon: 1, now: 1.7e12 };
    expect(await reportSegment(question, { ...ports, save: async () => false })).toBe(false);
    expect(sent).toEqual([]);
  });

  test('counts the cost before it sends', async () => {
    const { ask, kept, ports } = device();
    const question = { segments: SEGMENTS, first: 'tech', epsilon: 1, now: 1.7e12 };
    const send = async (): Promise<void> => {
      throw new Error('offline');
    };
    await expect(reportSegment(question, { ...ports, send })).rejects.toThrow('offline');
    expect((kept.value as { spent: unknown[] }).spent).toHaveLength(1);
    expect(await ask('tech', 0.5)).toBe(false);
  });

  test('takes anything on the disk for nothing, without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (value) => {
        const { ports, sent } = device();
        const question = { segments: SEGMENTS, first: 'tech', epsilon: 1, now: 1.7e12 };
        await reportSegment(question, { ...ports, load: async () => value });
        for (const { answer } of sent) expect(answer).toMatch(/^[01]{4}$/u);
      }),
    );
  });
});
