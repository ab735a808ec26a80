/**
 * Candidates to feeds, call by call: read, encode, rank, remember.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { LARGE_JOB } from '../core/similarity.ts';
import type { Feed, Warning } from '../core/types.ts';
import type { DeviceLadder } from '../models/device-ladder.ts';
import type { RerankRequest, Told, WorkerOptions } from '../protocol.ts';
import { EarlyFeeds } from './early-feeds.ts';
import { emptyFeed } from './empty-feed.ts';
import type { FeedMaker } from './feed-maker.ts';
import { feedOptions, MAX_CANDIDATES } from './feed-options.ts';
import type { IndexSource } from './index-source.ts';
import type { Learning } from './learning.ts';
import type { Library } from './library.ts';
import { type PackKeeper, packWarnings } from './pack-keeper.ts';
import type { PackRanker } from './pack-ranker.ts';
import { type FeedRecipe, seenOf } from './past-feeds.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import { type FetchText, isUrl, type ReadCandidates, readCandidates } from './read-candidates.ts';
import type { RuleKeeper } from './rule-keeper.ts';
import type { Scoring } from './scoring.ts';
import type { ShownFeed } from './shown-feed.ts';
import { toFeed } from './to-feed.ts';

/** What feeds need of the world. */
export interface DeskPorts {
  /** Where similarities are computed. */
  readonly ladder: DeviceLadder;
  /** Network. */
  readonly fetchText: FetchText;
  /** Monotonic milliseconds, for timings only. */
  readonly clock: () => number;
  /** Tells the page something that it did not ask for; left out: nobody is told. */
  readonly tell?: ((told: Told) => void) | undefined;
  /** Loads what later pages may need; see `GenerationPorts.preload`. */
  readonly preload?: (() => Promise<boolean>) | undefined;
  /** Calls a job when nothing else is to do. */
  readonly whenIdle: (job: () => void) => void;
}

/** The rooms of the engine that a feed passes through. */
export interface DeskParts {
  /** The segments in force. */
  readonly library: () => Library;
  /** Catalogs too large to be sent. */
  readonly index: IndexSource;
  /** The profile. */
  readonly keeper: ProfileKeeper;
  /** What was learned on the device. */
  readonly learning: Learning;
  /** Encodes and ranks. */
  readonly maker: FeedMaker;
  /** The trained pack. */
  readonly packs: PackKeeper;
  /** The shop's rules. */
  readonly rules: RuleKeeper;
  /** Synthetic scores. */
  readonly scoring: Scoring;
  /** What the page shows. */
  readonly shown: ShownFeed;
}

/** A call of `rerank`. */
interface Call {
  /** Its turn: of two that overlap, the later one is what the page shows. */
  readonly number: number;
  readonly request: RerankRequest;
  readonly now: number;
}

/** Candidates that are there. */
interface Arrived {
  readonly sent: ReadCandidates;
  /** Clock when they were asked for. */
  readonly start: number;
  /** URL that they came from. */
  readonly from?: string;
  /** Whether more of them are on their way. */
  readonly isPartial?: true;
}

/** Makes the page's feeds. */
export class FeedDesk {
  readonly #ports: DeskPorts;
  readonly #options: WorkerOptions;
  readonly #parts: DeskParts;
  /** What fell back since the last feed. */
  readonly notices: Warning[] = [];
  /** Feeds made so far. */
  numFeeds = 0;
  /** Of the last feed. */
  packId: string;
  /** Of the last feed; null without a pack. */
  ranker: PackRanker | null = null;

  /**
   * @param ports - Network, clock, devices.
   * @param options - The instance's.
   * @param parts - See {@link DeskParts}.
   */
  constructor(ports: DeskPorts, options: WorkerOptions, parts: DeskParts) {
    this.#ports = ports;
    this.#options = options;
    this.#parts = parts;
    this.packId = parts.library().packId;
  }

