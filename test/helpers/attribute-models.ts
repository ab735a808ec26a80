/** Attribute models with drawn weights, for tests of what does not depend on learning. */
import { createRandom } from '../../src/core/rng.ts';
import type { AttributeDeclaration } from '../../src/models/attributes/declare-attributes.ts';
import { encoderShapes } from '../../src/models/attributes/encoder-shapes.ts';
import type { AttributeModel, Block } from '../../src/models/attributes/model.ts';
import { learnVocabulary, rowsOf, wordsOf } from '../../src/models/attributes/text-tokens.ts';
import { termKey } from '../../src/models/attributes/wide-part.ts';

const TEXTS = [
  'red wool socks for cold mornings',
  'blue leather boots with a wool lining',
  'a linen shirt for summer evenings',
  'steel bottle that keeps water cold',
];

/** Titles that the models know the words of. */
export const TITLES: readonly string[] = TEXTS;

/** Two attributes. */
export const ATTRIBUTES: readonly AttributeDeclaration[] = [
  { name: 'comfort', positive: ['soft', 'cosy'], negative: ['itchy'] },
  { name: 'durability', positive: ['built to last', 'rugged'], negative: [] },
];

/**
 * A model of two scores.
 *
 * @param seed - Of the weights.
 * @param layers - Blocks.
 */
export function drawnModel(seed: number, layers = 2): AttributeModel {
  const random = createRandom(seed, 'drawn model');
  const shape = { width: 12, heads: 3, layers, hidden: 20 };
  const words = TEXTS.map((title) => wordsOf({ id: 'a', title }));
  const vocabulary = learnVocabulary(words, { minTexts: 1, most: 100, grams: 30 });
  const draw = (length: number, spread: number): Float32Array =>
    Float32Array.from({ length }, () => (random() - 0.5) * spread);
  const shapes = encoderShapes(shape);
  shapes.set('head', [12, 2]).set('headBias', [1, 2]).set('latent', [12, 4]);
  shapes.set('latentBias', [1, 4]);
  const weights = [...shapes].map(([name, [rows, columns]]): [string, Block] => [
    name,
    { rows, columns, values: draw(rows * columns, name === 'head' ? 4 : 1.5) },
  ]);
  return {
    shape,
    vocabulary,
    table: draw(rowsOf(vocabulary) * 12, 2),
    weights: new Map(weights),
    scores: {
      names: ATTRIBUTES.map(({ name }) => name),
      attributes: ATTRIBUTES,
      trust: Float32Array.of(0.6, 1),
      wide: {
        keys: Int32Array.from([termKey('wool'), termKey('steel')]).sort(),
        idf: Float32Array.of(2, 3),
        offsets: Int32Array.of(0, 2, 4),
        classes: Uint8Array.of(0, 1, 0, 1),
        values: Float32Array.of(1, -1, -2, 2),
        bias: Float32Array.of(0.1, -0.1),
      },
      slope: Float32Array.of(1, 1.5),
      shift: Float32Array.of(0, -0.5),
      base: Float32Array.of(0.5, 0.4),
      doubt: Infinity,
    },
    classes: null,
  };
}
