/** Lists that are longer than a worker's memory: what is read of them has an end. */
import { describe, expect, it } from 'vitest';
import { readCandidates } from '../../../src/engine/read-candidates.ts';

/** A hundred characters each. */
const itemOf = (index: number): string =>
  `{"id":"i${index}","title":"${'x'.repeat(70)}"}`.padEnd(99);

const listOf = (count: number): string =>
  `[${Array.from({ length: count }, (_, index) => itemOf(index)).join(',')}]`;

const refuse = (): Promise<string> => Promise.reject(new Error('no network'));

describe('a list that is too long', () => {
  it('is fetched up to 800 characters for each item that may be ranked, and no further', async () => {
    const asked: (number | undefined)[] = [];
    const fetchText = async (
      _url: string,
      _onPiece: unknown,
      most: number | undefined,
    ): Promise<string> => {
      asked.push(most);
      return listOf(3);
    };
    await readCandidates('/list.json', 5_000, fetchText);
    await readCandidates('/list.json', 50_000, fetchText);
    await readCandidates('/list.json', 1, fetchText);
    expect(asked).toEqual([4_000_000, 40_000_000, 4_000_000]);
  });

  it('gives its first items, and says once that there are more', async () => {
    const { items, overflow, warnings } = await readCandidates(listOf(60_000), 5_000, refuse);
    expect(items).toHaveLength(5_000);
    expect(items.at(-1)?.id).toBe('i4999');
    expect(overflow.slice(0, 2)).toEqual(['i5000', 'i5001']);
    expect(items.length + overflow.length).toBe(40_000);
    expect(warnings).toEqual([{ code: 'CANDIDATES_TOO_MANY', count: 35_000, first: 'i5000' }]);
  });

  it('says so, too, where a few items are as long as thousands', async () => {
    const items = Array.from({ length: 8 }, (_, index) => ({
      id: `long-${index}`,
      description: 'y'.repeat(1_000_000),
    }));
    const lines = items.map((item) => JSON.stringify(item)).join('\n');
    const read = await readCandidates(lines, 5_000, refuse);
    expect(read.items.map(({ id }) => id)).toEqual(['long-0', 'long-1', 'long-2']);
    expect(read.warnings.filter(({ code }) => code === 'CANDIDATES_TOO_MANY')).toEqual([
      { code: 'CANDIDATES_TOO_MANY', count: 1, first: '[3]' },
    ]);
  });
});
