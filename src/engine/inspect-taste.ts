/**
 * The visitor's vectors, taken apart by block, with what of the candidates is nearest in each.
 *
 * @packageDocumentation
 */
import { keywordsOf } from '../catalog/analyze-text.ts';
import type { Block } from '../catalog/blocks.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { TasteBlock, TasteVector } from '../core/inspection.ts';
import type { BlockName, Item } from '../core/types.ts';
import type { Visitor } from '../feed/visitor.ts';

/** Names of a block. */
const MOST_NAMES = 3;

/** How many of the nearest candidates are asked for their names: reading a text takes its time. */
const MOST_ASKED = 40;

/** What a candidate is called by, as far as one block is concerned. */
type Namer = (item: Item, row: number, encoded: EncodedItems) => string | undefined;

const NAMERS: Readonly<Partial<Record<BlockName, Namer>>> = {
  price: ({ currency = '', price }) => (price === undefined ? undefined : `${price} ${currency}`),
  category: ({ categoryPath }) => categoryPath?.at(-1),
  brand: ({ brand }) => brand,
  text: (_, row, { model, textOf }) => keywordsOf(textOf(row), model.idf, 1)[0]?.term,
  features: (_, row, { textOf }) => textOf(row).named[0]?.value,
  image: ({ title, id }) => title ?? id,
};

/** Nearest candidates in a block, by name. */
function nearestOf(
  encoded: EncodedItems,
  block: Block,
  own: ArrayLike<number>,
): TasteBlock['near'] {
  const nameOf = NAMERS[block.name];
  if (!nameOf) return [];
  const { items, vectors } = encoded;
  const { data, dims } = vectors;
  const cosines = items.map((_, row) => {
    let dot = 0;
    for (let k = 0; k < block.size; k++) {
      dot += (own[k] as number) * (data[row * dims + block.start + k] as number);
    }
    return { row, cosine: dot / Math.sqrt(block.weight) };
  });
  const near = new Map<string, number>();
  for (const { cosine, row } of cosines.sort((a, b) => b.cosine - a.cosine).slice(0, MOST_ASKED)) {
    const name = nameOf(items[row] as Item, row, encoded)?.trim();
    if (cosine <= 0 || near.size === MOST_NAMES) break;
    if (name && !near.has(name)) near.set(name, Math.min(1, cosine));
  }
  return [...near].map(([name, cosine]) => ({ name, cosine }));
}

/**
 * Describes the visitor's two vectors.
 *
 * @param visitor - From `viewProfile`.
 * @param encoded - Candidates.
 * @returns Session and long term, one entry per block of the space.
 */
export function tasteOf(visitor: Visitor, encoded: EncodedItems): TasteVector[] {
  const { longTermMass, sessionMass, taste } = visitor;
  const { blocks, dims } = encoded.model.space;
  const masses = [
    ['session', sessionMass],
    ['longTerm', longTermMass],
  ] as const;
  return masses.map(([of, mass], row) => ({
    of,
    mass,
    blocks: blocks.map((block, b): TasteBlock => {
      const weight = taste.presence.data[row * blocks.length + b] as number;
      const start = row * dims + block.start;
      const raw = taste.vectors.data.subarray(start, start + block.size);
      const values = weight > 0 ? Array.from(raw, (value) => value / Math.sqrt(block.weight)) : [];
      const near = weight > 0 ? nearestOf(encoded, block, values) : [];
      return { block: block.name, weight, values, near };
    }),
  }));
}
