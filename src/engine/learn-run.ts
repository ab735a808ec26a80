/**
 * One run of learning: lists, training, check, checkpoint. Nothing is changed before the end.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { LearnProgress, LearnResult, SegmentLearning } from '../core/learn.ts';
import { createRandom } from '../core/rng.ts';
import { choicesOf } from '../learn/choices.ts';
import { designOf, MODELS, tuningOf, type TuningProblem } from '../learn/design.ts';
import {
  type LearningList,
  type ListSource,
  replayLists,
  visitorLists,
} from '../learn/design-lists.ts';
import { decide } from '../learn/gate.ts';
import { createItemFeatures } from '../learn/item-features.ts';
import { type MatrixDevice, plainMatrix } from '../learn/matrix.ts';
import { type TrainedTuning, trainTuning } from '../learn/train-tuning.ts';
import { trusted } from '../learn/tuning.ts';
import type { VaeTrainer } from '../models/segment-vae/train-on-device.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { createListRanker } from '../ranker/list-ranker.ts';
import { SIGNALS } from '../ranker/signals.ts';
import { CheckpointDraft, type DraftInput, NO_TUNING } from './checkpoint-draft.ts';
import { knownItem } from './known-item.ts';
import type { LearningPorts, RunEnd } from './learner.ts';
import { NO_SEGMENTS_LEARNED } from './nothing-learned.ts';
import { Ended, RunClock } from './run-clock.ts';

/** How often a device is opened that breaks. */
const DEVICE_TRIES = 2;

/** Milliseconds of work that the model of segments may take after that. */
const SEGMENTS_MS = 15_000;

/** Steps that the page is told of its progress in. */
const SEGMENT_STEPS = 100;

/** As a list ranker aligns its functions. */
const SIGNAL_NAMES = SIGNALS.map(({ name }) => name);

/** What a run learns from. */
export interface RunInput extends DraftInput {
  /** Candidates of the last feed. */
  readonly encoded: EncodedItems;
  /** Choices that what is in use has not seen. */
  readonly fresh: number;
  /** Lists that there must be. */
  readonly least: number;
  /** Whether nobody asked for it. */
  readonly isAlone: boolean;
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
  readonly #clock: RunClock;

  /**
   * @param ports - See {@link LearningPorts}.
   * @param pack - In use.
   * @param end - Looked at in every rest, and set when the time is used up.
   */
  constructor(ports: LearningPorts, pack: RankerPack, end: RunEnd) {
    this.#ports = ports;
    this.#pack = pack;
    this.#clock = new RunClock(ports, end);
  }

  /**
   * Learns.
   *
   * @param input - See {@link RunInput}.
   * @returns Verdict and figures.
   * @throws When it was ended; `end` says so then.
   */
  async learn(input: RunInput): Promise<RunResult> {
    const draft = new CheckpointDraft(input);
    const ranker = await this.#tuneRanker(input, draft);
    const isDecided = ranker.verdict !== 'too-little';
    this.#clock.check();
    // A page that nobody keeps open for it may be left any time: what is there already is kept.
    const isEarly = input.isAlone && isDecided;
    if (isEarly && !(await draft.save())) return { ...ranker, verdict: 'aborted' };
    const segments = await this.#tuneSegments(input, draft);
    this.#clock.check();
    const isToBeSaved =
      isDecided || segments?.verdict === 'kept' || segments?.verdict === 'discarded';
    if (isToBeSaved && !(await draft.save())) return { ...ranker, verdict: 'aborted' };
    return { ...ranker, figures: { ...ranker.figures, ...(segments && { segments }) } };
  }

  async #tuneRanker(input: RunInput, draft: CheckpointDraft): Promise<RunResult> {
    const lists = await this.#lists(input);
    const own = lists.filter(({ target }) => target >= 0).length;
    if (own < input.least) return { verdict: 'too-little', figures: { lists: own } };
    const { inUse } = input.state;
    const problem = designOf(lists, SIGNAL_NAMES, (inUse?.body ?? NO_TUNING).tuning);
    await this.#clock.rest();
    const trained = await this.#train(problem);
    this.#tell('checking', 0, 1, null);
    const fresh = inUse === null ? 0 : Math.min(own, input.fresh);
    const { isKept, isOutdated, before, after, trust } = decide(problem, trained.logits, fresh);
    const tuning = trusted(tuningOf(problem, trained.theta, MODELS - 1), trust);
    const figures = { lists: own, before: { ndcg: before }, after: { ndcg: after } };
    if (isKept) draft.setRanker({ tuning, figures: { ...figures, trust } });
    else if (isOutdated) draft.setRanker(null);
    this.#tell('checking', 1, 1, null);
    const { device, curve: loss } = trained;
    return { verdict: isKept ? 'kept' : 'discarded', figures: { ...figures, device, loss } };
  }

  /** What fails here leaves what the ranker learned. */
  async #tuneSegments(
    { keeper, encoded, state, fresh }: RunInput,
    draft: CheckpointDraft,
  ): Promise<SegmentLearning | undefined> {
    const { openTrainer, library, seed } = this.#ports;
    if (!openTrainer) return undefined;
    this.#clock.beginPart(SEGMENTS_MS);
    let trainer: VaeTrainer | undefined;
    try {
      const { tuneSegments } = await import('./tune-segments.ts');
      trainer = await openTrainer(this.#clock.rest);
      const inUse = state.inUse?.body.segments;
      const input = { encoded, library: library(), keeper, choices: choicesOf(keeper.log), inUse };
      const { told, kept } = await tuneSegments(
        { ...input, seed: seed ?? keeper.settings.seed, fresh: inUse ? fresh : 0 },
        { trainer, rest: this.#clock.rest, tell: (share, loss) => this.#tellSegments(share, loss) },
      );
      if (kept !== undefined) draft.setSegments(kept);
      return told;
    } catch (error) {
      this.#clock.check();
      const verdict = error instanceof Ended ? 'aborted' : 'unavailable';
      return { ...NO_SEGMENTS_LEARNED, verdict };
    } finally {
      trainer?.close();
    }
  }

  async #lists({ keeper, encoded, now }: RunInput): Promise<LearningList[]> {
    const { ids, model, ranker } = this.#pack;
    const { log, items, settings } = keeper;
    const rowOf = new Map(ids.map((id, row) => [id, row]));
    const known: ListSource['known'] = (itemId) => {
      const row = rowOf.get(itemId);
      const item = knownItem(encoded, items, itemId);
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
      rest: this.#clock.rest,
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
    const { rest } = this.#clock;
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
        rest: this.#clock.rest,
        onPass: (pass, passes, loss) => this.#tell('training', pass, passes, loss),
      });
      const logits = await device.times(trained.theta, MODELS);
      return { ...trained, logits, device: device.device };
    } finally {
      device.dispose();
    }
  }

  #tell(phase: LearnProgress['phase'], step: number, steps: number, loss: number | null): void {
    this.#clock.tell({ phase, step, steps, loss });
  }

  #tellSegments(share: number, loss: number | null): void {
    this.#tell('segments', Math.round(share * SEGMENT_STEPS), SEGMENT_STEPS, loss);
  }
}
