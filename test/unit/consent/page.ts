/** A page's globals for sources of consent, and an instance that only listens. */
import { vi } from 'vitest';
import { connectConsent, type ConnectOptions } from '../../../src/consent/connect-consent.ts';
import type { ConsentSource } from '../../../src/consent/source.ts';

/** What an instance was told, in order. */
export interface Heard {
  readonly states: string[];
  /** Whose word the last one was. */
  by: string | undefined;
  stop: () => void;
}

/** Connects sources to an instance that takes note of what it is told. */
export function hear(sources: readonly ConsentSource[], options?: ConnectOptions): Heard {
  const heard: Heard = { states: [], by: undefined, stop: () => undefined };
  const instance = {
    setConsent: async (state: string, by?: string): Promise<void> => {
      heard.states.push(state);
      heard.by = by;
    },
  };
  heard.stop = connectConsent(instance, sources, options);
  return heard;
}

/** Puts a document, or whatever else, on the page. */
export function stubPage(globals: Readonly<Record<string, unknown>> = {}): EventTarget {
  const document = new EventTarget();
  vi.stubGlobal('document', document);
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  return document;
}
