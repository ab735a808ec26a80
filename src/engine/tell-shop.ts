/**
 * Loaded only where the shop asked for reports: tells it once in a while, in noise, which segment its
 * visitor's first is. What was told and what it cost lies in a cache of its own, with consent only.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { TelemetryOptions } from '../core/privacy.ts';
import { MAX_EPSILON } from '../telemetry/privacy-budget.ts';
import { type SegmentReport, reportSegment } from '../telemetry/segment-report.ts';

/** What is true of the visitor. */
export interface TellingFacts {
  /** Ids of the shop's own and the predefined segments, the same for every visitor. */
  readonly segments: readonly string[];
  /** The visitor's first segment, null without any. */
  readonly first: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The part of the Cache API that is used. */
interface ReportCache {
  readonly match: (url: string) => Promise<Response | undefined>;
  readonly put: (url: string, response: Response) => Promise<void>;
}

/** What telling needs of the world. */
export interface TellingPorts {
  /** Opens the cache; null where there is none or nothing may be kept. */
  readonly openCache: () => Promise<ReportCache | null>;
  /** Runs a job unless another tab does it at this moment. */
  readonly lock: (job: () => Promise<void>) => Promise<unknown>;
  /** Whether the visitor's browser says Global Privacy Control. */
  readonly hasGpc: boolean;
  /** Address of the page. */
  readonly pageUrl: string;
  /** Sends a report. */
  readonly post: (url: string, body: string) => Promise<void>;
  /** Cryptographic, an unsigned 32-bit integer. */
  readonly randomWord: () => number;
}

/** Of a URL that nothing is ever fetched from. */
const RECORD = '/vitrine-reports/spent';

function addressOf(url: string, pageUrl: string): string {
  const page = new URL(pageUrl);
  const address = URL.canParse(url, page) ? new URL(url, page) : null;
  const isSafe = address?.protocol === 'https:' || address?.origin === page.origin;
  if (!address || !isSafe) throw new VitrineError('OPTION_INVALID', `telemetry.url: got ${url}.`);
  return address.href;
}

/**
 * Tells the shop, unless that would cost too much, or the visitor says Global Privacy Control.
 *
 * @param options - See {@link TelemetryOptions}.
 * @param facts - See {@link TellingFacts}.
 * @param ports - See {@link TellingPorts}.
 * @throws `OPTION_INVALID` for an address or a cost that is out of its range; what the network or
 *   the cache rejects with.
 */
export async function tellShop(
  options: TelemetryOptions,
  facts: TellingFacts,
  ports: TellingPorts,
): Promise<void> {
  const { epsilon = MAX_EPSILON, url } = options;
  if (!(epsilon > 0 && epsilon <= MAX_EPSILON)) {
    throw new VitrineError('OPTION_INVALID', `telemetry.epsilon: got ${epsilon}.`);
  }
  const address = addressOf(url, ports.pageUrl);
  if (ports.hasGpc) return;
  const record = new URL(RECORD, ports.pageUrl).href;
  const job = {
    load: async (): Promise<unknown> => (await (await ports.openCache())?.match(record))?.json(),
    save: async (value: unknown): Promise<boolean> => {
      // Opened again: consent may be gone by now.
      const cache = await ports.openCache();
      await cache?.put(record, new Response(JSON.stringify(value)));
      return cache !== null;
    },
    send: (report: SegmentReport): Promise<void> => ports.post(address, JSON.stringify(report)),
    random: () => ports.randomWord() / 2 ** 32,
  };
  await ports.lock(async () => void (await reportSegment({ ...facts, epsilon }, job)));
}
