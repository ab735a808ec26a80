/**
 * Candidates and profile → composed feed, on whatever device works.
 *
 * @packageDocumentation
 */
import { createTextCache, type EncodedItems, encodeItems } from '../catalog/encode-items.ts';
import type { VectorRef, VectorSet } from '../core/block-cosine.ts';
import { isVitrineError } from '../core/errors.ts';
import type { SimilarityInput } from '../core/similarity.ts';
import type { Device, Item, LogRecord } from '../core/types.ts';
import { joinSets } from '../core/vector-set.ts';
import { type PulledProfiles, pullProfiles } from '../events/pull-profiles.ts';
import { settledTime } from '../events/settled-time.ts';
import {
  type ComposedFeed,
  composeRows,
  needsPlacing,
  type Placing,
} from '../feed/compose-rows.ts';
import type { FeedOptions } from '../feed/feed-context.ts';
import { createSimilarities } from '../feed/similarities.ts';
import type { Visitor } from '../feed/visitor.ts';
import type { DeviceLadder } from '../models/device-ladder.ts';
import { encodeLibrary, type Library } from './library.ts';
import type { KeptEncodings, KeptSegments } from './kept-encodings.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { PackRanker } from './pack-ranker.ts';
import { areSameItems } from './read-candidates.ts';
import { viewProfile } from './view-profile.ts';

/** What a maker needs. */
export interface FeedMakerPorts {
  /** Where similarities are computed. */
  readonly ladder: DeviceLadder;
  /** Monotonic milliseconds, for timings only. */
  readonly clock: () => number;
  /** Encodings of earlier pages; left out: all lists are encoded anew. */
  readonly kept?: KeptEncodings | undefined;
}

/** The part of a profile that feeds are made from. */
export type FeedProfile = Pick<ProfileKeeper, 'log' | 'items' | 'settings'>;

/** What one feed is made from. */
export interface FeedSource {
  /** The candidates, from {@link FeedMaker.encode}; another list may have been encoded since. */
  readonly encoded: EncodedItems;
  /** The visitor's. */
  readonly profile: FeedProfile;
  /** What the page asks for. */
  readonly options: FeedOptions;
  /** Milliseconds. */
  readonly now: number;
  /** A trained ranker, if there is one. */
  readonly pack: PackRanker | null;
}

/** A feed with where and when it was scored. */
export interface MadeFeed {
  /** The feed. */
  readonly composed: ComposedFeed;
  /** Where its similarities were computed. */
  readonly device: Device;
  /** Clock when they were there. */
  readonly scoredAt: number;
}

/** Items as rows of the candidates, else of what the visitor met. */
function vectorsOf(
  { indexOf, presence, vectors }: EncodedItems,
  { items, itemVectors }: Visitor,
): (itemId: string) => VectorRef | undefined {
  const candidates = { vectors, presence };
  const met = new Map(items.map(({ itemId }, row) => [itemId, row]));
  return (itemId) => {
    const row = indexOf.get(itemId);
    if (row !== undefined) return { set: candidates, row };
    const own = met.get(itemId);
    return own === undefined ? undefined : { set: itemVectors, row: own };
  };
}

/** Whether a segment says nothing about the visitor. */
function isEverybodys({ origin }: Library['segments'][number]): boolean {
  return origin !== 'generated';
}

/** What pulled profiles come from. */
interface Pulling {
  readonly encoded: EncodedItems;
  readonly inForce: Library;
  readonly log: readonly LogRecord[];
}

/** Makes feeds. */
export class FeedMaker {
  readonly #library: () => Library;
  readonly #ports: FeedMakerPorts;
  readonly #texts = createTextCache();
  #encoded: EncodedItems | undefined;
  /** Lists that were asked for: the last one counts, whichever is there first. */
  #calls = 0;
  #segmentVectors:
    | { readonly of: Library; readonly in: EncodedItems; readonly vectors: VectorSet }
    | undefined;
  readonly #keptSegments = new WeakMap<EncodedItems, KeptSegments>();

  /**
   * @param library - Segments in force.
   * @param ports - Device and clock.
   */
  constructor(library: () => Library, ports: FeedMakerPorts) {
    this.#library = library;
    this.#ports = ports;
    // Fetched beside the candidates, and by everybody, so that it tells of no one.
    void this.#loadPlacing();
  }

  /** The candidates encoded last. */
  get encoded(): EncodedItems | undefined {
    return this.#encoded;
  }

