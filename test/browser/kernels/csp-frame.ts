/** Runs in a frame whose policy forbids WASM: tells its parent what became of the kernel. */
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import { ITEMS, VECTORS } from './sets.ts';

async function report(): Promise<unknown> {
  const { reason, scorer } = await openScorer('wasm');
  scorer.load(ITEMS);
  return { reason, kernel: scorer.kernel, scores: scorer.scores(VECTORS) };
}

void report().then((result) => parent.postMessage(result, '*'));
