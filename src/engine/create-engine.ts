/**
 * The engine behind the worker's door: candidates in, feeds out, the log in between.
 *
 * It has no effects of its own: storage, devices, clock and network are handed in, so that the
 * same engine runs in a worker, in a test and in Node.
 *
 * @packageDocumentation
 */
import { VitrineError, type VitrineErrorCode } from '../core/errors.ts';
import type { GenerateRequest } from '../core/generated.ts';
import type { LearnResult, LearnStatus } from '../core/learn.ts';
import type { Explanation } from '../core/explanation.ts';
import type { Inspected } from '../core/inspection.ts';
import type {
  Consent,
  Feed,
  Interaction,
  Profile,
  ProfileExport,
  Segment,
  Stats,
} from '../core/types.ts';
import type { Audit, ForgetQuery, ImportRequest, ProfileSettings } from '../core/privacy.ts';
import type { RerankRequest, WorkerApi, WorkerOptions } from '../protocol.ts';
import type * as auditPorts from './audit-ports.ts';
import type { OpenCapsule } from './carry.ts';
import { describeStats } from './describe-stats.ts';
import { type DeskParts, type DeskPorts, FeedDesk } from './feed-desk.ts';
import { FeedMaker } from './feed-maker.ts';
import { FeedTurns } from './feed-turns.ts';
import { forgottenBy, lastCall } from './forget.ts';
import { GeneratedSegments, type GenerationPorts } from './generated-segments.ts';
import type { IndexKeeper } from './index-keeper.ts';
import { IndexSource } from './index-source.ts';
import { KeptEncodings, type KeptEncodingsPorts } from './kept-encodings.ts';
import { Learning, type LearningParts } from './learning.ts';
import { openLibrary, type Library } from './library.ts';
import { PackKeeper, type PackPorts } from './pack-keeper.ts';
import type { ProfileKeeperPorts, TabNews } from './keeper-ports.ts';
import { ProfileKeeper } from './profile-keeper.ts';
import type { PreviewMaker } from './preview-maker.ts';
import { isUrl } from './read-candidates.ts';
import { Recorder } from './recorder.ts';
import { RuleKeeper } from './rule-keeper.ts';
import { type SegmentChange, settingsAfter } from './segment-change.ts';
import { ShownFeed } from './shown-feed.ts';
import { Scoring, type ScoringPorts } from './scoring.ts';
import { ShopTeller, type ShopTellerParts } from './shop-teller.ts';

/** What the engine is made of. */
export interface EnginePorts extends DeskPorts, GenerationPorts, ScoringPorts {
  /** Storage; `onError` and `channel` included. */
  readonly keeper: ProfileKeeperPorts;
  /** Makes a unique event id. */
  readonly newId: () => string;
  /** Where a trained pack comes from. */
  readonly packs: PackPorts;
  /** Loads what searches indexes; left out: only what they begin with is ranked. */
  readonly openIndex?: () => Promise<IndexKeeper>;
  /** Keeps encoded candidates; left out, nothing is kept. */
  readonly encodings?: KeptEncodingsPorts;
  /** What learning on the device needs; left out, nothing is learned. */
  readonly learning?: LearningParts['learning'];
  /** See {@link ShopTellerParts}. */
  readonly tellShop?: ShopTellerParts['tellShop'];
  /** Loads what reads and writes capsules; left out: profiles are not carried. */
  readonly openCapsule?: OpenCapsule;
  /** Loads what looks around for everything of ours; left out: an audit finds no place and no request. */
  readonly openAudit?: (() => Promise<Pick<typeof auditPorts, 'lookAround'>>) | undefined;
}

/** What an engine begins with. */
type Opened = Pick<DeskParts, 'keeper'> & { readonly library: Library };

const loadAnswers = async () => import('./answers.ts');

/** Addresses of candidates that an audit tells apart from others. */
const MAX_ADDRESSES = 100;

/** The engine; its methods are those of {@link WorkerApi} after `init`. */
export class Engine implements Omit<WorkerApi, 'init' | 'power'> {
  readonly #ports: EnginePorts;
  readonly #options: WorkerOptions;
  readonly #generated: GeneratedSegments;
  readonly #keeper: ProfileKeeper;
  readonly #encodings: KeptEncodings | undefined;
  readonly #maker: FeedMaker;
  readonly #packs: PackKeeper;
  readonly #turns = new FeedTurns();
  readonly #learning: Learning;
  readonly #scoring: Scoring;
  readonly #rules: RuleKeeper;
  readonly #desk: FeedDesk;
  readonly #recorder: Recorder;
  /** Addresses of candidates that were asked for. */
  readonly #asked = new Set<string>();
  /** Whose word consent is. */
  #by: string | null = null;
  #previews: PreviewMaker | undefined;
  readonly #shown: ShownFeed;
  /** Since the last erasure no feed was asked for. */
  #isErased = false;
  readonly #teller: ShopTeller;

