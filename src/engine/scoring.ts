/**
 * Synthetic scores and pictures, as far as every feed has to know of them. What makes scores is
 * loaded when a pack is in use; what looks at pictures, when the shop asks for it.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from '../core/generated-features.ts';
import type { Item } from '../core/types.ts';
import type { FeedTurns } from './feed-turns.ts';
import type { ItemScores } from './item-scores.ts';
import type { OpenPack, PackPorts } from './pack-keeper.ts';
import type { PictureReader } from './picture-reader.ts';

/** What scoring is made of. */
export interface ScoringPorts {
  /** Loads what scores items; slices wait for feeds. */
  readonly openScores?: (turns: FeedTurns) => Promise<ItemScores>;
  /** Waits. */
  readonly packs: Pick<PackPorts, 'pause'>;
  /** Loads what looks at pictures; left out: the shop does not want it. */
  readonly openPictures?: ((turns: FeedTurns) => Promise<PictureReader>) | undefined;
}

/** A feed waits no longer for what earlier pages scored, in milliseconds. */
const WAIT_MS = 300;

/** The scores, once they are wanted. */
export class Scoring {
  readonly #ports: ScoringPorts;
  readonly #turns: FeedTurns;
  #opening: Promise<ItemScores | null> | null = null;
  #scores: ItemScores | null = null;
  #looking: Promise<PictureReader | null> | null = null;
  #pictures: PictureReader | null = null;

  /**
   * @param ports - See {@link ScoringPorts}.
   * @param turns - Of the engine's feeds.
   * @param hasPack - Whether the shop named a pack: then what earlier pages scored is read at once.
   */
  constructor(ports: ScoringPorts, turns: FeedTurns, hasPack: boolean) {
    this.#ports = ports;
    this.#turns = turns;
    if (hasPack) void this.#open();
  }

  /**
   * Waits for what earlier pages scored.
   *
   * @returns Resolves when it is there, or after 0.3 s.
   */
  async ready(): Promise<void> {
    if (this.#opening) await Promise.race([this.#opening, this.#ports.packs.pause(WAIT_MS)]);
  }

  /**
   * Adds what is known of items by now.
   *
   * @param items - Candidates.
   * @returns The same list where nothing is known.
   */
  apply(items: readonly Item[]): readonly Item[] {
    const scored = this.#scores?.apply(items) ?? items;
    return this.#pictures?.addTo(scored) ?? scored;
  }

  /**
   * Scores candidates that came without scores and looks at their pictures, once nothing else is to
   * do.
   *
   * @param items - Of the last feed.
   * @param pack - With the model; without a pack nothing is scored.
   */
  schedule(items: readonly Item[], pack: OpenPack | undefined): void {
    if (pack?.isKilled === true) return;
    this.#score(items, pack);
    const { openPictures } = this.#ports;
    if (!openPictures) return;
    this.#looking ??= openPictures(this.#turns).catch(() => null);
    void this.#looking.then((pictures) => {
      this.#pictures = pictures;
      void pictures?.read(items);
    });
  }

  #score(items: readonly Item[], pack: OpenPack | undefined): void {
    if (pack) void this.#open().then((scores) => scores?.schedule(items, pack));
  }

  #open(): Promise<ItemScores | null> {
    this.#opening ??= this.#load().catch(() => null);
    return this.#opening;
  }

  /** A chunk that does not load only means that nothing is scored. */
  async #load(): Promise<ItemScores | null> {
    const scores = await this.#ports.openScores?.(this.#turns);
    await scores?.recall();
    this.#scores = scores ?? null;
    return this.#scores;
  }

  /** See {@link ItemScores.explain}. */
  async explain(item: Item | undefined): Promise<GeneratedFeatures | null> {
    if (!item) return null;
    return this.#scores?.explain(item) ?? item.generated ?? null;
  }

  /** See {@link ItemScores.count}. */
  count(items: readonly Item[]): number {
    return this.#scores?.count(items) ?? items.filter(({ generated }) => generated).length;
  }

  /** Forgets what this page scored and looked at. */
  clear(): void {
    this.#scores?.clear();
    this.#pictures?.clear();
  }
}
