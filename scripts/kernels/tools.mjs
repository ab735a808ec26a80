/** What the bench measures, in one module. */
export { createRandom } from '../../src/core/rng.ts';
export { referenceScores } from '../../src/core/similarity.ts';
export { blockedScores } from '../../src/kernels/blocked-scores.ts';
export { openScorer } from '../../src/kernels/open-scorer.ts';
