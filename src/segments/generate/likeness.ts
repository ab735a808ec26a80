/**
 * How alike two segments may be. Apart from the guards, so that it costs the first feed nothing.
 *
 * @packageDocumentation
 */

/** A profile nearer than this to an existing one is that one: cosine over all dimensions. */
export const MAX_LIKENESS = 0.93;
