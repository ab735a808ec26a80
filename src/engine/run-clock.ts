/**
 * The time of a run of learning: short stretches of work, never beside a feed, and an end.
 *
 * @packageDocumentation
 */
import type { LearnProgress } from '../core/learn.ts';
import type { LearningPorts, RunEnd } from './learner.ts';

/** Milliseconds of work that the ranker may take, and of all that it or another part may. */
const WORK_MS = 20_000;
const LAST_MS = 100_000;

/** A stretch of work without a rest. */
const STRETCH_MS = 5;

/** The longest that work can be between two rests; a slow device may take seconds. */
const MOST_MS = 50;

/** A feed under way is looked for again after this. */
const HELD_MS = 10;

/** Milliseconds between two messages about progress. */
const TOLD_MS = 100;

/** Thrown to end a run, or a part of it; never seen outside. */
export class Ended extends Error {}

/** What is used of the ports. */
type ClockPorts = Pick<LearningPorts, 'clock' | 'isHeld' | 'pause' | 'tell'>;

/** Clock and voice of one run. */
export class RunClock {
  readonly #ports: ClockPorts;
  readonly #end: RunEnd;
  #begun: number;
  #stretch: number;
  #worked = 0;
  #mostWork = WORK_MS;
  #isPart = false;
  #toldAt = -Infinity;

  /**
   * @param ports - See `LearningPorts`.
   * @param end - Looked at in every rest, and set when the time is used up.
   */
  constructor(ports: ClockPorts, end: RunEnd) {
    this.#ports = ports;
    this.#end = end;
    this.#begun = ports.clock();
    this.#stretch = this.#begun;
  }

  /**
   * Begins a part of the run that has a time of its own. When that is used up, {@link rest} throws,
   * but the run is not over.
   *
   * @param mostWork - Milliseconds of work.
   */
  beginPart(mostWork: number): void {
    this.#begun = this.#ports.clock();
    this.#worked = 0;
    this.#mostWork = mostWork;
    this.#isPart = true;
  }

  /** @throws {@link Ended} when the run is over. */
  check(): void {
    if (this.#end.isAborted) throw new Ended();
  }

  /**
   * Goes on after at most some milliseconds of work, and never beside a feed.
   *
   * @throws {@link Ended} when it was aborted or the time is used up.
   */
  readonly rest = async (): Promise<void> => {
    const { clock, pause, isHeld } = this.#ports;
    const stretch = clock() - this.#stretch;
    if (!this.#end.isAborted && stretch < STRETCH_MS && !isHeld()) return;
    // A stretch that is longer was spent waiting for a device.
    this.#worked += Math.min(stretch, MOST_MS);
    do {
      await pause(isHeld() ? HELD_MS : 0);
      const isOver = this.#worked > this.#mostWork || clock() - this.#begun > LAST_MS;
      if (isOver && !this.#isPart) this.#end.isAborted = true;
      if (isOver || this.#end.isAborted) throw new Ended();
    } while (isHeld());
    this.#stretch = clock();
  };

  /**
   * Tells the page of a step, unless it was told of one just before; of the last one always.
   *
   * @param progress - See {@link LearnProgress}.
   */
  tell(progress: LearnProgress): void {
    const now = this.#ports.clock();
    if (progress.step < progress.steps && now - this.#toldAt < TOLD_MS) return;
    this.#toldAt = now;
    this.#ports.tell(['learning', progress]);
  }
}
