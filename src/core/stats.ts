/**
 * Figures about the engine.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from './errors.ts';
import type { TunedTiers } from './tiers.ts';
import type { Device } from './types.ts';

/** Figures about the engine. */
export interface Stats {
  /** Device of the last feed. */
  readonly device: Device | 'none';
  /** Devices tried and left, with the reason. */
  readonly devicesLeft: readonly { readonly device: Device; readonly code: VitrineErrorCode }[];
  /** Timings of the last feed, milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
  /**
   * What each tier was measured to cost on this device, and from which size of a list on it is used;
   * measured when lists are long. Absent while no worker answers.
   */
  readonly tiers?: TunedTiers;
  /** Milliseconds that the GPU worked on its last job; null without one, or without a clock. */
  readonly gpuMs?: number | null;
  /** Where the profile is kept, and why when it is memory. */
  readonly storage: {
    readonly mode: 'indexeddb' | 'memory';
    readonly reason: VitrineErrorCode | 'CONSENT' | null;
    readonly bytes: number | null;
  };
  /** Interactions kept. */
  readonly events: number;
  /** Feeds made since the start. */
  readonly feeds: number;
  /** Candidates of the last feed. */
  readonly candidates: number;
  /** How many of them have synthetic scores, sent or made here. */
  readonly scored: number;
  /** Segments in the library. */
  readonly segments: number;
  /** Live tensors; 0 while TensorFlow.js is not loaded. */
  readonly tensors: number;
  /** Whether the worker answers. */
  readonly worker: 'running' | 'unavailable' | 'lost';
  /** Content hash of segments and encoder. */
  readonly packId: string;
}
