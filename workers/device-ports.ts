/**
 * Everything of the worker that runs on a device, wired for a shop: a chunk of its own, loaded with
 * the first list that is long enough, or the first model.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../src/core/errors.ts';
import { mayLoadTensorflow, readConditions } from '../src/core/device-conditions.ts';
import type { EnginePorts } from '../src/engine/create-engine.ts';
import type { FeedTurns } from '../src/engine/feed-turns.ts';
import type { ItemScores } from '../src/engine/item-scores.ts';
import { openTiers } from '../src/engine/open-tiers.ts';
import type { TfDevice } from '../src/models/backend.ts';
import { createDeviceLadder, type DeviceLadder } from '../src/models/device-ladder.ts';
import { openSimilarity } from '../src/models/open-similarity.ts';
import type { WorkerOptions } from '../src/protocol.ts';

type Learning = NonNullable<EnginePorts['learning']>;
type OpenMatrix = NonNullable<Learning['openMatrix']>;
type OpenTrainer = NonNullable<Learning['openTrainer']>;
type TrainSegments = NonNullable<EnginePorts['trainSegments']>;

/** Opens a cache; null where there is none or nothing may be kept. */
type OpenCache = () => Promise<Cache | null>;

/** Candidates are scored so long after a feed. */
const SCORE_AFTER_MS = 2_000;

/** Devices for models that have plain loops to fall back on. */
const MODEL_DEVICES = {
  auto: ['webgpu', 'wasm'],
  webgpu: ['webgpu', 'wasm'],
  wasm: ['wasm'],
  cpu: ['cpu'],
  js: [],
} as const;

/** For models that nobody waits for: a slow device is better than none. */
const UNHURRIED = { probeTimeoutMs: 10_000, jobTimeoutMs: 20_000 };

/** How devices are opened for a shop. */
interface DeviceOptions {
  readonly wasmBaseUrl: string;
  readonly allowSoftware?: boolean;
  readonly probeTimeoutMs?: number;
  readonly jobTimeoutMs?: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Who asks for WebGPU by name gets a software adapter too: tests have no other. Such a one takes
 * seconds to open and to compile its first shader.
 */
function deviceOptions({ baseUrl, device }: WorkerOptions): DeviceOptions {
  const patient = { allowSoftware: true, ...UNHURRIED };
  return { wasmBaseUrl: new URL('wasm/', baseUrl).href, ...(device === 'webgpu' ? patient : {}) };
}

/** For models on the devices that the shop wants. */
function modelOptions(
  options: WorkerOptions,
): DeviceOptions & { readonly devices: readonly TfDevice[] } {
  const { device = 'auto' } = options;
  // A browser without WebGPU need not load what would find that out.
  const isWithout = device === 'auto' && !('gpu' in navigator);
  return { ...deviceOptions(options), devices: MODEL_DEVICES[isWithout ? 'wasm' : device] };
}

/** Files that models run on, beside what makes them. */
async function loadModels(options: WorkerOptions): Promise<void> {
  const { devices, wasmBaseUrl } = modelOptions(options);
  const loading: Promise<unknown>[] = [];
  if (devices.includes('webgpu') && options.pack !== undefined) {
    loading.push(
      import('../src/models/ranker-tuning/matrix-kernels-webgpu.ts'),
      import('../src/models/open-webgpu.ts'),
    );
  }
  if (devices.includes('wasm')) {
    const file = fetch(`${wasmBaseUrl}tfjs-backend-wasm-simd.wasm`);
    loading.push(
      import('../src/models/segment-vae/train-on-device.ts'),
      import('../src/models/segment-vae/open-wasm.ts'),
      import('../src/models/open-wasm.ts'),
      file.then((response) => response.arrayBuffer()),
    );
  }
  await Promise.all(loading);
}

/**
 * Loads what learning and segments of the visitor's own need, on everybody's page: loaded when there
 * is something to learn, the requests would say so.
 *
 * @param options - The shop's.
 * @returns False where it is not to be loaded; then nothing that was not asked for is learned.
 * @throws What a file that does not load rejects with.
 */
export async function preload(options: WorkerOptions): Promise<boolean> {
  if (!mayLoadTensorflow(readConditions())) return false;
  const learning =
    options.pack === undefined
      ? []
      : [
          import('../src/engine/learn-run.ts'),
          import('../src/engine/tune-segments.ts'),
          import('../src/models/ranker-tuning/open-matrix.ts'),
        ];
  await Promise.all([import('../src/engine/segment-work.ts'), loadModels(options), ...learning]);
  return true;
}

/** The ladder of devices, and what measures its tiers. */
export async function createLadder(
  options: WorkerOptions,
  notice: (code: VitrineErrorCode, where: string) => void,
  openCache: OpenCache,
): Promise<DeviceLadder> {
  const { baseUrl, device = 'auto' } = options;
  return createDeviceLadder({
    wanted: device,
    // A device that the shop did not ask for is no loss worth a line in its console.
    onLeave: (left, code) => device !== 'auto' && notice(code, left),
    open: (wanted) => openSimilarity(wanted, deviceOptions(options)),
    tune: openTiers({ openCache, baseUrl }),
  });
}

/** Trains the autoencoder of segments. */
export async function trainSegments(
  options: WorkerOptions,
  ...[samples, seed]: Parameters<TrainSegments>
): ReturnType<TrainSegments> {
  const { trainSegmentVae } = await import('../src/models/segment-vae/train-on-device.ts');
  const { wasmBaseUrl } = deviceOptions(options);
  return trainSegmentVae(samples, { seed, wasmBaseUrl, pause: () => pause(0) });
}

/** Puts a design of learning on a device. */
export async function openMatrix(
  options: WorkerOptions,
  ...[matrix, rest]: Parameters<OpenMatrix>
): ReturnType<OpenMatrix> {
  const { openMatrix: open } = await import('../src/models/ranker-tuning/open-matrix.ts');
  return open(matrix, { ...modelOptions(options), ...UNHURRIED, rest });
}

/** What fine-tunes the autoencoder. */
export async function openTrainer(
  options: WorkerOptions,
  rest: Parameters<OpenTrainer>[0],
): ReturnType<OpenTrainer> {
  const { createVaeTrainer } = await import('../src/models/segment-vae/train-on-device.ts');
  const how = { ...deviceOptions(options), ...UNHURRIED };
  return createVaeTrainer({ ...how, devices: ['wasm', 'cpu'], pause: rest });
}

/** The attribute model. */
export async function openScores(
  options: WorkerOptions,
  turns: FeedTurns,
  openCache: OpenCache,
): Promise<ItemScores> {
  const [{ createItemScores }, { openScorer }] = await Promise.all([
    import('../src/engine/open-scores.ts'),
    import('../src/models/attributes/open-scorer.ts'),
  ]);
  return createItemScores({
    baseUrl: options.baseUrl,
    isBusy: turns.isBusy,
    // A visitor who looks in and leaves costs nothing.
    whenIdle: (job) => void setTimeout(job, SCORE_AFTER_MS),
    pause,
    openCache,
    openScorer: (file) => openScorer(file, modelOptions(options)),
  });
}
