/**
 * Makes segments of the candidates: prepares the space, has a model of it trained, asks for drafts.
 * Loaded when the first segment is asked for or an interest emerges; nothing of it is on the way to
 * a feed.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import { createRandom } from '../core/rng.ts';
import type { GenerateRequest } from '../core/generated.ts';
import { emergingInterest, type RecentInterest } from '../segments/generate/emerging.ts';
import {
  type GeneratedProfile,
  type Generation,
  generateSegment,
  segmentFromItems,
} from '../segments/generate/generate-segment.ts';
import { learnLinearModel } from '../segments/generate/linear-model.ts';
import { profileCosine, rowOf } from '../segments/generate/profile-math.ts';
import type { SegmentModel, SegmentSamples } from '../segments/generate/segment-model.ts';
import type { SegmentSpace } from '../segments/generate/segment-space.ts';
import { directionOf } from '../segments/generate/toward.ts';
import { generatedSpace, samplesOf } from './generated-space.ts';
import type { Library } from './library.ts';

/** Trains the autoencoder on a device; rejects where TensorFlow.js cannot be loaded. */
export type SegmentTrainer = (samples: SegmentSamples, seed: number) => Promise<SegmentModel>;

/** What segments are made in. */
export interface Workshop {
  /** Candidates of the last feed. */
  readonly encoded: EncodedItems;
  /** Segments in force. */
  readonly library: Library;
  /** Seed of all draws. */
  readonly seed: number;
}

/** A new segment with its origin. */
export interface MadeSegment {
  /** The segment. */
  readonly profile: GeneratedProfile;
  /** Where it started, or the existing segment that it is most like. */
  readonly seedId?: string;
  /** The model that decoded it. */
  readonly generator: SegmentModel['kind'];
}

/** Milliseconds that the page waits for the autoencoder; then its rival answers this call. */
const PATIENCE_MS = 5_000;

/** Of the items that a segment was formed from, at least this share must belong to it. */
const MIN_KEPT = 0.5;

interface Models {
  readonly linear: SegmentModel;
  /** Null once it is known that there is none. */
  vae: Promise<SegmentModel | null> | null;
  ready: SegmentModel | null;
}

function refuse({ guard, detail }: NonNullable<Generation['refusal']>): never {
  throw new VitrineError('SEGMENT_REFUSED', `${guard}: ${detail}`);
}

/** Makes segments; keeps what the last list of candidates taught. */
export class SegmentMaker {
  readonly #trainer: SegmentTrainer | null;
  readonly #pause: (ms: number) => Promise<void>;
  #models = new WeakMap<EncodedItems, Models>();
  #space: { readonly workshop: Workshop; readonly space: SegmentSpace } | null = null;

  /**
   * @param trainer - Null where there is none; the linear rival does all then.
   * @param pause - Resolves after some milliseconds.
   */
  constructor(trainer: SegmentTrainer | null, pause: (ms: number) => Promise<void>) {
    this.#trainer = trainer;
    this.#pause = pause;
  }

  /**
   * Generates a segment.
   *
   * @param workshop - See {@link Workshop}.
   * @param request - As the page asks; seed id known, temperature in range.
   * @param behaviour - [D] what the visitor was interested in lately.
   * @returns The segment.
   * @throws `SEGMENT_REFUSED`; `OPTION_INVALID` when the candidates know nothing of `toward`.
   */
  async generate(
    workshop: Workshop,
    request: GenerateRequest,
    behaviour: Float32Array,
  ): Promise<MadeSegment> {
    const { seedId, temperature = 0.5, toward } = request;
    const space = this.#spaceOf(workshop);
    const hit = toward === undefined ? null : space.sensitive.find(toward);
    if (hit !== null) refuse({ guard: 'sensitive', detail: `toward speaks of ${hit.kind}.` });
    const direction = toward === undefined ? undefined : directionOf(space, toward);
    if (direction === null) {
      throw new VitrineError('OPTION_INVALID', `toward: no candidate has to do with “${toward}”.`);
    }
    const model = await this.#modelOf(workshop, space);
    const stream = `generate:${seedId}:${temperature}:${toward ?? ''}:${space.segments.length}`;
    const result = generateSegment(space, model, {
      seed: space.segments.findIndex(({ id }) => id === seedId),
      temperature,
      ...(direction === undefined ? {} : { direction }),
      behaviour,
      random: createRandom(workshop.seed, stream),
    });
    if (result.segment === null) refuse(result.refusal);
    return { profile: result.segment, seedId, generator: model.kind };
  }

