/**
 * Makes segments of the candidates: prepares the space, has a model of it trained, asks for drafts.
 * Loaded when the first segment is asked for or an interest emerges; nothing of it is on the way to
 * a feed.
 *
 * @packageDocumentation
 */
import type { CatalogModel, EncodedItems } from '../catalog/encode-items.ts';
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
import { pickRows } from '../segments/generate/pick-rows.ts';
import { profileCosine, rowOf } from '../segments/generate/profile-math.ts';
import type { SegmentModel, SegmentSamples } from '../segments/generate/segment-model.ts';
import type { SegmentSpace } from '../segments/generate/segment-space.ts';
import { directionOf } from '../segments/generate/toward.ts';
import { generatedSpace, samplesOf, type Workshop } from './generated-space.ts';

/** Trains the autoencoder on a device; rejects where TensorFlow.js cannot be loaded. */
export type SegmentTrainer = (samples: SegmentSamples, seed: number) => Promise<SegmentModel>;

/** What segments are made with. */
export interface MakerPorts {
  /** Null where there is none; the linear rival does all then. */
  readonly trainer: SegmentTrainer | null;
  /** Resolves after some milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** The model that was fine-tuned for this visitor in the space of these candidates, or null. */
  readonly kept: (model: CatalogModel) => Promise<SegmentModel | null>;
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
  readonly #ports: MakerPorts;
  #models = new WeakMap<EncodedItems, Models>();
  #space: { readonly workshop: Workshop; readonly space: SegmentSpace } | null = null;

  /** @param ports - See {@link MakerPorts}. */
  constructor(ports: MakerPorts) {
    this.#ports = ports;
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
    const kind = toward === undefined ? null : space.sensitive.find(toward);
    if (kind !== null) refuse({ guard: 'sensitive', detail: `toward speaks of ${kind}.` });
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
   * @param rows - Of the items among the candidates.
   * @returns The segment.
   * @throws `SEGMENT_REFUSED`.
   */
  async fromItems(workshop: Workshop, rows: readonly number[]): Promise<MadeSegment> {
    const space = this.#spaceOf(workshop);
    const model = await this.#modelOf(workshop, space);
    const result = segmentFromItems(space, model, pickRows(space.items, rows));
    if (result.segment === null) refuse(result.refusal);
    return { profile: result.segment, ...nearestSegment(space, result), generator: model.kind };
  }

  /**
   * Forms a segment from an interest that no segment covers. Does not wait for an autoencoder that
   * is still to be trained.
   *
   * @param workshop - See {@link Workshop}.
   * @param recent - Recent interactions.
   * @param blocked - Segments that the visitor does not want.
   * @returns The segment and the rows of the items that it was formed from; null when nothing
   *   emerges or the guards refuse.
   */
  async emerge(
    workshop: Workshop,
    recent: RecentInterest,
    blocked: ReadonlySet<string>,
  ): Promise<(MadeSegment & { readonly rows: readonly number[] }) | null> {
    const space = this.#spaceOf(workshop);
    const rows = emergingInterest(space, recent, blocked);
    if (rows === null) return null;
    const model = (await this.#kept(workshop)) ?? this.#readyOf(workshop, space);
    const made = formed(space, model, pickRows(recent.vectors, rows));
    return made === null ? null : { ...made, rows };
  }

  /**
   * Forms a segment again, once the autoencoder is there.
   *
   * @param workshop - Without the segment that is formed again.
   * @param from - Vectors of items, and the rows of those that it was formed from.
   * @returns The segment; null without an autoencoder or when the guards refuse.
   */
  async refine(
    workshop: Workshop,
    from: { readonly vectors: VectorSet; readonly rows: readonly number[] },
  ): Promise<MadeSegment | null> {
    const model = await this.#modelOf(workshop, this.#spaceOf(workshop));
    if (model.kind !== 'vae') return null;
    return formed(this.#spaceOf(workshop), model, pickRows(from.vectors, from.rows));
  }

  /** Asked each time: it may have been learned, taken back or erased since. */
  async #kept({ encoded }: Workshop): Promise<SegmentModel | null> {
    // What cannot be read is as if nothing had been learned.
    return this.#ports.kept(encoded.model).catch(() => null);
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
      this.#ports.trainer?.(samples, seed).then(
        (vae) => (models.ready = vae),
        () => null,
      ) ?? null;
    this.#models.set(encoded, models);
    return models;
  }

  #readyOf(workshop: Workshop, space: SegmentSpace): SegmentModel {
    const { ready, linear } = this.#modelsOf(workshop, space);
    return ready ?? linear;
  }

  async #modelOf(workshop: Workshop, space: SegmentSpace): Promise<SegmentModel> {
    const kept = await this.#kept(workshop);
    if (kept !== null) return kept;
    const models = this.#modelsOf(workshop, space);
    const late = models.vae && this.#ports.pause(PATIENCE_MS).then(() => null);
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
