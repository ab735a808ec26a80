/**
 * From what the page reports to the log; what is of a sensitive kind does not get there.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from '../catalog/analyze-text.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { Interaction, Item, LogRecord } from '../core/types.ts';
import { FloodGauge } from '../events/flood.ts';
import { toRecords } from '../events/to-records.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';
import { createShield, type Shield } from '../sensitive/shield.ts';
import { knownItem } from './known-item.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { ShownFeed } from './shown-feed.ts';
import { snapshotsOf } from './snapshots.ts';

/** What recording needs. */
export interface RecorderParts {
  /** The profile. */
  readonly keeper: ProfileKeeper;
  /** What the page shows. */
  readonly shown: ShownFeed;
  /** Makes a unique event id. */
  readonly newId: () => string;
  /** Candidates of the last feed. */
  readonly encoded: () => EncodedItems | undefined;
  /** What a pack wants to be kept of an item. */
  readonly traitsOf: (itemId: string) => string | undefined;
  /** As `VitrineOptions.sensitive`; unchecked. */
  readonly sensitive: unknown;
  /** Told once, when something was not recorded. */
  readonly onSensitive: () => void;
  /** Told of how many interactions were left out in a minute, when that is no accident. */
  readonly onFlood: (count: number) => void;
}

/** Records interactions. */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #shield: Shield;
  readonly #flood = new FloodGauge();
  #hasTold = false;

  /** @param parts - See {@link RecorderParts}. */
  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#shield = createShield(parts.sensitive, (text) => tokenize(text).map(stem));
  }

  /**
   * Records an interaction.
   *
   * @param interaction - Unchecked.
   * @param now - Milliseconds.
   * @returns Whether it says something about the visitor's taste; resolves once it is stored. False
   *   in gift mode, in which nothing is stored.
   * @throws `EVENT_INVALID` for an unknown type or when no item is named.
   */
  async track(interaction: Interaction, now: number): Promise<boolean> {
    const { encoded, keeper, newId, onFlood, shown, traitsOf } = this.#parts;
    const records = toRecords(interaction, {
      now,
      newId,
      placementOf: (itemId) => shown.placementOf(itemId),
    });
    // Before anything is waited for: what is done in gift mode is not recorded when that has ended.
    if (keeper.isGift) return false;
    const isTelling = INTERACTION_WEIGHTS[interaction.type] !== 0;
    const traits = isTelling ? traitsOf : () => undefined;
    const items = snapshotsOf(interaction, records, encoded(), traits);
    const allowed = this.allowed(records, items);
    const ids = new Set(allowed.map(({ itemId }) => itemId));
    const kept = isTelling ? items.filter(({ id }) => ids.has(id)) : [];
    const dropped = await keeper.append(allowed, kept);
    const flood = this.#flood.count(dropped, now);
    if (flood > 0) onFlood(flood);
    return isTelling && allowed.length > dropped;
  }

  /**
   * Leaves out what is of a sensitive kind.
   *
   * @param records - Any.
   * @param items - What came with them; what the profile knows counts, too.
   * @returns The others, in their order. An item that nothing is known of is not sensitive.
   */
  allowed(records: readonly LogRecord[], items: readonly Item[]): readonly LogRecord[] {
    const byId = new Map(items.map((item) => [item.id, item]));
    const known = this.#parts.keeper.items;
    const kept = records.filter(
      ({ itemId }) => !this.#shield.isSensitive(byId.get(itemId) ?? known.get(itemId)),
    );
    if (kept.length < records.length) this.#tell();
    return kept;
  }

  /**
   * Removes what turns out to be of a sensitive kind: an interaction may name an item by its id
   * alone, before any list of candidates says what it is, and the shop's list may have grown.
   *
   * @returns Resolves once nothing of it is left.
   */
  async sweep(): Promise<void> {
    const { encoded: encodedItems, keeper } = this.#parts;
    const encoded = encodedItems();
    if (encoded === undefined) return;
    const found = new Set<string>();
    for (const itemId of new Set(keeper.log.map((record) => record.itemId))) {
      const item = knownItem(encoded, keeper.items, itemId);
      if (this.#shield.isSensitive(item)) found.add(itemId);
    }
    if (found.size === 0) return;
    this.#tell();
    const pick = (log: readonly LogRecord[]): string[] =>
      log.filter(({ itemId }) => found.has(itemId)).map(({ eventId }) => eventId);
    await keeper.remove(pick, true);
  }

  #tell(): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    this.#parts.onSensitive();
  }
}
