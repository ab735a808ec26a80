/**
 * Everything that the panel knows, as one JSON file.
 *
 * @packageDocumentation
 */
import type { Replay } from '../core/inspection.ts';
import type { ProfileExport, Vitrine } from '../core/types.ts';
import { h } from './dom.ts';
import type { PanelState, Snapshot } from './panel.ts';
import { takeSnapshot } from './panel.ts';

/** What the file holds. */
export interface InspectionExport extends Snapshot {
  /** Always `vitrine-inspection`. */
  readonly format: 'vitrine-inspection';
  /** Of the format. */
  readonly version: 1;
  /** Address of the page, without what may name a visitor. */
  readonly page: string;
  /** The whole log with the items that it speaks of. */
  readonly log: ProfileExport;
  /** All feeds that are kept, each made again. */
  readonly replays: readonly Replay[];
  /** The item that is open, with its numbers. */
  readonly item: PanelState['item'] | null;
}

/**
 * Collects everything.
 *
 * @param vitrine - The page's instance.
 * @param state - What is open.
 * @returns See {@link InspectionExport}.
 */
export async function exportAll(vitrine: Vitrine, state: PanelState): Promise<InspectionExport> {
  const snapshot = await takeSnapshot(vitrine);
  const replays: Replay[] = [];
  for (const { number } of snapshot.inspection.feeds) {
    replays.push(await vitrine.inspect({ replay: number }));
  }
  return {
    format: 'vitrine-inspection',
    version: 1,
    page: location.origin + location.pathname,
    ...snapshot,
    log: await vitrine.profile.export(),
    replays,
    item: state.item ?? null,
  };
}

/**
 * Hands a text over as a file; it goes nowhere else.
 *
 * @param name - Of the file.
 * @param text - JSON.
 */
export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = h('a', { href, download: name });
  link.click();
  // The browser has taken it by then, or will not.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
