/**
 * A shop in memory that makes feeds as the page does, for many visitors of one catalog.
 *
 * @packageDocumentation
 */
import { createTextCache, type EncodedItems, encodeItems } from '../catalog/encode-items.ts';
import type { VectorRef, VectorSet } from '../core/block-cosine.ts';
import type { Interaction, Item, LogRecord, Settings } from '../core/types.ts';
import { joinSets } from '../core/vector-set.ts';
import { buildLibrary, encodeLibrary, type Library } from '../engine/library.ts';
import { placementIn } from '../engine/shown-feed.ts';
import { viewProfile } from '../engine/view-profile.ts';
import { pullProfiles } from '../events/pull-profiles.ts';
import { toRecords } from '../events/to-records.ts';
import { composeFeed, type ComposedFeed } from '../feed/compose-feed.ts';
import type { FeedOptions } from '../feed/feed-context.ts';
import { SharedSimilarities } from './shared-similarities.ts';

/** What one visitor's device keeps. */
export interface Device {
  /** Oldest first. */
  readonly log: LogRecord[];
  /** Choices of the visitor. */
  readonly settings: Settings;
}

/** All items are candidates: nothing else is met. */
const NO_SNAPSHOTS: ReadonlyMap<string, Item> = new Map();

/** A shop whose candidates are its whole catalog. */
export class SimulatedShop {
  readonly #encoded: EncodedItems;
  readonly #library: Library;
  readonly #vectors: VectorSet;
  readonly #similarities: SharedSimilarities;
  readonly #segments: readonly (string | undefined)[];
  #numCalls = 0;

  /** @param items - The catalog in the shop's order; at least one. */
  constructor(items: readonly Item[]) {
    this.#encoded = encodeItems(items, createTextCache(items.length));
    this.#library = buildLibrary(null, true);
    this.#vectors = encodeLibrary(this.#library.segments, this.#encoded.model);
    this.#similarities = new SharedSimilarities(this.#encoded, this.#vectors);
    const nobody: Device = { log: [], settings: { seed: 1, followed: [], blocked: [] } };
    const page = { rows: 1, rowSize: 1, exploration: 0, influence: 1, seed: 1 };
    const { context } = this.feed(nobody, page, 0);
    this.#segments = items.map((_, row) => context.membershipsOf(row)[0]?.segmentId);
  }

  /**
   * Row of an item.
   *
   * @param itemId - Of the catalog.
   * @returns From 0.
   */
  rowOf(itemId: string): number {
    return this.#encoded.indexOf.get(itemId) as number;
  }

  /**
   * What an item stands for.
   *
   * @param row - Of the item.
   * @returns Its strongest segment, as no visitor has moved it; undefined when none is near.
   */
  segmentOf(row: number): string | undefined {
    return this.#segments[row];
  }

  /**
   * What the engine does between a call and its answer, but for storage and messages.
   *
   * @param device - The visitor's.
   * @param options - As the page would ask.
   * @param now - Milliseconds.
   * @returns The feed.
   */
  feed(device: Device, options: FeedOptions, now: number): ComposedFeed {
    const { log, settings } = device;
    const profile = viewProfile({ log, items: NO_SNAPSHOTS }, this.#encoded, now);
    const { visitor } = profile;
    const segmentVectors = this.#pulled(log, now);
    const vectors = joinSets([segmentVectors, visitor.segmentVectors, visitor.taste]);
    return composeFeed({
      encoded: this.#encoded,
      library: this.#library.segments,
      wanted: this.#library.wanted,
      segmentVectors,
      similarities: this.#similarities.of(vectors),
      settings,
      options,
      ...profile,
    });
  }

  /**
   * Records an interaction as `track` does.
   *
   * @param device - The visitor's; its log grows.
   * @param feed - What was shown.
   * @param interaction - What happened; with its time.
   */
  track(device: Device, feed: ComposedFeed, interaction: Interaction): void {
    const records = toRecords(interaction, {
      now: interaction.time ?? 0,
      newId: () => `e${++this.#numCalls}`,
      placementOf: (itemId) => placementIn(feed, itemId),
    });
    device.log.push(...records);
  }

  #pulled(log: readonly LogRecord[], now: number): VectorSet {
    const { indexOf, model, presence, vectors } = this.#encoded;
    const set = { vectors, presence };
    const vectorOf = (itemId: string): VectorRef | undefined => {
      const row = indexOf.get(itemId);
      return row === undefined ? undefined : { set, row };
    };
    const ids = this.#library.segments.map(({ id }) => id);
    const { blocks } = model.space;
    return pullProfiles({ ids, profiles: this.#vectors, blocks, vectorOf }, log, now).vectors;
  }
}
