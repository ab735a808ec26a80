/**
 * Several sources of consent → one `setConsent`: the strictest wins.
 *
 * @packageDocumentation
 */
import { hasGlobalPrivacyControl } from './global-privacy-control.ts';
import type { ConsentSource, ConsentState } from './source.ts';

/** What is told: the part of a `Vitrine` that is needed. */
export interface ConsentTarget {
  /** As `Vitrine.setConsent`. */
  setConsent(consent: ConsentState, by?: string): Promise<void>;
}

/** How sources are listened to. */
export interface ConnectOptions {
  /**
   * What Global Privacy Control means for ranking on the device, which neither sells nor shares:
   * `allow` (default): nothing; `session`: nothing is stored, as with unknown consent; `deny`: as
   * refused. Telemetry is off with the signal in any case.
   */
  readonly globalPrivacyControl?: 'allow' | 'session' | 'deny';
}

const STRICTNESS: readonly ConsentState[] = ['granted', 'unknown', 'denied'];

/** The strictest that the browser's signal leaves. */
const AT_LEAST = { allow: 'granted', session: 'unknown', deny: 'denied' } as const;

/** The strictest of some states; `granted` of none. */
function strictest(states: readonly ConsentState[]): ConsentState {
  const most = Math.max(0, ...states.map((state) => STRICTNESS.indexOf(state)));
  return STRICTNESS[most] ?? 'denied';
}

/**
 * Passes on what sources of consent say, now and whenever it changes.
 *
 * Before all sources have answered nothing is said, but a refusal, which counts at once: consent
 * stays as the instance was made, `unknown` by default, also for a source that never answers.
 *
 * @param vitrine - The instance.
 * @param sources - Made by `shopifyConsent`, `googleConsent`, `tcfConsent`, or your own.
 * @param options - See {@link ConnectOptions}.
 * @returns Ends the connection; consent stays as it is.
 * @example connectConsent(vitrine, [tcfConsent(), googleConsent()])
 */
export function connectConsent(
  vitrine: ConsentTarget,
  sources: readonly ConsentSource[],
  options: ConnectOptions = {},
): () => void {
  const answers = new Map<ConsentSource, ConsentState>();
  const { globalPrivacyControl = 'allow' } = options;
  const limit = hasGlobalPrivacyControl() ? AT_LEAST[globalPrivacyControl] : 'granted';
  let told: string | undefined;
  const tell = (): void => {
    const states = [...answers.values(), limit];
    const state = strictest(states);
    const isComplete =
      answers.size === sources.length && (sources.length > 0 || limit !== 'granted');
    const by = [
      ...[...answers].map(([{ name }, answer]) => `${name}: ${answer}`),
      ...(limit === 'granted' ? [] : [`Global Privacy Control: ${limit}`]),
    ].join(', ');
    if ((!isComplete && state !== 'denied') || told === `${state} ${by}`) return;
    told = `${state} ${by}`;
    // What cannot be wiped is told by the instance's own events.
    vitrine.setConsent(state, by).catch(() => undefined);
  };
  tell();
  const stops = sources.map((source) =>
    source.listen((state) => {
      answers.set(source, state);
      tell();
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
