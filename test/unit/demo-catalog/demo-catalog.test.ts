import { describe, expect, test } from 'vitest';
import { BRANDS } from '../../../scripts/demo-catalog/brands.mjs';
import { COLOURS, materialHex } from '../../../scripts/demo-catalog/colours.mjs';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { OPENERS } from '../../../scripts/demo-catalog/phrases.mjs';
import { PRODUCT_TYPES } from '../../../scripts/demo-catalog/types.mjs';

const { items, looks } = generateCatalog({ seed: 1 });

const count = (values: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const types = new Map(PRODUCT_TYPES.map((type) => [type.key, type]));

/** Words for what the item's picture shows; one of them must be in its texts. */
function shownWords(id: string): readonly string[] {
  const look = looks[id];
  const type = types.get(look?.type ?? '');
  if (!look || !type) return [];
  if (type.scents)
    return type.scents.filter(([, hex]) => hex === look.colour).map(([name]) => name);
  if (type.tint === 'material' || type.colourFree) return type.materials;
  return (type.colours ?? []).filter((word) => COLOURS[word] === look.colour);
}

describe('generateCatalog', () => {
  test('gives the same bytes for the same seed and others for another', () => {
    const again = JSON.stringify(generateCatalog({ seed: 1 }));
    expect(again).toBe(JSON.stringify({ items, looks }));
    expect(JSON.stringify(generateCatalog({ seed: 2 }))).not.toBe(again);
  });

  test('makes 1,400 to 1,600 items with ids and titles of their own', () => {
    expect(items.length).toBeGreaterThanOrEqual(1400);
    expect(items.length).toBeLessThanOrEqual(1600);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(new Set(items.map((item) => item.title)).size).toBe(items.length);
  });

  test('has at least nine departments, each of at least 60 items', () => {
    const departments = count(items.map((item) => item.categoryPath?.[0] ?? ''));
    expect(departments.size).toBeGreaterThanOrEqual(9);
    expect(Math.min(...departments.values())).toBeGreaterThanOrEqual(60);
  });

  test('keeps to the interchange format and to one currency', () => {
    for (const item of items) {
      expect(item.categoryPath).toHaveLength(3);
      expect(item.currency).toBe('EUR');
      expect(item.image).toBe(`/images/${item.id}.svg`);
      expect(item.url).toBe(`/p/${item.id}`);
      expect(encodeURIComponent(item.id)).toBe(item.id);
      expect('look' in item).toBe(false);
    }
  });

  test('prices each item inside its type’s range, in whole cents', () => {
    const ranges = new Map(PRODUCT_TYPES.map((type) => [type.key, type.price]));
    for (const item of items) {
      const [low, high] = ranges.get(looks[item.id]?.type ?? '') ?? [0, 0];
      const price = item.price ?? Number.NaN;
      expect(price).toBeGreaterThanOrEqual(low);
      expect(price).toBeLessThanOrEqual(high);
      expect(Math.abs(price * 100 - Math.round(price * 100))).toBeLessThan(1e-6);
    }
  });

  test('rates good brands higher, leaves some items unrated and some without brand', () => {
    const quality = new Map(BRANDS.map((brand) => [brand.name, brand.quality]));
    const ratingsOf = (keep: (value: number) => boolean): number[] =>
      items
        .filter((item) => keep(quality.get(item.brand ?? '') ?? 0.6))
        .flatMap((item) => item.rating ?? []);
    expect(mean(ratingsOf((q) => q > 0.8))).toBeGreaterThan(mean(ratingsOf((q) => q < 0.5)) + 0.3);
    const unrated = items.filter((item) => item.rating === undefined);
    expect(unrated.length).toBeGreaterThan(30);
    expect(unrated.every((item) => item.ratingCount === undefined)).toBe(true);
    expect(items.filter((item) => item.brand === undefined).length).toBeGreaterThan(20);
  });

  test('mixes the departments in file order and puts popular items earlier', () => {
    const first = items.slice(0, 100);
    const departments = count(first.map((item) => item.categoryPath?.[0] ?? ''));
    expect(departments.size).toBeGreaterThanOrEqual(9);
    expect(Math.max(...departments.values())).toBeLessThanOrEqual(30);
    const ratingCount = (list: typeof items): number =>
      mean(list.map((item) => item.ratingCount ?? 0));
    expect(ratingCount(items.slice(0, 300))).toBeGreaterThan(2 * ratingCount(items.slice(-300)));
  });
});

describe('the words', () => {
  test('use the right article and leave no slot open', () => {
    // "a uniform", "a ukulele", "a European", "a one-pot": vowel letters with a consonant's sound.
    const wrong = /\ba (?!eu|one|uni|use|uku|usb|uv)[aeiou]|\ban (?!hour|honest|8)[^aeiou\s]/i;
    for (const { title = '', description = '' } of items) {
      expect(title).not.toMatch(wrong);
      expect(description).not.toMatch(wrong);
      expect(title + description).not.toMatch(/undefined|[{}[\]|]| {2}|\.\.| [,.]/);
    }
  });

  test('describe in two to four sentences that start with a capital letter', () => {
    for (const { description = '' } of items) {
      const sentences = description.split(/(?<=\.) (?=\p{Lu})/u);
      expect(sentences.length, description).toBeGreaterThanOrEqual(2);
      expect(sentences.length, description).toBeLessThanOrEqual(4);
      expect(description).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  test('repeat hardly any description', () => {
    const distinct = new Set(items.map((item) => item.description));
    expect(distinct.size).toBeGreaterThanOrEqual(0.95 * items.length);
  });

  test('name the colour, scent or material that the picture shows', () => {
    for (const item of items) {
      const words = `${item.title} ${item.description}`.toLowerCase();
      const shown = shownWords(item.id);
      expect(shown, item.id).not.toEqual([]);
      expect(
        shown.filter((name) => words.includes(name.toLowerCase())),
        item.id,
      ).not.toEqual([]);
    }
  });

  test('have at least six openings for each family of products', () => {
    for (const openers of Object.values(OPENERS)) {
      expect(new Set(openers).size).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('the data', () => {
  test('knows a colour for each material that colours a picture', () => {
    const unknown = PRODUCT_TYPES.filter((type) => type.tint === 'material' || type.tint === 'both')
      .flatMap((type) => type.materials)
      .filter((material) => materialHex(material) === undefined);
    expect(unknown).toEqual([]);
  });

  test('gives each department several brands of different price levels', () => {
    const departments = new Set(PRODUCT_TYPES.map((type) => type.department));
    for (const department of departments) {
      const brands = BRANDS.filter((brand) => brand.departments.includes(department));
      expect(brands.length, department).toBeGreaterThanOrEqual(3);
      expect(new Set(brands.map((brand) => brand.level)).size, department).toBeGreaterThan(1);
    }
  });

  test('limits materials of a special to those of the type', () => {
    for (const type of PRODUCT_TYPES) {
      const specials = type.specials.map(([name]) => name);
      for (const [special, materials] of Object.entries(type.materialsOf ?? {})) {
        expect(specials).toContain(special);
        for (const material of materials) expect(type.materials).toContain(material);
      }
      for (const special of Object.keys(type.variantsOf ?? {})) expect(specials).toContain(special);
    }
  });
});
