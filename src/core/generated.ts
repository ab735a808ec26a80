/**
 * Segments that are generated for a visitor: how they are asked for, how they are kept.
 *
 * @packageDocumentation
 */
import type { SegmentDescription } from './types.ts';

/** Most generated segments that a profile keeps; the oldest that is not followed makes room. */
export const MAX_GENERATED = 24;

/** What `Vitrine.segments.generate` makes a segment from. */
export interface GenerateRequest {
  /** Id of the segment to start from; it must have items among the candidates. */
  readonly seedId: string;
  /** How far to go, 0 (as near as a new one may lie) to 1, default 0.5. */
  readonly temperature?: number;
  /**
   * Where to: `cheaper`, `more outdoors`, `less leather`, a segment's id or name, a category, a brand
   * or any word of the candidates. Default: anywhere.
   */
  readonly toward?: string;
}

/** A generated segment as the profile keeps it: words only, encoded anew for each list. */
export interface GeneratedSegment {
  /** Unique, `generated:` or `items:` and the name. */
  readonly id: string;
  /** Title of its row. */
  readonly name: string;
  /** `visitor` for one made from chosen items. */
  readonly origin: 'generated' | 'visitor';
  /** What its items share, in one sentence. */
  readonly description: string;
  /** What it is about. */
  readonly describes: SegmentDescription;
  /** Segment that it was generated from. */
  readonly seedId?: string;
  /** Grows with each change. */
  readonly version: number;
  /** The model that decoded it: the autoencoder or its linear rival. */
  readonly generator: 'vae' | 'linear';
  /** `confirmed` once the visitor engaged with its row. */
  readonly state: 'born' | 'confirmed';
  /** Formed by itself from what the visitor turned to lately. */
  readonly isAutomatic: boolean;
  /** Milliseconds since the epoch. */
  readonly born: number;
  /** Ids of the items that an automatic one was formed from; it goes when they are forgotten. */
  readonly evidence: readonly string[];
}