  /**
   * Ranks candidates. What comes from a URL as NDJSON is told of while it arrives.
   *
   * @param candidates - As for `Vitrine.rerank`.
   * @param request - What the page asks for.
   * @param now - Milliseconds.
   * @returns The feed.
   */
  async rerank(candidates: unknown, request: RerankRequest, now: number): Promise<Feed> {
    const { clock, tell } = this.#ports;
    const call = { number: this.#parts.shown.begin(), request, now };
    const start = clock();
    if (!isUrl(candidates)) return this.#rank({ sent: await this.#read(candidates), start }, call);
    const make = async (text: string): Promise<void> => {
      const begun = clock();
      const part = {
        sent: await this.#read(text),
        start: begun,
        from: candidates,
        isPartial: true,
      } as const;
      tell?.(['feed', { ...(await this.#rank(part, call)), isPartial: true }]);
    };
    const early = new EarlyFeeds({ clock, make });
    const sent = await this.#read(candidates, early.arrived);
    await early.settled();
    return this.#rank({ sent, start, from: candidates }, call);
  }

  async #read(candidates: unknown, onPiece?: (piece: string) => void): Promise<ReadCandidates> {
    const limit = this.#options.maxCandidates ?? MAX_CANDIDATES;
    const fetchText: FetchText = (url, _, most) => this.#ports.fetchText(url, onPiece, most);
    const [sent] = await Promise.all([
      readCandidates(candidates, limit, fetchText),
      // What is in memory is enough for a feed; the keeper has told of the failure.
      this.#parts.keeper.refresh().catch(() => undefined),
      this.#parts.scoring.ready(),
    ]);
    return sent;
  }

  async #rank({ from, isPartial, sent, start }: Arrived, call: Call): Promise<Feed> {
    const { clock } = this.#ports;
    const { now, number, request } = call;
    const { segments } = this.#parts.library();
    const visitor = { profile: this.#parts.keeper, segments, now };
    const source = await this.#parts.index.candidates(sent, from ?? this.#options.pageUrl, visitor);
    const { code, items, slice, warnings } = source;
    const read = clock();
    if (items.length === 0) {
      const seed = this.#options.seed ?? this.#parts.keeper.settings.seed;
      return emptyFeed({ seed, library: this.#parts.library(), warnings, total: clock() - start });
    }
    const { keeper, maker, scoring } = this.#parts;
    const scored = scoring.apply(items);
    // A visitor who does nothing leaves nothing, not even an empty cache.
    const mayKeep = keeper.log.length > 0 && !isPartial;
    const encoded = mayKeep ? await maker.recall(scored) : maker.encode(scored);
    const encodedAt = clock();
    const packState = await this.#parts.packs.get(slice, from);
    const { rules, warnings: faults } = await this.#parts.rules.at(now);
    const asked = feedOptions(this.#options, { ...request, rules }, this.#parts.keeper, packState);
    const options = { ...asked, held: asked.held ?? code };
    const { pack } = packState;
    const ranker = await this.#parts.learning.rankerOf(pack, encoded.items);
    this.ranker = ranker;
    const recipe: FeedRecipe = {
      encoded,
      options,
      now,
      pack: ranker,
      library: this.#parts.library(),
      settings: keeper.settings,
      ...seenOf(keeper.log),
    };
    const made = await this.#parts.maker.make({ ...recipe, profile: keeper });
    const { composed, device, scoredAt } = made;
    this.packId = pack?.packId ?? this.#parts.library().packId;
    this.#parts.keeper.usePack(this.packId);
    const feed = toFeed({
      composed,
      device,
      marks: { start, read, encodedAt, scoredAt, end: clock() },
      packId: this.packId,
      seed: options.seed,
      source,
      warnings: [
        ...(isPartial ? [] : this.notices.splice(0)),
        ...this.#parts.library().warnings,
        ...faults,
        ...packWarnings(packState),
      ],
    });
    this.numFeeds++;
    this.#parts.shown.remember(number, composed, [feed, recipe]);
    this.#warmUp(encoded);
    if (mayKeep) maker.keep();
    void this.#ports.preload?.();
    this.#parts.scoring.schedule(items, pack);
    this.#parts.learning.look(encoded, now);
    return feed;
  }

  #warmUp(encoded: EncodedItems): void {
    const { ladder, whenIdle } = this.#ports;
    const { data } = encoded.vectors;
    if (data.length * this.#parts.library().segments.length < LARGE_JOB) return;
    whenIdle(() => void ladder.warmUp());
  }
}
