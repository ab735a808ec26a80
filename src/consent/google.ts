/**
 * Google's Consent Mode, as it stands in the data layer:
 * https://developers.google.com/tag-platform/security/guides/consent
 *
 * @packageDocumentation
 */
import type { ConsentSource, ConsentState } from './source.ts';

/** Where it is looked for. */
export interface GoogleConsentOptions {
  /** Name of the data layer, default `dataLayer`. */
  readonly dataLayer?: string;
  /** Type of consent that counts, default `personalization_storage`. */
  readonly type?: string;
}

/** A `gtag('consent', …)` command. */
interface ConsentCommand {
  readonly isUpdate: boolean;
  readonly value: 'granted' | 'denied';
  /** Whether it is for some regions only; which the visitor's is is not known here. */
  readonly isRegional: boolean;
  /** Milliseconds that an update is to be waited for. */
  readonly waitMs: number;
}

/** Reads an entry of the data layer: the `arguments` of `gtag`, or a list of the same. */
function commandIn(entry: unknown, type: string): ConsentCommand | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const [command, action, fields] = Array.prototype.slice.call(entry, 0, 3) as unknown[];
  if (command !== 'consent' || typeof fields !== 'object' || fields === null) return null;
  if (action !== 'default' && action !== 'update') return null;
  const { [type]: value, region, wait_for_update: wait } = fields as Record<string, unknown>;
  if (value !== 'granted' && value !== 'denied') return null;
  return {
    isUpdate: action === 'update',
    value,
    isRegional: region !== undefined,
    waitMs: typeof wait === 'number' && wait > 0 ? Math.min(wait, 10_000) : 0,
  };
}

/** What the commands so far say together. */
class Commands {
  #update: 'granted' | 'denied' | undefined;
  #common: 'granted' | 'denied' | undefined;
  #isRefusedSomewhere = false;

  /** Takes note of a command; of several of a kind the last counts. */
  add({ isRegional, isUpdate, value }: ConsentCommand): void {
    if (isUpdate) this.#update = value;
    else if (!isRegional) this.#common = value;
    else if (value === 'denied') this.#isRefusedSomewhere = true;
  }

  /**
   * An update is the visitor's word. A default is the shop's before anybody was asked: granted only
   * when no region is excepted, since the visitor's may be that one.
   */
  get state(): ConsentState | undefined {
    if (this.#update !== undefined) return this.#update;
    if (this.#common === undefined) return this.#isRefusedSomewhere ? 'unknown' : undefined;
    return this.#common === 'granted' && !this.#isRefusedSomewhere ? 'granted' : 'unknown';
  }
}

/**
 * Listens to Google's Consent Mode: to what was pushed before, and to what is pushed from now on.
 *
 * Only commands in the data layer are seen. Templates of tag managers that change consent inside
 * Google's own script are not: use their own signal, or call `setConsent` yourself.
 *
 * @param options - See {@link GoogleConsentOptions}.
 * @returns The source.
 * @example connectConsent(vitrine, [googleConsent()])
 */
export function googleConsent(options: GoogleConsentOptions = {}): ConsentSource {
  const { dataLayer: name = 'dataLayer', type = 'personalization_storage' } = options;
  return {
    name: 'Google Consent Mode',
    listen(say) {
      const page = globalThis as unknown as Record<string, unknown[] | undefined>;
      // As every snippet of Google's does: whoever comes first makes it.
      const layer = (page[name] ??= []);
      if (!Array.isArray(layer)) return () => undefined;
      let isOver = false;
      let isReplaying = true;
      let waitMs = 0;
      const commands = new Commands();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const answer = (): void => {
        const { state } = commands;
        if (state !== undefined) say(state);
      };
      const settle = (): void => {
        clearTimeout(timer);
        if (waitMs === 0) answer();
        else timer = setTimeout(answer, waitMs);
      };
      const read = (entry: unknown): void => {
        const command = isOver ? null : commandIn(entry, type);
        if (command === null) return;
        commands.add(command);
        waitMs = command.isUpdate ? 0 : command.waitMs;
        if (!isReplaying) settle();
      };
      for (const entry of layer) read(entry);
      // Of what came before only its outcome counts.
      isReplaying = false;
      settle();
      const { push } = layer;
      const heard = (...entries: unknown[]): number => {
        const length = push.apply(layer, entries);
        for (const entry of entries) read(entry);
        return length;
      };
      layer.push = heard;
      return () => {
        clearTimeout(timer);
        isOver = true;
        // Whoever came after us calls us; then we stay, and only pass on.
        if (layer.push === heard) layer.push = push;
      };
    },
  };
}
