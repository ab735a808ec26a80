import { describe, expect, it } from 'vitest';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';

/** Features of a sentence as `kind:value`, in the order of the text. */
function featuresOf(description: string): string[] {
  return analyzeItem({ id: 'a', description }).named.map((each) => `${each.kind}:${each.value}`);
}

function evidenceOf(description: string, value: string): string | undefined {
  return analyzeItem({ id: 'a', description }).named.find((each) => each.value === value)?.evidence;
}

describe('features of sentences as shops write them', () => {
  it.each([
    ['plain material and colour', 'Brown leather wallet', ['colour:brown', 'material:leather']],
    ['longest phrase wins over its last word', 'A vegan leather tote', ['material:faux leather']],
    ['plating is a material, tone is a colour', 'Gold plated ring', ['material:gold']],
    ['bare gold is a colour', 'A gold clasp', ['colour:gold']],
    ['metal names join to steel', 'Stainless steel bottle', ['material:stainless steel']],
    ['eyeglasses are not of glass', 'Round glasses for you', []],
    ['a glass vase is', 'A glass vase', ['material:glass']],
    ['a glass of something is not', 'A tall glass of juice', []],
    ['phrase with a hyphen', 'Noise-cancelling earbuds', ['technology:noise cancelling']],
    ['the American spelling', 'Noise canceling earbuds', ['technology:noise cancelling']],
    ['abbreviations with digits', 'A 4K OLED panel', ['technology:4k', 'technology:oled']],
    [
      'Wi-Fi in its usual spelling',
      'Wi-Fi and Bluetooth',
      ['technology:wifi', 'technology:bluetooth'],
    ],
    ['synonyms share a value', 'Cordless drill', ['technology:wireless']],
    ['protection grade', 'Rated IPX7', ['technology:waterproof']],
    ['resistant is less than proof', 'Water-resistant shell', ['technology:water resistant']],
    ['cast iron is not iron', 'Cast iron skillet', ['material:cast iron']],
    ['shade names fall into families', 'A navy and burgundy scarf', ['colour:blue', 'colour:red']],
    ['plural of a colour', 'Rich oranges and greens', ['colour:orange', 'colour:green']],
    ['olive oil has no colour', 'Rinse with olive oil', []],
    ['olive green has', 'An olive green parka', ['colour:green']],
    ['white wine has none, wine is a use', 'Goes with white wine', []],
    ['crystal clear sound is no crystal', 'Crystal-clear sound', []],
    ['a crystal is', 'Set with a crystal', ['material:crystal']],
    ['holiday by its name', 'A Christmas wreath', ['occasion:christmas']],
    ['apostrophe in a holiday', "For Valentine's Day", ['occasion:valentines day']],
    ['season as a noun', 'Warm in winter', ['occasion:winter']],
    ['the verb fall is no season', 'It will not fall over', []],
    ['fall as a season needs its noun', 'For the fall season', ['occasion:autumn']],
    ['wedding, also in plural', 'Dresses for weddings', ['occasion:wedding']],
    ['style phrase', 'Mid-century modern sideboard', ['style:mid century']],
    ['short forms', 'A boho rug', ['style:bohemian']],
    ['pattern', 'Polka dot dress', ['style:polka dot']],
    ['audience', "Women's trail running shoes", ['use:women', 'use:running']],
    ['children by any name', 'For toddlers', ['use:kids']],
    ['place', 'A desk for the home office', ['use:office']],
    ['coffee table is furniture', 'A round coffee table', []],
    ['coffee is a use', 'Freshly ground coffee', ['use:coffee']],
    ['dogs are pets of their own kind', 'A bed for dogs', ['use:dogs']],
    ['size phrase', 'King-size duvet', ['size:king size']],
    ['large by another name', 'A spacious main pocket', ['size:large']],
    ['inches with a hyphen', 'A 15-inch laptop', ['size:15 inch']],
    ['inches as a sign', 'A 10" tablet', ['size:10 inch']],
    ['unit stuck to the number', 'Holds 500ml', ['size:500 ml']],
    ['unit in words', 'Holds 2 liters', ['size:2 l']],
    ['decimal', 'Weighs 2.5 kg', ['size:2.5 kg']],
    ['people', 'A 2-person tent', ['size:2 person', 'use:camping']],
    ['a number without unit is no size', 'Since 1984 in 3 colours', []],
    ['a version is no size', 'HDMI 2.1', ['technology:hdmi']],
    [
      'other languages',
      'Schwarze Tasche aus Leder, cuir noir',
      ['material:leather', 'colour:black'],
    ],
    ['no phrase across a full stop', 'Very noise. Cancelling is free', []],
    ['no phrase across a comma', 'For gaming, king, size', ['technology:gaming', 'use:gaming']],
  ])('%s: %s', (_reason, text, expected) => {
    expect([...featuresOf(text)].sort()).toEqual([...expected].sort());
  });

  it('finds several kinds in one sentence', () => {
    const text =
      'This rustic oak desk with a matte black finish is handmade, foldable and ideal for small studios.';
    expect(featuresOf(text)).toEqual([
      'style:rustic',
      'material:oak',
      'use:office',
      'colour:black',
      'technology:handmade',
      'technology:foldable',
    ]);
  });
});

