/** One vector of named blocks; sizes and weights are read from the source. */
import { readFileSync } from 'node:fs';
import { ROOT } from '../../run.mjs';
import { box, drawing, label } from './pen.mjs';

const SOURCE = 'src/catalog/blocks.ts';
const ENTRY = /\['(?<name>[a-z]+)', (?<size>\d+), (?<weight>[\d.]+)\]/gu;
const LEFT = 126;
const WIDTH = 716;

/** What an item and a segment say in each block, and how alike that is. */
const EXAMPLE = new Map([
  ['price', { item: '€ 49', segment: 'middle', cosine: 0.9 }],
  ['category', { item: 'Home › Lighting › Lamps', segment: 'lighting, bedroom', cosine: 0.8 }],
  ['brand', { item: 'Norda', segment: '–', cosine: null }],
  ['text', { item: 'warm, dimmable, brass', segment: 'soft, warm, night', cosine: 0.5 }],
  ['features', { item: 'brass', segment: 'linen', cosine: 0.1 }],
  ['sentiment', { item: '+', segment: '–', cosine: null }],
]);

/** @returns {readonly { name: string, size: number, weight: number }[]} The blocks in their order. */
function blocks() {
  const found = [...readFileSync(ROOT + SOURCE, 'utf8').matchAll(ENTRY)];
  return found.map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    size: Number(groups?.['size']),
    weight: Number(groups?.['weight']),
  }));
}

/** @returns {string} The drawing. */
export function vectorBlocks() {
  const all = blocks();
  const dims = all.reduce((sum, { size }) => sum + size, 0);
  const strokes = all.flatMap(({ name, weight }, n) => {
    const { cosine = null, item = '', segment = '' } = EXAMPLE.get(name) ?? {};
    const y = 150 + 34 * n;
    const share = cosine === null ? [] : [box([670, y - 12, 480 * weight * cosine, 16], 'bar')];
    return [
      label([10, y], name, { kind: 'title' }),
      label([LEFT, y], item),
      label([330, y], segment),
      label([548, y], cosine === null ? 'left out' : `${cosine} × ${weight}`, { kind: 'note' }),
      ...share,
    ];
  });
  let x = LEFT;
  const bar = all.flatMap(({ name, size }, n) => {
    const width = (WIDTH * size) / dims;
    const place = x;
    x += width;
    const kind = n % 2 === 0 ? 'inner' : 'hot';
    const isNarrow = width < 60;
    const middle = { anchor: /** @type {const} */ ('middle') };
    const isLast = n === all.length - 1;
    return [
      box([place + 1, 40, width - 2, 40], kind),
      isNarrow
        ? label([isLast ? x : place, 32], name, { anchor: isLast ? 'end' : 'start' })
        : label([place + width / 2, 57], name, middle),
      label([place + width / 2, 73], String(size), { ...middle, kind: 'note' }),
    ];
  });
  return drawing(
    [860, 350],
    'One vector of named blocks: price, category, brand, text, features and sentiment. The similarity of an item and a segment is the weighted sum of the cosines of the blocks that both have.',
    [
      label([10, 64], `${dims} numbers`, { kind: 'title' }),
      ...bar,
      label([LEFT, 118], 'an item', { kind: 'note' }),
      label([330, 118], 'a segment, “Soft lighting”', { kind: 'note' }),
      label([548, 118], 'cosine × weight', { kind: 'note' }),
      label([670, 118], 'share of the similarity', { kind: 'note' }),
      ...strokes,
    ],
  );
}
