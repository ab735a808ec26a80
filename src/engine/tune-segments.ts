/**
 * Fine-tunes the model that segments are generated with on what the visitor chose together, with
 * replay of the samples that everybody's model learns from, and has held-out choices judge it.
 *
 * @packageDocumentation
 */
import type { SegmentLearning } from '../core/learn.ts';
import { createRandom } from '../core/rng.ts';
import type { KeptSegments } from '../learn/checkpoint.ts';
import type { Choice } from '../learn/choices.ts';
import { decideSegments, type Fit, type WindowFit } from '../learn/segment-gate.ts';
import type { Yield } from '../learn/matrix.ts';
import type { DeviceTraining, VaeTrainer } from '../models/segment-vae/train-on-device.ts';
import { packVae, unpackVae } from '../segments/generate/vae-codec.ts';
import type { TrainedVae } from '../segments/generate/vae-model.ts';
import { profileCosine } from '../segments/generate/profile-math.ts';
import type { SegmentModel, SegmentSamples } from '../segments/generate/segment-model.ts';
import { spaceKey } from '../segments/generate/space-key.ts';
import {
  joinSamples,
  profileOf,
  randomWindow,
  type TasteWindow,
  tasteWindows,
  WINDOW,
  type WindowItems,
  windowSamples,
} from '../segments/generate/taste-windows.ts';
import { encodeVisitorItems } from './describe-visitor.ts';
import { knownItem } from './known-item.ts';
import { NO_SEGMENTS_LEARNED } from './nothing-learned.ts';
import { replaySamples, type ReplaySamples, type Workshop } from './generated-space.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** Windows that there must be: 24 choices. */
const LEAST_WINDOWS = 6;

/** Blocks of time that are held out in turn. */
const FOLDS = 3;

/** Of all samples, those that are the visitor's; the others are replay. */
const OWN_SHARE = 0.15;

/** Of the steps of a training from fresh weights. */
const TUNING_SHARE = 0.3;

/** Half of what fresh weights begin with. */
const RATE = 0.002;

/** Samples of the shop that no model learns from. */
const HELD_OUT = 300;

/** Samples that are judged without a rest. */
const SLICE = 20;

/** Random windows beside each of the visitor's. */
const RANDOM_WINDOWS = 8;

/** Numbers of the curve that is told. */
const CURVE = 10;

/** What is learned from. */
export interface SegmentTuningInput extends Workshop {
  /** What was met before, by id. */
  readonly keeper: Pick<ProfileKeeper, 'items'>;
  /** Choices, oldest first. */
  readonly choices: readonly Choice[];
  /** Choices at the end that the model in use has not seen. */
  readonly fresh: number;
  /** The model in use, whatever its space; undefined without one. */
  readonly inUse: KeptSegments | undefined;
}

/** What it is done with. */
export interface SegmentTuningPorts {
  readonly trainer: VaeTrainer;
  /** Lets others have the thread; what it throws ends everything. */
  readonly rest: Yield;
  /** Told of progress: shares of all steps, 0 to 1, and the loss of the last one. */
  readonly tell: (share: number, loss: number | null) => void;
}

/** What came of it. */
export interface SegmentTuning {
  /** For the page. */
  readonly told: SegmentLearning;
  /** To be kept; null: what is in use had better go; undefined: it stays. */
  readonly kept: KeptSegments | null | undefined;
}

/** The visitor's choices as windows, the newest of which are new to the model in use. */
interface Windows {
  readonly of: WindowItems;
  readonly all: readonly TasteWindow[];
  readonly late: number;
}

function windowsOf({ encoded, keeper, choices, fresh }: SegmentTuningInput): Windows {
  const ids = new Set(choices.map(({ itemId }) => itemId));
  const found = [...ids].flatMap((itemId) => knownItem(encoded, keeper.items, itemId) ?? []);
  const items = encodeVisitorItems(found, encoded);
  const rowOf = new Map(found.map(({ id }, row) => [id, row]));
  const rowsOf = (some: readonly Choice[]): number[] =>
    some.flatMap(({ itemId }) => rowOf.get(itemId) ?? []);
  const late = fresh === 0 ? 0 : rowsOf(choices.slice(-fresh)).length;
  const { blocks } = encoded.model.space;
  return {
    of: { items, blocks },
    all: tasteWindows(rowsOf(choices)),
    late: Math.floor(late / WINDOW),
  };
}

/**
 * How well a model gives a window back.
 *
 * @param model - Any.
 * @param of - Vectors of the items.
 * @param window - Choices in a row.
 * @returns Cosine of what they share to what the model makes of it, knowing what was before.
 */
export function fitOf(model: SegmentModel, of: WindowItems, window: TasteWindow): number {
  const profile = profileOf(of, window.rows);
  const behaviour = profileOf(of, window.before);
  return profileCosine(profile, model.decode(model.encode(profile, behaviour)));
}

/** The same when the model knows nothing of the window but what was before. */
function guessOf(model: SegmentModel, of: WindowItems, window: TasteWindow): number {
  const profile = profileOf(of, window.rows);
  const behaviour = profileOf(of, window.before);
  const nothing = new Float32Array(profile.length);
  return profileCosine(profile, model.decode(model.encode(nothing, behaviour)));
}

/** One run. */
class Tuner {
  readonly #input: SegmentTuningInput;
  readonly #ports: SegmentTuningPorts;
  readonly #windows: Windows;
  /** Null without one, and for one of another space: it means nothing here. */
  readonly #inUse: SegmentModel | null;
  readonly #losses: number[] = [];
  /** Trainings that are done, in those from fresh weights. */
  #done = 0;

