/**
 * The visitor's log in memory, kept equal to the store, across tabs and changes of consent.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../core/errors.ts';
import { toVitrineError } from '../core/errors.ts';
import type { Consent, Item, LogRecord, Membership, Settings } from '../core/types.ts';
import type {
  CheckpointPointer,
  StoredCheckpoint,
  StoredCheckpoints,
} from '../store/checkpoints.ts';
import type { ProfileStore, StoredProfile } from '../store/profile-store.ts';

/** What a keeper is made of; everything with effects is handed in. */
export interface ProfileKeeperPorts {
  /** Opens the store for a state of consent. Never rejects. */
  readonly openStore: (consent: Consent) => Promise<ProfileStore>;
  /** Copies a session from one store to another without doubling. */
  readonly promote: (from: ProfileStore, to: ProfileStore) => Promise<StoredProfile>;
  /** Tells other tabs that the profile changed other than by new events; null where none can be. */
  readonly channel: Pick<BroadcastChannel, 'postMessage'> | null;
  /** Draws the seed of a new profile, an unsigned 32-bit integer. */
  readonly drawSeed: () => number;
  /** Told of failures that fell back. */
  readonly onError: (code: VitrineErrorCode) => void;
}

/** Chooses events of a log to be removed, by their ids. */
export type Picking = (log: readonly LogRecord[]) => readonly string[];

/** Keeps the profile. */
export class ProfileKeeper {
  readonly #ports: ProfileKeeperPorts;
  readonly #items = new Map<string, Item>();
  #store: ProfileStore;
  #log: LogRecord[] = [];
  #settings: Settings = { seed: 0, followed: [], blocked: [] };
  #lastSequence = 0;
  #isStale = true;
  /** Adoptions by the disk that this log knows of. */
  #adoptions: number;
  /** What was forgotten while a disk could still come with events of earlier visits. */
  #forgotten: Picking[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  /** State of consent. */
  consent: Consent;
  /** The visitor's segments at the last feed. */
  weights: readonly Membership[] = [];
  #packId: string | undefined;

  private constructor(ports: ProfileKeeperPorts, store: ProfileStore, consent: Consent) {
    this.#ports = ports;
    this.#store = store;
    this.#adoptions = store.adoptions;
    this.consent = consent;
  }

  /**
   * Opens the profile.
   *
   * @param ports - See {@link ProfileKeeperPorts}.
   * @param consent - State of consent.
   * @returns A keeper that has loaded what the store holds.
   */
  static async open(ports: ProfileKeeperPorts, consent: Consent): Promise<ProfileKeeper> {
    const keeper = new ProfileKeeper(ports, await ports.openStore(consent), consent);
    await keeper.refresh();
    return keeper;
  }

  /** Records, oldest first. */
  get log(): readonly LogRecord[] {
    return this.#log;
  }

  /** Items that the log speaks of, as they were when met. */
  get items(): ReadonlyMap<string, Item> {
    return this.#items;
  }

  /** The visitor's choices. */
  get settings(): Settings {
    return this.#settings;
  }

  /** Content hash of the pack, or of the segments, in use; undefined before the first feed. */
  get packId(): string | undefined {
    return this.#packId;
  }

  /** Where the profile is kept. */
  get store(): Pick<ProfileStore, 'mode' | 'reason' | 'restored' | 'estimateBytes' | 'flush'> {
    return this.#store;
  }

