/**
 * Composition root: wires storage, devices and engine behind the protocol. No logic.
 *
 * @packageDocumentation
 */
import { expose } from 'comlink';
import { installThrowHandler } from '../src/client/throw-handler.ts';
import { VitrineError, type VitrineErrorCode } from '../src/core/errors.ts';
import type { Consent } from '../src/core/types.ts';
import { Engine, type EnginePorts } from '../src/engine/create-engine.ts';
import { createDeviceLadder, type DeviceLadder } from '../src/models/device-ladder.ts';
import { openSimilarity } from '../src/models/open-similarity.ts';
import type { Told, WorkerApi, WorkerOptions } from '../src/protocol.ts';
import type { FeedTurns } from '../src/engine/feed-turns.ts';
import type { ItemScores } from '../src/engine/item-scores.ts';
import type { PictureReader } from '../src/engine/picture-reader.ts';
import { openStore, promote } from '../src/store/open-store.ts';

let ready: Promise<Engine> | undefined;
/** Of the caches that packs and scores of candidates are kept in. */
let packCache = 'vitrine-packs';
let scoreCache = 'vitrine-scores';
let pictureCache = 'vitrine-pictures';
let indexCache = 'vitrine-index';
/** Consent in force. */
let mayKeep = false;

/** What the caches hold says nothing about the visitor; it goes with the rest all the same. */
async function dropCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = [packCache, scoreCache, pictureCache, indexCache];
  await Promise.all(names.map((name) => caches.delete(name).catch(() => false)));
}

async function openCache(name: string): Promise<Cache | null> {
  return mayKeep && 'caches' in globalThis ? caches.open(name) : null;
}

/** What looks at pictures. */
async function openPictures(pageUrl: string, turns: FeedTurns): Promise<PictureReader> {
  const [{ PictureReader: Reader }, { browserPicturePorts }] = await Promise.all([
    import('../src/engine/picture-reader.ts'),
    import('../src/engine/picture-ports.ts'),
  ]);
  const ports = browserPicturePorts(() => openCache(pictureCache), turns.free);
  return new Reader(ports, { pageUrl });
}

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

/** The engine, once `init` was called. */
function engine(): Promise<Engine> {
  return ready ?? Promise.reject(new VitrineError('INTERNAL', 'init comes first.'));
}

function randomWords(count: number): Uint32Array {
  return crypto.getRandomValues(new Uint32Array(count));
}

/** `crypto.randomUUID` exists on secure origins only. */
function newId(): string {
  return Array.from(randomWords(4), (word) => word.toString(16).padStart(8, '0')).join('');
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
}

/** Opaque origins have no channels; then each tab is on its own. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(`vitrine:${name}`);
  } catch {
    return null;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How devices are opened for a shop. */
interface DeviceOptions {
  readonly wasmBaseUrl: string;
  readonly allowSoftware?: boolean;
  readonly probeTimeoutMs?: number;
  readonly jobTimeoutMs?: number;
}

/**
 * Who asks for WebGPU by name gets a software adapter too: tests have no other. Such a one takes
 * seconds to open and to compile its first shader.
 */
function deviceOptions({ baseUrl, device }: WorkerOptions): DeviceOptions {
  const patient = { allowSoftware: true, probeTimeoutMs: 10_000, jobTimeoutMs: 20_000 };
  return { wasmBaseUrl: new URL('wasm/', baseUrl).href, ...(device === 'webgpu' ? patient : {}) };
}

/** After the ladder has what it wants: a backend of a name exists once in a thread. */
function trainerAfter(ladder: DeviceLadder, options: WorkerOptions): EnginePorts['trainSegments'] {
  return async (samples, seed) => {
    await ladder.warmUp();
    const { trainSegmentVae } = await import('../src/models/segment-vae/train-on-device.ts');
    const { wasmBaseUrl } = deviceOptions(options);
    return trainSegmentVae(samples, { seed, wasmBaseUrl, pause: () => pause(0) });
  };
}

/** Learning on the devices that the shop wants, in one tab at a time. */
function learningPorts(name: string, options: WorkerOptions): EnginePorts['learning'] {
  const { device = 'auto' } = options;
  const how = {
    ...deviceOptions(options),
    devices: MODEL_DEVICES[device],
    // Nobody waits for it: a slow device is better than none.
    probeTimeoutMs: 10_000,
    jobTimeoutMs: 20_000,
  };
  return {
    tell: (told: Told) => postMessage({ told }),
    // Insecure origins have no locks; then tabs do not know of each other.
    lock: async (job) =>
      'locks' in navigator
        ? navigator.locks.request(
            `vitrine:${name}:learn`,
            { ifAvailable: true },
            (held) => held && job(),
          )
        : job(),
    openMatrix:
      device === 'js'
        ? undefined
        : async (matrix, rest) => {
            const { openMatrix } = await import('../src/models/ranker-tuning/open-matrix.ts');
            return openMatrix(matrix, { ...how, rest });
          },
    openTrainer:
      device === 'js'
        ? undefined
        : async (rest) => {
            const { createVaeTrainer } =
              await import('../src/models/segment-vae/train-on-device.ts');
            return createVaeTrainer({ ...how, devices: ['wasm', 'cpu'], pause: rest });
          },
  };
}

