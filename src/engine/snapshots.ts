/**
 * What is known of the items of an interaction: kept with the log, so that it can be learned from
 * when the items are not among the candidates any more.
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { Interaction, Item, LogRecord } from '../core/types.ts';
import { idOfEntry, MAX_ITEMS } from '../events/to-records.ts';

/**
 * Snapshots of the items that records name.
 *
 * @param interaction - As reported; its `items` may carry candidate fields.
 * @param records - Made from it.
 * @param encoded - The last candidates, which know best.
 * @param traitsOf - What a pack wants to be kept of an item.
 * @returns Items; one that nothing is known of is left out.
 */
export function snapshotsOf(
  interaction: Interaction,
  records: readonly LogRecord[],
  encoded: EncodedItems | undefined,
  traitsOf: (itemId: string) => string | undefined,
): Item[] {
  const entries: readonly unknown[] = Array.isArray(interaction.items) ? interaction.items : [];
  const sent = entries.filter((entry) => typeof entry === 'object' && entry !== null);
  const full = sent.map((entry) => ({ ...entry, id: idOfEntry(entry) }));
  const described = new Map(
    normalizeCandidates(full, { maxItems: MAX_ITEMS }).items.map((item) => [item.id, item]),
  );
  return records.flatMap(({ itemId }) => {
    const row = encoded?.indexOf.get(itemId);
    const candidate = row === undefined ? undefined : encoded?.items[row];
    const own = described.get(itemId);
    const isTelling = own !== undefined && Object.keys(own).length > 1;
    const item = candidate ?? (isTelling ? own : undefined);
    const traits = traitsOf(itemId);
    return item ? [{ ...withoutEvidence(item), ...(traits === undefined ? {} : { traits }) }] : [];
  });
}

/** Scores are learned from; the words behind them are for explaining candidates. */
function withoutEvidence(item: Item): Item {
  const { generated } = item;
  return generated ? { ...item, generated: { ...generated, evidence: [] } } : item;
}