describe('features that a text denies', () => {
  it.each([
    ['no leather', 'leather'],
    ['Contains no leather', 'leather'],
    ['Made without leather', 'leather'],
    ['leather-free', 'leather'],
    ['Completely leather free.', 'leather'],
    ['free of leather', 'leather'],
    ['free from any leather', 'leather'],
    ['cotton instead of leather', 'leather'],
    ['not made of leather', 'leather'],
    ['This is not leather', 'leather'],
    ["It isn't leather", 'leather'],
    ["Doesn't contain any leather", 'leather'],
    ['lacks Bluetooth', 'bluetooth'],
    ['non-leather', 'leather'],
    ['Works without wires', 'wire'],
    ['neither leather', 'leather'],
    ['never use outdoors', 'outdoor'],
    ['ohne Leder', 'leather'],
    ['sans cuir', 'leather'],
  ])('%s', (text, value) => {
    expect(evidenceOf(text, value)).toBeUndefined();
  });

  it.each([
    ['Not only leather but also wool', 'leather'],
    ['not just for travel', 'travel'],
    ['Leather, free shipping', 'leather'],
    ['Leather free shipping today', 'leather'],
    ['No compromise. Leather throughout', 'leather'],
    ['No glue, leather only', 'leather'],
    ['a no-fuss leather strap', 'leather'],
    ['without sacrificing leather quality', 'leather'],
    ['no plastic at all, just solid honest leather', 'leather'],
    ['non-slip sole', 'non slip'],
    ['non-stick pan', 'non stick'],
    ['BPA-free', 'bpa free'],
    ['no doubt leather', 'leather'],
  ])('but not in: %s', (text, value) => {
    expect(evidenceOf(text, value)).toBeDefined();
  });

  it('denies only what stands near', () => {
    const text = 'There is no need to worry about the strap of leather';
    expect(evidenceOf(text, 'leather')).toBe('leather');
  });
});

describe('evidence', () => {
  it('is the item’s own words, in its own spelling', () => {
    expect(evidenceOf('Active Noise-Cancelling cups', 'noise cancelling')).toBe('Noise-Cancelling');
    expect(evidenceOf('Crafted from FULL GRAIN LEATHER', 'leather')).toBe('FULL GRAIN LEATHER');
  });

  it('is the first of several', () => {
    expect(evidenceOf('A cosy cushion, so cozy', 'cozy')).toBe('cosy');
  });

  it('stands in title, tags, category or description, in this order', () => {
    const { named } = analyzeItem({
      id: 'a',
      description: 'Wool and silk.',
      categoryPath: ['outdoors', 'camping'],
      tags: ['cotton'],
      title: 'Linen shirt',
    });
    expect(named.map((each) => each.evidence)).toEqual([
      'Linen',
      'cotton',
      'outdoors',
      'camping',
      'Wool',
      'silk',
    ]);
  });

  it('does not run from one tag into the next', () => {
    const { named } = analyzeItem({ id: 'a', tags: ['king', 'size', 'noise', 'cancelling'] });
    expect(named).toEqual([]);
  });
});

describe('limits', () => {
  it('names each kind and value once', () => {
    expect(featuresOf('leather leather LEATHER genuine leather')).toEqual(['material:leather']);
  });

  it('names 32 features at most', () => {
    const text = Array.from({ length: 60 }, (_, index) => `${index + 1} cm`).join(', ');
    expect(featuresOf(text)).toHaveLength(32);
  });

  it('names none without text', () => {
    expect(analyzeItem({ id: 'a' }).named).toEqual([]);
  });
});