  /**
   * Encodes candidates; the same list again costs a comparison.
   *
   * @param items - Valid items, at least one.
   * @returns Their vectors, for the next {@link FeedMaker.make}.
   */
  encode(items: readonly Item[]): EncodedItems {
    this.#calls++;
    if (this.#encoded && areSameItems(this.#encoded.items, items)) return this.#encoded;
    this.#encoded = encodeItems(items, this.#texts);
    return this.#encoded;
  }

  /**
   * As {@link FeedMaker.encode}, from what an earlier page kept where there is any.
   *
   * @param items - Valid items, at least one.
   * @returns The same vectors. Never rejects.
   */
  async recall(items: readonly Item[]): Promise<EncodedItems> {
    const call = ++this.#calls;
    if (this.#encoded && areSameItems(this.#encoded.items, items)) return this.#encoded;
    const kept = await this.#ports.kept?.recall(items, this.#texts);
    const encoded = kept?.encoded ?? encodeItems(items, this.#texts);
    if (kept?.segments) this.#keptSegments.set(encoded, kept.segments);
    if (call === this.#calls) this.#encoded = encoded;
    return encoded;
  }

  /** Keeps the candidates encoded last for later pages, with the segments that are everybody's. */
  keep(): void {
    const encoded = this.#encoded;
    if (!encoded) return;
    const { packId, segments } = this.#library();
    const vectors = (): VectorSet => encodeLibrary(segments.filter(isEverybodys), encoded.model);
    void this.#ports.kept?.keep(encoded, () => ({ packId, vectors: vectors() }));
  }

  /**
   * Makes a feed. A device whose numbers turn out wrong is left, and the feed is made again.
   *
   * @param source - See {@link FeedSource}.
   * @returns The feed.
   */
  async make(source: FeedSource): Promise<MadeFeed> {
    const { encoded, now, options, pack, profile } = source;
    const { ladder, clock } = this.#ports;
    const { items: known, log, settings } = profile;
    const inForce = this.#library();
    const view = viewProfile(profile, encoded, now);
    const { visitor } = view;
    const { vectors: segmentVectors } = this.#profiles({ encoded, inForce, log }, visitor, now);
    const ranker = pack?.view({
      ids: encoded.items.map(({ id }) => id),
      log,
      titleOf: (itemId) => known.get(itemId)?.title,
      traitsOf: (itemId) => known.get(itemId)?.traits,
    });
    const vectors = joinSets([segmentVectors, visitor.segmentVectors, visitor.taste]);
    const input: SimilarityInput = {
      items: encoded.vectors,
      itemPresence: encoded.presence,
      vectors: vectors.vectors,
      vectorPresence: vectors.presence,
    };
    const { segments: library, wanted } = inForce;
    const own = { ...view, settings, options, ranker };
    const parts = { encoded, library, segmentVectors, wanted, ...own };
    const needs = needsPlacing(own);
    const placing = needs ? await this.#loadPlacing() : null;
    if (needs && !placing) parts.options = { ...options, held: 'INTERNAL' };
    for (;;) {
      const scores = await ladder.scores(input);
      const scoredAt = clock();
      const device = ladder.deviceOf(scores);
      const similarities = createSimilarities({
        items: { vectors: encoded.vectors, presence: encoded.presence },
        vectors,
        space: encoded.model.space,
        scores,
      });
      try {
        const composed = composeRows({ ...parts, similarities }, placing);
        return { composed, device, scoredAt };
      } catch (error) {
        const isWrong = isVitrineError(error) && error.code === 'DEVICE_WRONG_RESULT';
        if (!isWrong || device === 'js') throw error;
        ladder.condemn(error.code);
      }
    }
  }

  /** A chunk that does not load costs the page its rows, not its feed; the next one tries again. */
  async #loadPlacing(): Promise<Placing | null> {
    try {
      return await import('../feed/place-feed.ts');
    } catch {
      return null;
    }
  }

  /**
   * Segments as the log moves them now.
   *
   * @param keeper - The profile.
   * @param now - Milliseconds.
   * @returns Null before the first feed.
   */
  profiles(keeper: FeedProfile, now: number): PulledProfiles | null {
    const encoded = this.#encoded;
    if (!encoded) return null;
    const { visitor } = viewProfile(keeper, encoded, now);
    return this.#profiles({ encoded, inForce: this.#library(), log: keeper.log }, visitor, now);
  }

  /** Segments of the visitor's own stand behind those that a kept encoding has. */
  #encodeLibrary({ packId, segments }: Library, encoded: EncodedItems): VectorSet {
    const kept = this.#keptSegments.get(encoded);
    const own = segments.filter((segment) => !isEverybodys(segment));
    const isWhole = kept?.vectors.vectors.rows === segments.length - own.length;
    if (kept?.packId !== packId || !isWhole) return encodeLibrary(segments, encoded.model);
    return joinSets([kept.vectors, encodeLibrary(own, encoded.model)]);
  }

  #profiles({ encoded, inForce, log }: Pulling, visitor: Visitor, now: number): PulledProfiles {
    const { of, in: at } = this.#segmentVectors ?? {};
    if (!this.#segmentVectors || of !== inForce || at !== encoded) {
      const vectors = this.#encodeLibrary(inForce, encoded);
      this.#segmentVectors = { of: inForce, in: encoded, vectors };
    }
    const input = {
      ids: inForce.segments.map(({ id }) => id),
      profiles: this.#segmentVectors.vectors,
      blocks: encoded.model.space.blocks,
      vectorOf: vectorsOf(encoded, visitor),
    };
    return pullProfiles(input, log, settledTime(log, now));
  }
}
