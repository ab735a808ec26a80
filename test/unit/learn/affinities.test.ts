import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import { withAffinities } from '../../../src/learn/affinities.ts';
import { featureInWords } from '../../../src/learn/feature-words.ts';
import { createItemFeatures } from '../../../src/learn/item-features.ts';

const thing = (id: string, brand: string, path: readonly string[] = ['a', 'b']): Item => ({
  id,
  brand,
  categoryPath: path,
  title: 'thing',
});
const arc = thing('1', 'Arc');
const bol = thing('2', 'Bol');
const features = createItemFeatures([arc, bol]);

const liked = (item: Item, history: readonly Item[]): Map<string, number> =>
  new Map(
    withAffinities(features, history)
      .of(item)
      .filter(({ name }) => name.startsWith('liked:'))
      .map(({ name, value }) => [name, value]),
  );

describe('affinities', () => {
  it('keep the features of the item itself', () => {
    expect(withAffinities(features, [bol]).of(arc)).toEqual(
      expect.arrayContaining([...features.of(arc)]),
    );
  });

  it('are none without a history, and none for what it has not', () => {
    expect(liked(arc, []).size).toBe(0);
    expect(liked(arc, [thing('3', 'Bol', ['c'])]).has('liked:brand')).toBe(false);
  });

  it('grow with the share of the history, up to 2', () => {
    const once = liked(arc, [arc, bol, bol, bol]).get('liked:brand') as number;
    const often = liked(arc, [arc, arc, arc, bol]).get('liked:brand') as number;
    expect(once).toBeGreaterThan(0);
    expect(often).toBeGreaterThan(once);
    expect(liked(arc, [arc, arc, arc]).get('liked:brand')).toBeCloseTo(2, 12);
  });

  it('follow the visitor: what was chosen last counts most', () => {
    const first = Array.from({ length: 30 }, () => arc);
    const last = Array.from({ length: 30 }, () => bol);
    const history = [...first, ...last];
    const toArc = liked(arc, history).get('liked:brand') as number;
    expect(liked(bol, history).get('liked:brand')).toBeGreaterThan(toArc);
  });

  it('are said in the words of what they rest on', () => {
    expect(featureInWords('liked:brand', arc)).toBe('you often choose “Arc”');
    expect(featureInWords('liked:category', arc)).toBe('you often choose from “b”');
    expect(featureInWords('liked:price', arc)).toBe('at a price level that you often choose');
    expect(featureInWords('liked:tag', arc)).toBe('has much in common with what you choose');
  });
});
