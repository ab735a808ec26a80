/**
 * The words of what is kept, carried and never recorded. Types only.
 *
 * @packageDocumentation
 */
import type { Consent, Profile } from './types.ts';

/** What the shop may do for a visitor whose consent is not known. */
export type WhenUnknown = 'memory' | 'server';

/** What is never recorded, beside the default list (docs/consent.md). */
export interface SensitiveOptions {
  /** Names of categories, at any level: `['lingerie']`. */
  readonly categories?: readonly string[];
  /** Words, or phrases of at most four, of titles, categories and tags: `['smoking cessation']`. */
  readonly words?: readonly string[];
  /** Words of the default list that say nothing in this shop: `['kosher']`. */
  readonly except?: readonly string[];
}

/** Reports by randomised response, off by default (docs/telemetry.md). */
export interface TelemetryOptions {
  /** Where reports are sent by POST, relative to the page; https, or the page's own origin. */
  readonly url: string;
  /** What one report may cost: epsilon, above 0, at most and by default 1. */
  readonly epsilon?: number | undefined;
}

/** How a profile is packed for another device. */
export interface ExportRequest {
  /** At least 8 characters; without it nobody can open the capsule, we neither. */
  readonly passphrase: string;
}

/** How a profile is taken over. */
export interface ImportRequest {
  /** The capsule's; not needed for readable exports. */
  readonly passphrase?: string;
  /** `merge` (default): added to what is here. `replace`: in its place. */
  readonly mode?: 'merge' | 'replace';
}

/** What the visitor sets by hand; what is left out stays as it is. */
export interface ProfileSettings {
  /**
   * Gift mode: while it is on, interactions are neither stored nor counted. It is no part of the
   * profile and not on disk; it lasts for the tab's visit to the shop, reloads and other pages
   * included, until it is switched off.
   */
  readonly gift?: boolean;
  /**
   * By segment id, 0 to 2: multiplies the visitor's affinity to the segment. 1: as learned; 0: nothing
   * of it; 2: twice as much. Kept, exported and erased with the profile.
   */
  readonly weights?: Readonly<Record<string, number>>;
}

/** What to forget; an empty object forgets nothing. */
export interface ForgetQuery {
  /** This one interaction; ids stand in an export. */
  readonly eventId?: string;
  /** All interactions with this item. */
  readonly itemId?: string;
  /** All interactions with items that belong mostly to this segment. */
  readonly segmentId?: string;
  /** All interactions at or after this time. */
  readonly since?: number;
}

/** Something of ours that lies on the device. */
export interface AuditedPlace {
  /** Kind of storage. */
  readonly kind: 'indexeddb' | 'bucket' | 'opfs' | 'cache' | 'sessionStorage';
  /** Its key there. */
  readonly name: string;
  /** Size of its content; null where the browser does not say. */
  readonly bytes: number | null;
  /** What it holds. */
  readonly holds: string;
}

/** An address that this instance has asked for. */
export interface AuditedRequest {
  /** In full. */
  readonly url: string;
  /** How often; from the browser's cache counts too. */
  readonly count: number;
  /** What for. */
  readonly why: string;
}

/** What {@link Vitrine.audit} finds. */
export interface Audit {
  /** Consent and the signals that it follows from. */
  readonly consent: {
    /** In force. */
    readonly state: Consent;
    /** Who said so, as told to `setConsent`; null when nobody did since the start. */
    readonly by: string | null;
    /** Option in force. */
    readonly whenUnknown: WhenUnknown;
    /** Whether interactions are recorded at all; not in gift mode. */
    readonly isObserving: boolean;
    /** The browser's signal; null where it has none. */
    readonly globalPrivacyControl: boolean | null;
  };
  /** Every key of ours on this device. */
  readonly storage: readonly AuditedPlace[];
  /** Every address that the worker has asked for since it started. */
  readonly requests: readonly AuditedRequest[];
  /** What is known of the visitor. */
  readonly kept: {
    /** Where. */
    readonly where: Profile['storage'];
    /** Interactions. */
    readonly events: number;
    /** Interactions by type. */
    readonly byType: Readonly<Record<string, number>>;
    /** Milliseconds since the epoch; null without any. */
    readonly oldest: number | null;
    /** See `oldest`. */
    readonly newest: number | null;
    /** Items that the interactions speak of. */
    readonly items: number;
    /** Segments followed, blocked, corrected, and made for this visitor. */
    readonly segments: number;
    /** Checkpoints of what was learned. */
    readonly learned: number;
  };
  /** What never leaves the device, in sentences. */
  readonly stays: readonly string[];
  /** All of it as text, to be read. */
  readonly text: string;
}
