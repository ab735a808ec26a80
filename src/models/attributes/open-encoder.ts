/**
 * The encoder on a device of TensorFlow.js; loaded only where one is wanted.
 *
 * @packageDocumentation
 */
import { type Backend, type BackendOptions, openBackend, type TfDevice } from '../backend.ts';
import { checkedEncoder } from './checked-encoder.ts';
import { encodeOnDevice, type EncodeTexts } from './encode-texts.ts';
import type { AttributeModel } from './model.ts';
import { registerEncoder } from './register-encoder.ts';

/** An encoder and what it runs on. */
export interface OpenEncoder {
  /** To be disposed of after the last text. */
  readonly backend: Backend;
  /** Encodes texts on it. */
  readonly encode: EncodeTexts;
}

/**
 * Opens a device for the encoder.
 *
 * @param device - Which one.
 * @param model - Table and weights.
 * @param options - See {@link BackendOptions}.
 * @returns An encoder.
 * @throws `DEVICE_UNAVAILABLE` or `DEVICE_TIMEOUT`; the encoder `DEVICE_LOST`, `DEVICE_TIMEOUT` or
 *   `DEVICE_WRONG_RESULT`.
 */
export async function openEncoder(
  device: TfDevice,
  model: AttributeModel,
  options: BackendOptions,
): Promise<OpenEncoder> {
  await registerEncoder(device);
  const backend = await openBackend(device, options);
  const encode = encodeOnDevice((job) => backend.run(job), model);
  return { backend, encode: checkedEncoder(encode, model) };
}
