/**
 * What the tabs of the panel share. Types, and how they are filled.
 *
 * @packageDocumentation
 */
import { isVitrineError } from '../core/errors.ts';
import type { Explanation } from '../core/explanation.ts';
import type { Chances, Inspection, Replay } from '../core/inspection.ts';
import type { Audit } from '../core/privacy.ts';
import type { Feed, Profile, Segment, Stats, Vitrine } from '../core/types.ts';
import type { Child } from './dom.ts';

/** Everything that the panel shows without being asked further. */
export interface Snapshot {
  /** See {@link Inspection}. */
  readonly inspection: Inspection;
  /** Figures about the engine. */
  readonly stats: Stats;
  /** What is kept and asked for. */
  readonly audit: Audit;
  /** The visitor in words. */
  readonly profile: Profile;
  /** The library, as the visitor has it. */
  readonly segments: readonly Segment[];
}

/** Why an item stands where it stands, or does not. */
export interface ItemAnswer {
  /** Its placement. */
  readonly explanation: Explanation;
  /** Its scores in all rows. */
  readonly chances: Chances;
}

/** What was opened; it outlives what is drawn anew. */
export interface PanelState {
  /** Item that is explained. */
  item?: ItemAnswer | undefined;
  /** Feed that was made again. */
  replay?: Replay | undefined;
  /** What the page shows instead of the visitor's feed, in words. */
  forced?: string | undefined;
  /** The visitor's feed, while something else is shown. */
  own?: Feed | undefined;
  /** The feed that is shown instead, on pages without an element to show it. */
  preview?: Feed | undefined;
  /** What stood in the field of the persona. */
  persona?: string | undefined;
}

/** The panel as its tabs see it. */
export interface Panel {
  /** The page's instance. */
  readonly vitrine: Vitrine;
  /** Loaded last. */
  readonly seen: Snapshot;
  /** See {@link PanelState}. */
  readonly state: PanelState;
  /** @returns The item's title, else its id. */
  titleOf(itemId: string): string;
  /** Draws the tab anew. */
  draw(): void;
  /** Loads everything anew, and draws it. */
  reload(): Promise<void>;
  /** Tells what was done, also to screen readers. */
  say(text: string): void;
  /** Does something, and says why when it fails. Never rejects. */
  attempt(act: () => Promise<void>): Promise<void>;
}

/** One tab. */
export interface Tab {
  /** Unique, also in ids of elements. */
  readonly id: string;
  /** On its button. */
  readonly name: string;
  /** @returns Its content. */
  readonly draw: (panel: Panel) => Child;
}

/**
 * Loads all that the panel shows.
 *
 * @param vitrine - The page's instance.
 * @returns A snapshot; rejects as the instance does.
 */
export async function takeSnapshot(vitrine: Vitrine): Promise<Snapshot> {
  const [inspection, stats, audit, profile, segments] = await Promise.all([
    vitrine.inspect(),
    vitrine.stats(),
    vitrine.audit(),
    vitrine.profile.get(),
    vitrine.segments.list(),
  ]);
  return { inspection, stats, audit, profile, segments };
}

/**
 * A failure as one line.
 *
 * @param error - Anything.
 * @returns Code and sentence of ours, else the text.
 */
export function failureOf(error: unknown): string {
  return isVitrineError(error) ? `${error.code}: ${error.message}` : String(error);
}
