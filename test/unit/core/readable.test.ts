import { describe, expect, it } from 'vitest';
import { inSentence, readable } from '../../../src/core/readable.ts';

describe('names of categories', () => {
  it.each([
    ['kitchen-accessories', 'kitchen accessories', 'kitchen accessories'],
    ['tea_pots__and  cups', 'tea pots and cups', 'tea pots and cups'],
    ['Frying Pans', 'Frying Pans', 'frying pans'],
    ['t-shirts', 't-shirts', 't-shirts'],
    ['T-shirts', 'T-shirts', 'T-shirts'],
    ['Non-stick pans', 'Non-stick pans', 'non-stick pans'],
    ['Hi-Fi_systems', 'Hi-Fi systems', 'Hi-Fi systems'],
    ['TVs & TV mounts', 'TVs & TV mounts', 'TVs & TV mounts'],
    ['USB hubs', 'USB hubs', 'USB hubs'],
    ['WOMENS SHOES', 'WOMENS SHOES', 'womens shoes'],
    ['Kids’ Bikes', 'Kids’ Bikes', 'kids’ bikes'],
    ['Äpfel', 'Äpfel', 'äpfel'],
    ['椅子', '椅子', '椅子'],
    ['', '', ''],
  ])('%s', (name, alone, within) => {
    expect(readable(name)).toBe(alone);
    expect(inSentence(name)).toBe(within);
  });
});
