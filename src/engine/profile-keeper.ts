/**
 * The visitor's log in memory, kept equal to the store, across tabs and changes of consent.
 *
 * @packageDocumentation
 */
import { toVitrineError } from '../core/errors.ts';
import type { WhenUnknown } from '../core/privacy.ts';
import type { Consent, Item, LogRecord, Membership, Settings } from '../core/types.ts';
import type {
  CheckpointPointer,
  StoredCheckpoint,
  StoredCheckpoints,
} from '../store/checkpoints.ts';
import { withoutFlood } from '../events/flood.ts';
import type { ProfileStore, StoredProfile } from '../store/profile-store.ts';
import type { Arrival, Picking, ProfileKeeperPorts, TabNews } from './keeper-ports.ts';
import { readPackId, readWeights } from './read-derived.ts';
import { writeArrival } from './write-arrival.ts';

/** Only what is stricter than a tab's own consent is heard there. */
const STRICTNESS: Readonly<Record<Consent, number>> = { granted: 0, unknown: 1, denied: 2 };

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
  /** Records left out because they came faster than a visitor can act. */
  dropped = 0;
  /** Whether the visitor wants nothing to be learned now; never stored. */
  isGift = false;
  /** The visitor's segments at the last feed. */
  weights: readonly Membership[] = [];
  /** Events that the last import brought, while it is the last that happened; else none. */
  arrived: readonly string[] = [];
  #packId: string | undefined;
  /** What this page itself said of consent; another tab may have taken it back since. */
  #said: Consent;
  /** Whether unknown consent is as good as none. */
  readonly #isStrict: boolean;

  private constructor(
    ports: ProfileKeeperPorts,
    store: ProfileStore,
    consent: Consent,
    whenUnknown: WhenUnknown,
  ) {
    this.#ports = ports;
    this.#store = store;
    this.#adoptions = store.adoptions;
    this.#isStrict = whenUnknown === 'server';
    this.consent = consent;
    this.#said = consent;
  }

  /**
   * Opens the profile.
   *
   * @param ports - See {@link ProfileKeeperPorts}.
   * @param consent - State of consent.
   * @param whenUnknown - As in `VitrineOptions`.
   * @returns A keeper that has loaded what the store holds.
   */
  static async open(
    ports: ProfileKeeperPorts,
    consent: Consent,
    whenUnknown: WhenUnknown = 'memory',
  ): Promise<ProfileKeeper> {
    const store = await ports.openStore(consent);
    const keeper = new ProfileKeeper(ports, store, consent, whenUnknown);
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

  /** Whether anything that the visitor does may be taken note of. */
  get isObserving(): boolean {
    return this.consent === 'granted' || (this.consent === 'unknown' && !this.#isStrict);
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

  /**
   * Hears of another tab. What it erased or denied is dropped from memory in this very turn.
   *
   * @param news - What happened there.
   * @returns Resolves once the store is in order.
   */
  hear(news: TabNews): Promise<void> {
    if (news === 'erased') return this.#leave();
    // The next refresh reads it anew.
    if (news === 'changed' || news === 'granted') this.#isStale = true;
    const before = this.consent;
    const isStricter = news !== 'changed' && STRICTNESS[news] > STRICTNESS[before];
    if (news === 'granted') this.consent = this.#said;
    else if (isStricter) this.consent = news;
    if (this.consent === before) return Promise.resolve();
    if (news === 'denied') this.#forgetAll();
    return this.#inTurn(() => this.#follow(before));
  }

  /** Another tab has erased everything: begins anew, without a trace of it in a store's mirror. */
  #leave(): Promise<void> {
    this.#forgetAll();
    return this.#inTurn(async () => {
      const before = this.#store;
      this.#turnTo(await this.#ports.openStore(this.consent));
      before.close();
      await this.#load();
      this.#ensureSeed();
    });
  }

  /** Brings the log up to what all tabs wrote. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      // Where tabs cannot talk, another may have erased what is still in memory here.
      const isAlone = this.#ports.channel === null && this.#store.mode !== 'memory';
      if (this.#isStale || isAlone) {
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

  /**
   * Copies what is not copied yet, and reads everything anew for the next feed: a page that was
   * frozen has not heard what other tabs did.
   *
   * @returns Resolves once the copy is up to date. Never rejects.
   */
  rest(): Promise<void> {
    this.#isStale = true;
    return this.#store.flush();
  }

  /**
   * Adds the records of one interaction.
   *
   * @param reported - Of it; what comes faster than a visitor can act is left out.
   * @param items - That they speak of.
   * @returns How many were left out so, once the store has the others.
   */
  append(reported: readonly LogRecord[], items: readonly Item[]): Promise<number> {
    return this.#inTurn(async () => {
      if (!this.isObserving) return 0;
      const records = withoutFlood(this.#log, reported);
      const dropped = reported.length - records.length;
      this.dropped += dropped;
      if (records.length === 0) return dropped;
      this.arrived = [];
      this.#ensureSeed();
      if (this.#log.length === 0) await this.#store.saveSettings(this.#settings);
      const batch = { records, items, derived: this.#derived };
      const { lastSequence, missed } = await this.#store.append(batch);
      if (missed === 'nothing') {
        this.#log.push(...records);
        for (const item of items) this.#items.set(item.id, item);
        this.#lastSequence = lastSequence;
      } else await this.#load();
      return dropped;
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
      this.arrived = [];
      await this.#load();
      this.#ports.channel?.postMessage('changed');
      return removed;
    });
  }

  /**
   * Takes over the profile of another device: what is new is written in one transaction, and only
   * after that what is replaced is removed, so that a tab that dies in between has lost nothing.
   *
   * @param arrival - Validated.
   * @returns How many events were not here before; 0 where nothing may be observed.
   */
  take(arrival: Arrival): Promise<number> {
    return this.#inTurn(async () => {
      if (!this.isObserving) return 0;
      this.#ensureSeed();
      const fresh = await writeArrival(this.#store, arrival, this);
      this.#settings = arrival.settle(this.#settings);
      await this.#store.saveSettings(this.#settings);
      await this.#load();
      // What is too old to be kept has not arrived.
      const arrived = this.#log.map(({ eventId }) => eventId).filter((id) => fresh.has(id));
      if (arrived.length > 0) this.arrived = arrived;
      this.#ports.channel?.postMessage('changed');
      return arrived.length;
    });
  }

  /** Replaces some of the visitor's choices, or makes them of those in force when its turn comes. */
  saveSettings(
    change: Partial<Omit<Settings, 'seed'>> | ((before: Settings) => Settings),
  ): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.isObserving) return;
      const before = this.#settings;
      this.#settings = typeof change === 'function' ? change(before) : { ...before, ...change };
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
      if (!this.isObserving || !isWhole) return false;
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
      try {
        await this.#store.erase();
      } finally {
        // Last: another tab that looks must find nothing.
        this.#ports.channel?.postMessage('erased');
      }
    });
  }

  /** Changes consent: `denied` wipes, `granted` moves the session to disk. */
  setConsent(consent: Consent): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.consent;
      this.#said = consent;
      if (consent === before) return;
      this.consent = consent;
      const isTaken = consent === 'denied' || (consent === 'unknown' && before === 'granted');
      // At once: what the other tabs write meanwhile they have to wipe themselves.
      if (isTaken) this.#ports.channel?.postMessage(consent);
      await this.#follow(before);
      if (consent === 'granted') this.#ports.channel?.postMessage(consent);
    });
  }

  /** Brings the store in line with the consent in force. */
  async #follow(wasConsent: Consent): Promise<void> {
    const { consent } = this;
    const before = this.#store;
    // A disk that cannot be wiped is told, but it must not keep the session from ending.
    const isWiping = consent !== 'granted' && wasConsent === 'granted';
    const wiped = isWiping ? before.erase() : Promise.resolve();
    await wiped.catch(() => undefined);
    this.#turnTo(await this.#ports.openStore(consent));
    this.#forgotten = [];
    if (consent === 'granted') this.#adopt(await this.#ports.promote(before, this.#store));
    else if (this.isObserving) await this.#keepInMemory();
    else this.#forgetAll();
    before.close();
    this.#ensureSeed();
    await wiped;
  }

  #turnTo(store: ProfileStore): void {
    this.#store = store;
    this.#adoptions = store.adoptions;
  }

  /** Consent taken back to `unknown`: the disk is wiped, the session goes on. */
  async #keepInMemory(): Promise<void> {
    const items = [...this.#items.values()];
    await this.#store.append({ records: this.#log, items, derived: this.#derived });
    await this.#store.saveSettings(this.#settings);
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
    this.arrived = [];
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
