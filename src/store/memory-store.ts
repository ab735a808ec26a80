/** The last rung: a profile that lives as long as the worker. */
import type { Item, LogRecord, Settings } from '../core/types.ts';
import {
  type CheckpointPointer,
  NO_CHECKPOINTS,
  type StoredCheckpoint,
  type StoredCheckpoints,
  withCheckpoint,
  withoutExpired,
  withoutLearnedFrom,
} from './checkpoints.ts';
import type {
  AppendBatch,
  AppendResult,
  LogTail,
  ProfileStore,
  SequencedRecord,
  StoredProfile,
  StoreReason,
} from './profile-store.ts';
import { DEFAULT_RETENTION, type Retention, applyRetention, splitOrphans } from './retention.ts';

/** Options of a {@link MemoryStore}; every one may be left out. */
export interface MemoryStoreOptions {
  /** Why the profile is not on disk, default null. */
  readonly reason?: StoreReason;
  /** What stays in the log, default {@link DEFAULT_RETENTION}. */
  readonly retention?: Retention;
  /** Clock, default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Keeps the profile in the worker's memory. No method rejects. Holds what it is given by reference:
 * records, items and derived state must not be changed after they were handed over.
 */
export class MemoryStore implements ProfileStore {
  /** Always `memory`. */
  readonly mode = 'memory';
  /** Why the profile is not on disk. */
  readonly reason: StoreReason;
  /** Always 0. */
  readonly adoptions = 0;
  /** Always null. */
  readonly restored = null;
  readonly #retention: Retention;
  readonly #now: () => number;
  #entries: SequencedRecord[] = [];
  #eventIds = new Set<string>();
  #items = new Map<string, Item>();
  #derived: unknown = null;
  #settings: Settings | null = null;
  #quarantined = 0;
  #lastSequence = 0;
  #checkpoints = NO_CHECKPOINTS;

  /** @param options - Reason, retention and clock. */
  constructor(options: MemoryStoreOptions = {}) {
    this.reason = options.reason ?? null;
    this.#retention = options.retention ?? DEFAULT_RETENTION;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Takes over what another store holds, in place of its own content.
   *
   * @param profile - As loaded; its last record gets `profile.lastSequence`.
   */
  adopt(profile: StoredProfile): void {
    const first = profile.lastSequence - profile.log.length + 1;
    this.#setLog(profile.log.map((record, index) => ({ sequence: first + index, record })));
    this.#items = new Map(profile.items.map((item) => [item.id, item]));
    this.#derived = profile.derived;
    this.#settings = profile.settings;
    this.#quarantined = profile.quarantined;
    this.#lastSequence = profile.lastSequence;
  }

  /**
   * Takes over a batch that another store has written, without counting a record twice.
   *
   * @param batch - What was written; `derived` null when the other store did not keep it.
   * @param lastSequence - Sequence of the other store's newest record.
   */
  mirror(batch: AppendBatch, lastSequence: number): void {
    const fresh = batch.records.filter((record) => !this.#eventIds.has(record.eventId)).length;
    this.#lastSequence = Math.max(this.#lastSequence, lastSequence - fresh);
    this.#add(batch.records, batch.items);
    this.#derived = batch.derived;
  }

  /**
   * Takes over what another store read from the end of its log. Records that are new here were not
   * in the derived state, which is dropped.
   *
   * @param tail - As read.
   */
  mirrorTail(tail: LogTail): void {
    const isNew = tail.records.some(({ record }) => !this.#eventIds.has(record.eventId));
    const derived = isNew ? null : this.#derived;
    const records = tail.records.map(({ record }) => record);
    this.mirror({ records, items: tail.items, derived }, tail.records.at(-1)?.sequence ?? 0);
  }

  async load(): Promise<StoredProfile> {
    const { kept, expired } = applyRetention(this.#entries, this.#retention, this.#now());
    if (expired.length > 0) {
      this.#setLog([...kept]);
      const oldest = kept[0]?.sequence ?? Infinity;
      this.#checkpoints = withoutExpired(this.#checkpoints, oldest);
      this.#derived = null;
      if (kept.length === 0) this.#settings = null;
    }
    const { named } = splitOrphans([...this.#items.values()], kept);
    this.#items = new Map(named.map((item) => [item.id, item]));
    return {
      log: kept.map(({ record }) => record),
      items: named,
      derived: this.#derived,
      settings: this.#settings,
      quarantined: this.#quarantined,
      lastSequence: this.#lastSequence,
    };
  }

  async readLogAfter(sequence: number): Promise<LogTail> {
    const records = this.#entries.filter((entry) => entry.sequence > sequence);
    return { records, items: splitOrphans([...this.#items.values()], records).named };
  }

  async append(batch: AppendBatch): Promise<AppendResult> {
    this.#add(batch.records, batch.items);
    this.#derived = batch.derived;
    return { lastSequence: this.#lastSequence, missed: 'nothing' };
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.#settings = settings;
  }

  async removeEvents(eventIds: readonly string[]): Promise<number> {
    const gone = new Set(eventIds);
    const kept = this.#entries.filter(({ record }) => !gone.has(record.eventId));
    const removed = this.#entries.length - kept.length;
    if (removed === 0) return 0;
    const oldest = this.#entries.find(({ record }) => gone.has(record.eventId))?.sequence ?? 0;
    this.#checkpoints = withoutLearnedFrom(this.#checkpoints, oldest);
    this.#setLog(kept);
    const { named } = splitOrphans([...this.#items.values()], kept);
    this.#items = new Map(named.map((item) => [item.id, item]));
    this.#derived = null;
    return removed;
  }

  /**
   * Takes over what another store holds of what was learned.
   *
   * @param checkpoints - As loaded.
   */
  adoptCheckpoints(checkpoints: StoredCheckpoints): void {
    this.#checkpoints = checkpoints;
  }

  async loadCheckpoints(): Promise<StoredCheckpoints> {
    return this.#checkpoints;
  }

  async saveCheckpoint(
    checkpoint: StoredCheckpoint | null,
    pointer: CheckpointPointer,
  ): Promise<boolean> {
    if (this.#entries.length === 0) return false;
    this.#checkpoints = withCheckpoint(this.#checkpoints, checkpoint, pointer);
    return true;
  }

  async erase(): Promise<void> {
    this.#checkpoints = NO_CHECKPOINTS;
    this.adopt({
      log: [],
      items: [],
      derived: null,
      settings: null,
      quarantined: 0,
      lastSequence: 0,
    });
  }

  async estimateBytes(): Promise<number> {
    const content = [this.#entries, [...this.#items.values()], this.#settings];
    return new TextEncoder().encode(JSON.stringify(content)).length;
  }

  async flush(): Promise<void> {
    // Has no copy.
  }

  close(): void {
    // Holds nothing that must be let go.
  }

  #add(records: readonly LogRecord[], items: readonly Item[]): void {
    for (const record of records) {
      if (this.#eventIds.has(record.eventId)) continue;
      this.#eventIds.add(record.eventId);
      this.#lastSequence += 1;
      this.#entries.push({ sequence: this.#lastSequence, record });
    }
    for (const item of items) this.#items.set(item.id, item);
  }

  #setLog(entries: SequencedRecord[]): void {
    this.#entries = entries;
    this.#eventIds = new Set(entries.map(({ record }) => record.eventId));
  }
}
