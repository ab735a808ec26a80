/**
 * Tiers of similarity jobs: what each costs on this device, and from which size on it is worth it.
 *
 * A job's size is its multiplications, N·V·D. All tiers give the same feed (`feed/exact-top.ts`), so
 * a wrong choice costs time and nothing else.
 *
 * @packageDocumentation
 */
import { HUGE_JOB, LARGE_JOB } from './similarity.ts';

/** Tiers that `auto` chooses from. */
export type Tier = 'js' | 'wasm' | 'webgpu';

/** What a tier takes for a job over items that it holds: fixedMs + size × msPerMillion / 10^6. */
export interface TierCost {
  /** Milliseconds of any job. */
  readonly fixedMs: number;
  /** Milliseconds of a million multiplications. */
  readonly msPerMillion: number;
}

/** Sizes from which a tier is quicker than the one before it. */
export interface Crossovers {
  /** `wasm` beside `js`. */
  readonly wasm: number;
  /** `webgpu` beside `wasm`; Infinity where it never is. */
  readonly webgpu: number;
}

/** What was measured, and what follows from it. */
export interface TunedTiers {
  /** Costs of the tiers that were measured. */
  readonly costs: Readonly<Partial<Record<Tier, TierCost>>>;
  /** Sizes to go by. */
  readonly crossovers: Crossovers;
}

/** Nothing measured yet: {@link LARGE_JOB} and {@link HUGE_JOB}. */
export const UNTUNED: TunedTiers = {
  costs: {},
  crossovers: { wasm: LARGE_JOB, webgpu: HUGE_JOB },
};
