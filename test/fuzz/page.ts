/**
 * A page and its worker in one thread: the page's own code hands things over by structured cloning, the
 * engine behind it is the worker's, with memory for a disk.
 */
import type { Feed, Interaction } from '../../src/core/types.ts';
import { checkInteraction } from '../../src/client/check-interaction.ts';
import { rerankWith } from '../../src/client/rerank-with.ts';
import { sendable } from '../../src/client/sendable.ts';
import { normalizeCandidates } from '../../src/catalog/candidates.ts';
import { cutText } from '../../src/catalog/cut-text.ts';
import { parseCandidatesText } from '../../src/catalog/parse-candidates.ts';
import { VitrineError, isVitrineError } from '../../src/core/errors.ts';
import { Engine, type EnginePorts } from '../../src/engine/create-engine.ts';
import { createDeviceLadder } from '../../src/models/device-ladder.ts';
import type { WorkerOptions } from '../../src/protocol.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { promote } from '../../src/store/open-store.ts';
import { checkFeed, expectRefusal } from './check-feed.ts';

/** The clock of all runs. */
export const NOW = 1_800_000_000_000;

const MINUTE_MS = 60_000;

const noNetwork = (): Promise<never> =>
  Promise.reject(new VitrineError('PACK_FETCH', 'no network'));

/** What a run may want to be different. */
export interface PageParts extends Partial<Pick<EnginePorts, 'packs' | 'openIndex' | 'fetchText'>> {
  readonly openStore?: EnginePorts['keeper']['openStore'];
}

/** A page. */
export interface Page {
  readonly engine: Engine;
  /** As `Vitrine.rerank`: judged by what arrived in the worker, see {@link checkFeed}. */
  rerank(candidates: unknown, list?: boolean): Promise<Feed>;
  /** Looks at items, minutes ago, until the visitor is known well enough for rows of their own. */
  browse(itemIds: readonly string[]): Promise<void>;
  /** As `Vitrine.track`. */
  track(interaction: unknown, now?: number): Promise<void>;
}

/** Characters of a list that are read with the usual options. */
const MOST_TEXT = 4_000_000;

/** Ids that the worker finds in what it was sent; null when it refuses that. */
function idsIn(sent: unknown): readonly string[] | null {
  try {
    const value =
      typeof sent === 'string' ? parseCandidatesText(cutText(sent, MOST_TEXT)).value : sent;
    const { items, overflow } = normalizeCandidates(value, { maxItems: 5_000 });
    return [...items.map(({ id }) => id), ...overflow];
  } catch (error) {
    expectRefusal(error, ['CANDIDATES_']);
    return null;
  }
}

/** Makes an engine; consent is granted unless told otherwise. */
async function openEngine(
  options: Partial<WorkerOptions> = {},
  parts: PageParts = {},
): Promise<Engine> {
  const { openStore = async () => new MemoryStore({ now: () => NOW }), ...ports } = parts;
  let numEvents = 0;
  return Engine.create(
    {
      keeper: { openStore, promote, channel: null, drawSeed: () => 42, onError: () => undefined },
      ladder: createDeviceLadder({ wanted: 'js', open: noNetwork }),
      fetchText: noNetwork,
      clock: () => 0,
      whenIdle: () => undefined,
      trainSegments: undefined,
      newId: () => `event-${++numEvents}`,
      openCapsule: async () => import('../../src/capsule/capsule.ts'),
      packs: { open: noNetwork, openSlice: noNetwork, pause: () => new Promise(() => undefined) },
      ...ports,
    },
    {
      baseUrl: 'https://shop.test/',
      pageUrl: 'https://shop.test/',
      consent: 'granted',
      seed: 1,
      ...options,
    },
  );
}

/** What of a value crosses to the worker. */
export async function cross<T>(value: T): Promise<T> {
  return sendable(value, async (sent) => structuredClone(sent));
}

/** Opens a page. */
export async function openPage(
  options: Partial<WorkerOptions> = {},
  parts: PageParts = {},
): Promise<Page> {
  const engine = await openEngine(await cross(options), parts);
  return {
    engine,
    async rerank(candidates, list = false) {
      let arrived: unknown;
      const broken: unknown[] = [];
      const call = async (sent: unknown, ...rest: [never, number]): Promise<Feed> => {
        arrived = structuredClone(sent);
        return engine.rerank(arrived, ...rest).catch((error: unknown) => {
          // The page would hide it behind the server's order.
          if (!isVitrineError(error)) broken.push(error);
          throw error;
        });
      };
      const link = { call: (job: (api: unknown) => unknown) => job({ rerank: call }) };
      const session = { link, clock: () => NOW } as never;
      const request = list ? ({ layout: 'list' } as const) : {};
      const feed = await rerankWith(session, {}, candidates as never, request);
      if (broken.length > 0) throw broken[0];
      const ids = idsOf(feed, arrived);
      // An index adds what it finds.
      checkFeed(feed, parts.openIndex ? [...new Set([...ids, ...feed.order])] : ids);
      return feed;
    },
    async browse(itemIds) {
      for (const [n, itemId] of itemIds.entries()) {
        for (const type of ['view_item', 'add_to_wishlist'] as const) {
          await engine.track({ type, itemId }, NOW - (itemIds.length - n) * MINUTE_MS);
        }
      }
    },
    async track(interaction, now = NOW) {
      checkInteraction(interaction as Interaction);
      await sendable(interaction, async (sent) =>
        engine.track(structuredClone(sent) as Interaction, now),
      );
    },
  };
}

/** The server's order that the page itself makes is judged by its own ids. */
function idsOf(feed: Feed, arrived: unknown): readonly string[] {
  const found = idsIn(arrived);
  return feed.packId === 'none' || found === null ? feed.order : found;
}

/** Every rejection must be one of ours. */
export async function refusedOr<T>(
  call: () => Promise<T>,
  codes?: readonly string[],
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    expectRefusal(error, codes);
    return undefined;
  }
}
