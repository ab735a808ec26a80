/** Faults that are known and not mended yet: a run that meets one is counted, told, and no failure. */

/** By name: what is wrong, where. */
export const KNOWN_FAULTS = {
  'track-reads-unguarded':
    'src/client/check-interaction.ts, sendable.ts: an interaction that throws when it is read, or holds a symbol, rejects with the thrown error instead of EVENT_INVALID.',
  'rerank-hostile-proxy':
    'src/client/rerank-with.ts, candidates.ts: candidates that are a Proxy which throws when it is asked for its kind (Array.isArray, instanceof URL) make rerank reject instead of giving a feed.',
} as const satisfies Readonly<Record<string, string>>;

/** Names of {@link KNOWN_FAULTS}. */
export type KnownFault = keyof typeof KNOWN_FAULTS;

const met = new Map<KnownFault, number>();

/** Counts a run that met a known fault. */
export function skip(fault: KnownFault): void {
  met.set(fault, (met.get(fault) ?? 0) + 1);
}

/** How often each was met since the start. */
export function skipped(): readonly (readonly [KnownFault, number])[] {
  return [...met];
}
