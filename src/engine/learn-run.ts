/**
 * One run of learning: lists, training, check, checkpoint. Nothing is changed before the end.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { LearnProgress, LearnResult } from '../core/learn.ts';
import { createRandom } from '../core/rng.ts';
import { type CheckpointBody, sealCheckpoint } from '../learn/checkpoint.ts';
import { choicesOf } from '../learn/choices.ts';
import { designOf, MODELS, tuningOf, type TuningProblem } from '../learn/design.ts';
import {
  type LearningList,
  type ListSource,
  replayLists,
  visitorLists,
} from '../learn/design-lists.ts';
import { decide, type GateDecision } from '../learn/gate.ts';
import { createItemFeatures } from '../learn/item-features.ts';
import { type MatrixDevice, plainMatrix } from '../learn/matrix.ts';
import { type TrainedTuning, trainTuning } from '../learn/train-tuning.ts';
import { trusted } from '../learn/tuning.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { createListRanker } from '../ranker/list-ranker.ts';
import { SIGNALS } from '../ranker/signals.ts';
import type { LearnedState, LearningPorts, RunEnd } from './learner.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** Milliseconds of work, and of all that a run may last. */
const WORK_MS = 20_000;
const LAST_MS = 100_000;

/** A stretch of work without a rest. */
const STRETCH_MS = 5;

/** The longest that work can be between two rests; a slow device may take seconds. */
const MOST_MS = 50;

/** A feed under way is looked for again after this. */
const HELD_MS = 10;

/** How often a device is opened that breaks. */
const DEVICE_TRIES = 2;

/** Milliseconds between two messages about progress. */
const TOLD_MS = 100;

/** As a list ranker aligns its functions. */
const SIGNAL_NAMES = SIGNALS.map(({ name }) => name);

/** Thrown to end a run; never seen outside. */
class Ended extends Error {}

/** What a run learns from. */
export interface RunInput {
  readonly keeper: ProfileKeeper;
  /** Candidates of the last feed. */
  readonly encoded: EncodedItems;
  /** What is in use. */
  readonly state: LearnedState;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Choices that what is in use has not seen. */
  readonly fresh: number;
  /** Lists that there must be. */
  readonly least: number;
}

/** What came of it. */
export interface RunResult {
  readonly verdict: LearnResult['verdict'];
  readonly figures: Partial<LearnResult>;
}

interface Trained extends TrainedTuning {
  readonly device: MatrixDevice['device'];
  /** [R, M] */
  readonly logits: Float32Array;
}

/** One run. */
export class LearnRun {
  readonly #ports: LearningPorts;
  readonly #pack: RankerPack;
  readonly #begun: number;
  #stretch: number;
  #worked = 0;
  #toldAt = -Infinity;
  readonly #end: RunEnd;

  /**
   * @param ports - See {@link LearningPorts}.
   * @param pack - In use.
   * @param end - Looked at in every rest, and set when the time is used up.
   */
  constructor(ports: LearningPorts, pack: RankerPack, end: RunEnd) {
    this.#ports = ports;
    this.#pack = pack;
    this.#end = end;
    this.#begun = ports.clock();
    this.#stretch = this.#begun;
  }

  /**
   * Learns.
   *
   * @param input - See {@link RunInput}.
   * @returns Verdict and figures.
   * @throws When it was ended; `end` says so then.
   */
  async learn(input: RunInput): Promise<RunResult> {
    const lists = await this.#lists(input);
    const own = lists.filter(({ target }) => target >= 0).length;
    if (own < input.least) return { verdict: 'too-little', figures: { lists: own } };
    const { inUse } = input.state;
    const nothing = { gains: new Map<string, number>(), weights: new Map<string, number>() };
    const problem = designOf(lists, SIGNAL_NAMES, inUse?.body.tuning ?? nothing);
    await this.#rest();
    const trained = await this.#train(problem);
    this.#tell('checking', 0, 1, null);
    const fresh = inUse === null ? 0 : Math.min(own, input.fresh);
    const decision = decide(problem, trained.logits, fresh);
    const tuning = trusted(tuningOf(problem, trained.theta, MODELS - 1), decision.trust);
    const { before, after, trust } = decision;
    const figures = { lists: own, before: { ndcg: before }, after: { ndcg: after }, trust };
    const isSaved = await this.#save(input, decision, { tuning, figures });
    this.#tell('checking', 1, 1, null);
    const { device, curve: loss } = trained;
    const kept = decision.isKept ? 'kept' : 'discarded';
    const { trust: _, ...told } = figures;
    return { verdict: isSaved ? kept : 'aborted', figures: { ...told, device, loss } };
  }

