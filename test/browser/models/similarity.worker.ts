/** A module worker that opens the device it is asked for and answers one job. */
import { isVitrineError } from '../../../src/core/errors.ts';
import type { SimilarityInput } from '../../../src/core/similarity.ts';
import type { TfDevice } from '../../../src/models/backend.ts';
import { openSimilarity } from '../../../src/models/open-similarity.ts';
import { OPTIONS } from './jobs.ts';

/** What the worker is asked. */
export interface Question {
  readonly device: TfDevice;
  readonly job: SimilarityInput;
}

/** What it answers. */
export interface Answer {
  readonly scores: Float32Array | null;
  readonly code: string | null;
}

async function answer({ device: name, job }: Question): Promise<Answer> {
  try {
    const device = await openSimilarity(name, OPTIONS);
    const scores = await device.scores(job);
    device.dispose();
    return { scores, code: null };
  } catch (error) {
    return { scores: null, code: isVitrineError(error) ? error.code : String(error) };
  }
}

self.addEventListener('message', (event: MessageEvent<Question>) => {
  void answer(event.data).then((result) => self.postMessage(result));
});
