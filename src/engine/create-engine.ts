/**
 * The engine behind the worker's door: candidates in, feeds out, the log in between.
 *
 * It has no effects of its own: storage, devices, clock and network are handed in, so that the
 * same engine runs in a worker, in a test and in Node.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { VitrineError, type VitrineErrorCode } from '../core/errors.ts';
import { LARGE_JOB } from '../core/similarity.ts';
import type { GenerateRequest } from '../core/generated.ts';
import type { LearnResult, LearnStatus } from '../core/learn.ts';
import type { Explanation } from '../core/explanation.ts';
import type {
  Consent,
  Feed,
  ForgetQuery,
  Interaction,
  Profile,
  ProfileExport,
  Segment,
  Stats,
  Warning,
} from '../core/types.ts';
import { toRecords } from '../events/to-records.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';
import type { DeviceLadder } from '../models/device-ladder.ts';
import type { RerankRequest, WorkerApi, WorkerOptions } from '../protocol.ts';
import { describeProfile } from './describe-profile.ts';
import { emptyFeed } from './empty-feed.ts';
import { explainItem } from './explain-item.ts';
import { FeedMaker } from './feed-maker.ts';
import { feedOptions, MAX_CANDIDATES } from './feed-options.ts';
import { FeedTurns } from './feed-turns.ts';
import { forgottenBy, lastCall } from './forget.ts';
import { GeneratedSegments, type GenerationPorts } from './generated-segments.ts';
import type { IndexKeeper } from './index-keeper.ts';
import { IndexSource, visitorOf } from './index-source.ts';
import { Learning, type LearningParts } from './learning.ts';
import { buildLibrary, type Library } from './library.ts';
import { listSegments } from './list-segments.ts';
import { PackKeeper, type PackPorts, packWarnings } from './pack-keeper.ts';
import { ProfileKeeper, type ProfileKeeperPorts } from './profile-keeper.ts';
import type { PackRanker } from './pack-ranker.ts';
import { type FetchText, isUrl, readCandidates } from './read-candidates.ts';
import type { PreviewMaker } from './preview-maker.ts';
import { RuleKeeper } from './rule-keeper.ts';
import { type SegmentChange, settingsAfter } from './segment-change.ts';
import { ShownFeed } from './shown-feed.ts';
import { Scoring, type ScoringPorts } from './scoring.ts';
import { snapshotsOf } from './snapshots.ts';
import { toFeed } from './to-feed.ts';

/** What the engine is made of. */
export interface EnginePorts extends GenerationPorts, ScoringPorts {
  /** Storage; `onError` and `channel` included. */
  readonly keeper: ProfileKeeperPorts;
  /** Where similarities are computed. */
  readonly ladder: DeviceLadder;
  /** Network. */
  readonly fetchText: FetchText;
  /** Monotonic milliseconds, for timings only. */
  readonly clock: () => number;
  /** Makes a unique event id. */
  readonly newId: () => string;
  /** Where a trained pack comes from. */
  readonly packs: PackPorts;
  /** Loads what searches indexes; left out: only what they begin with is ranked. */
  readonly openIndex?: () => Promise<IndexKeeper>;
  /** What learning on the device needs; left out, nothing is learned. */
  readonly learning?: LearningParts['learning'];
}

/** The engine; its methods are those of {@link WorkerApi} after `init`. */
export class Engine implements Omit<WorkerApi, 'init'> {
  readonly #ports: EnginePorts;
  readonly #options: WorkerOptions;
  readonly #generated: GeneratedSegments;
  readonly #keeper: ProfileKeeper;
  readonly #maker: FeedMaker;
  readonly #packs: PackKeeper;
  readonly #turns = new FeedTurns();
  readonly #learning: Learning;
  readonly #scoring: Scoring;
  readonly #rules: RuleKeeper;
  readonly #index: IndexSource;
  #previews: PreviewMaker | undefined;
  #ranker: PackRanker | null = null;
  readonly #shown: ShownFeed;
  /** What fell back since the last feed. */
  readonly #notices: Warning[] = [];
  /** Of the last feed. */
  #packId: string;
  #feeds = 0;
  /** Since the last erasure no feed was asked for. */
  #isErased = false;