/** What is kept on the visitor's device, were it only the shop's own numbers, waits for consent. */
function packPorts(name: string, consent: Consent): EnginePorts['packs'] {
  packCache = `${name}-packs`;
  scoreCache = `${name}-scores`;
  pictureCache = `${name}-pictures`;
  indexCache = `${name}-index`;
  mayKeep = consent === 'granted';
  if (consent === 'denied') void dropCaches();
  const load = { fetch: (from: string) => fetch(from), openCache: () => openCache(packCache) };
  return {
    open: async (url) => (await import('../src/engine/fetch-pack.ts')).openPack(url, load),
    openSlice: async (url) => (await import('../src/engine/fetch-pack.ts')).openSlice(url, load),
    pause,
  };
}

/** The attribute model on the devices that the shop wants. */
async function openScores(options: WorkerOptions, turns: FeedTurns): Promise<ItemScores> {
  const { baseUrl, device = 'auto' } = options;
  const [{ createItemScores }, { openScorer }] = await Promise.all([
    import('../src/engine/open-scores.ts'),
    import('../src/models/attributes/open-scorer.ts'),
  ]);
  const how = { ...deviceOptions(options), devices: MODEL_DEVICES[device] };
  return createItemScores({
    baseUrl,
    isBusy: turns.isBusy,
    // A visitor who looks in and leaves costs nothing.
    whenIdle: (job) => void setTimeout(job, SCORE_AFTER_MS),
    pause,
    openCache: () => openCache(scoreCache),
    openScorer: (file) => openScorer(file, how),
  });
}

function create(options: WorkerOptions, now: number): Promise<Engine> {
  // What is too old to keep goes by the page's clock, as everything else does.
  const offset = now - Date.now();
  const name = options.storageName ?? 'vitrine';
  const device = options.device ?? 'auto';
  const channel = openChannel(name);
  channel?.addEventListener('message', () => void ready?.then((made) => made.invalidate()));
  // Kept until the engine is there: storage falls back while it is being made.
  const notices: [VitrineErrorCode, string][] = [];
  const notice = (code: VitrineErrorCode, where: string): void => {
    notices.push([code, where]);
    void ready?.then((made) => notices.splice(0).forEach((args) => made.notice(...args)));
  };
  const ladder = createDeviceLadder({
    wanted: device,
    // A device that the shop did not ask for is no loss worth a line in its console.
    onLeave: (left, code) => device !== 'auto' && notice(code, left),
    open: (wanted) => openSimilarity(wanted, deviceOptions(options)),
  });
  const keeper = {
    openStore: (consent: NonNullable<WorkerOptions['consent']>) =>
      openStore({
        name,
        consent,
        onFallback: (code) => notice(code, 'storage'),
        now: () => Date.now() + offset,
      }),
    promote,
    channel,
    drawSeed: () => randomWords(1)[0] as number,
    onError: (code: VitrineErrorCode) => notice(code, 'storage'),
  };
  const packs = packPorts(name, options.consent ?? 'unknown');
  const whenIdle = (job: () => void): void => void setTimeout(job, 200);
  const ports = {
    openScores: (turns: FeedTurns) => openScores(options, turns),
    openIndex: async () =>
      (await import('../src/engine/index-ports.ts')).browserIndex(
        () => openCache(indexCache),
        pause,
      ),
    openPictures:
      options.pictures === true
        ? (turns: FeedTurns) => openPictures(options.pageUrl, turns)
        : undefined,
    keeper,
    ladder,
    fetchText,
    clock: () => performance.now(),
    whenIdle,
    newId,
    packs,
    trainSegments: device === 'js' ? undefined : trainerAfter(ladder, options),
    learning: learningPorts(name, options),
  };
  return Engine.create(ports, options);
}

const api: WorkerApi = {
  async init(options, now) {
    ready = create(options, now);
    await ready;
  },
  rerank: async (candidates, request, now) => (await engine()).rerank(candidates, request, now),
  track: async (interaction, now) => (await engine()).track(interaction, now),
  explain: async (itemId) => (await engine()).explain(itemId),
  listSegments: async (now) => (await engine()).listSegments(now),
  generate: async (request, now) => (await engine()).generate(request, now),
  fromItems: async (itemIds, now) => (await engine()).fromItems(itemIds, now),
  setSegment: async (segmentId, change) => (await engine()).setSegment(segmentId, change),
  profile: async (now) => (await engine()).profile(now),
  exportProfile: async () => (await engine()).exportProfile(),
  forget: async (query, now) => (await engine()).forget(query, now),
  undo: async () => (await engine()).undo(),
  async erase() {
    await (await engine()).erase();
    // Last: what is under way ends with the profile, and writes no more.
    await dropCaches();
  },
  async setConsent(consent) {
    mayKeep = consent === 'granted';
    if (consent !== 'granted') await dropCaches();
    await (await engine()).setConsent(consent);
  },
  stats: async () => (await engine()).stats(),
  learn: async (now) => (await engine()).learn(now),
  learnAbort: async () => (await engine()).learnAbort(),
  learnStatus: async () => (await engine()).learnStatus(),
  learnRollback: async (version) => (await engine()).learnRollback(version),
};

installThrowHandler();
expose(api);
