/**
 * IAB Europe's Transparency and Consent Framework, from version 2.2 on:
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework
 *
 * @packageDocumentation
 */
import { scope, type ConsentSource, type ConsentState } from './source.ts';

/** What of the visitor's choice counts. */
export interface TcfConsentOptions {
  /**
   * Purposes that must all be consented to. Default 1 (store and access information on the device),
   * 5 (profiles to personalise content) and 6 (select personalised content by profiles).
   */
  readonly purposes?: readonly number[];
  /**
   * Whose consents count: `purpose` (default), what the visitor consented to for vendors;
   * `publisher`, what for the shop itself, where the banner asks for that.
   */
  readonly section?: 'purpose' | 'publisher';
  /** What holds where the GDPR does not apply; default `unknown`. */
  readonly elsewhere?: 'granted' | 'unknown';
}

/** What the banner's script tells; the fields that are used. */
interface TcData {
  readonly gdprApplies?: unknown;
  readonly eventStatus?: unknown;
  readonly listenerId?: unknown;
  readonly purpose?: { readonly consents?: unknown };
  readonly publisher?: { readonly consents?: unknown };
}

type TcfApi = (
  command: 'addEventListener' | 'removeEventListener',
  version: 2,
  callback: (data: TcData | null, isSuccess: boolean) => void,
  listenerId?: unknown,
) => void;

/** The banner's script may come after us; it is looked for this often, for two minutes. */
const EVERY_MS = 500;
const MAX_LOOKS = 240;

/** What the visitor said; `cmpuishown` only says that somebody is asking. */
const ANSWERS: ReadonlySet<unknown> = new Set(['tcloaded', 'useractioncomplete']);

function answerOf(data: TcData, options: TcfConsentOptions): ConsentState | undefined {
  const { elsewhere = 'unknown', purposes = [1, 5, 6], section = 'purpose' } = options;
  if (data.gdprApplies === false) return elsewhere;
  if (!ANSWERS.has(data.eventStatus)) return undefined;
  const consents = Object(data[section]?.consents) as Readonly<Record<number, unknown>>;
  return purposes.every((purpose) => consents[purpose] === true) ? 'granted' : 'denied';
}

/**
 * Listens to a banner of the framework (`__tcfapi`).
 *
 * @param options - See {@link TcfConsentOptions}.
 * @returns The source; it does not answer before the visitor has.
 * @example connectConsent(vitrine, [tcfConsent({ purposes: [1, 5, 6, 11] })])
 */
export function tcfConsent(options: TcfConsentOptions = {}): ConsentSource {
  return {
    name: 'IAB TCF',
    listen(say) {
      let isOver = false;
      let listenerId: unknown;
      let looks = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const api = (): unknown => scope()['__tcfapi'];
      const hear = (data: TcData | null, isSuccess: boolean): void => {
        if (!isSuccess || typeof data !== 'object' || data === null) return;
        listenerId = data.listenerId;
        if (isOver) stop();
        const answer = isOver ? undefined : answerOf(data, options);
        if (answer !== undefined) say(answer);
      };
      const call = (command: Parameters<TcfApi>[0], ...rest: unknown[]): void => {
        try {
          const callback = command === 'addEventListener' ? hear : (): void => undefined;
          (api() as TcfApi)(command, 2, callback, ...rest);
        } catch {
          // The banner's fault is not the page's: it has not answered.
        }
      };
      const look = (): void => {
        if (typeof api() === 'function') call('addEventListener');
        else if (looks++ < MAX_LOOKS) timer = setTimeout(look, EVERY_MS);
      };
      const stop = (): void => {
        isOver = true;
        clearTimeout(timer);
        // Without an id it has not called yet; when it does, it is told then.
        if (listenerId !== undefined) call('removeEventListener', listenerId);
      };
      look();
      return stop;
    },
  };
}
