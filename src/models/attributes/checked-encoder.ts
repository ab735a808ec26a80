/**
 * An encoder whose device answers for what it says: in time, and right in one text of each call.
 *
 * @packageDocumentation
 */
import { withDeadline } from '../../core/deadline.ts';
import { VitrineError } from '../../core/errors.ts';
import type { EncodeTexts } from './encode-texts.ts';
import type { AttributeModel } from './model.ts';
import { encodePlain } from './plain-encoder.ts';

/** A state may differ from that of plain loops by this much; they are of size 1. */
const TOLERANCE = 5e-3;

/**
 * Has one text of each call made again in plain loops, another one each time: shaders that did not
 * compile, and drivers that are right in their first run only, give numbers without an error.
 *
 * @param encode - On a device.
 * @param model - Of the same encoder.
 * @param timeoutMs - For each call, default 20,000.
 * @returns The same answers.
 * @throws `DEVICE_WRONG_RESULT` or `DEVICE_TIMEOUT`, else what `encode` rejects with.
 */
export function checkedEncoder(
  encode: EncodeTexts,
  model: AttributeModel,
  timeoutMs = 20_000,
): EncodeTexts {
  let calls = 0;
  return async (texts) => {
    const late = (): VitrineError => new VitrineError('DEVICE_TIMEOUT', 'The encoder is late.');
    const encoded = await withDeadline(encode(texts), timeoutMs, late);
    const at = calls++ % Math.max(1, texts.length);
    const tokens = texts[at];
    if (tokens === undefined || tokens.length === 0) return encoded;
    const states = encoded[at]?.states;
    const isRight = encodePlain(model, tokens).states.every(
      (state, i) => Math.abs(state - (states?.[i] ?? Number.NaN)) <= TOLERANCE,
    );
    if (!isRight) throw new VitrineError('DEVICE_WRONG_RESULT', 'The encoder is off.');
    return encoded;
  };
}