  private constructor(ports: EnginePorts, options: WorkerOptions, keeper: ProfileKeeper) {
    this.#ports = ports;
    this.#options = options;
    this.#keeper = keeper;
    this.#shown = new ShownFeed(keeper);
    const library = buildLibrary(options.segments, options.predefinedSegments !== false);
    this.#generated = new GeneratedSegments(library, keeper, ports);
    this.#packId = library.packId;
    this.#learning = new Learning(keeper, ports, {
      isHeld: this.#turns.isBusy,
      library: () => this.#library,
      seed: options.seed,
    });
    if (options.pack === undefined) keeper.usePack(library.packId);
    this.#maker = new FeedMaker(() => this.#library, ports);
    this.#packs = new PackKeeper(options, ports.packs);
    this.#rules = new RuleKeeper(options.rules);
    this.#index = new IndexSource(ports.openIndex);
    this.#scoring = new Scoring(ports, this.#turns, options.pack !== undefined);
  }

  /** The segments in force, the generated ones among them. */
  get #library(): Library {
    return this.#generated.library;
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
  async rerank(...call: [candidates: unknown, RerankRequest, now: number]): Promise<Feed> {
    const { preview } = call[1];
    return this.#turns.run(() => (preview ? this.#preview(...call) : this.#rerank(...call)));
  }

  async #rerank(candidates: unknown, request: RerankRequest, now: number): Promise<Feed> {
    const call = this.#shown.begin();
    this.#isErased = false;
    const { clock, fetchText } = this.#ports;
    const start = clock();
    const limit = this.#options.maxCandidates ?? MAX_CANDIDATES;
    const [sent] = await Promise.all([
      readCandidates(candidates, limit, fetchText),
      // What is in memory is enough for a feed; the keeper has told of the failure.
      this.#keeper.refresh().catch(() => undefined),
      this.#scoring.ready(),
    ]);
    const from = isUrl(candidates) ? candidates : undefined;
    const { segments } = this.#library;
    const visitor = visitorOf(this.#keeper, segments, now);
    const source = await this.#index.candidates(sent, from ?? this.#options.pageUrl, visitor);
    const { code, items, slice, warnings } = source;
    const read = clock();
    if (items.length === 0) {
      const seed = this.#options.seed ?? this.#keeper.settings.seed;
      return emptyFeed({ seed, library: this.#library, warnings, total: clock() - start });
    }
    const encoded = this.#maker.encode(this.#scoring.apply(items));
    const encodedAt = clock();
    const packState = await this.#packs.get(slice, from);
    const { rules, warnings: faults } = await this.#rules.at(now);
    const asked = feedOptions(this.#options, { ...request, rules }, this.#keeper, packState);
    const options = { ...asked, held: asked.held ?? code };
    const { pack } = packState;
    const ranker = await this.#learning.rankerOf(pack, encoded.items);
    this.#ranker = ranker;
    const made = await this.#maker.make(this.#keeper, options, now, ranker);
    const { composed, device, scoredAt } = made;
    this.#packId = pack?.packId ?? this.#library.packId;
    this.#keeper.usePack(this.#packId);
    const feed = toFeed({
      composed,
      device,
      marks: { start, read, encodedAt, scoredAt, end: clock() },
      packId: this.#packId,
      seed: options.seed,
      source,
      warnings: [
        ...this.#notices.splice(0),
        ...this.#library.warnings,
        ...faults,
        ...packWarnings(packState),
      ],
    });
    this.#feeds++;
    this.#shown.remember(call, composed, feed);
    this.#warmUp(encoded);
    this.#scoring.schedule(items, pack);
    this.#learning.look(encoded, now);
    return feed;
  }

  /** See `Vitrine.track`. */
  async track(interaction: Interaction, now: number): Promise<void> {
    // A row of before an erasure that is still on the screen: telling of it would bring it back.
    const isExposure = interaction.type === 'view_item_list' && interaction.rowId !== undefined;
    if (isExposure && this.#isErased) return;
    const records = toRecords(interaction, {
      now,
      newId: this.#ports.newId,
      placementOf: (itemId) => this.#shown.placementOf(itemId),
    });
    const isTelling = INTERACTION_WEIGHTS[interaction.type] !== 0;
    await this.#keeper.append(
      records,
      isTelling
        ? snapshotsOf(interaction, records, this.#maker.encoded, (id) => this.#traitsOf(id))
        : [],
    );
    if (isTelling) this.#generated.look(this.#shown.composed?.context, now);
  }

  /** See `Vitrine.explain`. */
  async explain(itemId: string): Promise<Explanation> {
    const { composed } = this.#shown;
    if (!composed) throw new VitrineError('ITEM_UNKNOWN', 'explain: no feed was made yet.');
    const explanation = explainItem(composed, itemId);
    const { indexOf, items } = composed.context.encoded;
    const generated = await this.#scoring.explain(items[indexOf.get(itemId) as number]);
    return { ...explanation, features: { ...explanation.features, generated } };
  }

  /** See `Vitrine.segments.list`. */
  async listSegments(now: number): Promise<readonly Segment[]> {
    await this.#keeper.refresh();
    this.#shown.rankAgain(now);
    const { library, supportOf } = this.#generated;
    const { weights } = this.#keeper;
    const { composed } = this.#shown;
    const profiles = composed ? this.#maker.profiles(this.#keeper, now) : null;
    const extra = { supportAtBirth: supportOf, profiles };
    return listSegments(library.segments, composed?.context, weights, extra);
  }

  /** See `Vitrine.segments.generate`. */
  async generate(request: GenerateRequest, now: number): Promise<Segment> {
    return this.#generated.generate(request, this.#shown.composed && this.#maker.encoded, now);
  }

  /** See `Vitrine.segments.fromItems`. */
  async fromItems(itemIds: readonly string[], now: number): Promise<Segment> {
    return this.#generated.fromItems(itemIds, this.#shown.composed && this.#maker.encoded, now);
  }

  /** See `Vitrine.segments.follow` and its kin. */
  async setSegment(segmentId: string, change: SegmentChange): Promise<void> {
    const isKnown =
      segmentId.startsWith('visitor:') || this.#library.segments.some(({ id }) => id === segmentId);
    if (!isKnown) throw new VitrineError('SEGMENT_UNKNOWN', `segments: got ${segmentId}.`);
    await this.#keeper.refresh();
    await this.#keeper.saveSettings(settingsAfter(this.#keeper.settings, segmentId, change));
  }

  /** See `Vitrine.profile.get`. */
  async profile(now: number): Promise<Profile> {
    await this.#keeper.refresh();
    this.#shown.rankAgain(now);
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
    const { segmentId } = query;
    const main = (): Map<string, string> =>
      segmentId === undefined ? new Map() : this.#shown.mainSegments(now);
    const removing = this.#keeper.remove((log) => forgottenBy(query, log, main()), true);
    return this.#learning.without(this.#generated.pruneAfter(removing, segmentId));
  }

  /** See `Vitrine.profile.undo`. */
  async undo(): Promise<number> {
    await this.#keeper.refresh();
    return this.#learning.without(this.#generated.pruneAfter(this.#keeper.remove(lastCall)));
  }

  /** See `Vitrine.profile.erase`. */
  async erase(): Promise<void> {
    this.#shown.forget();
    this.#isErased = true;
    this.#scoring.clear();
    await this.#learning.without(this.#keeper.erase());
  }

  /** See `Vitrine.setConsent`. */
  async setConsent(consent: Consent): Promise<void> {
    if (consent === 'denied') this.#shown.forget();
    await this.#learning.without(this.#keeper.setConsent(consent));
  }

  /** See `Vitrine.learn.now`. */
  async learn(now: number): Promise<LearnResult> {
    return this.#learning.learn(now);
  }

  /** Ends learning that is under way. */
  async learnAbort(): Promise<void> {
    this.#learning.abort();
  }

  /** See `Vitrine.learn.status`. */
  async learnStatus(): Promise<LearnStatus> {
    return this.#learning.status();
  }

  /** See `Vitrine.learn.rollback`. */
  async learnRollback(version: number): Promise<void> {
    await this.#learning.rollback(version);
  }

  /** See `Vitrine.stats`. */
  async stats(): Promise<Omit<Stats, 'worker'>> {
    const { ladder } = this.#ports;
    const { store } = this.#keeper;
    return {
      device: this.#shown.feed?.device ?? 'none',
      devicesLeft: ladder.left(),
      timings: this.#shown.feed?.timings ?? { total: 0 },
      storage: { mode: store.mode, reason: store.reason, bytes: await store.estimateBytes() },
      events: this.#keeper.log.length,
      feeds: this.#feeds,
      candidates: this.#shown.composed?.context.encoded.items.length ?? 0,
      scored: this.#scoring.count(this.#shown.items),
      segments: this.#library.segments.length,
      tensors: ladder.numTensors(),
      ...ladder.figures(),
      packId: this.#packId,
    };
  }

  /**
   * Takes note of something that fell back; the next feed carries it as a warning.
   *
   * @param code - What fell back.
   * @param first - Where.
   */
  notice(code: VitrineErrorCode, first: string): void {
    this.#notices.push({ code, count: 1, first });
  }

  /** Tells that another tab changed the profile. */
  invalidate(): void {
    this.#keeper.invalidate();
    this.#learning.invalidate();
  }

  /** The pack's numbers of an item, else those of when it was last met. */
  #traitsOf(itemId: string): string | undefined {
    return this.#ranker?.traitsOf(itemId) ?? this.#keeper.items.get(itemId)?.traits;
  }

  #warmUp(encoded: EncodedItems): void {
    const { ladder, whenIdle } = this.#ports;
    const { data } = encoded.vectors;
    if (data.length * this.#library.segments.length < LARGE_JOB) return;
    whenIdle(() => void ladder.warmUp());
  }

  async #preview(...call: Parameters<PreviewMaker['feed']>): Promise<Feed> {
    const { PreviewMaker: Made } = await import('./preview-maker.ts');
    const [packs, scoring, rules] = [this.#packs, this.#scoring, this.#rules];
    const parts = { library: () => this.#library, packs, scoring, rules };
    this.#previews ??= new Made(this.#ports, this.#options, parts);
    return this.#previews.feed(...call);
  }
}
