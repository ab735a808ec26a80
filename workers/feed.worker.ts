/**
 * Composition root: wires storage, devices and engine behind the protocol. No logic.
 *
 * @packageDocumentation
 */
import { expose } from 'comlink';
import { installThrowHandler } from '../src/client/throw-handler.ts';
import { notePower } from '../src/core/device-conditions.ts';
import { addMessages, type VitrineErrorCode } from '../src/core/errors.ts';
import { MESSAGES } from '../src/core/messages.ts';
import type { Consent } from '../src/core/types.ts';
import { Engine, type EnginePorts } from '../src/engine/create-engine.ts';
import { createLazyLadder } from '../src/models/lazy-ladder.ts';
import type { TabNews } from '../src/engine/keeper-ports.ts';
import type { TellingPlace } from '../src/engine/telling-ports.ts';
import type { Told, WorkerApi, WorkerOptions } from '../src/protocol.ts';
import type { FeedTurns } from '../src/engine/feed-turns.ts';
import type { PictureReader } from '../src/engine/picture-reader.ts';
import { type FetchText, isUrl } from '../src/engine/read-candidates.ts';
import { openStore, promote } from '../src/store/open-store.ts';

let begin: (made: Promise<Engine>) => void;
/** The engine, once `init` was called: what is asked for before that waits. */
const ready = new Promise<Engine>((resolve) => {
  begin = resolve;
});
/** Whether it is there. */
let isReady = false;
/** What is kept in caches of the browser. */
const CACHES = ['packs', 'scores', 'pictures', 'index', 'tiers', 'encodings', 'reports'] as const;
/** Of the storage; the caches' names begin with it. */
let storage = 'vitrine';
/** Consent in force. */
let mayKeep = false;

/** What the caches hold says nothing about the visitor; it goes with the rest all the same. */
async function dropCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = CACHES.map((name) => `${storage}-${name}`);
  await Promise.all(names.map((name) => caches.delete(name).catch(() => false)));
}

async function openCache(name: (typeof CACHES)[number]): Promise<Cache | null> {
  return mayKeep && 'caches' in globalThis ? caches.open(`${storage}-${name}`) : null;
}

/** What looks at pictures. */
async function openPictures(pageUrl: string, turns: FeedTurns): Promise<PictureReader> {
  const [{ PictureReader: Reader }, { browserPicturePorts }] = await Promise.all([
    import('../src/engine/picture-reader.ts'),
    import('../src/engine/picture-ports.ts'),
  ]);
  const ports = browserPicturePorts(() => openCache('pictures'), turns.free);
  return new Reader(ports, { pageUrl });
}

function randomWords(count: number): Uint32Array {
  return crypto.getRandomValues(new Uint32Array(count));
}

const randomWord = (): number => randomWords(1)[0] as number;

