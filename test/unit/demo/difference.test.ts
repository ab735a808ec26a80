/** What a window changes is counted against the shop's order and said in a sentence. */
import { expect, it } from 'vitest';
import { differenceInWords, differenceOf } from '../../../demo/difference-words.js';

const PLACES = new Map(Array.from({ length: 2000 }, (_, index) => [`i${index + 1}`, index + 1]));

it('counts what is new in the first places, what rose, and from where', () => {
  const window = ['i1', 'i500', 'i24', 'i25', 'i1803', 'unknown'];
  expect(differenceOf(window, PLACES)).toEqual({ fresh: 3, first: 6, risen: 4, furthest: 1803 });
});

it('finds nothing in the shop’s own order', () => {
  const own = [...PLACES.keys()].slice(0, 24);
  expect(differenceOf(own, PLACES)).toEqual({ fresh: 0, first: 12, risen: 0, furthest: 0 });
});

it('is said from the side that one looks at', () => {
  const difference = { fresh: 9, first: 12, risen: 40, furthest: 1203 };
  expect(differenceInWords(difference, false)).toBe(
    '9 of the first 12 are new here; 40 moved up, one of them from place 1,203.',
  );
  expect(differenceInWords(difference, true)).toBe(
    'Your window shows 9 others in the first 12 places.',
  );
});
