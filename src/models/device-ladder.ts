/**
 * Which device computes the similarities: pure logic over devices that somebody else opens.
 *
 * webgpu → wasm → cpu → js. A device that fails is left for good and the same job is done again
 * behind it; `js`, the plain typed-array path, needs no opening and never fails.
 *
 * `auto` goes by the size of the job: small ones on `js`; larger ones on `wasm`, our own kernels,
 * which open in milliseconds without a request; on a GPU only those whose products outweigh the way
 * there and back.
 *
 * @packageDocumentation
 */
import { VitrineError, toVitrineError } from '../core/errors.ts';
import type { VitrineErrorCode } from '../core/errors.ts';
import { checkSimilarityInput, jobSize, referenceScores } from '../core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../core/similarity.ts';
import { type Crossovers, type TunedTiers, UNTUNED } from '../core/tiers.ts';
import type { Device, DeviceOption, Stats } from '../core/types.ts';
import type { TfDevice } from './backend.ts';

/** What a ladder needs. */
export interface DeviceLadderOptions {
  /** `auto` goes by the size of the job; a named device is tried first, then those behind it. */
  readonly wanted: DeviceOption;
  /** Opens a device or rejects; must settle. */
  readonly open: (device: TfDevice) => Promise<SimilarityDevice>;
  /** Told once for each device that is left for good. */
  readonly onLeave?: (device: Device, code: VitrineErrorCode) => void;
  /**
   * Measures in idle time which tier is worth it from which size N·V·D on, and opens WebGPU where it
   * is, in `auto`. Left out: no WebGPU.
   */
  readonly tune?: (access: TierAccess) => Promise<TunedTiers>;
  /** Sizes to go by before. Default those of {@link UNTUNED}. */
  readonly crossovers?: Crossovers;
}

/** What a ladder lets the one see who tunes it. */
export interface TierAccess {
  /** Size of the largest job so far. */
  readonly largest: number;
  /** A device that is open. */
  readonly device: (tier: 'wasm' | 'webgpu') => SimilarityDevice | undefined;
  /** Opens WebGPU, which loads TensorFlow.js. Undefined when it cannot be had. */
  readonly openWebgpu: () => Promise<SimilarityDevice | undefined>;
}

/** A device that was left, and why. */
interface LeftDevice {
  readonly device: Device;
  readonly code: VitrineErrorCode;
}

/** Runs similarity jobs on the best device that still works. */
export interface DeviceLadder {
  /** Where the last job ran; before the first job: where one would run. */
  current(): Device;
  /**
   * Cosines of all items with all vectors, whatever the devices do.
   *
   * @returns [N, V], as {@link referenceScores} within 1e-5.
   * @throws `SHAPE_MISMATCH` for a wrong input, `DISPOSED`; nothing else.
   */
  scores(input: SimilarityInput): Promise<Float32Array>;
  /** Which device made an array that `scores` returned; `js` for any other. */
  deviceOf(scores: Float32Array): Device;
  /**
   * Opens in idle time what the next job may need: the named device or the next behind it; in `auto`
   * `wasm`, and `webgpu` after a job that was large enough for it. Then measures. Never rejects.
   */
  warmUp(): Promise<void>;
  /** Leaves the device of the last job for good, since its numbers were found wrong. */
  condemn(code: VitrineErrorCode): void;
  /** Devices left for good, oldest first. */
  left(): readonly LeftDevice[];
  /** Live tensors; 0 on `js`. */
  numTensors(): number;
  /** What was measured of the tiers, the sizes in force, and the GPU's time for its last job. */
  figures(): Pick<Stats, 'tiers' | 'gpuMs'>;
  /** Frees the open device. */
  dispose(): void;
}

/** Best first; in `auto`, only a named device is worth `cpu`, TensorFlow.js in plain JavaScript. */
const RUNGS: readonly TfDevice[] = ['webgpu', 'wasm', 'cpu'];

/**
 * Makes a ladder of devices.
 *
 * A lost WebGPU device is opened afresh once: Chromium blocks WebGPU for the whole site after
 * two losses. In `auto` no job waits for WebGPU to open: it is done on `wasm` meanwhile.
 *
 * @param options - See {@link DeviceLadderOptions}.
 * @returns A ladder that has opened nothing yet.
 * @example
 * const ladder = createDeviceLadder({
 *   wanted: 'auto',
 *   open: (device) => openSimilarity(device, { wasmBaseUrl }),
 * });
 */
export function createDeviceLadder(options: DeviceLadderOptions): DeviceLadder {
  return new Ladder(options);
}

class Ladder implements DeviceLadder {
  readonly #options: DeviceLadderOptions;
  readonly #left: LeftDevice[] = [];
  readonly #makers = new WeakMap<Float32Array, Device>();
  readonly #open = new Map<TfDevice, SimilarityDevice>();
  readonly #opening = new Map<TfDevice, Promise<void>>();
  #rungs: TfDevice[];
  #lastDevice: Device | null = null;
  #hasRetried = false;
  #largest = 0;
  #tuned: TunedTiers;
  #isDisposed = false;

