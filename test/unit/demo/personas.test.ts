/** Shoppers that shop by themselves turn to the window first, and what a window changes is counted. */
import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { DEEDS, PERSONAS, deedInWords, nextChoice } from '../../../demo/persona-script.js';

const pan = { id: 'pan', title: 'Pan', categoryPath: ['Kitchen', 'Frying pans'] };
const other = { id: 'other', title: 'Other pan', categoryPath: ['Kitchen', 'Frying pans'] };
const tent = { id: 'tent', title: 'Tent', categoryPath: ['Outdoors', 'Tents'] };
const mara = {
  id: 'mara',
  name: 'Mara',
  about: 'kitchen',
  errand: 'cooks',
  kinds: ['Frying pans', 'Tents'],
};

describe('a persona', () => {
  it('turns to what the window shows, else to the shelves, never to one thing twice', () => {
    const shop = { window: [tent, other], list: [pan, other, tent] };
    expect(nextChoice(mara, shop, [])).toEqual({ item: other, isInWindow: true });
    expect(nextChoice(mara, shop, ['other'])).toEqual({ item: pan, isInWindow: false });
    expect(nextChoice(mara, shop, ['other', 'pan'])).toBeNull();
  });

  it('turns to the next kind of thing after three deeds', () => {
    const shop = { window: [pan], list: [pan, tent] };
    expect(nextChoice(mara, shop, ['a', 'b', 'c'])?.item).toBe(tent);
  });

  it('says where the item was found', () => {
    expect(deedInWords(mara, 'look', { item: pan, isInWindow: true })).toContain('in the window');
    expect(deedInWords(mara, 'look', { item: pan, isInWindow: false })).toBe(
      'Mara goes to Frying pans and looks at “Pan”.',
    );
    expect(deedInWords(mara, 'cart', { item: pan, isInWindow: true })).toBe(
      'Mara puts “Pan” in the cart.',
    );
  });

  it.each(PERSONAS.map((persona) => [persona.name, persona] as const))(
    '%s finds enough in the demo shop for all of the deeds',
    (_, persona) => {
      const { items: list } = generateCatalog({ seed: 1 });
      const done: string[] = [];
      for (const _deed of DEEDS) {
        const choice = nextChoice(persona, { window: [], list }, done);
        if (choice !== null) done.push(choice.item.id);
      }
      expect(new Set(done).size).toBe(DEEDS.length);
    },
  );
});
