/**
 * The visitor as vectors: session, long term, and segments of the visitor's own.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import type { Item } from '../core/types.ts';
import type { ItemEvidence } from '../events/evidence.ts';
import type { VisitorSegment } from './visitor-segments.ts';

/** An item that the visitor engaged with. */
export interface VisitorItem extends ItemEvidence {
  /** The item, as it is among the candidates or as it was when it was met. */
  readonly item: Item;
}

/** The visitor in the candidates' feature space. */
export interface Visitor {
  /** M items with evidence, strongest first. */
  readonly items: readonly VisitorItem[];
  /** [M, D] their vectors. */
  readonly itemVectors: VectorSet;
  /** Two rows: session and long-term vector; without blocks when there is no evidence. */
  readonly taste: VectorSet;
  /** Rows of their own: what the visitor looks at right now. */
  readonly segments: readonly VisitorSegment[];
  /** [U, D] their vectors. */
  readonly segmentVectors: VectorSet;
  /** Sum of session evidence; a view counts 1 when fresh. */
  readonly sessionMass: number;
  /** Sum of long-term evidence, as far as it counts by now. */
  readonly longTermMass: number;
  /** Share of the session's evidence that is left by now, 0 to 1; default 1. */
  readonly freshness?: number;
}
