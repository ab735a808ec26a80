/**
 * Makes, ages and merges the visitor's generated segments; loaded when the first is asked for, or the
 * first interaction is looked at.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import { type GeneratedSegment, type GenerateRequest, MAX_GENERATED } from '../core/generated.ts';
import type { Segment } from '../core/types.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';
import type { FeedContext } from '../feed/feed-context.ts';
import { COVERED, coverageOf, LEAST_ITEMS, RECENT } from '../segments/generate/coverage.ts';
import { lifeStep } from '../segments/generate/life-cycle.ts';
import { MAX_LIKENESS } from '../segments/generate/likeness.ts';
import { profileCosine, rowOf } from '../segments/generate/profile-math.ts';
import { slugOf } from '../segments/slug.ts';
import type { GenerationPorts } from './generated-segments.ts';
import type { Workshop } from './generated-space.ts';
import { encodeLibrary, type Library } from './library.ts';
import { openMaker } from './open-maker.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { MadeSegment, SegmentMaker } from './segment-maker.ts';
import { viewProfile } from './view-profile.ts';

/** Interactions to wait for before an interest that led to nothing is looked at again. */
const PATIENCE = 3;

/** Items that `fromItems` takes. */
const ITEMS = { least: 2, most: 100 } as const;

/** Longest `toward`. */
const MAX_TOWARD = 100;

/** Recent interactions as rows of the visitor's items. */
interface Recent {
  readonly vectors: VectorSet;
  readonly rows: readonly number[];
  readonly itemIds: readonly string[];
}

/** What the work is done on. */
export interface SegmentShop {
  /** The profile. */
  readonly keeper: ProfileKeeper;
  /** See {@link GenerationPorts}. */
  readonly ports: GenerationPorts;
  /** All segments in force. */
  readonly library: () => Library;
  /** Members of segments made since the start. */
  readonly support: Map<string, number>;
}

/** Works on the segments of one visitor. */
export class SegmentWork {
  readonly #shop: SegmentShop;
  readonly #keeper: ProfileKeeper;
  #maker: SegmentMaker | null = null;
  /** Newest event when an interest was last looked at closely. */
  #lookedAt: string | undefined;

  /** @param shop - See {@link SegmentShop}. */
  constructor(shop: SegmentShop) {
    this.#shop = shop;
    this.#keeper = shop.keeper;
  }

