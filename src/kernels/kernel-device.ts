/**
 * A resident scorer as a device for similarity jobs.
 *
 * @packageDocumentation
 */
import {
  type SimilarityDevice,
  type SimilarityInput,
  checkSimilarityInput,
} from '../core/similarity.ts';
import type { Matrix } from '../core/shapes.ts';
import type { ResidentScorer } from './resident-scorer.ts';

/**
 * Wraps a scorer. Items stay where they are until other ones come, told apart by identity, so a
 * `Matrix` must not be changed after its first use.
 *
 * @param scorer - `js` or `wasm`: the errors of `wasm-int8` are larger than what a feed expects of a
 *   device. Disposed of with the device.
 * @returns A device whose scores differ from `referenceScores` by at most 1e-5.
 */
export function createKernelDevice(
  scorer: ResidentScorer & { readonly kernel: 'js' | 'wasm' },
): SimilarityDevice {
  let items: Matrix | null = null;
  let itemPresence: Matrix | null = null;
  const keep = (input: SimilarityInput): void => {
    if (input.items === items && input.itemPresence === itemPresence) return;
    items = null;
    scorer.load({ vectors: input.items, presence: input.itemPresence });
    ({ items, itemPresence } = input);
  };
  return {
    device: scorer.kernel,
    async scores(input) {
      checkSimilarityInput(input);
      keep(input);
      return scorer.scores({ vectors: input.vectors, presence: input.vectorPresence });
    },
    numTensors: () => 0,
    dispose: () => scorer.dispose(),
  };
}