  async #lists({ keeper, encoded, now }: RunInput): Promise<LearningList[]> {
    const { ids, model, ranker } = this.#pack;
    const { log, items, settings } = keeper;
    const rowOf = new Map(ids.map((id, row) => [id, row]));
    const known: ListSource['known'] = (itemId) => {
      const row = rowOf.get(itemId);
      const at = encoded.indexOf.get(itemId);
      const item = at === undefined ? items.get(itemId) : encoded.items[at];
      return row === undefined || item === undefined ? undefined : { row, item };
    };
    const { rank, ranker: aligned } = createListRanker(model, ranker);
    const source: ListSource = {
      rank,
      ranker: aligned,
      walks: model.tables.next,
      pool: encoded.items.flatMap(({ id }) => known(id) ?? []),
      known,
      rowOf: (itemId) => rowOf.get(itemId),
      features: createItemFeatures(encoded.items),
      random: createRandom(this.#ports.seed ?? settings.seed, `learn ${now}`),
      rest: () => this.#rest(),
    };
    const own = await visitorLists(source, log, choicesOf(log), (done, all) =>
      this.#tell('lists', done, all, null),
    );
    const weight = own.reduce((sum, list) => sum + list.weight, 0);
    return [...own, ...(await replayLists(source, weight))];
  }

  /** On the device that was wanted; where it fails twice, in plain arithmetic. */
  async #train(problem: TuningProblem): Promise<Trained> {
    const { openMatrix } = this.#ports;
    const rest = (): Promise<void> => this.#rest();
    // A backend is shared: another of its users may have broken it, and it can be opened anew.
    for (const open of Array.from({ length: DEVICE_TRIES }, () => openMatrix)) {
      if (!open) break;
      try {
        return await this.#trainOn(await open(problem.matrix, rest), problem);
      } catch (error) {
        if (error instanceof Ended) throw error;
      }
    }
    return this.#trainOn(plainMatrix(problem.matrix, rest), problem);
  }

  async #trainOn(device: MatrixDevice, problem: TuningProblem): Promise<Trained> {
    try {
      const trained = await trainTuning(problem, {
        device,
        rest: () => this.#rest(),
        onPass: (pass, passes, loss) => this.#tell('training', pass, passes, loss),
      });
      const logits = await device.times(trained.theta, MODELS);
      return { ...trained, logits, device: device.device };
    } finally {
      device.dispose();
    }
  }

  /** One transaction: a run that is cut off here leaves what was there before. */
  async #save(
    { keeper, state, now }: RunInput,
    { isKept, isOutdated }: GateDecision,
    body: CheckpointBody,
  ): Promise<boolean> {
    if (this.#end.isAborted) throw new Ended();
    const { packId, stored, inUse } = state;
    const { pointer } = stored;
    const learnedFrom = keeper.log.map(({ eventId }) => eventId);
    const decidedAt = learnedFrom.at(-1) ?? '';
    if (!isKept) {
      const version = isOutdated ? 0 : (inUse?.version ?? 0);
      return keeper.saveCheckpoint(null, { ...pointer, version, decidedAt }, learnedFrom);
    }
    const version = Math.max(pointer.highest, ...stored.checkpoints.map((one) => one.version)) + 1;
    const sealed = sealCheckpoint({ version, packId, time: now }, body);
    return keeper.saveCheckpoint(sealed, { version, highest: version, decidedAt }, learnedFrom);
  }

  /** Goes on after at most some milliseconds of work, and never beside a feed. */
  async #rest(): Promise<void> {
    const { clock, pause, isHeld } = this.#ports;
    const stretch = clock() - this.#stretch;
    if (!this.#end.isAborted && stretch < STRETCH_MS && !isHeld()) return;
    // A stretch that is longer was spent waiting for a device.
    this.#worked += Math.min(stretch, MOST_MS);
    do {
      await pause(isHeld() ? HELD_MS : 0);
      const isOver = this.#worked > WORK_MS || clock() - this.#begun > LAST_MS;
      if (isOver) this.#end.isAborted = true;
      if (this.#end.isAborted) throw new Ended();
    } while (isHeld());
    this.#stretch = clock();
  }

  #tell(phase: LearnProgress['phase'], step: number, steps: number, loss: number | null): void {
    const now = this.#ports.clock();
    if (step < steps && now - this.#toldAt < TOLD_MS) return;
    this.#toldAt = now;
    this.#ports.tell(['learning', { phase, step, steps, loss }]);
  }
}