  /**
   * See `Vitrine.segments.generate`.
   *
   * @param request - Unchecked.
   * @param encoded - Candidates of the last feed.
   * @param now - Milliseconds.
   * @returns The segment, kept.
   */
  async generate(
    request: GenerateRequest,
    encoded: EncodedItems | undefined,
    now: number,
  ): Promise<Segment> {
    const checked = checkRequest(request);
    await this.#keeper.refresh();
    const workshop = this.#workshop(encoded);
    if (!workshop.library.segments.some(({ id }) => id === checked.seedId)) {
      throw new VitrineError('SEGMENT_UNKNOWN', `generate: got ${checked.seedId}.`);
    }
    const { visitor } = viewProfile(this.#keeper, workshop.encoded, now);
    const made = await this.#load().generate(workshop, checked, rowOf(visitor.taste, 0));
    return this.#keep(made, { origin: 'generated', isAutomatic: false, born: now, evidence: [] });
  }

  /**
   * See `Vitrine.segments.fromItems`.
   *
   * @param itemIds - Unchecked.
   * @param encoded - Candidates of the last feed.
   * @param now - Milliseconds.
   * @returns The segment, kept.
   */
  async fromItems(
    itemIds: readonly string[],
    encoded: EncodedItems | undefined,
    now: number,
  ): Promise<Segment> {
    const ids: readonly unknown[] = Array.isArray(itemIds) ? [...new Set(itemIds)] : [];
    if (ids.length < ITEMS.least || ids.length > ITEMS.most) {
      const wanted = `${ITEMS.least} to ${ITEMS.most} item ids`;
      throw new VitrineError('OPTION_INVALID', `fromItems: expected ${wanted}, got ${ids.length}.`);
    }
    await this.#keeper.refresh();
    const workshop = this.#workshop(encoded);
    const rows = ids.map((id) => workshop.encoded.indexOf.get(String(id)));
    const unknown = rows.indexOf(undefined);
    if (unknown >= 0) throw new VitrineError('ITEM_UNKNOWN', `fromItems: ${String(ids[unknown])}.`);
    const made = await this.#load().fromItems(workshop, rows as number[]);
    return this.#keep(made, { origin: 'visitor', isAutomatic: false, born: now, evidence: [] });
  }

  /**
   * Looks at the latest interactions: segments are confirmed, retired and merged, and an interest that
   * no segment covers becomes one.
   *
   * @param context - The last feed.
   * @param now - Milliseconds.
   */
  async look(context: FeedContext, now: number): Promise<void> {
    await this.#age(context.encoded);
    const { log } = this.#keeper;
    const recent = this.#recent(context, now);
    const memberships = recent.rows.map((row) =>
      context.membershipsOfVector({ set: recent.vectors, row }),
    );
    const blocked = new Set(this.#keeper.settings.blocked);
    const isCovered = coverageOf(memberships, blocked) >= COVERED;
    const seen = log.findLastIndex(({ eventId }) => eventId === this.#lookedAt) + 1;
    if (isCovered || log.length - seen < PATIENCE) return;
    this.#lookedAt = log.at(-1)?.eventId;
    if (new Set(recent.rows).size < LEAST_ITEMS) return;
    const workshop = this.#workshop(context.encoded);
    const made = await this.#load().emerge(workshop, recent, blocked);
    if (made === null) return;
    const evidence = made.rows.map((row) => recent.itemIds[row] as string);
    const about = { origin: 'generated', isAutomatic: true, born: now, evidence } as const;
    const { id } = await this.#keep(made, about);
    if (made.generator === 'linear')
      await this.#refine(id, workshop, { ...recent, rows: made.rows });
  }

  /** The autoencoder's view of an interest replaces its rival's, once it is there. */
  async #refine(id: string, workshop: Workshop, from: Recent): Promise<void> {
    const made = await this.#load().refine(workshop, from);
    const { generated = [] } = this.#keeper.settings;
    if (made === null || !generated.some((segment) => segment.id === id)) return;
    const { name, description, describes } = made.profile;
    const { generator } = made;
    const next = generated.map((segment) =>
      segment.id === id
        ? { ...segment, name, description, describes, generator, version: segment.version + 1 }
        : segment,
    );
    await this.#keeper.saveSettings({ generated: next });
  }

  async #age({ model }: EncodedItems): Promise<void> {
    const { settings, log } = this.#keeper;
    const { generated = [], followed, blocked } = settings;
    if (generated.length === 0) return;
    const vectors = encodeLibrary(generated, model);
    const rowOfId = new Map(generated.map(({ id }, row) => [id, row]));
    const profile = ({ id }: GeneratedSegment): Float32Array =>
      rowOf(vectors, rowOfId.get(id) as number);
    const areAlike = (a: GeneratedSegment, b: GeneratedSegment): boolean =>
      profileCosine(profile(a), profile(b)) > MAX_LIKENESS;
    const { kept, merged } = lifeStep(generated, log, new Set(followed), areAlike);
    const isSame = kept.length === generated.length && kept.every((one, i) => one === generated[i]);
    if (isSame) return;
    const renamed = (ids: readonly string[]): string[] => [
      ...new Set(ids.map((id) => merged.get(id) ?? id)),
    ];
    await this.#keeper.saveSettings({
      generated: kept,
      followed: renamed(followed),
      blocked: renamed(blocked),
    });
  }

  #recent({ encoded }: FeedContext, now: number): Recent {
    const { visitor } = viewProfile(this.#keeper, encoded, now);
    const itemIds = visitor.items.map(({ itemId }) => itemId);
    const rowOfItem = new Map(itemIds.map((itemId, row) => [itemId, row]));
    const rows = this.#keeper.log
      .filter(({ type }) => INTERACTION_WEIGHTS[type] > 0)
      .slice(-RECENT)
      .reverse()
      .flatMap(({ itemId }) => rowOfItem.get(itemId) ?? []);
    return { vectors: visitor.itemVectors, rows, itemIds };
  }

  #workshop(encoded: EncodedItems | undefined): Workshop {
    if (encoded === undefined) {
      throw new VitrineError('ITEM_UNKNOWN', 'segments: no feed was made yet.');
    }
    return { encoded, library: this.#shop.library(), seed: this.#keeper.settings.seed };
  }

  #load(): SegmentMaker {
    const { trainSegments: trainer = null, packs } = this.#shop.ports;
    this.#maker ??= openMaker(this.#keeper, { trainer, pause: packs.pause });
    return this.#maker;
  }

  async #keep(
    { profile, seedId, generator }: MadeSegment,
    about: Pick<GeneratedSegment, 'origin' | 'isAutomatic' | 'born' | 'evidence'>,
  ): Promise<Segment> {
    const { name, description, describes, rows } = profile;
    const segment: GeneratedSegment = {
      id: this.#idOf(about.origin, name),
      name,
      description,
      describes,
      ...(seedId === undefined ? {} : { seedId }),
      version: 1,
      generator,
      state: 'born',
      ...about,
    };
    const { generated = [], followed, blocked } = this.#keeper.settings;
    const gone = generated.length >= MAX_GENERATED ? leastWanted(generated, followed, blocked) : '';
    await this.#keeper.saveSettings({
      generated: [...generated.filter(({ id }) => id !== gone), segment],
      blocked: blocked.filter((id) => id !== gone),
    });
    const { born: _born, evidence: _evidence, ...shown } = segment;
    const vector = [...rowOf(profile.profile, 0)];
    this.#shop.support.set(segment.id, rows.length);
    return { ...shown, vector, support: rows.length, weight: 0 };
  }

  #idOf(origin: GeneratedSegment['origin'], name: string): string {
    const base = `${origin === 'visitor' ? 'items' : 'generated'}:${slugOf(name)}`;
    const taken = new Set(this.#shop.library().segments.map(({ id }) => id));
    let id = base;
    for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
    return id;
  }
}

