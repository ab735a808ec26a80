/**
 * The engine behind the worker's door: candidates in, feeds out, the log in between.
 *
 * It has no effects of its own: storage, devices, clock and network are handed in, so that the
 * same engine runs in a worker, in a test and in Node.
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import { createTextCache, type EncodedItems, encodeItems } from '../catalog/encode-items.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { isVitrineError, VitrineError } from '../core/errors.ts';
import { createRandom } from '../core/rng.ts';
import type { SimilarityInput } from '../core/similarity.ts';
import type {
  Consent,
  Device,
  Explanation,
  Feed,
  ForgetQuery,
  Interaction,
  Item,
  LogRecord,
  Profile,
  ProfileExport,
  Segment,
  Stats,
  Warning,
} from '../core/types.ts';
import { joinSets } from '../core/vector-set.ts';
import { evidenceOf } from '../events/evidence.ts';
import { fatigueOf } from '../events/fatigue.ts';
import { heldBackItems } from '../events/held-back.ts';
import { engagementPosteriors } from '../events/posteriors.ts';
import { type Placement, toRecords } from '../events/to-records.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';
import { composeFeed, type ComposedFeed, rankVisitor } from '../feed/compose-feed.ts';
import type { FeedOptions } from '../feed/feed-context.ts';
import { createSimilarities } from '../feed/similarities.ts';
import { describeVisitor } from '../feed/visitor.ts';
import type { DeviceLadder } from '../models/device-ladder.ts';
import type { RerankRequest, WorkerApi, WorkerOptions } from '../protocol.ts';
import { describeProfile } from './describe-profile.ts';
import { explainItem } from './explain-item.ts';
import { forgottenBy, lastCall } from './forget.ts';
import { buildLibrary, encodeLibrary, type Library } from './library.ts';
import { ProfileKeeper, type ProfileKeeperPorts } from './profile-keeper.ts';
import { areSameItems, type FetchText, readCandidates } from './read-candidates.ts';

/** What the engine is made of. */
export interface EnginePorts {
  /** Storage; `onError` and `channel` included. */
  readonly keeper: ProfileKeeperPorts;
  /** Where similarities are computed. */
  readonly ladder: DeviceLadder;
  /** Network. */
  readonly fetchText: FetchText;
  /** Monotonic milliseconds, for timings only. */
  readonly clock: () => number;
  /** Runs a job when nothing else is to do. */
  readonly whenIdle: (job: () => void) => void;
  /** Makes a unique event id. */
  readonly newId: () => string;
}

const DEFAULTS = { rows: 6, rowSize: 12, maxCandidates: 5_000, exploration: 0.1 } as const;

/** From this size of a job on, `auto` looks for a faster device when idle. */
const WARM_UP_SIZE = 4_000_000;

interface LastFeed {
  readonly composed: ComposedFeed;
  readonly feed: Feed;
}

/** The engine; its methods are those of {@link WorkerApi} after `init`. */
export class Engine implements Omit<WorkerApi, 'init'> {
  readonly #ports: EnginePorts;
  readonly #options: WorkerOptions;
  readonly #library: Library;
  readonly #keeper: ProfileKeeper;
  readonly #texts = createTextCache();
  #encoded: EncodedItems | undefined;
  #segmentVectors: VectorSet | undefined;
  #last: LastFeed | undefined;
  #feeds = 0;
  #calls = 0;

  private constructor(ports: EnginePorts, options: WorkerOptions, keeper: ProfileKeeper) {
    this.#ports = ports;
    this.#options = options;
    this.#keeper = keeper;
    this.#library = buildLibrary(options.segments, options.predefinedSegments !== false);
  }

  /**
   * Opens the profile and makes an engine.
   *
   * @param ports - See {@link EnginePorts}.
   * @param options - Validated by the page.
   * @returns An engine that is ready.
   */
  static async create(ports: EnginePorts, options: WorkerOptions): Promise<Engine> {
    const keeper = await ProfileKeeper.open(ports.keeper, options.consent ?? 'unknown');
    return new Engine(ports, options, keeper);
  }

