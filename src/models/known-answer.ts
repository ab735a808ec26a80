/**
 * A question with a known answer: drivers exist that return zeros, or yesterday's numbers,
 * without any error (burn#2178, LiteRT#8065).
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Matrix } from '../core/shapes.ts';
import { referenceScores } from '../core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../core/similarity.ts';

const TOLERANCE = 1e-3;

// Enough items for the tiled matrix product that real jobs get from tfjs-backend-webgpu, whose
// shader is another one when the number of vectors divides by 4. [N, D, B]
const SIZE = { items: 600, dims: 12, blocks: 2 } as const;
const NUM_VECTORS = [5, 8] as const;

/** A fixed wave: every entry differs, none is 0, all lie in [-1, 1]. */
function wave(rows: number, dims: number, phase: number): Matrix {
  const data = Float32Array.from({ length: rows * dims }, (_, i) => Math.sin(i * 1.7 + phase));
  return { data, rows, dims };
}

function ones(rows: number, dims: number): Matrix {
  return { data: new Float32Array(rows * dims).fill(1), rows, dims };
}

function question(vectors: number): SimilarityInput {
  const { items, dims, blocks } = SIZE;
  return {
    items: wave(items, dims, vectors),
    itemPresence: ones(items, blocks),
    vectors: wave(vectors, dims, vectors + 1),
    // Twelve products of at most 1 over 2 × 6: no answer is cut at ±1.
    vectorPresence: { ...ones(vectors, blocks), data: new Float32Array(vectors * blocks).fill(6) },
  };
}

/**
 * Lets a device through that answers right.
 *
 * @param device - Just opened.
 * @returns The device.
 * @throws `DEVICE_WRONG_RESULT`, or what the device rejects with; it is disposed of then.
 */
export async function proven(device: SimilarityDevice): Promise<SimilarityDevice> {
  try {
    const wrong = await knownAnswerError(device);
    if (wrong !== null) throw wrong;
    return device;
  } catch (error) {
    device.dispose();
    throw error;
  }
}

/**
 * Asks a device two different questions, so that a stale answer shows too.
 *
 * @param device - The device to try.
 * @returns `DEVICE_WRONG_RESULT` when an answer is off by more than 1e-3; null when all is well.
 * @throws What the device rejects with.
 */
export async function knownAnswerError(device: SimilarityDevice): Promise<VitrineError | null> {
  for (const vectors of NUM_VECTORS) {
    const input = question(vectors);
    const got = await device.scores(input);
    const isRight = referenceScores(input).every((score, i) => {
      return Math.abs(score - (got[i] ?? Number.NaN)) <= TOLERANCE;
    });
    if (!isRight) return new VitrineError('DEVICE_WRONG_RESULT', `${device.device}: known answer.`);
  }
  return null;
}
