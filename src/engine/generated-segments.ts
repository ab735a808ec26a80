/**
 * The visitor's generated segments: made by hand or by themselves, kept in the profile, part of the
 * library from the next feed on. What makes them comes when it is wanted.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { GeneratedSegment, GenerateRequest } from '../core/generated.ts';
import type { Segment } from '../core/types.ts';
import type { FeedContext } from '../feed/feed-context.ts';
import { type Library, withGenerated } from './library.ts';
import type { PackPorts } from './pack-keeper.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { SegmentTrainer } from './segment-maker.ts';
import type { SegmentWork } from './segment-work.ts';

/** What they are made with. */
export interface GenerationPorts {
  /** Runs a job when nothing else is to do. */
  readonly whenIdle: (job: () => void) => void;
  /** Waits. */
  readonly packs: Pick<PackPorts, 'pause'>;
  /**
   * Loads what it takes, once, on everybody's page; false where that is not to be. Left out: it is
   * there.
   */
  readonly preload?: (() => Promise<boolean>) | undefined;
  /** Trains the autoencoder; left out where TensorFlow.js is not wanted. */
  readonly trainSegments?: SegmentTrainer | undefined;
}

/** Keeps, makes and retires them. */
export class GeneratedSegments {
  readonly #base: Library;
  readonly #keeper: ProfileKeeper;
  readonly #ports: GenerationPorts;
  #work: Promise<SegmentWork> | null = null;
  #made: { readonly from: readonly GeneratedSegment[] | undefined; readonly library: Library };
  /** Members of segments made since the start, until a feed counts them. */
  readonly #support = new Map<string, number>();
  #isLooking = false;

  /**
   * @param base - The shop's and the predefined segments.
   * @param keeper - The profile.
   * @param ports - See {@link GenerationPorts}.
   */
  constructor(base: Library, keeper: ProfileKeeper, ports: GenerationPorts) {
    this.#base = base;
    this.#keeper = keeper;
    this.#ports = ports;
    this.#made = { from: undefined, library: base };
  }

  /** All segments in force; the same object until they change. */
  get library(): Library {
    const { generated } = this.#keeper.settings;
    if (this.#made.from !== generated) {
      this.#made = { from: generated, library: withGenerated(this.#base, generated) };
    }
    return this.#made.library;
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
    return (await this.#load()).generate(request, encoded, now);
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
    return (await this.#load()).fromItems(itemIds, encoded, now);
  }

  /**
   * Has the visitor's latest interactions looked at when idle: segments are confirmed, retired and
   * merged, and an interest that no segment covers becomes one.
   *
   * @param context - The last feed.
   * @param now - Milliseconds.
   */
  look(context: FeedContext | undefined, now: number): void {
    if (context === undefined || this.#isLooking || !this.#keeper.isObserving) return;
    this.#isLooking = true;
    this.#ports.whenIdle(() => {
      void this.#look(context, now)
        // Idle work that fails must not be heard of; the next interaction tries again.
        .catch(() => undefined)
        .finally(() => (this.#isLooking = false));
    });
  }

  /** Members of a segment when it was made here, else 0. */
  readonly supportOf = (id: string): number => this.#support.get(id) ?? 0;

  /**
   * Drops the automatic segments whose evidence was forgotten.
   *
   * @param removing - Removes records.
   * @param forgotten - Id of a segment that goes whatever its evidence.
   * @returns What `removing` gives.
   */
  async pruneAfter<T>(removing: Promise<T>, forgotten?: string): Promise<T> {
    const removed = await removing;
    const { generated = [] } = this.#keeper.settings;
    const known = new Set(this.#keeper.log.map(({ itemId }) => itemId));
    const kept = generated.filter(({ id, isAutomatic, evidence }) => {
      const left = evidence.filter((itemId) => known.has(itemId)).length;
      return id !== forgotten && (!isAutomatic || 2 * left >= evidence.length);
    });
    if (kept.length < generated.length) await this.#keeper.saveSettings({ generated: kept });
    return removed;
  }

  async #look(context: FeedContext, now: number): Promise<void> {
    // Asked for before everybody's page has it, its file would tell of the interaction.
    if ((await this.#ports.preload?.()) === false) return;
    const work = await this.#load();
    await work.look(context, now);
  }

  async #load(): Promise<SegmentWork> {
    this.#work ??= this.#open();
    try {
      return await this.#work;
    } catch (error) {
      // A file that did not come may come later.
      this.#work = null;
      throw error;
    }
  }

  async #open(): Promise<SegmentWork> {
    const { SegmentWork: Work } = await import('./segment-work.ts');
    return new Work({
      keeper: this.#keeper,
      ports: this.#ports,
      library: () => this.library,
      support: this.#support,
    });
  }
}
