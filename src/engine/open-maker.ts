/**
 * What makes segments, with the model that was fine-tuned for this visitor. Loaded with it.
 *
 * @packageDocumentation
 */
import type { CatalogModel } from '../catalog/encode-items.ts';
import { unpackVae } from '../segments/generate/vae-codec.ts';
import { spaceKey } from '../segments/generate/space-key.ts';
import type { SegmentModel } from '../segments/generate/segment-model.ts';
import { checkpointsOf } from './checkpoints-of.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import { type MakerPorts, SegmentMaker } from './segment-maker.ts';

/**
 * Reads the fine-tuned model of segments that is in use.
 *
 * @param keeper - The profile; its pack is the one in use.
 * @param model - What the candidates taught the encoder.
 * @returns The model; null when there is none, or none for this space: it would mean nothing here.
 */
async function keptSegmentModel(
  keeper: Pick<ProfileKeeper, 'loadCheckpoints' | 'packId'>,
  model: CatalogModel,
): Promise<SegmentModel | null> {
  const { packId } = keeper;
  if (packId === undefined) return null;
  const { inUse } = checkpointsOf(await keeper.loadCheckpoints(), packId);
  const segments = inUse?.body.segments;
  if (segments?.key !== spaceKey(model)) return null;
  return unpackVae(segments.model, model.space.dims);
}

/**
 * Makes what makes segments.
 *
 * @param keeper - The profile.
 * @param ports - What else it needs.
 * @returns A maker.
 */
export function openMaker(
  keeper: ProfileKeeper,
  ports: Pick<MakerPorts, 'pause' | 'trainer'>,
): SegmentMaker {
  return new SegmentMaker({ ...ports, kept: (model) => keptSegmentModel(keeper, model) });
}
