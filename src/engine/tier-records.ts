/**
 * What was measured on an earlier page, told by the device that it holds for.
 *
 * It says nothing about the visitor, yet is kept on the visitor's device: with consent only.
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';
import type { Tier, TierCost } from '../core/tiers.ts';

/** The part of the Cache API that is used. */
interface RecordCache {
  readonly match: (url: string) => Promise<Response | undefined>;
  readonly put: (url: string, response: Response) => Promise<void>;
  readonly delete: (url: string) => Promise<boolean>;
}

/** Costs by tier. */
export type TierCosts = Partial<Record<Tier, TierCost>>;

/** What the browser tells of itself; of a worker or a test. */
export interface BrowserFacts {
  /** `navigator.userAgent`. */
  readonly userAgent: string;
  /** `navigator.hardwareConcurrency`. */
  readonly hardwareConcurrency?: number;
}

/** Of this code: another number measures anew. */
const VERSION = 2;

const TIERS: readonly Tier[] = ['js', 'wasm', 'webgpu'];

/** Of a URL that nothing is ever fetched from. */
const PATH = 'vitrine-tiers/costs';

/**
 * Tells one device from another, so that costs are measured anew when it changes. A number of 16 bits
 * is enough for that, and too little to tell which device it is: names of GPUs are never kept.
 *
 * @param facts - Of the browser: its major version and number of threads count.
 * @param adapter - Of the GPU; left out for the tiers without one.
 * @returns 0 … 65,535; the same for the same device and version of this code.
 * @example deviceKey({ userAgent: 'Chrome/156.0.1' }) === deviceKey({ userAgent: 'Chrome/156.0.2' })
 */
export function deviceKey(facts: BrowserFacts, adapter = ''): number {
  // Minor versions come every other day and change no speed.
  const browser = facts.userAgent.replace(/(?<major>\d+)(?:[._]\d+)+/gu, '$<major>');
  const text = [VERSION, facts.hardwareConcurrency ?? 0, browser, adapter].join(' ');
  return hash32(text) & 0xffff;
}

function costOf(value: unknown): TierCost | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { fixedMs, msPerMillion } = value as Partial<Record<string, unknown>>;
  const isRight = (ms: unknown): ms is number => Number.isFinite(ms) && (ms as number) >= 0;
  return isRight(fixedMs) && isRight(msPerMillion) ? { fixedMs, msPerMillion } : undefined;
}

/** Keeps costs in a cache, each with the key of its device. */
export class TierRecords {
  readonly #openCache: () => Promise<RecordCache | null>;
  readonly #url: string;

  /**
   * @param openCache - Null where there is none or nothing may be kept.
   * @param baseUrl - Absolute URL that the record lies under.
   */
  constructor(openCache: () => Promise<RecordCache | null>, baseUrl: string) {
    this.#openCache = openCache;
    this.#url = new URL(PATH, baseUrl).href;
  }

  /**
   * Reads what an earlier page measured. A record of a release that kept names goes at once.
   *
   * @param keyOf - Key of the device for a tier; undefined: not to be read.
   * @returns Costs whose key is the same; none when the record cannot be read.
   */
  async read(keyOf: (tier: Tier) => number | undefined): Promise<TierCosts> {
    const costs: TierCosts = {};
    try {
      const cache = await this.#openCache();
      const kept = await cache?.match(this.#url);
      const record = (await kept?.json()) as Partial<Record<Tier, { key?: unknown }>> | undefined;
      for (const tier of TIERS) {
        const entry = record?.[tier];
        if (typeof entry?.key === 'string') await cache?.delete(this.#url);
        const cost = entry?.key === keyOf(tier) ? costOf(entry) : undefined;
        if (cost !== undefined) costs[tier] = cost;
      }
    } catch {
      // Measured again.
    }
    return costs;
  }

  /**
   * Keeps costs, in the place of those from before.
   *
   * @param costs - All that are known.
   * @param keyOf - As for {@link TierRecords.read}.
   */
  async keep(costs: TierCosts, keyOf: (tier: Tier) => number | undefined): Promise<void> {
    const entries = TIERS.filter((tier) => costs[tier] !== undefined).map((tier) => [
      tier,
      { ...costs[tier], key: keyOf(tier) },
    ]);
    try {
      const cache = await this.#openCache();
      await cache?.put(this.#url, new Response(JSON.stringify(Object.fromEntries(entries))));
    } catch {
      // A full disk only means that they are measured again.
    }
  }
}
