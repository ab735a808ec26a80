import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReportsFigures, reports } from '../../../src/cli/reports.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { respond } from '../../../src/telemetry/randomised-response.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vitrine-reports-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SEGMENTS = ['luxury', 'tech'];
const REPORT = {
  format: 'vitrine-segments',
  version: 1,
  epsilon: 1,
  segments: SEGMENTS,
  answer: '010',
};

function fileOf(lines: readonly unknown[]): string {
  const file = join(folder, 'reports.ndjson');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}

describe('vitrine reports', () => {
  it('finds the shares of the crowd, each question for itself', async () => {
    const random = createRandom(5);
    const crowd = Array.from({ length: 20_000 }, (_, n) => ({
      ...REPORT,
      answer: respond(n % 10 < 6 ? 0 : n % 10 < 9 ? 1 : 2, 3, 1, random),
    }));
    const json = join(folder, 'figures.json');
    const text = await reports({ log: fileOf([...crowd, { ...REPORT, epsilon: 0.5 }]), json });
    expect(text).toContain('20000 reports at epsilon 1');
    const { questions } = JSON.parse(readFileSync(json, 'utf8')) as ReportsFigures;
    expect(questions.map(({ reports: count }) => count)).toEqual([20_000, 1]);
    const [first] = questions;
    expect(first?.segments.map(({ segmentId }) => segmentId)).toEqual(['luxury', 'tech', null]);
    [0.6, 0.3, 0.1].forEach((share, i) => {
      const found = first?.segments[i];
      expect(Math.abs((found?.share ?? 9) - share)).toBeLessThan(3 * (found?.standardError ?? 0));
    });
  });

  it.each([
    { format: 'something else' },
    { version: 2 },
    { epsilon: 5 },
    { epsilon: 0 },
    { epsilon: '1' },
    { segments: 'luxury' },
    { segments: ['luxury', 7] },
    { segments: Array.from({ length: 1001 }, () => 'x'), answer: '0'.repeat(1002) },
    { answer: '01' },
    { answer: '012' },
    { answer: 10 },
  ])('names the line of %o', async (wrong) => {
    const log = fileOf([REPORT, { ...REPORT, ...wrong }]);
    await expect(reports({ log })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('reports.ndjson:2: expected a report'),
    });
  });

  it('says what is expected of an empty file', async () => {
    await expect(reports({ log: fileOf([]) })).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });
});
