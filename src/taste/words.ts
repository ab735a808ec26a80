/**
 * Profile and audit in plain words; pure.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import type { Audit, AuditedRequest } from '../core/privacy.ts';
import { readable } from '../core/readable.ts';
import type { Profile } from '../core/types.ts';
import type { TasteMessageKey } from './messages.ts';
import type { Text } from './text.ts';

/**
 * A factor in words.
 *
 * @param factor - 0 to 2.
 * @returns The key of its text.
 */
export function amountKey(factor: number): TasteMessageKey {
  if (factor === 0) return 'amountNone';
  if (factor === 1) return 'amountLearned';
  return factor < 1 ? 'amountLess' : 'amountMore';
}

/**
 * A category path in words.
 *
 * @param path - As in `Profile.categories`: `kitchen › tea-pots`.
 * @returns Its last name, readable: `Tea pots`.
 */
export function categoryName(path: string): string {
  const leaf = path.slice(path.lastIndexOf('›') + 1).trim();
  return capital(readable(leaf));
}

/**
 * Price level in words.
 *
 * @param price - Of the profile.
 * @param text - The shop's language.
 * @param currency - For prices that name none.
 * @returns One sentence.
 */
export function priceWords(
  price: NonNullable<Profile['price']>,
  text: Text,
  currency: string | undefined,
): string {
  const [from, middle, to] = [price.low, price.median, price.high].map((amount) =>
    text.money(amount, price.currency ?? currency),
  ) as [string, string, string];
  return from === to
    ? text.say('priceAbout', { median: middle })
    : text.say('priceBetween', { low: from, median: middle, high: to });
}

/**
 * What an interaction was, and when.
 *
 * @param entry - Of `Profile.recent`.
 * @param text - The shop's language.
 * @param now - Milliseconds.
 * @returns `Looked at 3 minutes ago`.
 */
export function recentWords(entry: Profile['recent'][number], text: Text, now: number): string {
  const { time, type } = entry;
  const action = type === 'view_item_list' ? 'view_item' : type;
  return text.say('recentLine', { action: text.say(action), when: text.ago(time, now) });
}

/** A heading-less block of the proof: a sentence, and the lines below it. */
export interface ProofBlock {
  /** A sentence. */
  readonly says: string;
  /** What it speaks of; none. */
  readonly lines: readonly string[];
}

/** Addresses of the same kind and folder are one line. */
function requestLine({ count, url, why }: AuditedRequest, text: Text): string {
  return text.say('proofLine', { count, url, why: text.translate(why) });
}

/** Gift mode is why nothing is recorded although it might be. */
function whyNotObserving({ state, whenUnknown }: Audit['consent']): TasteMessageKey {
  const isAllowed = state === 'granted' || (state === 'unknown' && whenUnknown === 'memory');
  return isAllowed ? 'giftSign' : 'notRemembered';
}

/**
 * The audit in plain words.
 *
 * @param audit - What `Vitrine.audit()` gives.
 * @param text - The shop's language.
 * @returns What is remembered, where it lies, all that was asked of the network, what never leaves.
 */
export function proofWords(audit: Audit, text: Text): readonly ProofBlock[] {
  const { consent, kept, requests, stays, storage } = audit;
  const size = text.bytes(storage.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
  const items = text.say('proofItems', { count: kept.items });
  const since =
    kept.oldest === null || kept.newest === null
      ? ''
      : ` ${text.say('proofSince', { oldest: text.day(kept.oldest), newest: text.day(kept.newest) })}`;
  const notes = [
    ...(consent.isObserving ? [] : [text.say(whyNotObserving(consent))]),
    ...(consent.globalPrivacyControl === true ? [text.say('proofGpc')] : []),
  ];
  return [
    { says: text.say('proofKept', { count: kept.events, items }) + since, lines: notes },
    {
      says: text.say('proofPlaces', { count: storage.length, size }),
      lines: storage.map(({ holds, name }) => `${name}: ${text.translate(holds)}`),
    },
    {
      says: text.say('proofRequests', { count: requests.length }),
      lines: requests.map((request) => requestLine(request, text)),
    },
    { says: text.say('proofStays'), lines: stays.map((line) => text.translate(line)) },
  ];
}

/** Codes of failures, and what the visitor is told of them. */
const FAILURES: ReadonlyMap<string, TasteMessageKey> = new Map([
  ['CAPSULE_PASSPHRASE', 'wrongPassphrase'],
  ['CAPSULE_INVALID', 'wrongFile'],
  ['CAPSULE_UNAVAILABLE', 'notSecure'],
]);

/**
 * A failure in words.
 *
 * @param error - Anything that was thrown.
 * @returns The key of its text.
 */
export function failureKey(error: unknown): TasteMessageKey {
  const { code } = Object(error) as { code?: unknown };
  return FAILURES.get(String(code)) ?? 'failed';
}
