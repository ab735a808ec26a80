/**
 * The two slots as one thing: the newest whole copy in them, and a next one. Called under the lock
 * only, so that nobody writes between a look and a write.
 *
 * @packageDocumentation
 */
import {
  MAX_BYTES,
  MAX_HEADING,
  type Snapshot,
  decodeBackup,
  encodeBackup,
  readHeading,
} from './backup-format.ts';
import { SLOTS, type Slot, type Slots } from './backup-slots.ts';
import { SCHEMA } from './schema.ts';

/** What a look found. */
export interface Found {
  /** The newest whole copy; null without one. */
  readonly snapshot: Snapshot | null;
  /** Sequence of the newest copy, whole or torn; 0 without any. */
  readonly sequence: number;
  /** Whether a later release wrote here: then its copies are left alone. */
  readonly isLater: boolean;
}

interface Written {
  readonly slot: Slot;
  readonly sequence: number;
  readonly snapshot: Snapshot;
}

/** Copies of one database. */
export class Copies {
  readonly #slots: Slots;
  readonly #name: string;
  /** The newest whole copy that this tab knows. */
  #known: Written | null = null;
  #sequence = 0;

  /**
   * @param slots - Where they are.
   * @param name - Of the database.
   */
  constructor(slots: Slots, name: string) {
    this.#slots = slots;
    this.#name = name;
  }

  /** Looks; a copy of this tab's own is not read again while it is the newest. */
  async look(): Promise<Found> {
    const found = await Promise.all(
      SLOTS.map(async (slot) => {
        const heading = readHeading(await this.#slots.read(slot, MAX_HEADING), this.#name);
        return { slot, sequence: heading?.sequence ?? 0, schema: heading?.schema ?? 0 };
      }),
    );
    this.#sequence = Math.max(...found.map(({ sequence }) => sequence));
    const isLater = found.some(({ schema }) => schema > SCHEMA);
    const inOrder = found.filter(({ sequence }) => sequence > 0);
    inOrder.sort((first, second) => second.sequence - first.sequence);
    if (inOrder[0]?.sequence !== this.#known?.sequence) {
      this.#known = null;
      for (const { slot, sequence } of inOrder) this.#known ??= await this.#read(slot, sequence);
    }
    return { snapshot: this.#known?.snapshot ?? null, sequence: this.#sequence, isLater };
  }

  /**
   * Writes the next copy; the newest one stays whole meanwhile.
   *
   * @param snapshot - What it is to hold.
   * @param isHeld - Whether the lock is still held when it is written; if not, somebody erased
   *   meanwhile, and what was written goes.
   * @returns Its sequence.
   */
  async write(snapshot: Snapshot, isHeld: () => boolean = () => true): Promise<number> {
    const slot = this.#known?.slot === 'a' ? 'b' : 'a';
    const sequence = this.#sequence + 1;
    await this.#slots.write(slot, await encodeBackup(this.#name, sequence, snapshot));
    if (!isHeld()) {
      await this.#slots.clear(slot);
      return this.#sequence;
    }
    this.#known = { slot, sequence, snapshot };
    this.#sequence = sequence;
    return sequence;
  }

  /**
   * Writes the next copy and clears the one before, for what must not lie there any more.
   *
   * @param snapshot - What it is to hold.
   * @returns Its sequence.
   */
  async writeOnly(snapshot: Snapshot): Promise<number> {
    const sequence = await this.write(snapshot);
    for (const slot of SLOTS) {
      if (slot !== this.#known?.slot) await this.#slots.clear(slot);
    }
    return sequence;
  }

  /** Removes all without leaving anything. */
  async remove(): Promise<void> {
    await this.#slots.remove();
    this.#known = null;
    this.#sequence = 0;
  }

  async #read(slot: Slot, sequence: number): Promise<Written | null> {
    const bytes = await this.#slots.read(slot, MAX_HEADING + MAX_BYTES);
    const snapshot = await decodeBackup(bytes, this.#name);
    return snapshot === null ? null : { slot, sequence, snapshot };
  }
}