/** Who makes room: the oldest that the visitor threw away, else the oldest that nobody asked to keep. */
function leastWanted(
  generated: readonly GeneratedSegment[],
  followed: readonly string[],
  blocked: readonly string[],
): string {
  const ids = generated.map(({ id }) => id);
  const unwanted = ids.find((id) => blocked.includes(id));
  return unwanted ?? ids.find((id) => !followed.includes(id)) ?? (ids[0] as string);
}

function checkRequest(request: unknown): GenerateRequest {
  const fields = typeof request === 'object' && request !== null ? request : {};
  const { seedId, temperature, toward } = fields as Partial<Record<keyof GenerateRequest, unknown>>;
  if (typeof seedId !== 'string') {
    throw new VitrineError('OPTION_INVALID', 'generate: seedId is no text.');
  }
  return {
    seedId,
    ...(temperature === undefined ? {} : { temperature: checkTemperature(temperature) }),
    ...(toward === undefined ? {} : { toward: checkToward(toward) }),
  };
}

function checkTemperature(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  const got = typeof value === 'number' ? value : typeof value;
  throw new VitrineError('OPTION_INVALID', `temperature: got ${got}, expected 0 to 1.`);
}

function checkToward(value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TOWARD) return value;
  throw new VitrineError('OPTION_INVALID', `toward: expected 1 to ${MAX_TOWARD} characters.`);
}
