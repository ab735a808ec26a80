/**
 * Loaded when a list is long enough for a device: measures the tiers that are there, once, and
 * decides whether WebGPU is worth opening.
 *
 * @packageDocumentation
 */
import { type DeviceConditions, mayLoadTensorflow } from '../core/device-conditions.ts';
import type { SimilarityDevice } from '../core/similarity.ts';
import type { Tier, TunedTiers } from '../core/tiers.ts';
import type { TierAccess } from '../models/device-ladder.ts';
import { type MeasurePorts, type RunJob, measureTier } from './measure-tier.ts';
import { crossoversOf } from './tier-crossovers.ts';
import { type BrowserFacts, type TierCosts, TierRecords, deviceKey } from './tier-records.ts';

/** What tuning needs. */
export interface TierPorts extends MeasurePorts {
  /** Does a job without a device. */
  readonly js: RunJob;
  /** What the browser tells of itself. */
  readonly facts: BrowserFacts;
  /** What it tells of the device. */
  readonly conditions: () => DeviceConditions;
  /** Opens the cache; null where there is none or nothing may be kept. */
  readonly openCache: ConstructorParameters<typeof TierRecords>[0];
  /** Absolute URL that the record lies under. */
  readonly baseUrl: string;
}

class TierTuner {
  readonly #ports: TierPorts;
  readonly #records: TierRecords;
  readonly #costs: TierCosts = {};
  #adapter: string | undefined;
  /** Tiers that could not be measured. */
  readonly #failed = new Set<Tier>();
  #hasRead = false;

  constructor(ports: TierPorts) {
    this.#ports = ports;
    this.#records = new TierRecords(ports.openCache, ports.baseUrl);
  }

  async tune(access: TierAccess): Promise<TunedTiers> {
    if (!this.#hasRead) await this.#read(['js', 'wasm']);
    this.#hasRead = true;
    let hasNew = await this.#measure('js', this.#ports.js);
    const wasm = access.device('wasm');
    if (wasm) hasNew = (await this.#measure('wasm', runOn(wasm))) || hasNew;
    const webgpu = access.device('webgpu') ?? (await this.#openWorthy(access));
    if (webgpu) hasNew = (await this.#measureGpu(webgpu)) || hasNew;
    if (hasNew) await this.#records.keep(this.#costs, this.#keyOf);
    return this.#told();
  }

  /** The costs of another device are another device's. */
  readonly #keyOf = (tier: Tier): number | undefined => {
    if (tier !== 'webgpu') return deviceKey(this.#ports.facts);
    return this.#adapter === undefined ? undefined : deviceKey(this.#ports.facts, this.#adapter);
  };

  async #read(tiers: readonly Tier[]): Promise<void> {
    const kept = await this.#records.read(this.#keyOf);
    for (const tier of tiers) {
      const cost = kept[tier];
      if (cost !== undefined) this.#costs[tier] ??= cost;
    }
  }

  /** @returns Whether there is something new to keep. */
  async #measure(tier: Tier, run: RunJob): Promise<boolean> {
    if (this.#costs[tier] !== undefined || this.#failed.has(tier)) return false;
    try {
      this.#costs[tier] = await measureTier(tier, run, this.#ports);
      return true;
    } catch {
      // The ladder finds out with its next job.
      this.#failed.add(tier);
      return false;
    }
  }

  async #measureGpu(device: SimilarityDevice): Promise<boolean> {
    if (this.#adapter === undefined) {
      this.#adapter = device.adapter ?? '';
      await this.#read(['webgpu']);
    }
    return this.#measure('webgpu', runOn(device));
  }

  async #openWorthy(access: TierAccess): Promise<SimilarityDevice | undefined> {
    const { webgpu } = this.#told().crossovers;
    return access.largest >= webgpu ? access.openWebgpu() : undefined;
  }

  #told(): TunedTiers {
    const mayUseGpu = mayLoadTensorflow(this.#ports.conditions());
    return { costs: { ...this.#costs }, crossovers: crossoversOf(this.#costs, mayUseGpu) };
  }
}

function runOn(device: SimilarityDevice): RunJob {
  return async (input) => device.scores(input);
}

/**
 * Makes the function that a ladder calls in idle time.
 *
 * What was measured is used on each later call and, where it may be kept, on later pages; a tier that
 * opens later is measured then.
 *
 * @param ports - See {@link TierPorts}.
 * @returns Never rejects.
 */
export function createTierTuner(ports: TierPorts): (access: TierAccess) => Promise<TunedTiers> {
  const tuner = new TierTuner(ports);
  return async (access) => tuner.tune(access);
}
