/**
 * How well a catalog's segment space can be learned: what every page that generates segments does
 * with its candidates, done once in training, so that a shop sees the figures before its visitors do.
 *
 * @packageDocumentation
 */
import { createTextCache, encodeItems } from '../catalog/encode-items.ts';
import type { Item } from '../core/types.ts';
import { generatedSpace, samplesOf } from '../engine/generated-space.ts';
import { buildLibrary } from '../engine/library.ts';
import { trainInNode } from '../models/segment-vae/train-in-node.ts';
import { learnLinearModel } from '../segments/generate/linear-model.ts';
import { profileCosine } from '../segments/generate/profile-math.ts';
import type { SegmentModel, SegmentSamples } from '../segments/generate/segment-model.ts';
import { evenly } from './evenly.ts';
import { tryNodeTrainer } from './node-trainer.ts';

/** How near a model comes, in mean cosines over samples that it has not learned from. */
export interface SegmentFit {
  /** Of profiles that are given back. */
  readonly reconstruction: number;
  /** Of profiles that are guessed from behaviour alone. */
  readonly fromBehaviour: number;
}

/** Figures of `--json`, `models.segmentVae`. */
export interface SegmentVaeFigures extends Partial<SegmentFit> {
  /** Items that stood for a page's candidates. */
  readonly items: number;
  /** Steps of training; 0 without any. */
  readonly steps: number;
  /** The same figures of the linear rival. */
  readonly linear?: SegmentFit;
  readonly seconds: number;
  /** Where the model lives; why there is none here. */
  readonly note: string;
}

/** As many candidates as a page ranks by default. */
const MOST_ITEMS = 3_000;
/** As on a page. */
const STEPS = 400;
const LEAST_ITEMS = 100;
const HELD_OUT = 300;
const IN_PAGE = 'not in the pack: a page trains it on its own candidates';

function fitOf(model: SegmentModel, held: SegmentSamples): SegmentFit {
  const { behaviours, count, dims, profiles } = held;
  const nothing = new Float32Array(dims);
  let [whole, guessed, guesses] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const profile = profiles.subarray(i * dims, (i + 1) * dims);
    const behaviour = behaviours.subarray(i * dims, (i + 1) * dims);
    whole += profileCosine(profile, model.decode(model.encode(profile)));
    if (!behaviour.some((value) => value !== 0)) continue;
    guessed += profileCosine(profile, model.decode(model.encode(nothing, behaviour)));
    guesses++;
  }
  const round = (value: number): number => Number(value.toFixed(4));
  return {
    reconstruction: round(whole / Math.max(1, count)),
    fromBehaviour: round(guessed / Math.max(1, guesses)),
  };
}

/**
 * Trains both models of segment space on a catalog and compares them on samples of their own.
 *
 * @param items - The catalog.
 * @param seed - Of the draws.
 * @returns Figures; the same input gives the same figures but for `seconds`. Without WebAssembly only
 *   the rival's; below 100 items none.
 */
export async function measureSegmentVae(
  items: readonly Item[],
  seed: number,
): Promise<SegmentVaeFigures> {
  const start = performance.now();
  const some = evenly(items, MOST_ITEMS);
  if (some.length < LEAST_ITEMS) {
    const note = `${some.length} items; ${LEAST_ITEMS} are needed`;
    return { items: some.length, steps: 0, seconds: 0, note };
  }
  const isOpen = (await tryNodeTrainer()) !== null;
  const encoded = encodeItems(some, createTextCache());
  const space = generatedSpace(encoded, buildLibrary(null, true));
  const samples = samplesOf(space, seed);
  const held = samplesOf(space, seed + 1, HELD_OUT);
  const linear = fitOf(learnLinearModel(samples), held);
  const vae = isOpen ? fitOf(await trainInNode(samples, { seed, steps: STEPS }), held) : {};
  return {
    items: some.length,
    steps: isOpen ? STEPS : 0,
    ...vae,
    linear,
    seconds: Number(((performance.now() - start) / 1000).toFixed(1)),
    note: isOpen ? IN_PAGE : 'WebAssembly for training does not start',
  };
}