  /** See `Vitrine.rerank`. */
  async rerank(candidates: unknown, request: RerankRequest, now: number): Promise<Feed> {
    const call = ++this.#calls;
    const { clock, fetchText } = this.#ports;
    const start = clock();
    const limit = this.#options.maxCandidates ?? DEFAULTS.maxCandidates;
    const [{ items, overflow, warnings }] = await Promise.all([
      readCandidates(candidates, limit, fetchText),
      this.#keeper.refresh(),
    ]);
    const read = clock();
    if (items.length === 0) return this.#emptyFeed([...warnings], start);
    const encoded = this.#encode(items);
    const encodedAt = clock();
    const options = this.#feedOptions(request);
    const { composed, device, scoredAt } = await this.#compose(encoded, options, now);
    const end = clock();
    const feed: Feed = {
      rows: composed.rows,
      order: [...composed.order, ...overflow],
      personalized: composed.personalized,
      reason: composed.reason,
      seed: options.seed,
      packId: this.#library.packId,
      device,
      timings: {
        read: read - start,
        encode: encodedAt - read,
        similarity: scoredAt - encodedAt,
        compose: end - scoredAt,
        total: end - start,
      },
      warnings: [...this.#library.warnings, ...warnings],
    };
    this.#feeds++;
    // A slow earlier call must not overwrite what the page shows now.
    if (call === this.#calls) this.#remember({ composed, feed });
    this.#warmUp(encoded);
    return feed;
  }

  /** See `Vitrine.track`. */
  async track(interaction: Interaction, now: number): Promise<void> {
    const records = toRecords(interaction, {
      now,
      newId: this.#ports.newId,
      placementOf: (itemId) => this.#placementOf(itemId),
    });
    const isTelling = INTERACTION_WEIGHTS[interaction.type] !== 0;
    await this.#keeper.append(records, isTelling ? this.#snapshots(interaction, records) : []);
  }

  /** See `Vitrine.explain`. */
  async explain(itemId: string): Promise<Explanation> {
    if (!this.#last) throw new VitrineError('ITEM_UNKNOWN', 'explain: no feed was made yet.');
    return explainItem(this.#last.composed, itemId);
  }

  /** See `Vitrine.segments.list`. */
  async listSegments(now: number): Promise<readonly Segment[]> {
    await this.#keeper.refresh();
    this.#rankAgain(now);
    const context = this.#last?.composed.context;
    const support = new Map<string, number>();
    for (let row = 0; row < (context?.encoded.items.length ?? 0); row++) {
      for (const { segmentId } of context?.membershipsOf(row) ?? []) {
        support.set(segmentId, (support.get(segmentId) ?? 0) + 1);
      }
    }
    const weights = new Map(this.#keeper.weights.map((entry) => [entry.segmentId, entry.weight]));
    const dims = context?.encoded.model.space.dims ?? 0;
    return this.#library.segments.map((segment, s) => ({
      ...segment,
      vector: [...(context?.segmentVectors.vectors.data.subarray(s * dims, (s + 1) * dims) ?? [])],
      support: support.get(segment.id) ?? 0,
      weight: weights.get(segment.id) ?? 0,
    }));
  }

  /** See `Vitrine.segments.follow` and its kin. */
  async setSegment(segmentId: string, change: 'followed' | 'unfollowed' | 'blocked'): Promise<void> {
    const isKnown =
      segmentId.startsWith('visitor:') || this.#library.segments.some(({ id }) => id === segmentId);
    if (!isKnown) throw new VitrineError('SEGMENT_UNKNOWN', `segments: got ${segmentId}.`);
    await this.#keeper.refresh();
    const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== segmentId);
    const { followed, blocked } = this.#keeper.settings;
    await this.#keeper.saveSettings({
      followed: change === 'followed' ? [...without(followed), segmentId] : without(followed),
      blocked: change === 'blocked' ? [...without(blocked), segmentId] : without(blocked),
    });
  }

  /** See `Vitrine.profile.get`. */
  async profile(now: number): Promise<Profile> {
    await this.#keeper.refresh();
    this.#rankAgain(now);
    return describeProfile(this.#keeper, this.#library.segments, now);
  }

  /** See `Vitrine.profile.export`. */
  async exportProfile(): Promise<ProfileExport> {
    await this.#keeper.refresh();
    const { log, items, settings } = this.#keeper;
    return { format: 'vitrine-profile', version: 1, log, items: [...items.values()], settings };
  }

  /** See `Vitrine.profile.forget`. */
  async forget(query: ForgetQuery, now: number): Promise<number> {
    await this.#keeper.refresh();
    const mainSegments = query.segmentId === undefined ? new Map() : this.#mainSegments(now);
    return this.#keeper.remove(forgottenBy(query, this.#keeper.log, mainSegments));
  }

  /** See `Vitrine.profile.undo`. */
  async undo(): Promise<number> {
    await this.#keeper.refresh();
    return this.#keeper.remove(lastCall(this.#keeper.log));
  }

  /** See `Vitrine.profile.erase`. */
  async erase(): Promise<void> {
    this.#last = undefined;
    await this.#keeper.erase();
  }

  /** See `Vitrine.setConsent`. */
  async setConsent(consent: Consent): Promise<void> {
    await this.#keeper.setConsent(consent);
  }

  /** See `Vitrine.stats`. */
  async stats(): Promise<Omit<Stats, 'worker'>> {
    const { ladder } = this.#ports;
    const { store } = this.#keeper;
    return {
      device: this.#last?.feed.device ?? 'none',
      devicesLeft: ladder.left(),
      timings: this.#last?.feed.timings ?? { total: 0 },
      storage: { mode: store.mode, reason: store.reason, bytes: await store.estimateBytes() },
      events: this.#keeper.log.length,
      feeds: this.#feeds,
      candidates: this.#last?.composed.context.encoded.items.length ?? 0,
      segments: this.#library.segments.length,
      tensors: ladder.numTensors(),
      packId: this.#library.packId,
    };
  }

  /** Tells that another tab changed the profile. */
  invalidate(): void {
    this.#keeper.invalidate();
  }

  #encode(items: readonly Item[]): EncodedItems {
    if (this.#encoded && areSameItems(this.#encoded.items, items)) return this.#encoded;
    this.#encoded = encodeItems(items, this.#texts);
    this.#segmentVectors = encodeLibrary(this.#library.segments, this.#encoded.model);
    return this.#encoded;
  }

  #feedOptions(request: RerankRequest): FeedOptions {
    const { exploration = DEFAULTS.exploration, influence = 1, holdout = 0 } = this.#options;
    const seed = this.#options.seed ?? this.#keeper.settings.seed;
    const isDenied = this.#keeper.consent === 'denied';
    const isHeldOut = createRandom(seed, 'holdout')() < holdout;
    return {
      rows: request.rows ?? DEFAULTS.rows,
      rowSize: request.rowSize ?? DEFAULTS.rowSize,
      exploration,
      influence,
      seed,
      ...(request.contextItemId === undefined ? {} : { contextItemId: request.contextItemId }),
      held: isDenied ? 'CONSENT_DENIED' : isHeldOut ? 'HOLDOUT' : undefined,
    };
  }

  /** A device whose numbers turn out wrong is left, and the feed is made again. */
  async #compose(
    encoded: EncodedItems,
    options: FeedOptions,
    now: number,
  ): Promise<{ composed: ComposedFeed; device: Device; scoredAt: number }> {
    const { ladder, clock } = this.#ports;
    const { log, items, settings } = this.#keeper;
    const segmentVectors = this.#segmentVectors as VectorSet;
    const visitor = describeVisitor(evidenceOf(log, now), items, encoded);
    const vectors = joinSets([segmentVectors, visitor.segmentVectors, visitor.taste]);
    const input: SimilarityInput = {
      items: encoded.vectors,
      itemPresence: encoded.presence,
      vectors: vectors.vectors,
      vectorPresence: vectors.presence,
    };
    const state = {
      heldBack: heldBackItems(log),
      fatigue: fatigueOf(log, now),
      posteriors: engagementPosteriors(log, now),
      events: log.length,
    };
    for (;;) {
      const scores = await ladder.scores(input);
      const scoredAt = clock();
      const device = ladder.current();
      const similarities = createSimilarities({
        items: { vectors: encoded.vectors, presence: encoded.presence },
        vectors,
        space: encoded.model.space,
        scores,
      });
      const library = this.#library.segments;
      const parts = { encoded, library, segmentVectors, visitor, similarities, state, settings };
      try {
        return { composed: composeFeed({ ...parts, options }), device, scoredAt };
      } catch (error) {
        if (!isVitrineError(error) || error.code !== 'DEVICE_WRONG_RESULT' || device === 'js') throw error;
        ladder.condemn(error.code);
      }
    }
  }

  #remember(last: LastFeed): void {
    this.#last = last;
    this.#keeper.weights = last.composed.ranked.map(({ segmentId, weight }) => ({ segmentId, weight }));
  }

  /** After events or forgetting, the visitor's segments follow at once, without a new feed. */
  #rankAgain(now: number): void {
    const composed = this.#last?.composed;
    if (!composed) return;
    const { ranked } = this.#rankNow(composed, now);
    this.#keeper.weights = ranked.map(({ segmentId, weight }) => ({ segmentId, weight }));
  }

  #rankNow(composed: ComposedFeed, now: number): ReturnType<typeof rankVisitor> {
    const { log, items } = this.#keeper;
    const visitor = describeVisitor(evidenceOf(log, now), items, composed.context.encoded);
    const state = { ...composed.context.state, posteriors: engagementPosteriors(log, now) };
    return rankVisitor({ ...composed.context, visitor, state });
  }

  /** Each interacted item's strongest segment; empty before the first feed. */
  #mainSegments(now: number): Map<string, string> {
    const composed = this.#last?.composed;
    if (!composed) return new Map();
    const { log, items } = this.#keeper;
    const visitor = describeVisitor(evidenceOf(log, now), items, composed.context.encoded);
    const { visitorMemberships } = rankVisitor({ ...composed.context, visitor });
    const main = new Map<string, string>();
    for (const [m, { itemId }] of visitor.items.entries()) {
      const segmentId = visitorMemberships[m]?.[0]?.segmentId;
      if (segmentId !== undefined) main.set(itemId, segmentId);
    }
    return main;
  }

  #placementOf(itemId: string): Placement | undefined {
    const place = this.#last?.composed.places.get(itemId);
    if (!place) return undefined;
    const { library } = this.#last?.composed.context as ComposedFeed['context'];
    const { explored } = place.placed;
    const vector = explored?.segment ?? place.row.vector;
    const segmentId = vector === undefined ? undefined : (library[vector]?.id ?? place.row.id);
    return {
      rowId: place.row.id,
      ...(segmentId === undefined ? {} : { segmentId }),
      ...(explored ? { propensity: explored.propensity } : {}),
    };
  }

  /** What is known of the items of an interaction: sent with it, or among the candidates. */
  #snapshots(interaction: Interaction, records: readonly LogRecord[]): Item[] {
    const sent = (interaction.items ?? []).filter((entry) => typeof entry === 'object');
    const full = sent.map((entry) => ({ ...entry, id: entry.id ?? entry.item_id ?? entry.itemId }));
    const described = new Map(
      normalizeCandidates(full, { maxItems: 200 }).items.map((item) => [item.id, item]),
    );
    const snapshots: Item[] = [];
    for (const { itemId } of records) {
      const row = this.#encoded?.indexOf.get(itemId);
      const candidate = row === undefined ? undefined : this.#encoded?.items[row];
      const own = described.get(itemId);
      const isTelling = own !== undefined && Object.keys(own).length > 1;
      const item = candidate ?? (isTelling ? own : undefined);
      if (item) snapshots.push(item);
    }
    return snapshots;
  }

  #warmUp(encoded: EncodedItems): void {
    const { ladder, whenIdle } = this.#ports;
    const { data } = encoded.vectors;
    if (data.length * this.#library.segments.length < WARM_UP_SIZE) return;
    whenIdle(() => void ladder.warmUp());
  }

  #emptyFeed(warnings: readonly Warning[], start: number): Feed {
    return {
      rows: [],
      order: [],
      personalized: false,
      reason: 'CANDIDATES_EMPTY',
      seed: this.#options.seed ?? this.#keeper.settings.seed,
      packId: this.#library.packId,
      device: 'none',
      timings: { total: this.#ports.clock() - start },
      warnings: [...this.#library.warnings, ...warnings],
    };
  }
}
