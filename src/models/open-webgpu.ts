/**
 * WebGPU: our own probe, our own device, and a guard round each job.
 *
 * tfjs-backend-webgpu 4.22 has no handling of lost devices, error scopes or uncaptured errors: a
 * shader that does not compile yields zeros without an exception, and an adapter request that
 * never settles blocks every backend. So it gets a device that is ready, and every error that
 * the device reports voids the job.
 *
 * @packageDocumentation
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { VitrineError } from '../core/errors.ts';
import type { BackendOptions, OpenedBackend } from './backend.ts';
import { withDeadline } from '../core/deadline.ts';

const FILTERS = ['validation', 'out-of-memory', 'internal'] as const;

async function requestAdapter(options: Required<BackendOptions>): Promise<GPUAdapter> {
  // Absent in insecure contexts, and in browsers without WebGPU.
  const gpu = navigator.gpu as GPU | undefined;
  if (gpu === undefined) throw new VitrineError('DEVICE_UNAVAILABLE', 'No WebGPU here.');
  const adapter = await withDeadline(
    gpu.requestAdapter({ powerPreference: 'high-performance' }),
    options.probeTimeoutMs,
    () => new VitrineError('DEVICE_TIMEOUT', 'The WebGPU adapter did not answer.'),
  );
  if (adapter === null) throw new VitrineError('DEVICE_UNAVAILABLE', 'No WebGPU adapter.');
  if (adapter.info.isFallbackAdapter && !options.allowSoftware) {
    throw new VitrineError('DEVICE_UNAVAILABLE', 'The WebGPU adapter is a software one.');
  }
  return adapter;
}

const CLOCK = ['timestamp-query'] as const;

async function requestDevice(adapter: GPUAdapter, timeoutMs: number): Promise<GPUDevice> {
  let tooLate = false;
  // No raised limits: the kernels fit those that every adapter has (16 KiB shared, 256 invocations,
  // 128 MiB a buffer: 262,144 items of 128 floats, or longer lists in several). The clock is for stats.
  const requiredFeatures = CLOCK.filter((feature) => adapter.features.has(feature));
  const request = adapter.requestDevice({ requiredFeatures }).then((device) => {
    if (tooLate) device.destroy();
    return device;
  });
  return withDeadline(request, timeoutMs, () => {
    tooLate = true;
    return new VitrineError('DEVICE_TIMEOUT', 'The WebGPU device did not answer.');
  });
}

/** Watches a device: the first thing that goes wrong voids all jobs from then on. */
class DeviceGuard {
  readonly #device: GPUDevice;
  readonly #failed: Promise<never>;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#failed = new Promise((_, reject) => {
      void device.lost.then((info) => reject(lost(`reason ${info.reason}`)));
      device.addEventListener('uncapturederror', (event) => {
        event.preventDefault();
        reject(lost('uncaptured error'));
      });
    });
    // Nobody may be waiting when it happens; the next job sees it.
    this.#failed.catch(() => undefined);
  }

  /** The scopes are pushed and popped without an `await` between, so jobs cannot mix them up. */
  async run<T>(job: () => Promise<T>): Promise<T> {
    for (const filter of FILTERS) this.#device.pushErrorScope(filter);
    const result = job();
    const scopes = FILTERS.map(async () => this.#device.popErrorScope());
    const [values, ...errors] = await Promise.race([
      Promise.all([result, ...scopes]),
      this.#failed,
    ]);
    // Popped in the opposite order. The error's text may name the driver, so it is not kept.
    const kind = FILTERS.findLast((_, index) => errors[FILTERS.length - 1 - index] !== null);
    if (kind !== undefined) throw lost(`${kind} error`);
    return values;
  }
}

function lost(detail: string): VitrineError {
  return new VitrineError('DEVICE_LOST', `webgpu: ${detail}.`);
}

/**
 * Opens WebGPU without kernels: who opens it registers those that it needs.
 *
 * @param options - `probeTimeoutMs` holds for the adapter and for the device, each.
 * @returns The backend; its guard rejects with `DEVICE_LOST`.
 * @throws `DEVICE_UNAVAILABLE` or `DEVICE_TIMEOUT`.
 */
export async function openWebgpu(options: Required<BackendOptions>): Promise<OpenedBackend> {
  const adapter = await requestAdapter(options);
  const device = await requestDevice(adapter, options.probeTimeoutMs);
  const guard = new DeviceGuard(device);
  const { architecture, description, device: model, vendor } = adapter.info;
  return {
    adapter: [vendor, architecture, model, description].join(' '),
    kernels: new WebGPUBackend(device, adapter.info),
    guard: async (job) => guard.run(job),
    close: () => device.destroy(),
  };
}
