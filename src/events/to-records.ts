/**
 * One reported interaction → log records, one per item.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Interaction, InteractionItem, LogRecord } from '../core/types.ts';
import { INTERACTION_WEIGHTS } from './weights.ts';

/** Most items of one interaction that are kept. */
export const MAX_ITEMS = 200;

/** Where an item stood when the interaction happened. */
export interface Placement {
  /** Row id. */
  readonly rowId: string;
  /** Segment of the row, or of the explored place. */
  readonly segmentId?: string;
  /** Set when the place was explored. */
  readonly propensity?: number;
}

/** What the records need besides the interaction. */
export interface RecordContext {
  /** The page's clock, milliseconds. */
  readonly now: number;
  /** Makes a unique id. */
  readonly newId: () => string;
  /** Place of an item in the last feed. */
  readonly placementOf: (itemId: string) => Placement | undefined;
}

function idFieldOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const { item_id, itemId, id } = entry as InteractionItem;
  return item_id ?? itemId ?? id;
}

/**
 * The item id of an entry of `items`, whatever its spelling.
 *
 * @param entry - An id, or an object with `item_id`, `itemId` or `id`.
 * @returns The trimmed id; undefined when there is none.
 */
export function idOfEntry(entry: unknown): string | undefined {
  const raw = idFieldOf(entry);
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const id = String(raw).trim();
  return id.length > 0 && id.length <= 200 ? id : undefined;
}

function idsOf(interaction: Interaction): string[] {
  const entries = Array.isArray(interaction.items) ? interaction.items.slice(0, MAX_ITEMS) : [];
  const ids = new Set<string>();
  const single = interaction.itemId === undefined ? undefined : idOfEntry(interaction.itemId);
  if (single !== undefined) ids.add(single);
  for (const entry of entries) {
    if (typeof entry !== 'string' && (typeof entry !== 'object' || entry === null)) continue;
    const id = idOfEntry(entry);
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}

/**
 * Makes log records.
 *
 * @param interaction - As reported by the shop.
 * @param context - Clock, ids and the last feed's places.
 * @returns One record per distinct item.
 * @throws `EVENT_INVALID` for an unknown type or when no item is named.
 */
export function toRecords(interaction: Interaction, context: RecordContext): LogRecord[] {
  const { type } = interaction;
  if (typeof type !== 'string' || !Object.hasOwn(INTERACTION_WEIGHTS, type)) {
    const got = typeof type === 'string' ? type : typeof type;
    const known = Object.keys(INTERACTION_WEIGHTS).join(', ');
    throw new VitrineError('EVENT_INVALID', `track: got type ${got}, expected ${known}.`);
  }
  const { rowId } = interaction;
  if (rowId !== undefined && typeof rowId !== 'string') {
    throw new VitrineError('EVENT_INVALID', `track: got a row id of type ${typeof rowId}.`);
  }
  const ids = idsOf(interaction);
  if (ids.length === 0) {
    throw new VitrineError('EVENT_INVALID', `track: ${type} names no item (itemId or items).`);
  }
  const time = Number.isFinite(interaction.time) ? (interaction.time as number) : context.now;
  const call = context.newId();
  return ids.map((itemId, n) => ({
    // One call, one id: so that it can be taken back as a whole.
    eventId: ids.length === 1 ? call : `${call}.${n}`,
    time,
    type,
    itemId,
    ...placeOf(rowId, context.placementOf(itemId)),
    ...(isFiniteCount(interaction.quantity) ? { quantity: interaction.quantity } : {}),
  }));
}

/** Segment and propensity count only for the row that the page speaks of, if it names one. */
function placeOf(
  named: string | undefined,
  place: Placement | undefined,
): Pick<LogRecord, 'rowId' | 'segmentId' | 'propensity'> {
  if (named !== undefined && named !== place?.rowId) return { rowId: named.slice(0, 200) };
  return place ?? {};
}

function isFiniteCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 && value < 1e6;
}
