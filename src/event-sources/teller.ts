/**
 * Tells an instance of what was heard: each thing once, whoever else told of it.
 *
 * @packageDocumentation
 */
import {
  type Heard,
  type LearnedInteraction,
  type LearnedType,
  idOf,
  quantityOf,
  readItem,
} from './heard.ts';
import { isOwnRow, wasClicked, watchOwnClicks } from './own-rows.ts';

/** The part of a `Vitrine` that is needed. */
export interface TrackTarget {
  /** As `Vitrine.track`. */
  track(interaction: LearnedInteraction): Promise<void>;
}

/** An item as the source describes it, for `itemId`. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** How a source is listened to. */
export interface ListenOptions {
  /**
   * Gives the id under which your candidates know an item. Default: `item_id` (GA4), `product_id`
   * or `sku` (Segment), the number of the product (Shopify). What is no id leaves the item out.
   */
  readonly itemId?: (record: SourceRecord) => unknown;
  /**
   * Whether lists that the shop tells of count as seen. Default false: most shops tell of a whole
   * list when the page is loaded, and what is taken for seen and is never chosen gets tired.
   */
  readonly lists?: boolean;
}

/**
 * How long the same again is the same, in milliseconds. A page that is looked at stays the same look
 * when two tags tell of it, or one tells again after a return from the back/forward cache; whoever
 * adds the same item twice in a second pressed twice, or two tags did.
 */
const SAME_MS: Readonly<Record<LearnedType, number>> = {
  view_item_list: 1_800_000,
  select_item: 1_000,
  view_item: 1_800_000,
  add_to_wishlist: 1_000,
  add_to_cart: 1_000,
  remove_from_cart: 1_000,
  purchase: 1_800_000,
};

/** What an instance was told. */
interface Memory {
  /** Events that were read, for sources that keep theirs. */
  readonly read: WeakSet<object>;
  /** The last of each type. */
  readonly last: Map<LearnedType, { readonly key: string; readonly time: number }>;
}

/** By instance: two sources on a page, or one that was started twice, share it. */
const memories = new WeakMap<TrackTarget, Memory>();

/** Passes on what a source heard. */
export class Teller {
  readonly #vitrine: TrackTarget;
  readonly #options: ListenOptions;
  readonly #memory: Memory;
  #isOver = false;

  /**
   * @param vitrine - The instance.
   * @param options - See {@link ListenOptions}.
   */
  constructor(vitrine: TrackTarget, options: ListenOptions) {
    this.#vitrine = vitrine;
    this.#options = options;
    this.#memory = memories.get(vitrine) ?? { read: new WeakSet(), last: new Map() };
    memories.set(vitrine, this.#memory);
    watchOwnClicks();
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#isOver = true;
  }

  /**
   * Whether an event is met for the first time; says so once.
   *
   * @param event - As the source keeps it.
   * @returns False also for what is no object.
   */
  isNew(event: unknown): event is object {
    if (this.#isOver || typeof event !== 'object' || event === null) return false;
    if (this.#memory.read.has(event)) return false;
    this.#memory.read.add(event);
    return true;
  }

  /**
   * Tells the instance, unless it was told. Never throws: whatever is wrong with an event is not the
   * page's concern.
   *
   * @param read - Reads the event; null when it is none to learn from.
   */
  tell(read: () => Heard | null): void {
    if (this.#isOver) return;
    try {
      const heard = read();
      if (heard) this.#pass(heard);
    } catch {
      // A getter of the shop's that throws, or a proxy that was revoked.
    }
  }

  #pass({ entries, listId, type }: Heard): void {
    const isList = type === 'view_item_list';
    if (isList && (this.#options.lists !== true || isOwnRow(listId))) return;
    const named = entries.flatMap(({ record, raw }) => {
      const id = this.#idOf(record, raw.id);
      return id === undefined ? [] : [{ item: readItem(raw, id), quantity: quantityOf(raw) }];
    });
    const ids = named.map(({ item }) => item.id);
    const [first] = ids;
    if (first === undefined || this.#isKnown(type, ids)) return;
    if (type === 'select_item' && wasClicked(first)) return;
    // An interaction has one number of pieces.
    for (const quantity of new Set(named.map((one) => one.quantity))) {
      const items = named.flatMap((one) => (one.quantity === quantity ? one.item : []));
      const told = { type, items, ...(quantity !== undefined && { quantity }) };
      // The log of the instance tells the shop.
      this.#vitrine.track(told).catch(() => undefined);
    }
  }

  #idOf(record: unknown, usual: unknown): string | undefined {
    const { itemId } = this.#options;
    return idOf(itemId === undefined ? usual : itemId(record as SourceRecord));
  }

  #isKnown(type: LearnedType, ids: readonly string[]): boolean {
    const time = performance.now();
    const key = JSON.stringify(ids.toSorted());
    const last = this.#memory.last.get(type);
    this.#memory.last.set(type, { key, time });
    return last?.key === key && time - last.time < SAME_MS[type];
  }
}
