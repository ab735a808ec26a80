/**
 * The store's contract: an append-only interaction log, what is derived from it, and the visitor's
 * settings. Types only, no idb: the engine sees this file, the rungs of the ladder implement it.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../core/errors.ts';
import type { Restored, StorageMode } from '../core/stats.ts';
import type { Item, LogRecord, Settings } from '../core/types.ts';
import type { CheckpointPointer, StoredCheckpoint, StoredCheckpoints } from './checkpoints.ts';

/** Why a profile is not kept in the first place, `indexeddb`; null when it is. */
export type StoreReason = VitrineErrorCode | 'CONSENT' | null;

/** Everything that a store holds, validated. */
export interface StoredProfile {
  /** The log, oldest first (by sequence, not by clock). */
  readonly log: readonly LogRecord[];
  /** Snapshots of the items that the log names; some may be missing. */
  readonly items: readonly Item[];
  /** What the last {@link ProfileStore.append} derived; null when it must be rebuilt from the log. */
  readonly derived: unknown;
  /** The visitor's choices; null before the first {@link ProfileStore.saveSettings}. */
  readonly settings: Settings | null;
  /** Records on disk that were not usable and were left out. */
  readonly quarantined: number;
  /** Sequence of the newest log record, 0 without any. */
  readonly lastSequence: number;
}

/** What one call of {@link ProfileStore.append} writes, all or nothing. */
export interface AppendBatch {
  /** New interactions, oldest first; an event id that is stored already is skipped. */
  readonly records: readonly LogRecord[];
  /** Snapshots of items that the records name; an older snapshot is replaced. */
  readonly items: readonly Item[];
  /** State derived from the whole log including `records`; must survive structured cloning. */
  readonly derived: unknown;
}

/** What {@link ProfileStore.append} found. */
export interface AppendResult {
  /** Sequence of the newest log record after the call. */
  readonly lastSequence: number;
  /**
   * What other tabs did to the log that this handle has not read. The records are stored in any
   * case, but `derived` is kept only on `nothing`: it would leave out, or bring back, their events.
   *
   * - `nothing`: `derived` is stored.
   * - `appended`: call `readLogAfter(the last sequence known)`, then derive again.
   * - `removed`: events were forgotten; call `load()` and derive again.
   */
  readonly missed: 'nothing' | 'appended' | 'removed';
}

/** A log record with its place in the log. */
export interface SequencedRecord {
  /** Grows with each record, never used twice within a database. */
  readonly sequence: number;
  /** The record. */
  readonly record: LogRecord;
}

/** What {@link ProfileStore.readLogAfter} returns. */
export interface LogTail {
  /** Records after the sequence asked for, oldest first; may hold this handle's own. */
  readonly records: readonly SequencedRecord[];
  /** Snapshots of the items that these records name. */
  readonly items: readonly Item[];
}

/**
 * A place for the profile. All methods reject with a `VitrineError` only: `DISPOSED` after
 * `close()`, `STORE_FAILED`, `STORE_FULL`, `STORE_TIMEOUT` or `STORE_BLOCKED` when the disk fails. The store that
 * `openStore` returns turns itself into memory instead, and back when it was the opening that came
 * late; it rejects with `DISPOSED` alone, and `erase()` with `STORE_FAILED`, `STORE_TIMEOUT` or
 * `STORE_BLOCKED` while something may be left on disk (it must not claim what did not happen).
 */
export interface ProfileStore {
  /** Where the profile is kept now. */
  readonly mode: StorageMode;
  /** Why it is not in the first place, null when it is. */
  readonly reason: StoreReason;
  /**
   * How often a disk that opened late has taken the session over, or lost events have come back.
   * Sequences of before mean nothing then, and there may be events of earlier visits: call `load()`.
   */
  readonly adoptions: number;
  /** What came back from the copy after the browser had lost it; null when nothing had to. */
  readonly restored: Restored | null;
  /** Reads everything, drops what is past the retention or not usable. */
  load(): Promise<StoredProfile>;
  /** Reads what was appended after a sequence, by this handle or by other tabs. */
  readLogAfter(sequence: number): Promise<LogTail>;
  /** Writes events and derived state in one transaction; resolves when it is complete. */
  append(batch: AppendBatch): Promise<AppendResult>;
  /** Replaces the settings; the last writer wins. */
  saveSettings(settings: Settings): Promise<void>;
  /**
   * Removes events, the item snapshots that no event names any more, the derived state, and the
   * checkpoints that were learned from these events, in one transaction. Resolves to the number of events removed; unknown ids count 0.
   */
  removeEvents(eventIds: readonly string[]): Promise<number>;
  /** Reads what was learned; empty without a database. */
  loadCheckpoints(): Promise<StoredCheckpoints>;
  /**
   * Adds a checkpoint (null: none) and says which one is in use, in one transaction; at most five
   * are kept. Resolves to false, with nothing written, when another tab removed events since this
   * handle's last look, or when there is nothing that it could have been learned from.
   */
  saveCheckpoint(checkpoint: StoredCheckpoint | null, pointer: CheckpointPointer): Promise<boolean>;
  /**
   * Brings the copy up to date without waiting for its turn; for a page that is being hidden. Never
   * rejects, and resolves at once when there is nothing to copy or no place for it.
   */
  flush(): Promise<void>;
  /** Deletes the copy and the whole database; other tabs' handles close. The store can be used again after. */
  erase(): Promise<void>;
  /** Size of the content as JSON in UTF-8 bytes; null when it cannot be read. */
  estimateBytes(): Promise<number | null>;
  /** Lets go of the database. */
  close(): void;
}

/** A place on disk, which may come later than one waits for it. */
export interface Disk extends ProfileStore {
  /**
   * Hands over, once, an opening that missed its deadline and may still come.
   *
   * @returns Null without one. Else it resolves when the disk can be used, rejects when it cannot
   *   be opened or the store was closed, or never settles.
   */
  takeLate(): Promise<unknown> | null;
}
