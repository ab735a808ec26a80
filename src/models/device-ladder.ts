/**
 * Which device computes the similarities: pure logic over devices that somebody else opens.
 *
 * webgpu → wasm → cpu → js. A device that fails is left for good and the same job is done again
 * behind it; `js`, the plain typed-array path, needs no opening and never fails.
 *
 * @packageDocumentation
 */
import { VitrineError, toVitrineError } from '../core/errors.ts';
import type { VitrineErrorCode } from '../core/errors.ts';
import { LARGE_JOB, checkSimilarityInput, referenceScores } from '../core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../core/similarity.ts';
import type { Device, DeviceOption } from '../core/types.ts';
import type { TfDevice } from './backend.ts';

/** What a ladder needs. */
export interface DeviceLadderOptions {
  /** `auto` starts on `js`; a named device is tried first, then those behind it. */
  readonly wanted: DeviceOption;
  /** Opens a device or rejects; must settle (see {@link openTfSimilarity}). */
  readonly open: (device: TfDevice) => Promise<SimilarityDevice>;
  /** Told once for each device that is left for good. */
  readonly onLeave?: (device: Device, code: VitrineErrorCode) => void;
  /** Size N·V·D from which `auto` uses the device that was warmed up. Default 4,000,000. */
  readonly largeJob?: number;
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
  /** Opens the next device in idle time. Never rejects; does nothing when one is open. */
  warmUp(): Promise<void>;
  /** Leaves the device of the last job for good, since its numbers were found wrong. */
  condemn(code: VitrineErrorCode): void;
  /** Devices left for good, oldest first. */
  left(): readonly LeftDevice[];
  /** Live tensors; 0 on `js`. */
  numTensors(): number;
  /** Frees the open device. */
  dispose(): void;
}

// `cpu` is TensorFlow.js in plain JavaScript: never better than `js`, so only who asks gets it.
const AUTO_RUNGS: readonly TfDevice[] = ['webgpu', 'wasm'];
const ALL_RUNGS: readonly TfDevice[] = ['webgpu', 'wasm', 'cpu'];

/**
 * Makes a ladder of devices.
 *
 * A lost WebGPU device is opened afresh once: Chromium blocks WebGPU for the whole site after
 * two losses. In `auto` a job never waits for a device to open: it is done on `js` and the next
 * {@link DeviceLadder.warmUp} opens the next device.
 *
 * @param options - See {@link DeviceLadderOptions}.
 * @returns A ladder that has opened nothing yet.
 * @example
 * const ladder = createDeviceLadder({
 *   wanted: 'auto',
 *   open: (device) => openTfSimilarity(device, { wasmBaseUrl, allowSoftware: false }),
 * });
 */
export function createDeviceLadder(options: DeviceLadderOptions): DeviceLadder {
  return new Ladder(options);
}

class Ladder implements DeviceLadder {
  readonly #options: DeviceLadderOptions;
  readonly #left: LeftDevice[] = [];
  readonly #makers = new WeakMap<Float32Array, Device>();
  #rungs: TfDevice[];
  #open: SimilarityDevice | null = null;
  #opening: Promise<void> | null = null;
  #lastDevice: Device | null = null;
  #hasRetried = false;
  #isDisposed = false;

  constructor(options: DeviceLadderOptions) {
    const { wanted } = options;
    this.#options = options;
    if (wanted === 'auto') this.#rungs = [...AUTO_RUNGS];
    else if (wanted === 'js') this.#rungs = [];
    else this.#rungs = ALL_RUNGS.slice(ALL_RUNGS.indexOf(wanted));
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
      if (device === null) {
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
    while (this.#open === null && this.#rungs.length > 0 && !this.#isDisposed) {
      this.#opening ??= this.#openNext().finally(() => {
        this.#opening = null;
      });
      await this.#opening;
    }
  }

  condemn(code: VitrineErrorCode): void {
    const device = this.#open;
    if (device === null || device.device !== this.#lastDevice) return;
    this.#hasRetried = true;
    this.#drop(device, code);
  }

  left(): readonly LeftDevice[] {
    return [...this.#left];
  }

  numTensors(): number {
    return this.#open?.numTensors() ?? 0;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#open?.dispose();
    this.#open = null;
  }

  /** Null stands for `js`. */
  async #deviceFor(input: SimilarityInput): Promise<SimilarityDevice | null> {
    if (this.#options.wanted !== 'auto') {
      await this.warmUp();
      return this.#open;
    }
    const size = input.items.rows * input.vectors.rows * input.items.dims;
    return size >= (this.#options.largeJob ?? LARGE_JOB) ? this.#open : null;
  }

  /** Tries the first rung; afterwards it is open, or no longer a rung. */
  async #openNext(): Promise<void> {
    const device = this.#rungs[0] as TfDevice;
    try {
      const opened = await this.#options.open(device);
      if (this.#isDisposed) opened.dispose();
      else this.#open = opened;
    } catch (error) {
      this.#leave(device, toVitrineError(error, 'DEVICE_UNAVAILABLE').code);
    }
  }

  /** Closes a device that failed. Two jobs may have failed on it; only the first counts. */
  #drop(device: SimilarityDevice, code: VitrineErrorCode): void {
    if (this.#open !== device) return;
    this.#open = null;
    try {
      device.dispose();
    } catch {
      // It is broken: that it cannot tidy up after itself changes nothing.
    }
    const mayRetry = device.device === 'webgpu' && code === 'DEVICE_LOST' && !this.#hasRetried;
    if (mayRetry) this.#hasRetried = true;
    else this.#leave(device.device, code);
  }

  #leave(device: Device, code: VitrineErrorCode): void {
    this.#rungs = this.#rungs.filter((rung) => rung !== device);
    this.#left.push({ device, code });
    this.#options.onLeave?.(device, code);
  }
}
