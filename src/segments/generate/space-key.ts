/**
 * Whether two lists of candidates make the same coordinates: what was learned in one space means
 * nothing in another.
 *
 * @packageDocumentation
 */
import type { CatalogModel } from '../../catalog/encode-items.ts';
import { hash32 } from '../../core/rng.ts';

/** Coordinates that differ by less are the same: sums over a list in another order. */
const STEPS = 1e4;

/** Order of the entries does not matter. */
class Tally {
  readonly #salt: string;
  #low = 0;
  #high = 0;

  constructor(salt: string) {
    this.#salt = salt;
  }

  add(name: string, values: Iterable<number>): void {
    let low = hash32(name, 1);
    let high = hash32(name, 2);
    for (const value of values) {
      const step = Math.round(value * STEPS);
      low = Math.imul(low ^ step, 0x01000193);
      high = (Math.imul(high ^ step, 0x85ebca6b) + 1) | 0;
    }
    this.#low = (this.#low + low) | 0;
    this.#high = (this.#high + high) | 0;
  }

  get text(): string {
    return `${this.#salt}:${this.#low}:${this.#high}`;
  }
}

function termsOf({ dims, index, vectors }: CatalogModel['text'], salt: string): string {
  const tally = new Tally(`${salt}${dims}`);
  for (const [term, row] of index) tally.add(term, vectors.subarray(row * dims, (row + 1) * dims));
  return tally.text;
}

function codesOf({ codes }: CatalogModel['categories'], salt: string): string {
  const tally = new Tally(salt);
  for (const [name, code] of codes) tally.add(name, code);
  return tally.text;
}

/** Means and deviations may move with every score: the block counts from the mean either way. */
function scoresOf({ generated }: CatalogModel): string {
  return generated === null
    ? ''
    : `${generated.modelId} ${generated.names.join(' ')} ${generated.latent}`;
}

const known = new WeakMap<CatalogModel, string>();

/**
 * Names the space of a list of candidates: its blocks, and what stands for which category, brand,
 * word, named feature, score and picture in it.
 *
 * Prices are not part of it: their block counts in quantiles of whatever the list is. So the key
 * stays when prices, stock or the order change, and not when items come, go or are worded anew: the
 * words' coordinates turn with them.
 *
 * @param model - What the candidates taught the encoder.
 * @returns 16 hexadecimal digits.
 */
export function spaceKey(model: CatalogModel): string {
  const before = known.get(model);
  if (before !== undefined) return before;
  const { blocks } = model.space;
  const pictures = new Tally('pictures');
  if (model.pictures) pictures.add('centre', model.pictures);
  const text = [
    blocks.map(({ name, size, weight }) => `${name} ${size} ${weight.toFixed(6)}`).join(),
    codesOf(model.categories, 'categories'),
    codesOf(model.brands, 'brands'),
    termsOf(model.text, 'text'),
    termsOf(model.features, 'features'),
    scoresOf(model),
    pictures.text,
  ].join('\n');
  const key = [3, 4].map((seed) => hash32(text, seed).toString(16).padStart(8, '0')).join('');
  known.set(model, key);
  return key;
}
