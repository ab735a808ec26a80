import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Line, readLines } from '../../../src/cli/read-lines.ts';
import { failureOf, testFolder } from './data-folder.ts';

/** Lines of a file with this content. */
function linesOf(content: string | Uint8Array, suffix = '.ndjson'): Line[] {
  const dir = testFolder();
  writeFileSync(join(dir, `x${suffix}`), content);
  const lines: Line[] = [];
  expect(readLines(dir, 'x', (line) => lines.push(line))).toBe(true);
  return lines;
}

const values = (lines: readonly Line[]): unknown[] => lines.map(({ value }) => value);

describe('readLines', () => {
  it('reads plain and gzipped files alike', () => {
    const text = '{"a":1}\n{"b":"ü"}\n';
    expect(values(linesOf(text))).toEqual([{ a: 1 }, { b: 'ü' }]);
    expect(values(linesOf(gzipSync(text), '.ndjson.gz'))).toEqual([{ a: 1 }, { b: 'ü' }]);
  });

  it('takes the gzipped file when both are there', () => {
    const dir = testFolder();
    writeFileSync(join(dir, 'x.ndjson'), '{"plain":1}');
    writeFileSync(join(dir, 'x.ndjson.gz'), gzipSync('{"zipped":1}'));
    const lines: Line[] = [];
    readLines(dir, 'x', (line) => lines.push(line));
    expect(values(lines)).toEqual([{ zipped: 1 }]);
  });

  it('says when there is no such file', () => {
    const called: Line[] = [];
    expect(readLines(testFolder(), 'x', (line) => called.push(line))).toBe(false);
    expect(called).toEqual([]);
  });

  it('skips a byte order mark and blank lines, and counts lines as an editor does', () => {
    const lines = linesOf('\uFEFF{"a":1}\r\n\r\n  \n{"b":2}');
    expect(values(lines)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(lines.map(({ line }) => line)).toEqual([1, 4]);
  });

  it('reads an empty file as no lines', () => {
    expect(linesOf('')).toEqual([]);
    expect(linesOf('\uFEFF')).toEqual([]);
    expect(linesOf('\n\n')).toEqual([]);
  });

  it.each(['{"a":', '[1]', 'null', '7', '"text"', '<html>'])(
    'names file and line when a line is %s',
    async (bad) => {
      const { code, message } = await failureOf(() => linesOf(`{"a":1}\n\n${bad}\n{"b":2}\n`));
      expect(code).toBe('DATA_INVALID');
      expect(message).toContain('x.ndjson:3: expected a JSON object');
      expect(message).toContain(bad);
    },
  );

  it('shows no more than the beginning of a long bad line', async () => {
    const { message } = await failureOf(() => linesOf('x'.repeat(10_000)));
    expect(message.length).toBeLessThan(400);
  });

  it('names a file that only pretends to be gzipped, or is cut off', async () => {
    const cut = gzipSync('{"a":1}\n'.repeat(100)).subarray(0, 30);
    for (const content of ['{"a":1}\n', cut]) {
      const { code, message } = await failureOf(() => linesOf(content, '.ndjson.gz'));
      expect(code).toBe('DATA_INVALID');
      expect(message).toContain('x.ndjson.gz: expected gzip');
    }
  });
});
