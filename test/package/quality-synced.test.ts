/** README's ranking table, docs/quality.md and docs/quality.json tell the same figures. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type MeasuredSet, qualityPage, withTable } from '../../scripts/quality-pages.mjs';
import { ROOT } from '../../scripts/run.mjs';

const readme = readFileSync(`${ROOT}README.md`, 'utf8');
const page = readFileSync(`${ROOT}docs/quality.md`, 'utf8');
const sets = JSON.parse(readFileSync(`${ROOT}docs/quality.json`, 'utf8')) as MeasuredSet[];

/** Cells of a table's rows, without its head. */
function rowsOf(markdown: string): string[][] {
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const [, table = ''] = readme.split(/<!-- quality:(?:start|end) -->/u);

/** README's rows; an empty first cell stands for the set above. */
function readmeRows(): { set: string; method: string; cells: string[] }[] {
  let set = '';
  return rowsOf(table).map(([name = '', method = '', ...cells]) => {
    set = name === '' ? set : name;
    return { set, method: method.replace(', best baseline', ''), cells };
  });
}

const rows = readmeRows();

describe('the ranking table in README', () => {
  test('has every measured set, ours first, the best baseline next', () => {
    for (const { baselines, protocol, set } of sets) {
      const own = rows.filter((row) => row.set === `${set}, ${protocol}`);
      const gains = Object.values(baselines).map((figures) => figures['NDCG@10']!);
      expect(own[0]?.method).toBe('**vitrine**');
      expect(Number(own[1]?.cells[4])).toBeCloseTo(Math.max(...gains), 4);
    }
    expect(new Set(rows.map(({ set }) => set)).size).toBe(sets.length);
  });

  test.each(rows.map((row) => [row.set, row.method, row] as const))(
    '%s: %s is as in docs/quality.md (repair: npm run quality -- --readme)',
    (set, method, { cells }) => {
      const section = page.split('\n## ').find((part) => part.startsWith(`${set}\n`)) ?? '';
      expect(rowsOf(section)).toContainEqual([method, ...cells]);
    },
  );

  test('is what the script writes from docs/quality.json, as is docs/quality.md', () => {
    expect(withTable(readme, sets)).toBe(readme);
    expect(qualityPage(sets)).toBe(page);
  });

  test('is put nowhere without its markers', () => {
    expect(() => withTable('# Vitrine', sets)).toThrow('quality:start');
  });
});
