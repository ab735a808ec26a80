/**
 * One item → what the pack's attribute model says of it, with the words that it goes by.
 *
 * Each item is asked about by itself: batches of several would round the last bits by what stands
 * beside it, and shards of a catalog must give the lines that the whole gives.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { GeneratedFeatures } from '../core/generated-features.ts';
import type { Item } from '../core/types.ts';
import { encodeOnDevice, type EncodeTexts } from '../models/attributes/encode-texts.ts';
import { modelIdOf, toFeatures } from '../models/attributes/item-features.ts';
import type { AttributeModel } from '../models/attributes/model.ts';
import { readModel } from '../models/attributes/model-file.ts';
import { encodeInPlace, scoreItems } from '../models/attributes/score-items.ts';
import { ATTRIBUTES_FILE } from '../pack/pack-format.ts';
import { tryNodeTrainer } from './node-trainer.ts';

/** @returns Scores, latent dimensions and evidence of an item. */
export type Generator = (item: Item) => Promise<GeneratedFeatures>;

/** Most words per score. */
const EVIDENCE = 2;

/** WebAssembly, or plain loops where it does not start. */
async function openEncoder(model: AttributeModel): Promise<EncodeTexts> {
  const run = await tryNodeTrainer();
  return run ? encodeOnDevice(run, model) : encodeInPlace(model);
}

/** States of zeros: scores of the linear path alone do not look at them. */
function encodeNothing(width: number): EncodeTexts {
  return async (texts) =>
    texts.map((tokens) => ({
      states: new Float32Array(tokens.length * width),
      pooled: new Float32Array(width),
    }));
}

/**
 * Makes the function that asks the model.
 *
 * @param file - `attributes.bin` of a pack.
 * @returns See {@link Generator}; the same item gets the same answer, whatever was asked before.
 * @throws `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY` for a file that is no model of scores.
 */
export async function createGenerator(file: Uint8Array<ArrayBuffer>): Promise<Generator> {
  const model = readModel(file);
  const { scores: head } = model;
  if (head === null) throw new VitrineError('PACK_FORMAT', `${ATTRIBUTES_FILE}: expected scores.`);
  const modelId = await modelIdOf(file);
  const encode = await openEncoder(model);
  const isLinear = head.trust.every((trust) => trust === 0);
  const nothing = encodeNothing(model.shape.width);
  return async (item) => {
    const bare = isLinear ? 0 : EVIDENCE;
    const [scored] = await scoreItems(model, [item], { encode, evidence: bare });
    if (scored === undefined) throw new VitrineError('INTERNAL', 'no scores of an item.');
    if (!isLinear) return toFeatures(scored, head.names, modelId);
    // Words move scores of the linear path alone: the encoder need not read the text again.
    const [moved] = await scoreItems(model, [item], { encode: nothing, evidence: EVIDENCE });
    return toFeatures({ ...scored, evidence: moved?.evidence ?? [] }, head.names, modelId);
  };
}
