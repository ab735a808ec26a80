/**
 * Figures about the engine.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from './errors.ts';
import type { TunedTiers } from './tiers.ts';
import type { Device } from './types.ts';

/**
 * Where a profile is kept, in the order in which places are tried: the origin's database, one in a
 * storage bucket of its own, a file of the origin's private file system, the worker's memory.
 */
export type StorageMode = 'indexeddb' | 'bucket' | 'opfs' | 'memory';

/** What came back after the browser had lost events: a torn log, a full disk, an eviction. */
export interface Restored {
  /** Interactions that came back. */
  readonly events: number;
  /** At most this many were kept after the copy that they came back from was made. */
  readonly lostUpTo: number;
}

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
  /**
   * Where the profile is kept, why when it is not the first place, its size, and what came back
   * since the start; `restored` is absent when nothing had to.
   */
  readonly storage: {
    readonly mode: StorageMode;
    readonly reason: VitrineErrorCode | 'CONSENT' | null;
    readonly bytes: number | null;
    readonly restored?: Restored;
  };
  /** Interactions kept. */
  readonly events: number;
  /**
   * Interactions not recorded since the start, because they came faster than a visitor can act: more
   * than 30 of a type in a minute, or the same item again within ten seconds. Absent while no worker
   * answers.
   */
  readonly eventsDropped?: number;
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