  /**
   * Makes a segment of items.
   *
   * @param workshop - See {@link Workshop}.
   * @param vectors - [M, D] the items.
   * @returns The segment.
   * @throws `SEGMENT_REFUSED`.
   */
  async fromItems(workshop: Workshop, vectors: VectorSet): Promise<MadeSegment> {
    const space = this.#spaceOf(workshop);
    const model = await this.#modelOf(workshop, space);
    const result = segmentFromItems(space, model, vectors);
    if (result.segment === null) refuse(result.refusal);
    return { profile: result.segment, ...nearestSegment(space, result), generator: model.kind };
  }

  /**
   * Forms a segment from an interest that no segment covers. Does not wait for the autoencoder.
   *
   * @param workshop - See {@link Workshop}.
   * @param recent - Recent interactions.
   * @param blocked - Segments that the visitor does not want.
   * @returns The segment and the rows of the items that it was formed from; null when nothing
   *   emerges or the guards refuse.
   */
  emerge(
    workshop: Workshop,
    recent: RecentInterest,
    blocked: ReadonlySet<string>,
  ): (MadeSegment & { readonly rows: readonly number[] }) | null {
    const space = this.#spaceOf(workshop);
    const rows = emergingInterest(space, recent, blocked);
    if (rows === null) return null;
    const models = this.#modelsOf(workshop, space);
    const model = models.ready ?? models.linear;
    const made = formed(space, model, pickRows(recent.vectors, rows));
    return made === null ? null : { ...made, rows };
  }

  /**
   * Forms a segment again, once the autoencoder is there.
   *
   * @param workshop - Without the segment that is formed again.
   * @param vectors - [M, D] the items that it was formed from.
   * @returns The segment; null without an autoencoder or when the guards refuse.
   */
  async refine(workshop: Workshop, vectors: VectorSet): Promise<MadeSegment | null> {
    const model = await this.#modelOf(workshop, this.#spaceOf(workshop));
    return model.kind === 'vae' ? formed(this.#spaceOf(workshop), model, vectors) : null;
  }

  #spaceOf(workshop: Workshop): SegmentSpace {
    const known = this.#space;
    const isSame =
      known?.workshop.encoded === workshop.encoded && known.workshop.library === workshop.library;
    if (known && isSame) return known.space;
    const space = generatedSpace(workshop.encoded, workshop.library);
    this.#space = { workshop, space };
    return space;
  }

  #modelsOf({ encoded, seed }: Workshop, space: SegmentSpace): Models {
    const known = this.#models.get(encoded);
    if (known) return known;
    const samples = samplesOf(space, seed);
    const models: Models = { linear: learnLinearModel(samples), vae: null, ready: null };
    // Slices of idle time; where it fails, the rival goes on.
    models.vae =
      this.#trainer?.(samples, seed).then(
        (vae) => (models.ready = vae),
        () => null,
      ) ?? null;
    this.#models.set(encoded, models);
    return models;
  }

  async #modelOf(workshop: Workshop, space: SegmentSpace): Promise<SegmentModel> {
    const models = this.#modelsOf(workshop, space);
    const late = models.vae && this.#pause(PATIENCE_MS).then(() => null);
    return (await Promise.race([models.vae, late])) ?? models.linear;
  }
}

/** A segment that stands for what it was formed from. */
function formed(space: SegmentSpace, model: SegmentModel, vectors: VectorSet): MadeSegment | null {
  const result = segmentFromItems(space, model, vectors);
  if (result.segment === null || result.share < MIN_KEPT) return null;
  return { profile: result.segment, ...nearestSegment(space, result), generator: model.kind };
}

/** The existing segment that a new one is most like. */
function nearestSegment(space: SegmentSpace, { segment }: Generation): { seedId?: string } {
  if (segment === null) return {};
  let best = -1;
  let most = 0;
  for (const s of space.segments.keys()) {
    const cosine = profileCosine(rowOf(segment.profile, 0), rowOf(space.vectors, s));
    if (cosine > most) {
      most = cosine;
      best = s;
    }
  }
  const nearest = space.segments[best];
  return nearest === undefined ? {} : { seedId: nearest.id };
}

/**
 * Some rows of a set.
 *
 * @param set - Any.
 * @param rows - Which.
 * @returns A copy.
 */
export function pickRows(set: VectorSet, rows: readonly number[]): VectorSet {
  const pick = ({ data, dims }: VectorSet['vectors']): VectorSet['vectors'] => {
    const out = new Float32Array(rows.length * dims);
    for (const [i, row] of rows.entries()) {
      out.set(data.subarray(row * dims, (row + 1) * dims), i * dims);
    }
    return { data: out, rows: rows.length, dims };
  };
  return { vectors: pick(set.vectors), presence: pick(set.presence) };
}
