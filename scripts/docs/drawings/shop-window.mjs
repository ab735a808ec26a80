/** The first page's picture: a shop window whose rows are in the visitor's order. */
import { box, drawing, label } from './pen.mjs';

const ROWS = ['More in Headphones', 'Home automation', 'Something new'];
const CARD = 64;

/** @returns {string} The drawing. */
export function shopWindow() {
  const rows = ROWS.flatMap((title, row) => {
    const y = 70 + 106 * row;
    const cards = [0, 1, 2, 3, 4].map((place) => {
      const x = 32 + (CARD + 10) * place;
      const kind = row === 2 ? 'bar hot' : 'inner';
      return `${box([x, y + 12, CARD, 48], kind)}${box([x, y + 66, CARD * 0.8, 6], 'inner')}`;
    });
    return [label([32, y], title, { kind: 'title' }), ...cards];
  });
  return drawing([430, 400], 'A shop window with three titled rows of cards.', [
    box([10, 10, 410, 380]),
    `<path class="edge" d="M10 40L420 40"/>`,
    ...[0, 1, 2].map((n) => `<circle class="head" cx="${28 + 14 * n}" cy="25" r="4"/>`),
    ...rows,
  ]);
}
