/**
 * What was learned on this device as it is kept: contents are sealed, only their order and what
 * they were learned from matters here. Pure; the transactions are in checkpoint-transactions.ts.
 *
 * @packageDocumentation
 */

/** A checkpoint. */
export interface StoredCheckpoint {
  /** From 1, growing. */
  readonly version: number;
  /** The pack that it belongs to. */
  readonly packId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Sequence of the newest log record that it was learned from. */
  readonly lastSequence: number;
  /** The contents; whoever reads them checks the seal. */
  readonly body: Uint8Array;
  /** Of all the rest, see `learn/checkpoint.ts`. */
  readonly checksum: string;
}

/** What was decided last. */
export interface CheckpointPointer {
  /** Version in use; 0 stands for the pack as it came. */
  readonly version: number;
  /** Highest version ever given. */
  readonly highest: number;
  /** Id of the newest event when it was last decided what to use; empty before. */
  readonly decidedAt: string;
}

/** All that a store holds of what was learned. */
export interface StoredCheckpoints {
  /** Oldest first. */
  readonly checkpoints: readonly StoredCheckpoint[];
  /** See {@link CheckpointPointer}. */
  readonly pointer: CheckpointPointer;
}

/** Nothing was learned, nothing decided. */
export const NO_CHECKPOINTS: StoredCheckpoints = {
  checkpoints: [],
  pointer: { version: 0, highest: 0, decidedAt: '' },
};

/** Most checkpoints that are kept. */
const MAX_CHECKPOINTS = 5;

/** A larger body is none of ours. */
const MAX_BODY = 4e6;

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A text of at most 200 characters. */
function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 200;
}

/**
 * Reads a checkpoint.
 *
 * @param value - Anything found on disk.
 * @returns A fresh checkpoint; null when it is not usable. The seal is not looked at.
 */
export function readCheckpoint(value: unknown): StoredCheckpoint | null {
  if (typeof value !== 'object' || value === null) return null;
  const { version, packId, time, lastSequence, body, checksum } = value as Record<string, unknown>;
  const isRight =
    isCount(version) &&
    version > 0 &&
    isCount(lastSequence) &&
    isShort(packId) &&
    isShort(checksum) &&
    Number.isFinite(time) &&
    body instanceof Uint8Array &&
    body.length <= MAX_BODY;
  return isRight ? { version, packId, time: time as number, lastSequence, body, checksum } : null;
}

/**
 * Reads the pointer.
 *
 * @param value - Anything found on disk.
 * @returns A fresh pointer; that of {@link NO_CHECKPOINTS} when it is not usable.
 */
export function readPointer(value: unknown): CheckpointPointer {
  if (typeof value !== 'object' || value === null) return NO_CHECKPOINTS.pointer;
  const { version, highest, decidedAt } = value as Record<string, unknown>;
  const isRight = isCount(version) && isCount(highest) && isShort(decidedAt);
  return isRight ? { version, highest, decidedAt } : NO_CHECKPOINTS.pointer;
}

/**
 * What is left after events were removed: a checkpoint must not outlive what it was learned from.
 *
 * @param before - What was there.
 * @param sequence - The oldest removed record's.
 * @returns The checkpoints that had not seen it; it is to be decided anew when others are gone.
 */
export function withoutLearnedFrom(before: StoredCheckpoints, sequence: number): StoredCheckpoints {
  const checkpoints = before.checkpoints.filter(({ lastSequence }) => lastSequence < sequence);
  if (checkpoints.length === before.checkpoints.length) return before;
  return { checkpoints, pointer: { ...before.pointer, decidedAt: '' } };
}

/**
 * What is left when the log has been cut at its old end: a checkpoint of which every event is past
 * the retention goes too.
 *
 * @param before - What was there.
 * @param oldest - Sequence of the oldest record left; Infinity without any.
 * @returns The others.
 */
export function withoutExpired(before: StoredCheckpoints, oldest: number): StoredCheckpoints {
  const checkpoints = before.checkpoints.filter(({ lastSequence }) => lastSequence >= oldest);
  return checkpoints.length === before.checkpoints.length ? before : { ...before, checkpoints };
}

/**
 * Adds a checkpoint; the oldest make room, but never the one in use.
 *
 * @param before - What was there.
 * @param checkpoint - The new one; null adds none.
 * @param pointer - What was decided.
 * @returns What is to be kept, oldest first.
 */
export function withCheckpoint(
  before: StoredCheckpoints,
  checkpoint: StoredCheckpoint | null,
  pointer: CheckpointPointer,
): StoredCheckpoints {
  const others = before.checkpoints.filter(({ version }) => version !== checkpoint?.version);
  const all = [...others, ...(checkpoint === null ? [] : [checkpoint])].toSorted(
    (a, b) => a.version - b.version,
  );
  const surplus = Math.max(0, all.length - MAX_CHECKPOINTS);
  const leaving = new Set(
    all.filter(({ version }) => version !== pointer.version).slice(0, surplus),
  );
  return { checkpoints: all.filter((one) => !leaving.has(one)), pointer };
}
