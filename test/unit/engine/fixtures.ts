/** An engine in Node: memory for a disk, plain arithmetic for a device, a clock that is handed in. */
import type { Consent, Feed, InteractionType } from '../../../src/core/types.ts';
import { VitrineError } from '../../../src/core/errors.ts';
import { Engine, type EnginePorts } from '../../../src/engine/create-engine.ts';
import type { ProfileKeeperPorts } from '../../../src/engine/keeper-ports.ts';
import type { SegmentTrainer } from '../../../src/engine/segment-maker.ts';
import type { FetchText } from '../../../src/engine/read-candidates.ts';
import type { PackPorts } from '../../../src/engine/pack-keeper.ts';
import { createDeviceLadder, type DeviceLadder } from '../../../src/models/device-ladder.ts';
import type { WorkerOptions } from '../../../src/protocol.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { promote } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';

export const NOW = 1_800_000_000_000;
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** What a test may want to be different. */
export interface Bench {
  /** Stands for the database; two engines on one disk are two tabs. */
  readonly disk?: ProfileStore;
  readonly openStore?: (consent: Consent) => Promise<ProfileStore>;
  readonly ladder?: DeviceLadder;
  readonly fetchText?: FetchText;
  readonly tell?: EnginePorts['tell'];
  readonly preload?: EnginePorts['preload'];
  readonly clock?: EnginePorts['clock'];
  readonly channel?: ProfileKeeperPorts['channel'];
  readonly whenIdle?: (job: () => void) => void;
  readonly packs?: Partial<PackPorts>;
  readonly trainSegments?: SegmentTrainer;
  readonly openIndex?: EnginePorts['openIndex'];
  readonly learning?: EnginePorts['learning'];
  readonly openAudit?: EnginePorts['openAudit'];
  readonly encodings?: EnginePorts['encodings'];
  readonly tellShop?: EnginePorts['tellShop'];
}

/** An engine and what it is made of. */
export interface Tab {
  readonly engine: Engine;
  readonly disk: ProfileStore;
  /** Codes that fell back. */
  readonly errors: string[];
  /** Reports interactions with items, one by one, ten seconds apart. */
  track(type: InteractionType, ...itemIds: readonly string[]): Promise<void>;
}

export const jsLadder = (): DeviceLadder =>
  createDeviceLadder({ wanted: 'js', open: () => Promise.reject(new Error('js needs no device')) });

let ids = 0;
let turns = 0;

/** A memory store with the clock of these tests. */
export const memory = (): MemoryStore => new MemoryStore({ now: () => NOW });

/** Makes an engine; consent is granted unless told otherwise. */
export async function openTab(
  options: Partial<WorkerOptions> = {},
  bench: Bench = {},
): Promise<Tab> {
  const disk = bench.disk ?? memory();
  const errors: string[] = [];
  const openStore =
    bench.openStore ?? (async (consent) => (consent === 'granted' ? disk : memory()));
  const engine = await Engine.create(
    {
      keeper: {
        openStore,
        promote,
        channel: bench.channel ?? null,
        drawSeed: () => 42,
        onError: (code) => errors.push(code),
      },
      ladder: bench.ladder ?? jsLadder(),
      fetchText: bench.fetchText ?? (() => Promise.reject(new Error('no network'))),
      clock: bench.clock ?? (() => 0),
      tell: bench.tell,
      preload: bench.preload,
      whenIdle: bench.whenIdle ?? (() => undefined),
      trainSegments: bench.trainSegments,
      ...(bench.openIndex && { openIndex: bench.openIndex }),
      openAudit: bench.openAudit,
      ...(bench.encodings && { encodings: bench.encodings }),
      learning: bench.learning,
      tellShop: bench.tellShop,
      openCapsule: async () => import('../../../src/capsule/capsule.ts'),
      newId: () => `event-${++ids}`,
      packs: {
        open: () => Promise.reject(new VitrineError('PACK_FETCH', 'no network')),
        openSlice: () => Promise.reject(new VitrineError('PACK_FETCH', 'no network')),
        // Never: only what is ready counts.
        pause: () => new Promise(() => undefined),
        ...bench.packs,
      },
    },
    {
      baseUrl: 'http://localhost/',
      pageUrl: 'http://localhost/shop/',
      consent: 'granted',
      ...options,
    },
  );
  return {
    engine,
    disk,
    errors,
    async track(type, ...itemIds) {
      for (const itemId of itemIds) await engine.track({ type, itemId }, NOW + 10_000 * ++turns);
    },
  };
}

export const idsOf = ({ rows }: Feed): string[] =>
  rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));

/** What the page shows, without what differs from call to call. */
export const shownOf = ({ rows, order, reason }: Feed): string =>
  JSON.stringify({ rows, order, reason });
