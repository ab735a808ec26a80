/**
 * What the keeper of the profile is handed, and what it is told. Types only.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../core/errors.ts';
import type { Consent, Item, LogRecord, Settings } from '../core/types.ts';
import type { ProfileStore, StoredProfile } from '../store/profile-store.ts';

/**
 * What tabs tell each other: `changed`: read the profile anew; `erased`: nothing is left of it;
 * `denied`, `unknown`: consent was refused, or taken back, and the disk is being wiped; `granted`:
 * it was given, so what another tab has taken back holds again as the page itself said it.
 */
export type TabNews = 'changed' | 'erased' | Consent;

/** What a keeper is made of; everything with effects is handed in. */
export interface ProfileKeeperPorts {
  /** Opens the store for a state of consent. Never rejects. */
  readonly openStore: (consent: Consent) => Promise<ProfileStore>;
  /** Copies a session from one store to another without doubling. */
  readonly promote: (from: ProfileStore, to: ProfileStore) => Promise<StoredProfile>;
  /** Tells other tabs that the profile changed other than by new events; null where none can be. */
  readonly channel: { readonly postMessage: (news: TabNews) => void } | null;
  /** Draws the seed of a new profile, an unsigned 32-bit integer. */
  readonly drawSeed: () => number;
  /** Told of failures that fell back. */
  readonly onError: (code: VitrineErrorCode) => void;
}

/** A profile of another device. */
export interface Arrival {
  /** Validated. */
  readonly log: readonly LogRecord[];
  /** Validated; those that are known here are not replaced. */
  readonly items: readonly Item[];
  /** Whether what is here goes. */
  readonly isReplacing: boolean;
  /** The choices that come of those of this device. */
  readonly settle: (own: Settings) => Settings;
}

/** Chooses events of a log to be removed, by their ids. */
export type Picking = (log: readonly LogRecord[]) => readonly string[];
