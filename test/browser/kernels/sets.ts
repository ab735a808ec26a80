/** Sets that the page and the frame both have. */
import type { VectorSet } from '../../../src/core/block-cosine.ts';
import { makeJob } from '../models/jobs.ts';

const JOB = makeJob({ items: 1_003, vectors: 17, blocks: 4, blockDims: 32 });

export const ITEMS: VectorSet = { vectors: JOB.items, presence: JOB.itemPresence };
export const VECTORS: VectorSet = { vectors: JOB.vectors, presence: JOB.vectorPresence };