  constructor(input: SegmentTuningInput, ports: SegmentTuningPorts, windows: Windows) {
    this.#input = input;
    this.#ports = ports;
    this.#windows = windows;
    const { model } = input.encoded;
    const isOfSpace = input.inUse?.key === spaceKey(model);
    this.#inUse = isOfSpace ? unpackVae(input.inUse.model, model.space.dims) : null;
  }

  async run(): Promise<SegmentTuning> {
    const { encoded } = this.#input;
    const { trainer, rest } = this.#ports;
    const { all, of } = this.#windows;
    const replay = await replaySamples(this.#input, HELD_OUT, rest);
    const base = await this.#train(replay.samples, { seed: this.#input.seed });
    const fits: WindowFit[] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const isHeld = (w: number): boolean => Math.floor((w * FOLDS) / all.length) === fold;
      const learned = all.filter((_, w) => !isHeld(w));
      const tuned = await this.#tune(base, replay, learned, fold);
      for (const [w, window] of all.entries()) {
        if (isHeld(w)) fits.push(await this.#judge(window, w, base, tuned));
      }
    }
    const model = packVae(await this.#tune(base, replay, all, FOLDS));
    // As it would be used: what packing loses counts too.
    const kept = unpackVae(model, of.items.vectors.dims);
    if (kept === null) throw new RangeError('segment VAE: weights that cannot be kept.');
    const [before, after] = [
      await this.#replayFit(base, replay.held),
      await this.#replayFit(kept, replay.held),
    ];
    const decision = decideSegments(fits, { before, after });
    const figures = {
      windows: all.length,
      before: { cosine: decision.before },
      after: { cosine: decision.after },
    };
    const { isKept, isOutdated } = decision;
    const verdict = isKept ? 'kept' : 'discarded';
    const { device } = trainer;
    return {
      told: { verdict, device, ...figures, loss: this.#curve() },
      kept: isKept
        ? { key: spaceKey(encoded.model), model, figures }
        : isOutdated
          ? null
          : undefined,
    };
  }

  async #tune(
    from: TrainedVae,
    { samples }: ReplaySamples,
    windows: readonly TasteWindow[],
    stream: number,
  ): Promise<TrainedVae> {
    const { seed } = this.#input;
    const random = createRandom(seed, `taste ${stream}`);
    const count = Math.round((samples.count * OWN_SHARE) / (1 - OWN_SHARE));
    const own = windowSamples(this.#windows.of, windows, count, random);
    await this.#ports.rest();
    const how = { seed: seed + stream + 1, from, share: TUNING_SHARE, rate: RATE };
    return this.#train(joinSamples(samples, own), how);
  }

  async #train(samples: SegmentSamples, training: DeviceTraining): Promise<TrainedVae> {
    const { share = 1 } = training;
    const all = 1 + (FOLDS + 1) * TUNING_SHARE;
    this.#losses.length = 0;
    const model = await this.#ports.trainer.train(samples, {
      ...training,
      slice: 1,
      onStep: (loss, done, steps) => {
        this.#losses.push(loss);
        this.#ports.tell((this.#done + (share * done) / steps) / all, loss);
      },
    });
    this.#done += share;
    return model;
  }

  async #judge(
    window: TasteWindow,
    place: number,
    base: TrainedVae,
    tuned: TrainedVae,
  ): Promise<WindowFit> {
    const { encoded, seed } = this.#input;
    const { of, all, late } = this.#windows;
    const { vectors, presence } = encoded;
    const shop: WindowItems = { items: { vectors, presence }, blocks: of.blocks };
    const random = createRandom(seed, `random ${place}`);
    const others = Array.from({ length: RANDOM_WINDOWS }, () =>
      randomWindow(window, vectors.rows, random),
    );
    const judge = async (look: typeof fitOf): Promise<Fit> => {
      let gain = 0;
      for (const other of others) {
        gain += (look(tuned, shop, other) - look(base, shop, other)) / RANDOM_WINDOWS;
        await this.#ports.rest();
      }
      return { before: look(base, of, window), after: look(tuned, of, window), random: gain };
    };
    const fit = { given: await judge(fitOf), guessed: await judge(guessOf) };
    const old = place >= all.length - late ? this.#inUse : null;
    return old === null ? fit : { ...fit, inUse: fitOf(old, of, window) };
  }

  async #replayFit(model: SegmentModel, held: SegmentSamples): Promise<number> {
    const { count, dims, profiles } = held;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const profile = profiles.subarray(i * dims, (i + 1) * dims);
      sum += profileCosine(profile, model.decode(model.encode(profile)));
      if ((i + 1) % SLICE === 0) await this.#ports.rest();
    }
    return sum / count;
  }

  /** Of the last training. */
  #curve(): readonly number[] {
    const size = Math.max(1, Math.ceil(this.#losses.length / CURVE));
    const curve: number[] = [];
    for (let at = 0; at < this.#losses.length; at += size) {
      const some = this.#losses.slice(at, at + size);
      curve.push(some.reduce((sum, loss) => sum + loss, 0) / some.length);
    }
    return curve;
  }
}

/**
 * Fine-tunes.
 *
 * @param input - See {@link SegmentTuningInput}.
 * @param ports - See {@link SegmentTuningPorts}.
 * @returns What came of it; `too-little` below six windows of choices.
 * @throws What `rest` throws, and what the last device threw.
 */
export async function tuneSegments(
  input: SegmentTuningInput,
  ports: SegmentTuningPorts,
): Promise<SegmentTuning> {
  const windows = windowsOf(input);
  if (windows.all.length >= LEAST_WINDOWS) return new Tuner(input, ports, windows).run();
  const told = {
    ...NO_SEGMENTS_LEARNED,
    verdict: 'too-little',
    windows: windows.all.length,
  } as const;
  return { told, kept: undefined };
}
