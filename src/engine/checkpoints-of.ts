/**
 * Checkpoints as they are stored → those that can be used, and the one that is.
 *
 * @packageDocumentation
 */
import { type CheckpointBody, openCheckpoint } from '../learn/checkpoint.ts';
import type { StoredCheckpoints } from '../store/checkpoints.ts';

/** A checkpoint with its contents. */
export interface UsableCheckpoint {
  readonly version: number;
  readonly time: number;
  readonly body: CheckpointBody;
}

/** What is known of one pack. */
export interface LearnedState {
  readonly packId: string;
  /** As stored. */
  readonly stored: StoredCheckpoints;
  /** Oldest first. */
  readonly usable: readonly UsableCheckpoint[];
  /** Null: the pack as it came. */
  readonly inUse: UsableCheckpoint | null;
}

/**
 * Opens what is stored.
 *
 * @param stored - As found.
 * @param packId - Of the pack in use.
 * @returns What of it belongs to that pack and is whole.
 */
export function checkpointsOf(stored: StoredCheckpoints, packId: string): LearnedState {
  const usable = stored.checkpoints.flatMap((sealed) => {
    const body = openCheckpoint(sealed, packId);
    return body === null ? [] : [{ version: sealed.version, time: sealed.time, body }];
  });
  const wanted = stored.pointer.version;
  // Where the one in use is damaged, the one before it is the best that is left.
  const inUse = usable.findLast(({ version }) => version <= wanted) ?? null;
  return { packId, stored, usable, inUse };
}
