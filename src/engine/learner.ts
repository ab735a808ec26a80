/**
 * What was learned of the visitor: kept in checkpoints, used in feeds, learned anew.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { VitrineError } from '../core/errors.ts';
import type { LearnedVersion, LearnResult, LearnStatus } from '../core/learn.ts';
import type { Item } from '../core/types.ts';
import { choicesOf } from '../learn/choices.ts';
import type { DesignMatrix, MatrixDevice, Yield } from '../learn/matrix.ts';
import { isPlain } from '../learn/tuning.ts';
import type { VaeTrainer } from '../models/segment-vae/train-on-device.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import type { Told } from '../protocol.ts';
import { checkpointsOf, type LearnedState, type UsableCheckpoint } from './checkpoints-of.ts';
import { knownItem } from './known-item.ts';
import type { Library } from './library.ts';
import { NOTHING_LEARNED } from './nothing-learned.ts';
import type { PackRanker } from './pack-ranker.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import { tunedRanker } from './tuned-ranker.ts';

/** What learning is made of; everything with effects is handed in. */
export interface LearningPorts {
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Tells the page. */
  readonly tell: (told: Told) => void;
  /** Runs a job unless another tab runs one; null then. */
  readonly lock: <T>(job: () => Promise<T>) => Promise<T | null>;
  /** Puts a design on a device of TensorFlow.js; left out where none is wanted. */
  readonly openMatrix?: ((matrix: DesignMatrix, rest: Yield) => Promise<MatrixDevice>) | undefined;
  /** Makes what trains models of segments; left out where TensorFlow.js is not wanted. */
  readonly openTrainer?: ((pause: Yield) => Promise<VaeTrainer>) | undefined;
  /** Segments in force. */
  readonly library: () => Library;
  /** Whether a feed is under way. */
  readonly isHeld: () => boolean;
  /** Of the draws; left out, the profile's. */
  readonly seed?: number | undefined;
}

/** Choices that learning needs: when asked for, and when it begins by itself. */
const LEAST_CHOICES = 10;
const LEAST_ALONE = { choices: 20, fresh: 10 } as const;

/** Says that a run is to end, or had to. */
export interface RunEnd {
  isAborted: boolean;
}

function versionOf({ version, time, body }: UsableCheckpoint): LearnedVersion {
  const { figures, segments } = body;
  return { version, time, ...figures, ...(segments && { segments: segments.figures }) };
}

/** Keeps, uses and makes checkpoints. */
export class Learner {
  readonly #keeper: ProfileKeeper;
  readonly #ports: LearningPorts;
  #pack: { readonly packId: string; readonly pack: RankerPack } | undefined;
  #state: LearnedState | undefined;
  /** The tuned ranker of a version, and that of the last list of candidates. */
  #made:
    | { readonly of: UsableCheckpoint; readonly make: ReturnType<typeof tunedRanker> }
    | undefined;
  #ranker: { readonly items: readonly Item[]; readonly ranker: PackRanker } | undefined;
  /** Of the run under way. */
  #end: RunEnd | undefined;
  /** The run that began by itself. */
  #alone: Promise<unknown> | undefined;
  #last: LearnResult | null = null;

  /**
   * @param keeper - The profile.
   * @param ports - See {@link LearningPorts}.
   */
  constructor(keeper: ProfileKeeper, ports: LearningPorts) {
    this.#keeper = keeper;
    this.#ports = ports;
  }

