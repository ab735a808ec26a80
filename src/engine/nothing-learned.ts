/**
 * Results of learning that came to nothing.
 *
 * @packageDocumentation
 */
import type { LearnResult, SegmentLearning } from '../core/learn.ts';

/** What there is to say when nothing was learned from. */
export const NOTHING_LEARNED: LearnResult = {
  verdict: 'unavailable',
  version: 0,
  device: 'none',
  lists: 0,
  before: { ndcg: 0 },
  after: { ndcg: 0 },
  loss: [],
  seconds: 0,
};

/** The same of the model of segments. */
export const NO_SEGMENTS_LEARNED: SegmentLearning = {
  verdict: 'unavailable',
  device: 'none',
  windows: 0,
  before: { cosine: 0 },
  after: { cosine: 0 },
  loss: [],
};
