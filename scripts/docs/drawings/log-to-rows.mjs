/** From what a visitor did to titled rows. */
import { arrow, box, drawing, label } from './pen.mjs';

const LOG = [
  'view_item  headphones',
  'view_item  earbuds',
  'add_to_cart  earbuds',
  'view_item  lamp',
];
const SEGMENTS = /** @type {const} */ ([
  ['Tech early adopters', 0.68],
  ['Home automation', 0.21],
  ['Interior stylists', 0.11],
]);
const ROWS = ['More in Headphones', 'Tech early adopters', 'Home automation', 'Something new'];

/**
 * @param {number} x - Left.
 * @param {number} width - Of the column.
 * @param {string} title - Above it.
 * @param {string} note - Below it.
 * @returns {readonly string[]} A column.
 */
function column(x, width, title, note) {
  return [
    box([x, 10, width, 270]),
    label([x + width / 2, 36], title, { kind: 'title', anchor: 'middle' }),
    label([x + width / 2, 264], note, { kind: 'note', anchor: 'middle' }),
  ];
}

/** @returns {string} The drawing. */
export function logToRows() {
  return drawing(
    [860, 290],
    'The log of interactions makes a session interest and a long-term interest, these make weights of segments, and these make titled rows. Every row and item can say why it is there.',
    [
      ...column(10, 190, 'The log', 'on this device only'),
      ...LOG.flatMap((words, n) => [
        box([22, 54 + 46 * n, 166, 34], 'inner'),
        label([32, 76 + 46 * n], words, { kind: 'note' }),
      ]),
      arrow([200, 145], [232, 145]),
      ...column(232, 170, 'Interest', 'two vectors, each fading'),
      box([246, 62, 142, 78], 'hot'),
      label([317, 92], 'now', { anchor: 'middle' }),
      label([317, 114], 'half in 30 minutes', { kind: 'note', anchor: 'middle' }),
      box([246, 154, 142, 78], 'inner'),
      label([317, 184], 'long term', { anchor: 'middle' }),
      label([317, 206], 'half in 30 days', { kind: 'note', anchor: 'middle' }),
      arrow([402, 145], [434, 145]),
      ...column(434, 186, 'Segments', 'weights sum to 1'),
      ...SEGMENTS.flatMap(([name, weight], n) => [
        label([448, 78 + 58 * n], name),
        box([448, 86 + 58 * n, 158 * weight, 12], 'bar'),
      ]),
      arrow([620, 145], [652, 145]),
      ...column(652, 198, 'Rows', 'each says why it is there'),
      ...ROWS.flatMap((name, n) => [
        label([664, 66 + 46 * n], name, { kind: 'note' }),
        ...[0, 1, 2, 3, 4].map((place) =>
          box([664 + 36 * place, 72 + 46 * n, 30, 20], n === 3 ? 'bar hot' : 'inner'),
        ),
      ]),
    ],
  );
}
