/**
 * The closed-form rival of the segment VAE: the leading principal components of the samples, which
 * is what a linear autoencoder converges to (Baldi & Hornik 1989). It needs no TensorFlow.js, so it
 * is also what generates segments where that cannot be loaded.
 *
 * @packageDocumentation
 */
import { createRandom } from '../../core/rng.ts';
import type { SegmentModel, SegmentSamples } from './segment-model.ts';

/** Of a code, this much comes from the behaviour when there is one. */
const BEHAVIOUR_SHARE = 0.25;

/** Rounds of orthogonal iteration. */
const ROUNDS = 24;

/** Mean and covariance of the profiles. */
function moments({ count, dims, profiles }: SegmentSamples): {
  mean: Float64Array;
  covariance: Float64Array;
} {
  const mean = new Float64Array(dims);
  for (let i = 0; i < count * dims; i++) {
    mean[i % dims] = (mean[i % dims] as number) + (profiles[i] as number) / count;
  }
  const covariance = new Float64Array(dims * dims);
  const row = new Float64Array(dims);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dims; d++) {
      row[d] = (profiles[i * dims + d] as number) - (mean[d] as number);
    }
    for (let a = 0; a < dims; a++) {
      const value = (row[a] as number) / count;
      if (value === 0) continue;
      for (let b = 0; b < dims; b++) {
        covariance[a * dims + b] =
          (covariance[a * dims + b] as number) + value * (row[b] as number);
      }
    }
  }
  return { mean, covariance };
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const out = new Float64Array(vector.length);
  for (let a = 0; a < vector.length; a++) {
    let sum = 0;
    for (let b = 0; b < vector.length; b++) {
      sum += (matrix[a * vector.length + b] as number) * (vector[b] as number);
    }
    out[a] = sum;
  }
  return out;
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}

/** Gram–Schmidt in place; a dependent vector becomes zero. */
function orthonormalise(vectors: readonly Float64Array[]): void {
  for (const [k, vector] of vectors.entries()) {
    for (let j = 0; j < k; j++) {
      const other = vectors[j] as Float64Array;
      const dot = dotOf(vector, other);
      for (let d = 0; d < vector.length; d++) {
        vector[d] = (vector[d] as number) - dot * (other[d] as number);
      }
    }
    const length = Math.sqrt(dotOf(vector, vector));
    for (let d = 0; d < vector.length; d++) {
      vector[d] = length > 1e-9 ? (vector[d] as number) / length : 0;
    }
  }
}

/**
 * Learns the rival model. Cost: O(count × D²).
 *
 * @param samples - From `segmentSamples`.
 * @param latent - Z, default 16.
 * @returns A model; without variance, one that always gives the mean.
 */
export function learnLinearModel(samples: SegmentSamples, latent = 16): SegmentModel {
  const { dims } = samples;
  const { mean, covariance } = moments(samples);
  const random = createRandom(dims, 'components');
  let components: Float64Array[] = Array.from({ length: latent }, () =>
    Float64Array.from({ length: dims }, () => random() - 0.5),
  );
  for (let round = 0; round < ROUNDS; round++) {
    components = components.map((vector) => multiply(covariance, vector));
    orthonormalise(components);
  }
  const spread = Float64Array.from(components, (vector) =>
    Math.max(1e-6, Math.sqrt(Math.max(0, dotOf(vector, multiply(covariance, vector))))),
  );
  const codeOf = (profile: Float32Array): Float64Array => {
    const centred = Float64Array.from(profile, (value, d) => value - (mean[d] as number));
    return Float64Array.from(components, (vector) => dotOf(vector, centred));
  };
  return {
    kind: 'linear',
    latent,
    spread,
    encode(profile, behaviour) {
      const code = codeOf(profile);
      const seen = behaviour?.some((value) => value !== 0) === true ? codeOf(behaviour) : code;
      return code.map(
        (value, k) => (1 - BEHAVIOUR_SHARE) * value + BEHAVIOUR_SHARE * (seen[k] as number),
      );
    },
    decode(code) {
      const out = Float32Array.from(mean);
      for (const [k, vector] of components.entries()) {
        const value = code[k] as number;
        for (let d = 0; d < dims; d++) out[d] = (out[d] as number) + value * (vector[d] as number);
      }
      return out;
    },
  };
}
