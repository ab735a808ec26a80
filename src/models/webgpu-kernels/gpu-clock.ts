/**
 * How long the GPU worked on a job: two timestamps in the job's own commands, so that asking costs no
 * way there and back of its own.
 *
 * @packageDocumentation
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';

/** Two timestamps of 64 bits. */
const BYTES = 16;

const NANOSECONDS_PER_MS = 1e6;

/** Clocks that never started or were reset in between tell such times. */
const LONGEST_MS = 60_000;

/** Times jobs; browsers round the timestamps, Chromium to 0.1 ms. */
export interface GpuClock {
  /** Records the first timestamp behind all that is recorded. */
  start(): void;
  /**
   * Records the second.
   *
   * @returns Reads both; to be called once the commands were submitted. Null when they make no sense.
   */
  stop(): () => Promise<number | null>;
  /** Frees what it holds of the device. */
  close(): void;
}

/** Without timestamp queries. */
const NO_CLOCK: GpuClock = {
  start: () => undefined,
  stop: () => async () => null,
  close: () => undefined,
};

/**
 * Makes a clock.
 *
 * @param backend - Open; its device has the feature `timestamp-query` or not.
 * @returns A clock that tells null where the device cannot.
 */
export function createGpuClock(backend: WebGPUBackend): GpuClock {
  const { device } = backend;
  if (!device.features.has('timestamp-query')) return NO_CLOCK;
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 });
  const resolved = device.createBuffer({
    size: BYTES,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  /** TensorFlow.js tells no one of its encoder; its own timing sends one program at a time. */
  const encoder = (): GPUCommandEncoder => {
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    return backend['commandEncoder'];
  };
  return {
    start: () => {
      const timestampWrites = { querySet, beginningOfPassWriteIndex: 0 };
      encoder().beginComputePass({ timestampWrites }).end();
    },
    stop: () => {
      const timestampWrites = { querySet, endOfPassWriteIndex: 1 };
      const commands = encoder();
      commands.beginComputePass({ timestampWrites }).end();
      commands.resolveQuerySet(querySet, 0, 2, resolved, 0);
      // One per job: jobs may overlap.
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      const staging = device.createBuffer({ size: BYTES, usage });
      commands.copyBufferToBuffer(resolved, 0, staging, 0, BYTES);
      return async () => {
        await staging.mapAsync(GPUMapMode.READ);
        const [first = 0n, last = 0n] = new BigUint64Array(staging.getMappedRange());
        staging.destroy();
        const ms = Number(last - first) / NANOSECONDS_PER_MS;
        return ms >= 0 && ms < LONGEST_MS ? ms : null;
      };
    },
    close: () => {
      querySet.destroy();
      resolved.destroy();
    },
  };
}
