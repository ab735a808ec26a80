import { describe, expect, it } from 'vitest';
import { sumParts } from '../../../src/feed/score-item.ts';
import { compose, NOW, record } from '../feed/fixtures.ts';
import { FIVE_LOOKS, scene } from '../feed/kinds.ts';
import { composeWith, ids, idsIn, NOBODY, type Rule, SOMEBODY } from './compose-with.ts';

describe('rows that the shop pins', () => {
  const rule = {
    id: 'gifts',
    type: 'pin',
    title: 'Our gifts',
    match: { ids: ['gone', 'necklace-3', 'stories-2', 'necklace-1'] },
  } as const;

  it.each([
    ['somebody', SOMEBODY],
    ['nobody', NOBODY],
  ])('stand first for %s', (_, visited) => {
    const feed = composeWith(visited, [rule]);
    const [first] = feed.rows;
    expect(first).toMatchObject({
      id: 'pinned:gifts',
      kind: 'pinned',
      title: 'Our gifts',
      why: 'Chosen by the shop.',
    });
    expect(idsIn(first)).toEqual(['necklace-3', 'stories-2', 'necklace-1']);
    for (const item of first!.items) {
      expect(item).toMatchObject({ pinned: { ruleId: 'gifts' }, why: 'Chosen by the shop.' });
      expect(sumParts(item.scoreParts)).toBe(item.score);
    }
    expect(feed.rows.length).toBeLessThanOrEqual(6);
    expect(new Set(ids(feed)).size).toBe(ids(feed).length);
    expect(feed.order.slice(0, 3)).toEqual(idsIn(first));
    expect(feed.personalized).toBe(visited === SOMEBODY);
  });

  it('stand there however often they were shown, but not with what was bought', () => {
    const shown = Array.from({ length: 40 }, (_, n) =>
      record('view_item_list', 'necklace-3', { time: NOW - (n % 10) * 86_400_000 }),
    );
    const log = [...FIVE_LOOKS, ...shown, record('purchase', 'necklace-1')];
    expect(idsIn(composeWith(scene({ log }), [rule]).rows[0])).toEqual(['necklace-3', 'stories-2']);
  });

  it('stand first in a list', () => {
    const options = { layout: 'list', rows: 1, rowSize: Infinity } as const;
    for (const visited of [SOMEBODY, NOBODY]) {
      const feed = composeWith({ ...visited, options }, [rule]);
      expect(feed.rows.length).toBe(1);
      expect(feed.order.slice(0, 3)).toEqual(['necklace-3', 'stories-2', 'necklace-1']);
    }
  });

  it('are left out when nothing of them is there', () => {
    const feed = composeWith(SOMEBODY, [{ ...rule, match: { ids: ['gone'] } }]);
    expect(JSON.stringify(feed.rows)).toBe(JSON.stringify(compose(SOMEBODY).rows));
  });

  it('take up the page when there are enough of them', () => {
    const many = Array.from({ length: 9 }, (_, n) => ({
      ...rule,
      id: `row-${n}`,
      match: { ids: [`stories-${n}`] },
    }));
    expect(composeWith(SOMEBODY, many).rows.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => 'pinned'),
    );
  });
});

describe('items that the shop pins into rows', () => {
  it('stand where they are put, by the row’s id or number', () => {
    const feed = composeWith(SOMEBODY, [
      { type: 'pin', match: { ids: ['stories-2'] }, where: { row: 1, position: 3 } },
      {
        type: 'pin',
        match: { ids: ['plants-2', 'plants-1'] },
        where: { row: 'server', position: 1 },
      },
    ]);
    const [first] = feed.rows;
    expect(idsIn(first)[2]).toBe('stories-2');
    expect(first!.items.length).toBe(12);
    expect(idsIn(feed.rows.find(({ id }) => id === 'server')).slice(0, 2)).toEqual([
      'plants-2',
      'plants-1',
    ]);
    expect(new Set(ids(feed)).size).toBe(ids(feed).length);
  });

  it('keep their places when others are put into the same row', () => {
    const at = (id: string, position: number): Rule => ({
      type: 'pin',
      match: { ids: [id] },
      where: { row: 1, position },
    });
    const feed = composeWith(SOMEBODY, [
      at('plants-3', 2),
      at('plants-1', 1),
      at('plants-2', 2),
      at('plants-9', 12),
    ]);
    const first = idsIn(feed.rows[0]);
    expect(first.slice(0, 3)).toEqual(['plants-1', 'plants-3', 'plants-2']);
    expect(first[11]).toBe('plants-9');
  });

  it('wait for a row that is not there', () => {
    const feed = composeWith(SOMEBODY, [
      { type: 'pin', match: { ids: ['stories-2'] }, where: { row: 'no-such-row' } },
      { type: 'pin', match: { ids: ['stories-3'] }, where: { row: 20 } },
    ]);
    expect(JSON.stringify(feed.rows)).toBe(JSON.stringify(compose(SOMEBODY).rows));
  });
});
