import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../src/models/attributes/text-tokens.ts';
import { createLabeller } from '../../../../src/models/attributes/weak-labels.ts';
import { ATTRIBUTES } from '../../../helpers/attribute-models.ts';

const label = createLabeller(ATTRIBUTES);
const look = (title: string) => label(wordsOf({ id: 'a', title }));

describe('what a text says in listed words', () => {
  it.each([
    ['Soft wool socks', ['yes', 'nothing']],
    ['Itchy socks', ['no', 'nothing']],
    ['Soft but itchy socks', ['both', 'nothing']],
    ['Not soft at all', ['no', 'nothing']],
    ['Cosy and rugged', ['yes', 'yes']],
    ['Boots, built to last', ['nothing', 'yes']],
    ['Boots, built for snow', ['nothing', 'nothing']],
  ])('%s', (title, says) => {
    expect(look(title).says).toEqual(says);
  });
});

describe('the text without listed words', () => {
  it('holds none of them, of no attribute', () => {
    expect(look('Soft rugged wool boots built to last').rest.map(({ text }) => text)).toEqual([
      'wool',
      'boots',
    ]);
  });

  it('counts places anew, so that no gap tells that a word stood there', () => {
    const rest = look('Soft wool boots').rest.map(({ place, text }) => [text, place]);
    expect(rest).toEqual(look('wool boots').rest.map(({ place, text }) => [text, place]));
  });
});
