/**
 * What the two models of segment space have in common: a profile goes in, a short code comes out,
 * and a code that was moved is turned into a new profile.
 *
 * @packageDocumentation
 */

/** A trained model of segment space; two implementations, the same answers to the same questions. */
export interface SegmentModel {
  /** Which of the two: the variational autoencoder or its closed-form rival. */
  readonly kind: 'vae' | 'linear';
  /** Z, dimensions of a code. */
  readonly latent: number;
  /** [Z] standard deviation of the training profiles' codes, each above 0. */
  readonly spread: Float64Array;
  /**
   * Profile → code.
   *
   * @param profile - [D], blocks of length √weight, absent ones zero.
   * @param behaviour - [D] of the visitor's recent interest; left out, nothing is known of it.
   * @returns [Z]
   */
  encode(profile: Float32Array, behaviour?: Float32Array): Float64Array;
  /**
   * Code → profile.
   *
   * @param code - [Z]
   * @returns [D] raw; see `unitBlocks` for what is made of it.
   */
  decode(code: Float64Array): Float32Array;
}

/** What models of segment space learn from. */
export interface SegmentSamples {
  /** Number of samples. */
  readonly count: number;
  /** D. */
  readonly dims: number;
  /** [count, D] profiles. */
  readonly profiles: Float32Array;
  /** [count, D] behaviour that goes with each; zeros where there is none. */
  readonly behaviours: Float32Array;
}
