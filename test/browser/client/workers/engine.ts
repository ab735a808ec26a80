/**
 * A worker with Vitrine's protocol and no engine: it answers with what it was asked, and fails in
 * the way that the asked number of rows names.
 */
import { expose } from 'comlink';
import { installThrowHandler } from '../../../../src/client/throw-handler.ts';
import { VitrineError, addMessages } from '../../../../src/core/errors.ts';
import { MESSAGES } from '../../../../src/core/messages.ts';
import type { Feed, Stats } from '../../../../src/core/types.ts';
import type { WorkerApi, WorkerOptions } from '../../../../src/protocol.ts';

const never = (): Promise<never> => new Promise(() => {});
const calls: unknown[][] = [];
/** Of batteries; told when the browser likes. */
const powers: unknown[] = [];
let settings: WorkerOptions | undefined;

/** An uncaught error reaches the page as the worker's `error` event. */
function die(): Promise<never> {
  setTimeout(() => {
    throw new Error('The worker dies.');
  });
  return never();
}

const feedOf = (candidates: unknown, rows: number | undefined): Feed => {
  const order = Array.isArray(candidates)
    ? candidates.map((item: { id: string }) => item.id).toReversed()
    : [String(candidates)];
  return {
    rows: [],
    order,
    personalized: true,
    reason: 'PERSONALIZED',
    seed: 1,
    packId: 'test',
    device: 'js',
    timings: { total: 1 },
    warnings: rows === 12 ? [{ code: 'ITEM_DUPLICATE', count: 2, first: 'a' }] : [],
  };
};

const api: Partial<WorkerApi> = {
  async init(options) {
    settings = options;
    return MESSAGES;
  },
  async rerank(candidates, request, now) {
    calls.push(['rerank', candidates, request, now]);
    if (request.rows === 13) return die();
    if (request.rows === 14) return never();
    if (request.rows === 15) throw new TypeError('A mistake of ours.');
    if (request.rows === 16) throw new VitrineError('CANDIDATES_PARSE', 'Line 3 is no object.');
    return feedOf(candidates, request.rows);
  },
  async track(interaction, now) {
    calls.push(['track', interaction, now]);
  },
  async rest() {
    calls.push(['rest']);
  },
  async power(left) {
    powers.push(left);
  },
  async explain(itemId) {
    throw new VitrineError('ITEM_UNKNOWN', `${itemId} is not there.`);
  },
  async setSegment(segmentId, change) {
    calls.push(['setSegment', segmentId, change]);
  },
  async setConsent(consent) {
    calls.push(['setConsent', consent]);
  },
  // The page's figures are the way to look into this worker.
  stats: async () => ({ calls, powers, settings }) as unknown as Omit<Stats, 'worker'>,
};

addEventListener('message', ({ data }) => data === 0 && postMessage(0));
addMessages(MESSAGES);
installThrowHandler();
expose(api);
