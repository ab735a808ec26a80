/**
 * The attribute model in the worker: on WebGPU, WebAssembly, TensorFlow.js' plain backend, or in
 * plain loops, which need none of it.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from '../../core/generated-features.ts';
import type { Device, Item } from '../../core/types.ts';
import type { Backend, BackendOptions, TfDevice } from '../backend.ts';
import type { EncodeTexts } from './encode-texts.ts';
import { modelIdOf, toFeatures } from './item-features.ts';
import { readModel } from './model-file.ts';
import type { AttributeModel } from './model.ts';
import { encodeInPlace, scoreItems } from './score-items.ts';

/** Scores items on the best device that still works. */
export interface ItemScorer {
  /** Name of the model. */
  readonly modelId: string;
  /** Where the last items were scored. */
  readonly device: () => Device;
  /**
   * @param items - A few: the thread is held for one batch of 64 texts at most.
   * @param evidence - Most words per score; each costs another look at the text. 0 for none.
   * @returns One per item.
   */
  score(items: readonly Item[], evidence: number): Promise<GeneratedFeatures[]>;
  /** Frees the device; the next items open it again. */
  rest(): void;
}

/** How a scorer is opened. */
export interface OpenScorerOptions extends BackendOptions {
  /** Devices to try, the best first; behind the last come plain loops. */
  readonly devices: readonly TfDevice[];
}

/** For fewer items a device's round trips cost more than plain arithmetic. */
const FEW = 4;

class Scorer implements ItemScorer {
  readonly modelId: string;
  readonly #model: AttributeModel;
  readonly #options: OpenScorerOptions;
  readonly #left: TfDevice[];
  #backend: Backend | null = null;
  #encode: EncodeTexts | null = null;

  constructor(modelId: string, model: AttributeModel, options: OpenScorerOptions) {
    this.modelId = modelId;
    this.#model = model;
    this.#options = options;
    this.#left = [...options.devices];
  }

  device(): Device {
    return this.#backend?.device ?? 'js';
  }

  async score(items: readonly Item[], evidence: number): Promise<GeneratedFeatures[]> {
    const names = this.#model.scores?.names ?? [];
    for (;;) {
      const isFew = items.length < FEW;
      const encode = isFew ? encodeInPlace(this.#model) : (this.#encode ??= await this.#open());
      try {
        const scored = await scoreItems(this.#model, items, { encode, evidence });
        return scored.map((one) => toFeatures(one, names, this.modelId));
      } catch (error) {
        // Plain loops fail only on what every device would fail on.
        if (isFew || this.#backend === null) throw error;
        this.#left.shift();
        this.rest();
      }
    }
  }

  rest(): void {
    this.#backend?.dispose();
    this.#backend = null;
    this.#encode = null;
  }

  /** The next device that opens; a device that failed is not tried again. */
  async #open(): Promise<EncodeTexts> {
    for (let [device] = this.#left; device !== undefined; [device] = this.#left) {
      try {
        const { openEncoder } = await import('./open-encoder.ts');
        const { backend, encode } = await openEncoder(device, this.#model, this.#options);
        this.#backend = backend;
        return encode;
      } catch {
        this.#left.shift();
        // The next one will do: nothing of the feed hangs on it.
      }
    }
    return encodeInPlace(this.#model);
  }
}

/**
 * Opens a scorer; no device is touched before the first items.
 *
 * @param file - Of an attribute model with named scores.
 * @param options - See {@link OpenScorerOptions}.
 * @returns The scorer; null for a model without scores.
 * @throws `PACK_FORMAT` or `PACK_VERSION` for a file that is none.
 */
export async function openScorer(
  file: Uint8Array<ArrayBuffer>,
  options: OpenScorerOptions,
): Promise<ItemScorer | null> {
  const model = readModel(file);
  return model.scores === null ? null : new Scorer(await modelIdOf(file), model, options);
}
