import { describe, expect, it } from 'vitest';
import { checkInteraction } from '../../../src/client/check-interaction.ts';
import type { Interaction } from '../../../src/core/types.ts';

const refused = (interaction: unknown): unknown => {
  try {
    checkInteraction(interaction as Interaction);
    return null;
  } catch (error) {
    return error;
  }
};

describe('interactions at the door', () => {
  it('takes the GA4 names with one item or several', () => {
    expect(refused({ type: 'view_item', itemId: 'a' })).toBeNull();
    expect(refused({ type: 'purchase', items: ['a', { item_id: 'b' }] })).toBeNull();
  });

  it.each([
    ['no type', { itemId: 'a' }],
    ['no item', { type: 'view_item' }],
    ['an empty id', { type: 'view_item', itemId: '' }],
    ['an empty list', { type: 'purchase', items: [] }],
    ['no list', { type: 'purchase', items: 'a' }],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'view_item'],
  ])('refuses %s', (_, interaction) => {
    expect(refused(interaction)).toMatchObject({ code: 'EVENT_INVALID' });
  });

  it('says which of the two is missing', () => {
    const messageOf = (interaction: unknown): string => String(refused(interaction));
    expect(messageOf({ itemId: 'a' })).toContain('type: got undefined, itemId: got a.');
    expect(messageOf({ type: 'view_item' })).toContain(
      'type: got view_item, itemId: got undefined.',
    );
  });
});