  /**
   * Says which pack, or whose segments, are in use: what was derived with another one is not used,
   * it follows from the log with the next feed.
   *
   * @param packId - Content hash.
   */
  usePack(packId: string): void {
    if (this.#packId !== undefined && this.#packId !== packId) this.weights = [];
    this.#packId = packId;
  }

  /** Marks the profile as changed by another tab; the next {@link refresh} reads it anew. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Brings the log up to what all tabs wrote. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isStale) {
        await this.#load();
        this.#ensureSeed();
        return;
      }
      const { records, items } = await this.#store.readLogAfter(this.#lastSequence);
      const known = new Set(records.length > 0 ? this.#log.map(({ eventId }) => eventId) : []);
      for (const { sequence, record } of records) {
        if (!known.has(record.eventId)) this.#log.push(record);
        this.#lastSequence = sequence;
      }
      for (const item of items) this.#items.set(item.id, item);
    });
  }

  /** Adds records; resolves once the store has them. */
  append(records: readonly LogRecord[], items: readonly Item[]): Promise<void> {
    return this.#inTurn(async () => {
      if (this.consent === 'denied') return;
      this.#ensureSeed();
      if (this.#log.length === 0) await this.#store.saveSettings(this.#settings);
      const { lastSequence, missed } = await this.#store.append({
        records,
        items,
        derived: this.#derived,
      });
      if (missed !== 'nothing') {
        await this.#load();
        return;
      }
      this.#log.push(...records);
      for (const item of items) this.#items.set(item.id, item);
      this.#lastSequence = lastSequence;
    });
  }

  /**
   * Removes records.
   *
   * @param pick - Chooses them; `lasting` picks choose again among the events of earlier visits
   *   when the disk that holds them opens late.
   * @param lasting - Whether it does so, default false.
   * @returns How many there were.
   */
  remove(pick: Picking, lasting = false): Promise<number> {
    return this.#inTurn(async () => {
      const isWaiting = this.consent === 'granted' && this.#store.mode === 'memory';
      if (lasting && isWaiting) this.#forgotten.push(pick);
      const removed = await this.#store.removeEvents(pick(this.#log));
      await this.#load();
      this.#ports.channel?.postMessage('changed');
      return removed;
    });
  }

  /** Replaces follows and blocks. */
  saveSettings(change: Partial<Omit<Settings, 'seed'>>): Promise<void> {
    return this.#inTurn(async () => {
      this.#settings = { ...this.#settings, ...change };
      await this.#store.saveSettings(this.#settings);
      this.#ports.channel?.postMessage('changed');
    });
  }

  /** What was learned on this device, as it is kept. */
  loadCheckpoints(): Promise<StoredCheckpoints> {
    return this.#inTurn(() => this.#store.loadCheckpoints());
  }

  /**
   * Keeps what was learned, or only what is in use.
   *
   * @param checkpoint - Null adds none.
   * @param pointer - What is in use.
   * @param learnedFrom - Ids of the events that it was learned from.
   * @returns False, with nothing written, when one of these events is gone, or consent.
   */
  saveCheckpoint(
    checkpoint: Omit<StoredCheckpoint, 'lastSequence'> | null,
    pointer: CheckpointPointer,
    learnedFrom: readonly string[],
  ): Promise<boolean> {
    return this.#inTurn(async () => {
      const known = new Set(this.#log.map(({ eventId }) => eventId));
      const isWhole = learnedFrom.every((eventId) => known.has(eventId));
      if (this.consent === 'denied' || !isWhole) return false;
      const stamped = checkpoint && { ...checkpoint, lastSequence: this.#lastSequence };
      const isKept = await this.#store.saveCheckpoint(stamped, pointer);
      if (isKept) this.#ports.channel?.postMessage('changed');
      return isKept;
    });
  }

  /** Deletes everything, on disk and in memory, here and in other tabs. */
  erase(): Promise<void> {
    return this.#inTurn(async () => {
      this.#forgetAll();
      await this.#store.erase();
      this.#ports.channel?.postMessage('changed');
    });
  }

  /** Changes consent: `denied` wipes, `granted` moves the session to disk. */
  setConsent(consent: Consent): Promise<void> {
    return this.#inTurn(async () => {
      if (consent === this.consent) return;
      const before = this.#store;
      const wasOnDisk = this.consent === 'granted';
      this.consent = consent;
      // A disk that cannot be wiped is told, but it must not keep the session from ending.
      const wiped = consent !== 'granted' && wasOnDisk ? before.erase() : Promise.resolve();
      await wiped.catch(() => undefined);
      const next = await this.#ports.openStore(consent);
      this.#store = next;
      this.#adoptions = next.adoptions;
      this.#forgotten = [];
      if (consent === 'granted') this.#adopt(await this.#ports.promote(before, next));
      else if (consent === 'denied') this.#forgetAll();
      else await this.#keepInMemory(next);
      before.close();
      this.#ensureSeed();
      if (consent !== 'unknown') this.#ports.channel?.postMessage('changed');
      await wiped;
    });
  }

  /** Consent taken back to `unknown`: the disk is wiped, the session goes on. */
  async #keepInMemory(store: ProfileStore): Promise<void> {
    const items = [...this.#items.values()];
    await store.append({ records: this.#log, items, derived: this.#derived });
    await store.saveSettings(this.#settings);
    await this.#load();
  }

  /** What the store keeps beside the log. */
  get #derived(): unknown {
    return { weights: this.weights, packId: this.#packId };
  }

  async #load(): Promise<void> {
    // Asked first: what a store loads while a disk takes it over is of before.
    const { adoptions } = this.#store;
    this.#adopt(await this.#store.load());
    this.#adoptions = adoptions;
  }

  /** A disk that opened late holds more than the session, and counts its records by itself. */
  async #catchUp(): Promise<void> {
    const session = new Set(this.#log.map(({ eventId }) => eventId));
    const seed = this.#settings.seed || this.#drawSeed();
    await this.#load();
    if (this.#settings.seed === 0) this.#settings = { ...this.#settings, seed };
    const earlier = this.#log.filter(({ eventId }) => !session.has(eventId));
    const gone = this.#forgotten.splice(0).flatMap((pick) => pick(earlier));
    if (gone.length > 0) {
      await this.#store.removeEvents(gone);
      await this.#load();
    }
    // Follows, blocks and removals of this session are on disk from now on.
    this.#ports.channel?.postMessage('changed');
  }

  #forgetAll(): void {
    this.#log = [];
    this.#forgotten = [];
    this.#items.clear();
    this.#lastSequence = 0;
    this.weights = [];
    this.#settings = { seed: this.#drawSeed(), followed: [], blocked: [] };
    this.#isStale = false;
  }

  /** Stored with the first event: a visitor who does nothing leaves nothing. */
  #ensureSeed(): void {
    if (this.#settings.seed === 0) this.#settings = { ...this.#settings, seed: this.#drawSeed() };
  }

  /** Never 0, which stands for "none yet". */
  #drawSeed(): number {
    return this.#ports.drawSeed() || 1;
  }

  #adopt(stored: StoredProfile): void {
    this.#log = [...stored.log];
    this.#items.clear();
    for (const item of stored.items) this.#items.set(item.id, item);
    this.#lastSequence = stored.lastSequence;
    this.#settings = stored.settings ?? { seed: 0, followed: [], blocked: [] };
    const derivedWith = readPackId(stored.derived);
    // Before the first feed it is not known yet which pack will be in use.
    this.#packId ??= derivedWith;
    if (derivedWith === this.#packId) this.weights = readWeights(stored.derived) ?? this.weights;
    this.#isStale = false;
  }

  /** One change at a time; a failure ends in memory, never in the page. */
  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      if (this.#store.adoptions !== this.#adoptions) await this.#catchUp();
      return job();
    });
    this.#queue = result.catch((error: unknown) => {
      this.#ports.onError(toVitrineError(error, 'STORE_FAILED').code);
    });
    return result;
  }
}

function readPackId(derived: unknown): string | undefined {
  if (typeof derived !== 'object' || derived === null) return undefined;
  const { packId } = derived as { packId?: unknown };
  return typeof packId === 'string' ? packId : undefined;
}

function readWeights(derived: unknown): readonly Membership[] | undefined {
  if (typeof derived !== 'object' || derived === null) return undefined;
  const { weights } = derived as { weights?: unknown };
  if (!Array.isArray(weights)) return undefined;
  const isWeight = (entry: unknown): entry is Membership => {
    if (typeof entry !== 'object' || entry === null) return false;
    const { segmentId, weight } = entry as Partial<Membership>;
    return typeof segmentId === 'string' && typeof weight === 'number' && Number.isFinite(weight);
  };
  return weights.filter(isWeight).map(({ segmentId, weight }) => ({ segmentId, weight }));
}
