/** What makes segments, with a model that was fine-tuned for this visitor. */
import { describe, expect, it } from 'vitest';
import { createTextCache, encodeItems } from '../../../src/catalog/encode-items.ts';
import { generatedSpace, samplesOf } from '../../../src/engine/generated-space.ts';
import { buildLibrary } from '../../../src/engine/library.ts';
import { pickRows } from '../../../src/segments/generate/pick-rows.ts';
import { type MakerPorts, SegmentMaker } from '../../../src/engine/segment-maker.ts';
import { learnLinearModel } from '../../../src/segments/generate/linear-model.ts';
import type { SegmentModel } from '../../../src/segments/generate/segment-model.ts';
import { shopOf } from './generated-shop.ts';

const SHOP = shopOf();
const encoded = encodeItems(SHOP, createTextCache());
const workshop = { encoded, library: buildLibrary(null, true), seed: 7 };
const samples = samplesOf(generatedSpace(encoded, workshop.library), 7);
/** Something that can be told from what the maker would learn by itself. */
const fineTuned: SegmentModel = { ...learnLinearModel(samples, 12), kind: 'vae' };

const lanterns = SHOP.flatMap(({ id }, row) => (id.startsWith('lantern') ? [row] : []));
const items = { vectors: encoded.vectors, presence: encoded.presence };
const recent = {
  vectors: pickRows(items, lanterns.slice(0, 15)),
  rows: [...Array(15).keys()],
};
const nothing = new Float32Array(encoded.vectors.dims);

/** A maker, and how often everybody's model was asked for. */
function makerWith(kept: MakerPorts['kept']): { maker: SegmentMaker; trainings: () => number } {
  let count = 0;
  const trainer: MakerPorts['trainer'] = () => {
    count++;
    return Promise.reject(new Error('not here'));
  };
  const pause = (): Promise<void> => new Promise(() => undefined);
  return { maker: new SegmentMaker({ trainer, pause, kept }), trainings: () => count };
}

describe('a model that was kept', () => {
  it('generates, forms and forms again, and none is trained', async () => {
    const { maker, trainings } = makerWith(async () => fineTuned);
    const made = [
      await maker.generate(workshop, { seedId: 'gardeners', temperature: 0.6 }, nothing),
      await maker.fromItems(workshop, lanterns.slice(0, 10)),
      await maker.emerge(workshop, recent, new Set()),
      await maker.refine(workshop, recent),
    ];
    expect(made.map((segment) => segment?.generator)).toEqual(['vae', 'vae', 'vae', 'vae']);
    expect(trainings()).toBe(0);
  });

  it('is asked for each time: once it is gone, everybody’s is trained', async () => {
    let kept: SegmentModel | null = fineTuned;
    const { maker, trainings } = makerWith(async () => kept);
    await maker.fromItems(workshop, lanterns.slice(0, 10));
    kept = null;
    const later = await maker.fromItems(workshop, lanterns.slice(0, 10));
    expect(later.generator).toBe('linear');
    expect(trainings()).toBe(1);
  });

  it('that cannot be read is as if nothing had been learned', async () => {
    const { maker, trainings } = makerWith(() => Promise.reject(new Error('no disk')));
    const { generator } = await maker.fromItems(workshop, lanterns.slice(0, 10));
    expect(generator).toBe('linear');
    expect(trainings()).toBe(1);
  });
});
