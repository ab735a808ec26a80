/**
 * What the visitor may see of the library's own doings, in numbers and words.
 *
 * @packageDocumentation
 */
import type { Audit, AuditedPlace, AuditedRequest, WhenUnknown } from '../core/privacy.ts';
import type { WorkerOptions } from '../protocol.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** What the worker finds when it looks around. */
export interface AuditFindings {
  /** Places of ours on the device. */
  readonly places: readonly AuditedPlace[];
  /** Addresses asked for, each time. */
  readonly urls: readonly string[];
  /** `navigator.globalPrivacyControl`. */
  readonly globalPrivacyControl: boolean | null;
}

/** Addresses that the shop gave, absolute. */
export interface AuditedAddresses {
  /** Where the library's files lie. */
  readonly base: string;
  /** This file's own; browsers do not tell a worker of what its first file imports. */
  readonly own: string;
  /** The pack's folder; null without one. */
  readonly pack: string | null;
  /** Of candidates. */
  readonly candidates: ReadonlySet<string>;
  /** Where the shop is told in noise; null: nowhere. */
  readonly reports: string | null;
}

/** What an audit is made of. */
export interface AuditSource {
  /** The profile, up to date. */
  readonly keeper: ProfileKeeper;
  /** Checkpoints of what was learned. */
  readonly learned: number;
  /** As told to `setConsent`. */
  readonly by: string | null;
  /** Option in force. */
  readonly whenUnknown: WhenUnknown;
  /** See {@link AuditFindings}; undefined where nobody looked around. */
  readonly findings: AuditFindings | undefined;
  /** Whether the page's note of gift mode is there. */
  readonly hasGiftNote: boolean;
  /** See {@link AuditedAddresses}. */
  readonly addresses: AuditedAddresses;
}

/**
 * The addresses of an instance.
 *
 * @param options - Of the instance.
 * @param candidates - Addresses of candidates that were asked for.
 * @param own - The worker's.
 * @returns In full.
 */
export function addressesOf(
  options: Pick<WorkerOptions, 'baseUrl' | 'pack' | 'pageUrl' | 'telemetry'>,
  candidates: ReadonlySet<string>,
  own: string,
): AuditedAddresses {
  const { baseUrl, pack = null, pageUrl, telemetry } = options;
  return {
    base: baseUrl,
    own,
    pack: pack && new URL(pack, pageUrl).href,
    candidates,
    reports: telemetry ? new URL(telemetry.url, pageUrl).href : null,
  };
}

const NOTHING_FOUND: AuditFindings = { places: [], urls: [], globalPrivacyControl: null };

/** The one thing of ours that the page keeps itself; see client/gift-note.ts. */
const GIFT_NOTE: AuditedPlace = {
  kind: 'sessionStorage',
  name: 'vitrine-gift',
  bytes: 0,
  holds: 'that this tab is in gift mode, until you switch it off or close the tab',
};

/** True of every instance: tests record all requests of opposite visitors and compare them. */
const STAYS = [
  'What you look at, choose, put in the cart, buy or do not want.',
  'What follows from that: your segments, preferences, prices, and what was learned.',
  'What you follow, block, forget or take along.',
  'Your answer to a question of consent.',
] as const;

const NOISE =
  'a noisy answer to “which of the shop’s segments comes first here?”, at most once a day';

function whyOf(url: string, { base, candidates, pack, reports }: AuditedAddresses): string {
  if (url === reports) return NOISE;
  if (url.startsWith(base)) return 'a file of the library, the same for everybody';
  if (candidates.has(url)) return 'the candidates of a page, as the shop named them';
  if (pack !== null && url.startsWith(pack)) return 'the pack, the same for everybody';
  return 'named by the candidates: a picture, a slice, or a part of a large catalog';
}

function requestsOf(urls: readonly string[], addresses: AuditedAddresses): AuditedRequest[] {
  const { base, own } = addresses;
  const counts = new Map(own.startsWith(base) ? [[own, 1]] : []);
  for (const url of urls) counts.set(url, (counts.get(url) ?? 0) + 1);
  return [...counts].map(([url, count]) => ({ url, count, why: whyOf(url, addresses) }));
}

function keptOf({ keeper, learned }: AuditSource): Audit['kept'] {
  const { items, log, settings, store } = keeper;
  const byType = new Map<string, number>();
  for (const { type } of log) byType.set(type, (byType.get(type) ?? 0) + 1);
  const times = log.map(({ time }) => time);
  const { followed, blocked, generated = [], weights = {} } = settings;
  return {
    where: store.mode,
    events: log.length,
    byType: Object.fromEntries(byType),
    oldest: times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : null,
    newest: times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : null,
    items: items.size,
    segments: followed.length + blocked.length + generated.length + Object.keys(weights).length,
    learned,
  };
}

/** The page's clock may be anywhere; of a date past the end of `Date` there is no text. */
function dateOf(time: number | null): string {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}

function textOf({ consent, kept, requests, stays, storage }: Omit<Audit, 'text'>): string {
  const { by, globalPrivacyControl, isObserving, state } = consent;
  const types = Object.entries(kept.byType).map(([type, count]) => `${count} × ${type}`);
  const places = storage.map(
    ({ bytes, holds, kind, name }) => `  ${kind} “${name}”, ${bytes ?? '?'} bytes: ${holds}`,
  );
  return [
    `Consent: ${state}${by === null ? '' : `, says ${by}`}.`,
    `Interactions are ${isObserving ? 'taken note of' : 'not taken note of'}.`,
    `Global Privacy Control: ${globalPrivacyControl ?? 'the browser does not say'}.`,
    `Kept in ${kept.where}: ${kept.events} interactions with ${kept.items} items,`,
    `  from ${dateOf(kept.oldest)} to ${dateOf(kept.newest)}: ${types.join(', ') || 'none'};`,
    `  ${kept.segments} segments of your choice or made for you, ${kept.learned} learned models.`,
    'On this device:',
    ...(places.length > 0 ? places : ['  nothing']),
    'Asked of the network:',
    ...requests.map(({ count, url, why }) => `  ${count} × ${url}: ${why}`),
    'Never leaves this device:',
    ...stays.map((line) => `  ${line}`),
  ].join('\n');
}

/**
 * Describes what is kept, where, why, and what was asked of the network.
 *
 * @param source - See {@link AuditSource}.
 * @returns What `Vitrine.audit()` gives.
 */
export function describeAudit(source: AuditSource): Audit {
  const { addresses, by, findings = NOTHING_FOUND, hasGiftNote, keeper, whenUnknown } = source;
  const { consent: state } = keeper;
  const isObserving = keeper.isObserving && !keeper.isGift;
  const { globalPrivacyControl } = findings;
  const audit = {
    consent: { state, by, whenUnknown, isObserving, globalPrivacyControl },
    storage: hasGiftNote ? [...findings.places, GIFT_NOTE] : findings.places,
    requests: requestsOf(findings.urls, addresses),
    kept: keptOf(source),
    stays: addresses.reports === null ? STAYS : [...STAYS, `But the shop asks for ${NOISE}.`],
  };
  return { ...audit, text: textOf(audit) };
}
