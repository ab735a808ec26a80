/**
 * Opens one backend of TensorFlow.js: one table, one resolver.
 *
 * This room is the only one that may import `@tensorflow/*`. Each backend is a lazy chunk of its
 * own with the kernels in use and no others; `@tensorflow/tfjs-core` is imported by name.
 *
 * @packageDocumentation
 */
import {
  enableProdMode,
  engine,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { VitrineError, toVitrineError } from '../core/errors.ts';
import type { Device } from '../core/types.ts';

/** The devices that TensorFlow.js serves. */
export type TfDevice = Exclude<Device, 'js'>;

/** How backends are opened. */
export interface BackendOptions {
  /** Folder of the two single-threaded `.wasm` files, ending in `/`; absolute in a blob worker. */
  readonly wasmBaseUrl: string;
  /** Milliseconds for each of: adapter, device, WASM download. Default 2,000. */
  readonly probeTimeoutMs?: number;
  /** Whether a software WebGPU adapter will do. Default false: WASM is faster and leaner. */
  readonly allowSoftware?: boolean;
}

/** A KernelBackend that is ready, and what guards its jobs. */
export interface OpenedBackend {
  /** Ready to be registered; TensorFlow.js never sees an adapter or a promise. */
  readonly kernels: KernelBackend;
  /**
   * Runs a job that starts and submits its work before its first `await`.
   *
   * @throws When the device reported any error in between: the result is void.
   */
  guard<T>(job: () => Promise<T>): Promise<T>;
  /** Frees what the backend itself does not free. */
  close(): void;
  /** Name of the GPU, as far as the browser tells. */
  readonly adapter?: string;
}

/** A backend of TensorFlow.js, ready for jobs. */
export interface Backend {
  /** Its name. */
  readonly device: TfDevice;
  /** Name of the GPU, as far as the browser tells; empty for other backends. */
  readonly adapter: string;
  /**
   * Runs a job on this backend.
   *
   * @param job - Builds tensors and calls `data()` before its first `await`.
   * @returns What the job yields.
   * @throws `DEVICE_LOST` when the job failed or the device reported an error meanwhile; the
   *   backend is then dead and each further job rejects the same way.
   */
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Frees the device. Tensors that live on it must be disposed of before. */
  dispose(): void;
}

type Opener = (options: Required<BackendOptions>) => Promise<OpenedBackend>;

const OPENERS: Readonly<Record<TfDevice, () => Promise<Opener>>> = {
  webgpu: async () => (await import('./open-webgpu.ts')).openWebgpu,
  wasm: async () => (await import('./open-wasm.ts')).openWasm,
  cpu: async () => (await import('./open-cpu.ts')).openCpu,
};

/** A backend that several users share: of each name, TensorFlow.js has one in a thread. */
interface Shared {
  readonly opening: Promise<RegisteredBackend>;
  backend: RegisteredBackend | null;
  users: number;
}

const SHARED = new Map<TfDevice, Shared>();

/**
 * Tells whether somebody else has registered a backend, as our scripts in Node do.
 *
 * @param device - Its name.
 * @returns True for one that {@link openBackend} did not open and cannot open.
 */
export function isForeign(device: TfDevice): boolean {
  return engine().findBackendFactory(device) !== null && !SHARED.has(device);
}

/**
 * Opens a backend and registers it with TensorFlow.js, or joins those who use it already: then the
 * options of who came first are in force. It is closed when the last user has disposed of it.
 *
 * @param wanted - Which one; no other is tried.
 * @param options - See {@link BackendOptions}.
 * @returns A backend that is ready.
 * @throws `DEVICE_UNAVAILABLE` when it is not there or refused; `DEVICE_TIMEOUT` when it did not
 *   answer.
 * @example const backend = await openBackend('wasm', { wasmBaseUrl: '/vitrine/' });
 */
export async function openBackend(wanted: TfDevice, options: BackendOptions): Promise<Backend> {
  const before = SHARED.get(wanted);
  // Its users find it dead at their next job; its name is free for another one.
  if (before?.backend?.isDead === true) before.backend.dispose();
  const isUsable = before !== undefined && before.backend?.isDead !== true;
  const shared = isUsable ? before : { opening: openOwn(wanted, options), backend: null, users: 0 };
  SHARED.set(wanted, shared);
  shared.users++;
  try {
    shared.backend = await shared.opening;
    return new SharedBackend(shared.backend, shared);
  } catch (error) {
    if (SHARED.get(wanted) === shared) SHARED.delete(wanted);
    throw error;
  }
}

async function openOwn(wanted: TfDevice, options: BackendOptions): Promise<RegisteredBackend> {
  // The library writes to the shop's console otherwise.
  enableProdMode();
  let opened: OpenedBackend;
  try {
    const open = await OPENERS[wanted]();
    opened = await open({ probeTimeoutMs: 2_000, allowSoftware: false, ...options });
  } catch (error) {
    throw toVitrineError(error, 'DEVICE_UNAVAILABLE');
  }
  try {
    return register(wanted, opened);
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** One user's share of a backend. */
class SharedBackend implements Backend {
  readonly device: TfDevice;
  readonly adapter: string;
  readonly #backend: RegisteredBackend;
  readonly #shared: Shared;
  #isDisposed = false;

  constructor(backend: RegisteredBackend, shared: Shared) {
    this.device = backend.device;
    this.adapter = backend.adapter;
    this.#backend = backend;
    this.#shared = shared;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#isDisposed) throw new VitrineError('DISPOSED', `${this.device} was closed.`);
    return this.#backend.run(job);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#shared.users--;
    if (this.#shared.users > 0 && !this.#backend.isDead) return;
    if (SHARED.get(this.device) === this.#shared) SHARED.delete(this.device);
    this.#backend.dispose();
  }
}

function register(device: TfDevice, opened: OpenedBackend): RegisteredBackend {
  if (engine().findBackendFactory(device) !== null) {
    throw new VitrineError('DEVICE_UNAVAILABLE', `${device} is open already.`);
  }
  registerBackend(device, () => opened.kernels);
  return new RegisteredBackend(device, opened);
}

class RegisteredBackend implements Backend {
  readonly device: TfDevice;
  readonly adapter: string;
  readonly #opened: OpenedBackend;
  #dead: VitrineError | null = null;

  constructor(device: TfDevice, opened: OpenedBackend) {
    this.device = device;
    this.adapter = opened.adapter ?? '';
    this.#opened = opened;
  }

  /** Whether a job failed: no other will be done. */
  get isDead(): boolean {
    return this.#dead !== null;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#dead !== null) throw this.#dead;
    try {
      return await this.#opened.guard(async () => {
        // Takes effect before it returns, since the factory is synchronous; several backends
        // can therefore take turns without waiting for each other.
        const active = engine().backendName === this.device ? null : setBackend(this.device);
        const result = job();
        await active;
        return result;
      });
    } catch (error) {
      this.#dead ??= toVitrineError(error, 'DEVICE_LOST');
      throw this.#dead;
    }
  }

  dispose(): void {
    if (this.#dead?.code === 'DISPOSED') return;
    this.#dead = new VitrineError('DISPOSED', `${this.device} was closed.`);
    try {
      removeBackend(this.device);
    } finally {
      this.#opened.close();
    }
  }
}