  /**
   * The ranker of a feed.
   *
   * @param packId - Of the pack in use.
   * @param ranker - The pack's own, with its pack.
   * @param items - Candidates of the feed.
   * @returns The ranker as tuned for this visitor; the pack's own when nothing was learned.
   */
  async rankerOf(packId: string, ranker: PackRanker, items: readonly Item[]): Promise<PackRanker> {
    const { pack } = ranker;
    if (!pack) return ranker;
    this.#pack = { packId, pack };
    const { inUse } = await this.#load();
    if (inUse === null || isPlain(inUse.body.tuning)) return ranker;
    if (this.#made?.of !== inUse) {
      this.#made = { of: inUse, make: tunedRanker(pack, inUse.body.tuning) };
      this.#ranker = undefined;
    }
    if (this.#ranker?.items !== items) {
      const listed = { items, indexOf: new Map(items.map(({ id }, row) => [id, row])) };
      const itemOf = (id: string): Item | undefined => knownItem(listed, this.#keeper.items, id);
      this.#ranker = { items, ranker: this.#made.make(items, itemOf) };
    }
    return this.#ranker.ranker;
  }

  /**
   * Learns, unless this tab or another one does so already. A run that began by itself gives way:
   * it may have begun before the latest choices.
   *
   * @param encoded - Candidates of the last feed.
   * @param now - Milliseconds since the epoch.
   * @returns What came of it.
   */
  async learn(encoded: EncodedItems, now: number): Promise<LearnResult> {
    if (this.#alone !== undefined) {
      this.#stop();
      await this.#alone.catch(() => undefined);
    }
    return this.#learn(encoded, now, false);
  }

  /**
   * The same, when there is consent and enough that is new.
   *
   * @param encoded - Candidates of the last feed.
   * @param now - Milliseconds since the epoch.
   */
  async learnAlone(encoded: EncodedItems, now: number): Promise<void> {
    if (this.#keeper.consent !== 'granted' || this.#pack === undefined) return;
    // Somebody asked for it meanwhile.
    if (this.#end !== undefined) return;
    const { fresh } = await this.status();
    if (fresh < LEAST_ALONE.fresh) return;
    if (choicesOf(this.#keeper.log).length < LEAST_ALONE.choices) return;
    this.#alone = this.#learn(encoded, now, true);
    await this.#alone.finally(() => (this.#alone = undefined));
  }

  /** Ends what is being learned, and has what is stored read anew. */
  abort(): void {
    this.#stop();
    this.invalidate();
  }

  /** Has what is stored read anew: another tab may have learned or forgotten. */
  invalidate(): void {
    this.#state = undefined;
  }

  /** See `Vitrine.learn.status`. */
  async status(): Promise<LearnStatus> {
    const last = this.#last;
    const isLearning = this.#end !== undefined;
    if (this.#pack === undefined) return { version: 0, isLearning, versions: [], fresh: 0, last };
    await this.#keeper.refresh();
    const { inUse, usable, stored } = await this.#load();
    return {
      version: inUse?.version ?? 0,
      isLearning,
      versions: usable.map(versionOf),
      fresh: this.#freshAfter(stored.pointer.decidedAt),
      last,
    };
  }

  /**
   * See `Vitrine.learn.rollback`.
   *
   * @param version - 0, or of a usable checkpoint.
   * @throws `OPTION_INVALID`
   */
  async rollback(version: number): Promise<void> {
    const { usable = [], stored } = this.#pack === undefined ? {} : await this.#load();
    const versions = [0, ...usable.map((checkpoint) => checkpoint.version)];
    if (!versions.includes(version)) {
      const expected = versions.join(', ');
      throw new VitrineError('OPTION_INVALID', `rollback: got ${version}, expected ${expected}.`);
    }
    if (stored === undefined) return;
    this.#stop();
    const pointer = { ...stored.pointer, version, decidedAt: this.#newestId() };
    await this.#keeper.saveCheckpoint(null, pointer, []);
    this.invalidate();
  }

  #stop(): void {
    if (this.#end) this.#end.isAborted = true;
  }

  /** Choices after an event; all of them when it is not there. */
  #freshAfter(eventId: string): number {
    const { log } = this.#keeper;
    const at = log.findLastIndex((record) => record.eventId === eventId);
    return choicesOf(log).filter((choice) => choice.at > at).length;
  }

  #newestId(): string {
    return this.#keeper.log.at(-1)?.eventId ?? '';
  }

  async #load(): Promise<LearnedState> {
    const packId = this.#pack?.packId ?? '';
    if (this.#state?.packId === packId) return this.#state;
    this.#state = checkpointsOf(await this.#keeper.loadCheckpoints(), packId);
    return this.#state;
  }

  async #learn(encoded: EncodedItems, now: number, isAlone: boolean): Promise<LearnResult> {
    const start = this.#ports.clock();
    const least = isAlone ? LEAST_ALONE.choices : LEAST_CHOICES;
    const told = async (
      verdict: LearnResult['verdict'],
      rest: Partial<LearnResult> = {},
    ): Promise<LearnResult> => {
      const { inUse } = await this.#load();
      const seconds = (this.#ports.clock() - start) / 1000;
      const version = inUse?.version ?? 0;
      const result = { ...NOTHING_LEARNED, verdict, version, ...rest, seconds };
      // The run that is under way has the last word.
      if (verdict !== 'busy') this.#last = result;
      this.#ports.tell(['learn', result]);
      return result;
    };
    if (this.#pack === undefined || this.#keeper.consent === 'denied') return told('unavailable');
    if (this.#end !== undefined) return told('busy');
    const end = { isAborted: false };
    this.#end = end;
    const { pack } = this.#pack;
    try {
      const { LearnRun } = await import('./learn-run.ts');
      const run = new LearnRun(this.#ports, pack, end);
      const done = await this.#ports.lock(async () => {
        await this.#keeper.refresh();
        // Another tab may have learned while this one waited for nothing.
        this.invalidate();
        const state = await this.#load();
        if (choicesOf(this.#keeper.log).length < least) return told('too-little');
        const fresh = this.#freshAfter(state.stored.pointer.decidedAt);
        const keeper = this.#keeper;
        const made = await run.learn({ keeper, encoded, state, now, fresh, least, isAlone });
        this.invalidate();
        return told(made.verdict, made.figures);
      });
      return done ?? (await told('busy'));
    } catch (error) {
      // A run that nobody asked for may have kept something before.
      this.invalidate();
      if (end.isAborted) return told('aborted');
      throw error;
    } finally {
      this.#end = undefined;
    }
  }
}
