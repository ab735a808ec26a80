/** A share of the places for what the visitor has not met, each with its exact chance. */
import { arrow, box, drawing, label } from './pen.mjs';

const STEPS = 60;
const ROWS = 4;
const PLACES = 10;

/**
 * Density of Beta(a, b), scaled so that its largest value is 1.
 *
 * @param {readonly [number, number]} shape - a and b, each at least 1.
 * @param {readonly [number, number, number, number]} place - Left, bottom, width, height.
 * @returns {string} Its path.
 */
function beta([a, b], [left, bottom, width, height]) {
  const density = (/** @type {number} */ x) => x ** (a - 1) * (1 - x) ** (b - 1);
  const values = Array.from({ length: STEPS + 1 }, (_, n) => density(n / STEPS));
  const top = Math.max(...values);
  const points = values.map(
    (value, n) =>
      `${(left + (width * n) / STEPS).toFixed(1)} ${(bottom - (height * value) / top).toFixed(1)}`,
  );
  return `M${points.join('L')}`;
}

/** What was seen of three segments, as shapes of their posteriors. */
const POSTERIORS = /** @type {const} */ ([
  ['engaged with', [6, 5], ''],
  ['passed over', [1.3, 14], ''],
  ['hardly seen', [1.2, 2.2], 'hot'],
]);

/** @returns {string} The drawing. */
export function exploration() {
  const places = Array.from({ length: ROWS * PLACES }, (_, n) => {
    const [row, place] = [Math.floor(n / PLACES), n % PLACES];
    const isExplored = row === ROWS - 1 && place < 4;
    return box([24 + 34 * place, 60 + 46 * row, 28, 34], isExplored ? 'bar hot' : 'inner');
  });
  return drawing(
    [860, 300],
    'Of forty places four explore. Each draws a number from every segment’s posterior and goes to the largest; the chance that it had is kept in the log as propensity.',
    [
      box([10, 10, 364, 280]),
      label([192, 36], 'A page', { kind: 'title', anchor: 'middle' }),
      ...places,
      label([24, 270], 'A tenth of the places; blocked segments never.', { kind: 'note' }),
      arrow([450, 215], [374, 215]),
      box([450, 10, 400, 280]),
      label([650, 36], 'Where such a place goes', { kind: 'title', anchor: 'middle' }),
      ...POSTERIORS.flatMap(([words, shape, kind], n) => [
        `<path class="curve ${kind}" d="${beta(shape, [470, 112 + 62 * n, 220, 46])}"/>`,
        label([706, 106 + 62 * n], words),
      ]),
      label([470, 262], 'Chance of a click, as far as is known. Each place draws', {
        kind: 'note',
      }),
      label([470, 279], 'from all, takes the largest, and logs its exact chance.', {
        kind: 'note',
      }),
    ],
  );
}
