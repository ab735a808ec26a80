/** Made-up data folders for the tests of the command line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isVitrineError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/rng.ts';

/** An empty folder that the caller removes. */
export function createFolder(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-test-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** An empty folder that goes with the test. */
export function testFolder(): string {
  const { dir, remove } = createFolder();
  onTestFinished(remove);
  return dir;
}

/** Records as NDJSON. */
function ndjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** Writes a data folder; what is undefined is not written. */
export function writeData(
  dir: string,
  files: Readonly<Record<string, readonly unknown[] | undefined>>,
): string {
  mkdirSync(dir, { recursive: true });
  for (const [name, records] of Object.entries(files)) {
    if (records) writeFileSync(join(dir, `${name}.ndjson`), ndjson(records));
  }
  return dir;
}

/** Code and message of what a call throws or rejects with. */
export async function failureOf(call: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await call();
  } catch (error) {
    if (isVitrineError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the call did not fail');
}

const NUM_ITEMS = 60;

/** Items of two tastes by turns: even rows and odd rows, each with tags of its own. */
export const TASTE_CATALOG: readonly object[] = Array.from({ length: NUM_ITEMS }, (_, i) => ({
  id: `i${i}`,
  title: i % 2 === 0 ? `wool scarf ${i}` : `steel lamp ${i}`,
  tags: [i % 2 === 0 ? 'warm' : 'bright', `shelf${i % 5}`],
  price: 10 + i,
}));

/**
 * Visitors of two tastes. Each takes 8 items of one taste that lie near each other, two at a time,
 * and one stray item in ten.
 */
export function tasteInteractions(visitors = 150): object[] {
  const random = createRandom(5, 'taste');
  return Array.from({ length: visitors }, (_, v) => {
    const half = NUM_ITEMS / 2;
    const start = Math.floor(random() * half);
    return Array.from({ length: 8 }, (_e, k) => {
      const row = 2 * ((start + k) % half) + (v % 2);
      const item = random() < 0.1 ? Math.floor(random() * NUM_ITEMS) : row;
      const time = 1_000_000 + 10_000 * v + 100 * Math.floor(k / 2);
      return { visitorId: `v${v}`, itemId: `i${item}`, time, page: 1, position: k };
    });
  }).flat();
}
