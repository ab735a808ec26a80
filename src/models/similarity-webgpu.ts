/**
 * The similarity job on our own WebGPU kernel, on the device of TensorFlow.js.
 *
 * @packageDocumentation
 */
import { engine } from '@tensorflow/tfjs-core';
import { withDeadline } from '../core/deadline.ts';
import { VitrineError } from '../core/errors.ts';
import { checkSimilarityInput } from '../core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../core/similarity.ts';
import { type Backend, openBackend } from './backend.ts';
import { proven } from './known-answer.ts';
import { spotCheckError } from './spot-check.ts';
import type { TfSimilarityOptions } from './tf-similarity.ts';
import { GpuJobs } from './webgpu-kernels/gpu-jobs.ts';

/**
 * Opens WebGPU for similarities and has it answer a known question.
 *
 * Items stay on the device until other ones come (told apart by identity, so a `Matrix` must not be
 * changed after its first use). A job is one submission and one reading.
 *
 * @param options - See {@link TfSimilarityOptions}.
 * @returns A device that gave right numbers once; within 1e-5 of `referenceScores`.
 * @throws `DEVICE_UNAVAILABLE`, `DEVICE_TIMEOUT`, `DEVICE_LOST` or `DEVICE_WRONG_RESULT`.
 */
export async function openWebgpuSimilarity(
  options: TfSimilarityOptions,
): Promise<SimilarityDevice> {
  const { jobTimeoutMs = 5_000, ...rest } = options;
  return proven(new WebgpuSimilarity(await openBackend('webgpu', rest), jobTimeoutMs));
}

class WebgpuSimilarity implements SimilarityDevice {
  readonly device = 'webgpu';
  readonly #backend: Backend;
  readonly #jobs: GpuJobs;
  readonly #jobTimeoutMs: number;
  #numJobs = 0;
  #kept: Pick<SimilarityInput, 'items' | 'itemPresence'> | null = null;

  constructor(backend: Backend, jobTimeoutMs: number) {
    this.#backend = backend;
    this.#jobs = new GpuJobs(backend, 'f32', Infinity);
    this.#jobTimeoutMs = jobTimeoutMs;
  }

  async scores(input: SimilarityInput): Promise<Float32Array> {
    checkSimilarityInput(input);
    const { itemPresence, items, vectorPresence, vectors } = input;
    if (this.#kept?.items !== items || this.#kept.itemPresence !== itemPresence) {
      this.#jobs.load({ vectors: items, presence: itemPresence });
      this.#kept = { items, itemPresence };
    }
    const job = this.#jobs.scores({ vectors, presence: vectorPresence });
    const late = (): VitrineError =>
      new VitrineError('DEVICE_TIMEOUT', `webgpu: ${this.#jobTimeoutMs} ms.`);
    const scores = await withDeadline(job, this.#jobTimeoutMs, late);
    const wrong = spotCheckError(input, scores, this.#numJobs++);
    if (wrong !== null) throw wrong;
    return scores;
  }

  get adapter(): string {
    return this.#backend.adapter;
  }

  gpuMs(): number | null {
    return this.#jobs.gpuMs;
  }

  numTensors(): number {
    return engine().state.numTensors;
  }

  dispose(): void {
    this.#kept = null;
    try {
      this.#jobs.dispose();
    } finally {
      this.#backend.dispose();
    }
  }
}