  constructor(options: DeviceLadderOptions) {
    const { wanted } = options;
    this.#options = options;
    const { crossovers = UNTUNED.crossovers } = options;
    this.#tuned = { ...UNTUNED, crossovers };
    if (wanted === 'auto') this.#rungs = RUNGS.filter((device) => device !== 'cpu');
    else this.#rungs = wanted === 'js' ? [] : RUNGS.slice(RUNGS.indexOf(wanted));
  }

  current(): Device {
    if (this.#lastDevice !== null) return this.#lastDevice;
    return this.#options.wanted === 'auto' ? 'js' : (this.#rungs[0] ?? 'js');
  }

  async scores(input: SimilarityInput): Promise<Float32Array> {
    checkSimilarityInput(input);
    for (;;) {
      const device = await this.#deviceFor(input);
      if (this.#isDisposed) throw new VitrineError('DISPOSED');
      if (device === undefined) {
        this.#lastDevice = 'js';
        return referenceScores(input);
      }
      try {
        const scores = await device.scores(input);
        this.#lastDevice = device.device;
        this.#makers.set(scores, device.device);
        return scores;
      } catch (error) {
        this.#drop(device, toVitrineError(error, 'DEVICE_LOST').code);
      }
    }
  }

  deviceOf(scores: Float32Array): Device {
    return this.#makers.get(scores) ?? 'js';
  }

  async warmUp(): Promise<void> {
    if (this.#options.wanted !== 'auto') {
      await this.#best();
      return;
    }
    await this.#opened('wasm');
    const tuning = this.#options.tune?.({
      largest: this.#largest,
      device: (tier) => this.#open.get(tier),
      openWebgpu: async () => this.#opened('webgpu'),
    });
    // What measures is a chunk of its own, which may not load.
    this.#tuned = (await tuning?.catch(() => undefined)) ?? this.#tuned;
  }

  condemn(code: VitrineErrorCode): void {
    const device = [...this.#open.values()].find((one) => one.device === this.#lastDevice);
    if (device === undefined) return;
    this.#hasRetried = true;
    this.#drop(device, code);
  }

  left(): readonly LeftDevice[] {
    return [...this.#left];
  }

  numTensors(): number {
    return [...this.#open.values()].reduce((sum, device) => sum + device.numTensors(), 0);
  }

  figures(): Pick<Stats, 'tiers' | 'gpuMs'> {
    return { tiers: this.#tuned, gpuMs: this.#open.get('webgpu')?.gpuMs?.() ?? null };
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const device of this.#open.values()) device.dispose();
    this.#open.clear();
  }

  /** Undefined stands for `js`. */
  async #deviceFor(input: SimilarityInput): Promise<SimilarityDevice | undefined> {
    if (this.#options.wanted !== 'auto') return this.#best();
    const { wasm, webgpu } = this.#tuned.crossovers;
    const size = jobSize(input);
    this.#largest = Math.max(this.#largest, size);
    if (size < wasm) return undefined;
    return (size >= webgpu && this.#open.get('webgpu')) || this.#opened('wasm');
  }

  /** The best rung that opens. */
  async #best(): Promise<SimilarityDevice | undefined> {
    for (let [rung] = this.#rungs; rung !== undefined; [rung] = this.#rungs) {
      if (this.#isDisposed) return undefined;
      const device = await this.#opened(rung);
      if (device !== undefined) return device;
    }
    return undefined;
  }

  /** Opens a rung once; undefined when it is none any more. */
  async #opened(rung: TfDevice): Promise<SimilarityDevice | undefined> {
    if (!this.#open.has(rung) && this.#rungs.includes(rung) && !this.#isDisposed) {
      const opening =
        this.#opening.get(rung) ?? this.#openRung(rung).finally(() => this.#opening.delete(rung));
      this.#opening.set(rung, opening);
      await opening;
    }
    return this.#open.get(rung);
  }

  /** Afterwards it is open, or no longer a rung. */
  async #openRung(rung: TfDevice): Promise<void> {
    try {
      const opened = await this.#options.open(rung);
      if (this.#isDisposed) opened.dispose();
      else this.#open.set(rung, opened);
    } catch (error) {
      this.#leave(rung, toVitrineError(error, 'DEVICE_UNAVAILABLE').code);
    }
  }

  /** Closes a device that failed. Two jobs may have failed on it; only the first counts. */
  #drop(device: SimilarityDevice, code: VitrineErrorCode): void {
    const rung = RUNGS.find((one) => this.#open.get(one) === device);
    if (rung === undefined) return;
    this.#open.delete(rung);
    try {
      device.dispose();
    } catch {
      // It is broken: that it cannot tidy up after itself changes nothing.
    }
    const mayRetry = rung === 'webgpu' && code === 'DEVICE_LOST' && !this.#hasRetried;
    if (mayRetry) this.#hasRetried = true;
    else this.#leave(rung, code);
  }

  #leave(rung: TfDevice, code: VitrineErrorCode): void {
    this.#rungs = this.#rungs.filter((one) => one !== rung);
    this.#left.push({ device: rung, code });
    this.#options.onLeave?.(rung, code);
  }
}
