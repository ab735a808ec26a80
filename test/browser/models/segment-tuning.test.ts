/** Fine-tuning of the segment VAE on every device of the browser that it is trained on. */
import { engine } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createTextCache, encodeItems } from '../../../src/catalog/encode-items.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { Item } from '../../../src/core/types.ts';
import { buildLibrary } from '../../../src/engine/library.ts';
import { type SegmentTuningInput, tuneSegments } from '../../../src/engine/tune-segments.ts';
import {
  createVaeTrainer,
  type VaeTrainer,
} from '../../../src/models/segment-vae/train-on-device.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import { spaceKey } from '../../../src/segments/generate/space-key.ts';
import { unpackVae } from '../../../src/segments/generate/vae-codec.ts';
import { shopOf } from '../../unit/engine/generated-shop.ts';
import { largestDifference, makeJob, OPTIONS } from './jobs.ts';

const SHOP = shopOf();
const encoded = encodeItems(SHOP, createTextCache());
const library = buildLibrary(null, true);
const calm = async (): Promise<void> => undefined;

/** Of everybody's model: few, since a plain backend takes 30 ms for one. */
const STEPS = 60;

/** A hundred choices among some items. */
function inputOf(among: readonly Item[]): SegmentTuningInput {
  const random = createRandom(4, 'choices');
  const choices = Array.from({ length: 100 }, (_, at) => {
    const { id } = among[Math.floor(random() * among.length)] as Item;
    return { itemId: id, at, time: at, weight: 1, shown: [] };
  });
  const keeper = { items: new Map<string, Item>() };
  return { encoded, library, seed: 3, keeper, choices, fresh: 0, inUse: undefined };
}

/** Pots of the garden's and mugs of the kitchen's shelf. */
const wanted = inputOf(SHOP.filter(({ title = '' }) => title.includes('ceramic')));
/** Anything. */
const aimless = inputOf(SHOP);

function portsOf(trainer: VaeTrainer): Parameters<typeof tuneSegments>[1] {
  return { trainer, rest: calm, tell: () => undefined };
}

describe.each(['wasm', 'cpu'] as const)('the segment VAE on %s', (name) => {
  const devices = [name];

  it('is fine-tuned, judged and kept in bytes; no tensor is left', async () => {
    const before = engine().state.numTensors;
    const trainer = createVaeTrainer({ ...OPTIONS, devices, steps: STEPS, pause: calm });
    const shares: number[] = [];
    const tell = (share: number): void => void shares.push(share);
    const { told, kept } = await tuneSegments(wanted, { ...portsOf(trainer), tell });
    trainer.close();
    expect(engine().state.numTensors).toBe(before);
    expect(told).toMatchObject({ verdict: 'kept', device: name, windows: 25 });
    expect(told.after.cosine).toBeGreaterThan(told.before.cosine);
    expect(shares.at(-1)).toBeCloseTo(1, 9);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(kept?.key).toBe(spaceKey(encoded.model));
    expect(unpackVae(kept?.model ?? new Uint8Array(), 128)).toMatchObject({ kind: 'vae' });
  });

  it('is not kept when the choices mean nothing', async () => {
    const trainer = createVaeTrainer({ ...OPTIONS, devices, steps: STEPS, pause: calm });
    const { told, kept } = await tuneSegments(aimless, portsOf(trainer));
    trainer.close();
    expect(told).toMatchObject({ verdict: 'discarded', device: name });
    expect(kept).toBeUndefined();
  });

  it('is ended by what a pause throws: no tensor is left, no other device tried', async () => {
    const before = engine().state.numTensors;
    let left = 70;
    const pause = async (): Promise<void> => {
      if (--left < 0) throw new RangeError('enough');
    };
    const trainer = createVaeTrainer({ ...OPTIONS, devices, steps: STEPS, pause });
    await expect(tuneSegments(wanted, portsOf(trainer))).rejects.toThrow('enough');
    expect(trainer.device).toBe(name);
    trainer.close();
    expect(engine().state.numTensors).toBe(before);
    // Its backend can be opened again.
    const device = await openTfSimilarity(name, OPTIONS);
    device.dispose();
  });

  it('lets feeds on the same device compute in between', async () => {
    const device = await openTfSimilarity(name, OPTIONS);
    const input = makeJob({ items: 64, vectors: 5, blocks: 2, blockDims: 8 });
    const exact = referenceScores(input);
    let feeds = 0;
    const pause = async (): Promise<void> => {
      if (feeds++ % 10 > 0) return;
      expect(largestDifference(await device.scores(input), exact)).toBeLessThan(1e-5);
    };
    const trainer = createVaeTrainer({ ...OPTIONS, devices, steps: 20, pause });
    try {
      await tuneSegments(wanted, portsOf(trainer));
      expect(feeds).toBeGreaterThan(20);
      trainer.close();
      expect(largestDifference(await device.scores(input), exact)).toBeLessThan(1e-5);
    } finally {
      device.dispose();
    }
  });
});
