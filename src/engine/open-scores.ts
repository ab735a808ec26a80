/**
 * Loaded with the first pack: item scores on the worker's devices, kept in the Cache API.
 *
 * @packageDocumentation
 */
import { readGeneratedFeatures } from '../catalog/model-fields.ts';
import { ItemScores, type ItemScoresPorts } from './item-scores.ts';

/** The part of the Cache API that is used. */
type ScoreCache = Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>;

/** What the worker hands in. */
export interface OpenScoresOptions extends Pick<
  ItemScoresPorts,
  'openScorer' | 'whenIdle' | 'isBusy' | 'pause'
> {
  /** Opens the cache; null where there is none or nothing may be kept. */
  readonly openCache: () => Promise<ScoreCache | null>;
  /** Absolute URL that kept scores lie under; nothing is ever fetched from it. */
  readonly baseUrl: string;
}

/**
 * Makes item scores.
 *
 * @param options - See {@link OpenScoresOptions}.
 * @returns Nothing is scored before it is asked to.
 */
export function createItemScores(options: OpenScoresOptions): ItemScores {
  const { baseUrl, isBusy, openScorer, openCache, pause, whenIdle } = options;
  const folder = new URL('vitrine-scores/', baseUrl).href;
  return new ItemScores({
    isBusy,
    pause,
    whenIdle,
    read: readGeneratedFeatures,
    openScorer,
    async readKept() {
      try {
        const cache = await openCache();
        const [request] = (await cache?.keys()) ?? [];
        const kept = request?.url.startsWith(folder) ? await cache?.match(request) : undefined;
        if (!request || !kept) return null;
        return { modelId: request.url.slice(folder.length), entries: await kept.json() };
      } catch {
        return null;
      }
    },
    async keep(modelId, scores) {
      try {
        const cache = await openCache();
        if (cache === null) return;
        const others = (await cache.keys()).filter(({ url }) => url !== folder + modelId);
        for (const other of others) await cache.delete(other);
        await cache.put(folder + modelId, new Response(JSON.stringify([...scores])));
      } catch {
        // A full disk only means that they are made again.
      }
    },
  });
}
