import { describe, expect, test } from 'vitest';
import { drawItem, drawPlaceholder } from '../../../scripts/demo-catalog/draw.mjs';
import { DRAWINGS } from '../../../scripts/demo-catalog/drawings.mjs';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { drawingFor } from '../../../scripts/demo-catalog/words-to-drawings.mjs';

const { items, looks } = generateCatalog({ seed: 1 });

/** Names what is not well-formed in a piece of SVG; empty when all is well. */
function faults(svg: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  const tags = svg.match(/<[^>]*>/g) ?? [];
  for (const tag of tags) {
    const [, close, name = '', rest = '', single] =
      /^<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<&]*")*)(\/?)>$/.exec(tag) ?? [];
    if (name === '') found.push(`malformed ${tag}`);
    else if (close === '/') {
      if (open.pop() !== name) found.push(`unexpected ${tag}`);
    } else if (single !== '/') open.push(name);
    const names = [...rest.matchAll(/ ([a-zA-Z-]+)=/g)].map((match) => match[1]);
    if (new Set(names).size !== names.length) found.push(`attribute twice in ${tag}`);
  }
  if (tags.join('') !== svg) found.push('text between the tags');
  return [...found, ...open.map((name) => `unclosed ${name}`)];
}

describe('the well-formedness check', () => {
  test.each(['<svg><g></svg>', '<svg>words</svg>', '<svg a="1" a="2"/>', '<svg a=1/>', '<svg>'])(
    'finds the fault in %s',
    (svg) => {
      expect(faults(svg)).not.toEqual([]);
    },
  );
});

describe('drawItem', () => {
  test('draws a small, well-formed picture without scripts or links for every item', () => {
    for (const item of items) {
      const svg = drawItem(item, looks[item.id]);
      expect(faults(svg), item.id).toEqual([]);
      expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">')).toBe(
        true,
      );
      expect(svg.length, item.id).toBeLessThan(3000);
      expect(svg).not.toMatch(/<text|<script|<image|href|url\(|NaN|undefined/);
    }
  });

  test('shows the colour of the look and nothing of another item', () => {
    for (const item of items.slice(0, 100)) {
      const look = looks[item.id];
      expect(look).toBeDefined();
      const other = look && { ...look, colour: '#123456' };
      expect(drawItem(item, other)).not.toBe(drawItem(item, look));
    }
  });

  test('has a drawing of its own for each look, at least 40 in use', () => {
    const used = new Set(Object.values(looks).map((look) => look.drawing));
    expect([...used].filter((name) => !DRAWINGS.has(name))).toEqual([]);
    expect(used.size).toBeGreaterThanOrEqual(40);
  });

  test('falls back to the placeholder when the look is missing or broken', () => {
    const item = { id: 'x1', title: 'Red Leather Boots' };
    expect(drawItem(item)).toBe(drawPlaceholder(item));
    const broken = {
      type: 'boots',
      drawing: 'boot',
      colour: '"/><script>',
      accent: '',
      variant: 1,
    };
    expect(drawItem(item, broken)).toBe(drawPlaceholder(item));
  });
});

describe('drawPlaceholder', () => {
  test('draws a record with only an id, the same each time', () => {
    const svg = drawPlaceholder({ id: 'only-an-id' });
    expect(faults(svg)).toEqual([]);
    expect(svg).toBe(drawPlaceholder({ id: 'only-an-id' }));
    expect(drawingFor({ id: 'only-an-id' })).toBe('parcel');
  });

  test('draws every drawing in every variant well-formed', () => {
    const seen = new Set<string>();
    for (const name of DRAWINGS.keys()) {
      for (let variant = 0; variant < 6; variant += 1) {
        const look = { type: '', drawing: name, colour: '#335577', accent: '#e0b050', variant };
        const svg = drawItem({ id: name }, look);
        expect(faults(svg), name).toEqual([]);
        expect(svg.length, name).toBeLessThan(3000);
        seen.add(svg);
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(DRAWINGS.size);
  });

  test.each([
    ['Suede Ankle Boots', [], 'boot'],
    ['Cozy Sofa with Cushions', ['furniture'], 'sofa'],
    ['Acoustic Guitar', [], 'guitar'],
    ['Arched Floor Lamp', ['homedecor', 'lighting'], 'floorlamp'],
    ['Birthday Cake', [], 'cake'],
    ['Classic Oxford', ['footwear', 'formal'], 'sneaker'],
    ['Moonlight', ['jewelry', 'earrings'], 'ring'],
    ['Zxqv 3000', ['unknown things'], 'parcel'],
    ['Lunch Box', ['kitchen-accessories'], 'parcel'],
    ['Egg Slicer', ['kitchen-accessories'], 'parcel'],
    ['Vintage Craftsman Claw Hammer', ['tools', 'hammer'], 'parcel'],
    ['Survivor Multi-Tool', ['outdoors & technology', 'Survival Tools'], 'parcel'],
    ['Sleek Stainless Steel Nail Clipper', ['beauty', 'grooming'], 'parcel'],
    ['SnowGlow Lightning Cable', ['electronics', 'cable'], 'parcel'],
    ['Tissue Paper Box', ['groceries'], 'parcel'],
    ['Nature’s Harmony Rustic Chest', ['furniture', 'dressers'], 'shelf'],
    ['Artisanal Cheese and Grape Platter', ['groceries', 'dairy'], 'parcel'],
    ['Gourmet Oyster Platter', ['groceries', 'seafood'], 'plates'],
    ['Precision Pro Adjustable Wrench', ['tools', 'wrench'], 'tool'],
    ['Sportbike Motorcycle', ['motorcycle'], 'parcel'],
  ])('draws %s of %j as %s', (title, categoryPath, drawing) => {
    expect(drawingFor({ id: 'p', title, categoryPath })).toBe(drawing);
  });

  test('takes the colour from the title', () => {
    const draw = (title: string): string => drawPlaceholder({ id: 'p', title });
    expect(draw('Navy Tote Bag')).toContain('#2b3b62');
    expect(draw('Forest Green Tote Bag')).toContain('#33624a');
    expect(draw('Oak Table')).toContain('#cba26c');
  });

  test('survives records whose fields are of the wrong kind', () => {
    const odd = JSON.parse('{"id":7,"title":["x"],"categoryPath":"shoes","tags":{"a":1}}');
    expect(faults(drawPlaceholder(odd))).toEqual([]);
    expect(faults(drawPlaceholder(JSON.parse('{"id":"<script>","title":"<b>&"}')))).toEqual([]);
  });
});