/** `crypto.randomUUID` exists on secure origins only. */
function newId(): string {
  return Array.from(randomWords(4), (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Candidates that were asked for before there was an engine, by address. */
const early = new Map<string, Promise<Response>>();

/** Candidates are on their way while storage opens; what is wrong with them shows when they are read. */
function fetchEarly(candidates: unknown): void {
  if (!isUrl(candidates) || early.has(candidates)) return;
  const response = fetch(candidates);
  response.catch(() => undefined);
  early.set(candidates, response);
}

const fetchText: FetchText = async (url, onPiece, most = Infinity) => {
  // Taken away first: a body can be read once, and two lists may be asked for at the same address.
  const sent = early.get(url);
  early.delete(url);
  const response = await (sent ?? fetch(url));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  if (!response.body) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const pieces: string[] = [];
  for (let length = 0; length <= most;) {
    const { done, value } = await reader.read();
    if (done) return pieces.join('');
    length += value.length;
    pieces.push(value);
    onPiece?.(value);
  }
  // What is beyond would be thrown away: it is not even sent.
  await reader.cancel();
  return pieces.join('');
};

const tell = (told: Told): void => postMessage({ told });

/** What tabs may tell each other. */
const NEWS: readonly TabNews[] = ['changed', 'erased', 'granted', 'denied', 'unknown'];

/** Hears of another tab; the page is told when consent was taken back there, or given again. */
async function hear(made: Engine, news: TabNews): Promise<void> {
  const before = made.consent;
  const hearing = made.hear(news);
  const { consent } = made;
  mayKeep = consent === 'granted' && news !== 'erased';
  if (consent !== before) tell(['consent', { consent }]);
  if (news === 'erased' || !mayKeep) await dropCaches();
  // A disk that cannot be wiped is told with the next feed.
  await hearing.catch(() => undefined);
}

/** One tab after the other: two that promote at once would not see each other's choices. */
async function promoteAlone(
  name: string,
  ...stores: Parameters<typeof promote>
): ReturnType<typeof promote> {
  const job = (): ReturnType<typeof promote> => promote(...stores);
  // Insecure origins have no locks; events are not doubled all the same.
  return 'locks' in navigator ? navigator.locks.request(`vitrine:${name}:promote`, job) : job();
}

/** Opaque origins have no channels; then each tab is on its own. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(`vitrine:${name}`);
  } catch {
    return null;
  }
}

/** Opens the line to other tabs, and listens. */
function listen(name: string): BroadcastChannel | null {
  const channel = openChannel(name);
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // Other scripts of the origin may post here, too: what is not known means less than it says.
    const news = NEWS.find((known) => known === data) ?? 'changed';
    void ready.then((made) => hear(made, news));
  });
  return channel;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Insecure origins have neither caches nor digests. */
const ENCODINGS: NonNullable<EnginePorts['encodings']> = {
  openCache: () => openCache('encodings'),
  digest: async (bytes) => crypto.subtle.digest('SHA-256', bytes),
  pause,
};

/** What runs on devices. */
const loadDevices = async () => import('./device-ports.ts');

/** What is not needed yet is loaded so long after a feed: a visitor who looks in costs nothing. */
const PRELOAD_AFTER_MS = 2_000;

/** Nobody waits for it on the page: what does not load is not there, and nothing is said of it. */
async function preload(options: WorkerOptions): Promise<boolean> {
  await pause(PRELOAD_AFTER_MS);
  return loadDevices()
    .then((made) => made.preload(options))
    .catch(() => false);
}

/** Runs a job unless another tab does it. Insecure origins have no locks: tabs do not know of each other. */
async function alone<T>(lock: string, job: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return job();
  return navigator.locks.request(lock, { ifAvailable: true }, (held) => held && job());
}

/** Learning on the devices that the shop wants, in one tab at a time. */
function learningPorts(name: string, options: WorkerOptions): EnginePorts['learning'] {
  const { device } = options;
  return {
    tell,
    lock: (job) => alone(`vitrine:${name}:learn`, job),
    openMatrix:
      device === 'js'
        ? undefined
        : async (...args) => (await loadDevices()).openMatrix(options, ...args),
    openTrainer:
      device === 'js'
        ? undefined
        : async (rest) => (await loadDevices()).openTrainer(options, rest),
  };
}

/** What carries, shows and, where the shop asked for it, tells in noise. */
function privacyPorts(
  storageName: string,
  { pageUrl, telemetry }: WorkerOptions,
): Pick<EnginePorts, 'openAudit' | 'openCapsule' | 'tellShop'> {
  const place: TellingPlace = {
    lock: (job) => alone(`vitrine:${storageName}:report`, job),
    openCache: () => openCache('reports'),
    pageUrl,
    randomWord,
  };
  return {
    openAudit: async () => import('../src/engine/audit-ports.ts'),
    openCapsule: async () => import('../src/capsule/capsule.ts'),
    tellShop:
      telemetry &&
      (async (facts) => {
        const { tellFromWorker } = await import('../src/engine/telling-ports.ts');
        await tellFromWorker(telemetry, facts, place);
      }),
  };
}

/** What is kept on the visitor's device, were it only the shop's own numbers, waits for consent. */
function packPorts(name: string, consent: Consent): EnginePorts['packs'] {
  storage = name;
  mayKeep = consent === 'granted';
  if (consent === 'denied') void dropCaches();
  const load = { fetch: (from: string) => fetch(from), openCache: () => openCache('packs') };
  return {
    open: async (url) => (await import('../src/engine/fetch-pack.ts')).openPack(url, load),
    openSlice: async (url) => (await import('../src/engine/fetch-pack.ts')).openSlice(url, load),
    pause,
  };
}

function create(options: WorkerOptions, now: number): Promise<Engine> {
  // What is too old to keep goes by the page's clock, as everything else does.
  const offset = now - Date.now();
  const name = options.storageName ?? 'vitrine';
  const device = options.device ?? 'auto';
  const channel = listen(name);
  // Kept until the engine is there: storage falls back while it is being made.
  const notices: [VitrineErrorCode, string][] = [];
  const notice = (code: VitrineErrorCode, where: string): void => {
    notices.push([code, where]);
    void ready.then((made) => notices.splice(0).forEach((args) => made.notice(...args)));
  };
  const ladder = createLazyLadder(device, async () =>
    (await loadDevices()).createLadder(options, notice, () => openCache('tiers')),
  );
  const keeper = {
    openStore: (consent: NonNullable<WorkerOptions['consent']>) =>
      openStore({
        name,
        consent,
        onFallback: (code) => notice(code, 'storage'),
        now: () => Date.now() + offset,
      }),
    promote: (...stores: Parameters<typeof promote>) => promoteAlone(name, ...stores),
    channel,
    drawSeed: randomWord,
    onError: (code: VitrineErrorCode) => notice(code, 'storage'),
  };
  const packs = packPorts(name, options.consent ?? 'unknown');
  let loading: Promise<boolean> | undefined;
  const whenIdle = (job: () => void): void => void setTimeout(job, 200);
  const ports = {
    openScores: async (turns: FeedTurns) =>
      (await loadDevices()).openScores(options, turns, () => openCache('scores')),
    openIndex: async () =>
      (await import('../src/engine/index-ports.ts')).browserIndex(() => openCache('index'), pause),
    openPictures:
      options.pictures === true
        ? (turns: FeedTurns) => openPictures(options.pageUrl, turns)
        : undefined,
    keeper,
    ladder,
    fetchText,
    tell,
    clock: () => performance.now(),
    whenIdle,
    newId,
    packs,
    encodings: ENCODINGS,
    trainSegments:
      device === 'js'
        ? undefined
        : async (...args: Parameters<NonNullable<EnginePorts['trainSegments']>>) => {
            // After the ladder has what it wants: a backend of a name exists once in a thread.
            await ladder.warmUp();
            return (await loadDevices()).trainSegments(options, ...args);
          },
    learning: learningPorts(name, options),
    ...privacyPorts(name, options),
    preload: async () => (loading ??= preload(options)),
  };
  return Engine.create(ports, options);
}

/** Whether a feed was asked for. */
let isAsked = false;

/**
 * The first to format a number in a process waits for the list of locales, some 20 ms: better here,
 * while the page still fetches candidates, than when its cards get their prices.
 */
function readyFormats(): void {
  if (!isAsked) Intl.NumberFormat.supportedLocalesOf('en');
}

const api: WorkerApi = {
  async init(options, now) {
    begin(create(options, now));
    await ready;
    isReady = true;
    setTimeout(readyFormats);
    return MESSAGES;
  },
  rerank: async (candidates, request, now) => {
    isAsked = true;
    if (!isReady) fetchEarly(candidates);
    return (await ready).rerank(candidates, request, now);
  },
  track: async (interaction, now) => (await ready).track(interaction, now),
  explain: async (itemId) => (await ready).explain(itemId),
  inspect: async (request, now) => (await ready).inspect(request, now),
  listSegments: async (now) => (await ready).listSegments(now),
  generate: async (request, now) => (await ready).generate(request, now),
  fromItems: async (itemIds, now) => (await ready).fromItems(itemIds, now),
  setProfile: async (settings) => (await ready).setProfile(settings),
  setSegment: async (segmentId, change) => (await ready).setSegment(segmentId, change),
  profile: async (now) => (await ready).profile(now),
  exportProfile: async (request?: unknown) =>
    (await ready).exportProfile(request) as Promise<never>,
  importProfile: async (capsule, request) => (await ready).importProfile(capsule, request),
  forget: async (query, now) => (await ready).forget(query, now),
  undo: async () => (await ready).undo(),
  async erase() {
    try {
      await (await ready).erase();
    } finally {
      // Last: what is under way ends with the profile, or finds that nothing may be kept any more on
      // this page, such as what tiers are just being measured to cost.
      mayKeep = false;
      await dropCaches();
    }
  },
  async setConsent(consent, by) {
    mayKeep = consent === 'granted';
    // In the order of the calls: what is waited for before would let a later one pass.
    const changing = (await ready).setConsent(consent, by);
    await Promise.all([changing, consent === 'granted' ? undefined : dropCaches()]);
  },
  audit: async (hasGiftNote) => (await ready).audit(hasGiftNote),
  stats: async () => (await ready).stats(),
  rest: async () => (await ready).rest(),
  power: async (left) => notePower(left),
  learn: async (now) => (await ready).learn(now),
  learnAbort: async () => (await ready).learnAbort(),
  learnStatus: async () => (await ready).learnStatus(),
  learnRollback: async (version) => (await ready).learnRollback(version),
};

addMessages(MESSAGES);
// The page asks whether this thread lives (`client/worker-link.ts`).
addEventListener('message', ({ data }) => data === 0 && postMessage(0));
installThrowHandler();
expose(api);