  private constructor(ports: EnginePorts, options: WorkerOptions, { keeper, library }: Opened) {
    this.#ports = ports;
    this.#options = options;
    this.#keeper = keeper;
    keeper.isGift = options.gift === true;
    this.#shown = new ShownFeed(keeper);
    this.#generated = new GeneratedSegments(library, keeper, ports);
    this.#learning = new Learning(keeper, ports, {
      isHeld: this.#turns.isBusy,
      library: () => this.#library,
      seed: options.seed,
    });
    if (options.pack === undefined) keeper.usePack(library.packId);
    this.#encodings = KeptEncodings.of(ports.encodings, keeper.log.length > 0);
    this.#maker = new FeedMaker(() => this.#library, { ...ports, kept: this.#encodings });
    this.#packs = new PackKeeper(options, ports.packs);
    this.#rules = new RuleKeeper(options.rules);
    this.#scoring = new Scoring(ports, this.#turns, options.pack !== undefined);
    this.#desk = new FeedDesk(ports, options, {
      library: () => this.#library,
      index: new IndexSource(ports.openIndex),
      keeper,
      learning: this.#learning,
      maker: this.#maker,
      packs: this.#packs,
      rules: this.#rules,
      scoring: this.#scoring,
      shown: this.#shown,
    });
    this.#recorder = new Recorder({
      keeper,
      shown: this.#shown,
      newId: ports.newId,
      encoded: () => this.#maker.encoded,
      traitsOf: (itemId) => this.#traitsOf(itemId),
      sensitive: options.sensitive,
      onSensitive: () => this.notice('EVENT_SENSITIVE', 'an item'),
      onFlood: (count) => this.notice('EVENT_FLOOD', 'an interaction', count),
    });
    this.#teller = new ShopTeller({
      tellShop: ports.tellShop,
      keeper,
      segments: library.segments.map(({ id }) => id),
      notice: (...args) => this.notice(...args),
    });
    // Should one not load, the first question tries again.
    ports.whenIdle(() => {
      for (const load of [loadAnswers, ports.openCapsule, ports.openAudit]) {
        void load?.().catch(() => undefined);
      }
    });
  }

  /** Consent in force. */
  get consent(): Consent {
    return this.#keeper.consent;
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
    const { consent = 'unknown', whenUnknown } = options;
    const opening = ProfileKeeper.open(ports.keeper, consent, whenUnknown);
    // While the disk is at work.
    const library = await openLibrary(options.segments, options.predefinedSegments !== false);
    return new Engine(ports, options, { keeper: await opening, library });
  }

  /** See `Vitrine.rerank`. */
  async rerank(...call: [candidates: unknown, RerankRequest, now: number]): Promise<Feed> {
    const [candidates, { preview }] = call;
    if (isUrl(candidates) && this.#asked.size < MAX_ADDRESSES) this.#asked.add(candidates);
    if (preview) return this.#turns.run(() => this.#preview(...call));
    this.#isErased = false;
    const feed = await this.#turns.run(() => this.#desk.rerank(...call));
    this.#ports.whenIdle(() => void this.#recorder.sweep().catch(() => undefined));
    this.#teller.look(call[2]);
    return feed;
  }

  /** See `Vitrine.track`. */
  async track(interaction: Interaction, now: number): Promise<void> {
    // A row of before an erasure that is still on the screen: telling of it would bring it back.
    const isExposure = interaction.type === 'view_item_list' && interaction.rowId !== undefined;
    if (isExposure && this.#isErased) return;
    const isTelling = await this.#recorder.track(interaction, now);
    if (!isTelling) return;
    this.#maker.keep();
    this.#generated.look(this.#shown.composed?.context, now);
  }

  /** See `Vitrine.explain`. */
  async explain(itemId: string): Promise<Explanation> {
    const { explainShown } = await loadAnswers();
    return explainShown(this.#shown.composed, this.#scoring, itemId);
  }

  /** See `Vitrine.inspect`. */
  async inspect(request: unknown, now: number): Promise<Inspected> {
    const { inspect } = await import('./inspect.ts');
    await this.#keeper.refresh();
    const parts = { ports: this.#ports, options: this.#options, library: this.#library };
    return inspect({ ...parts, keeper: this.#keeper, shown: this.#shown }, request, now);
  }

  /** See `Vitrine.segments.list`. */
  async listSegments(now: number): Promise<readonly Segment[]> {
    const { listShown } = await loadAnswers();
    await this.#keeper.refresh();
    this.#shown.rankAgain(now);
    const parts = { keeper: this.#keeper, maker: this.#maker, shown: this.#shown };
    return listShown(this.#generated, parts, now);
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

  /** See `Vitrine.profile.set`. */
  async setProfile(settings: unknown): Promise<void> {
    const { gift, weights } = Object(settings) as ProfileSettings;
    // In this very turn: what is done from now on is learned, or is not.
    if (typeof gift === 'boolean' && weights === undefined) this.#keeper.isGift = gift;
    else await (await loadAnswers()).applySettings(this.#keeper, this.#library.segments, settings);
  }

  /** See `Vitrine.profile.get`. */
  async profile(now: number): Promise<Profile> {
    const { describeProfile } = await loadAnswers();
    await this.#keeper.refresh();
    this.#shown.rankAgain(now);
    return describeProfile(this.#keeper, this.#library.segments, now);
  }

  /** See `Vitrine.profile.export`. */
  async exportProfile(): Promise<ProfileExport>;
  async exportProfile(request: unknown): Promise<ProfileExport | string>;
  async exportProfile(request?: unknown): Promise<ProfileExport | string> {
    const { exportProfile } = await loadAnswers();
    await this.#keeper.refresh();
    return exportProfile(this.#keeper, this.#ports.openCapsule, request);
  }

  /** See `Vitrine.profile.import`. */
  async importProfile(capsule: unknown, request?: ImportRequest): Promise<number> {
    const { importProfile } = await loadAnswers();
    const parts = { keeper: this.#keeper, recorder: this.#recorder };
    return this.#learning.without(
      importProfile(parts, this.#ports.openCapsule, [capsule, request]),
    );
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
    const { arrived } = this.#keeper;
    const pick = arrived.length > 0 ? () => arrived : lastCall;
    return this.#learning.without(this.#generated.pruneAfter(this.#keeper.remove(pick)));
  }

  /** See `Vitrine.profile.erase`. */
  async erase(): Promise<void> {
    this.#forgetShown();
    await this.#learning.without(this.#keeper.erase());
  }

  /** See `Vitrine.setConsent`. */
  async setConsent(consent: Consent, by?: string): Promise<void> {
    this.#by = typeof by === 'string' ? by.slice(0, 200) : null;
    if (consent === 'denied') this.#shown.forget();
    await this.#learning.without(this.#keeper.setConsent(consent));
  }

  /**
   * See `Vitrine.audit`.
   *
   * @param hasGiftNote - Whether the page's own note is there.
   * @returns What is kept, where, and what was asked for.
   */
  async audit(hasGiftNote?: unknown): Promise<Audit> {
    const { addressesOf, describeAudit } = await loadAnswers();
    await this.#keeper.refresh();
    const room = await this.#ports.openAudit?.();
    const { storageName = 'vitrine' } = this.#options;
    return describeAudit({
      keeper: this.#keeper,
      learned: (await this.#keeper.loadCheckpoints()).checkpoints.length,
      by: this.#by,
      whenUnknown: this.#options.whenUnknown ?? 'memory',
      findings: await room?.lookAround(storageName, await this.#keeper.store.estimateBytes()),
      hasGiftNote: hasGiftNote === true,
      addresses: addressesOf(this.#options, this.#asked, import.meta.url),
    });
  }

  /** What the page shows speaks of what is gone. */
  #forgetShown(): void {
    this.#shown.forget();
    this.#isErased = true;
    this.#scoring.clear();
    this.#encodings?.clear();
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
    return describeStats({
      ladder: this.#ports.ladder,
      keeper: this.#keeper,
      shown: this.#shown,
      feeds: this.#desk.numFeeds,
      scored: this.#scoring.count(this.#shown.items),
      segments: this.#library.segments.length,
      packId: this.#desk.packId,
    });
  }

  /** The page is hidden, or back again. */
  async rest(): Promise<void> {
    await this.#keeper.rest();
  }

  /**
   * Takes note of something that fell back; the next feed carries it as a warning.
   *
   * @param code - What fell back.
   * @param first - Where.
   * @param count - How often, default 1.
   */
  notice(code: VitrineErrorCode, first: string, count = 1): void {
    this.#desk.notices.push({ code, count, first });
  }

  /**
   * Hears of another tab: what was erased or denied there is dropped here, at once.
   *
   * @param news - What happened there.
   * @returns Resolves once the store is in order.
   */
  async hear(news: TabNews): Promise<void> {
    if (news === 'erased' || news === 'denied') this.#forgetShown();
    const heard = this.#keeper.hear(news);
    if (news !== 'changed') await this.#learning.without(heard);
    else this.#learning.invalidate();
  }

  /** The pack's numbers of an item, else those of when it was last met. */
  #traitsOf(itemId: string): string | undefined {
    return this.#desk.ranker?.traitsOf(itemId) ?? this.#keeper.items.get(itemId)?.traits;
  }

  async #preview(...call: Parameters<PreviewMaker['feed']>): Promise<Feed> {
    const { PreviewMaker: Made } = await import('./preview-maker.ts');
    const [packs, scoring, rules] = [this.#packs, this.#scoring, this.#rules];
    const parts = { library: () => this.#library, packs, scoring, rules };
    this.#previews ??= new Made(this.#ports, this.#options, parts);
    return this.#previews.feed(...call);
  }
}
