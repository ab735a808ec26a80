/**
 * What a source of consent is: something on the page that knows what the visitor said.
 *
 * @packageDocumentation
 */

/** State of the visitor's consent; the same words as in `setConsent`. */
export type ConsentState = 'granted' | 'denied' | 'unknown';

/** Something that knows what the visitor said. */
export interface ConsentSource {
  /** For `audit`: whose word it is. */
  readonly name: string;
  /**
   * Begins to listen.
   *
   * @param say - Called with each answer, first for what was said before; never for a source that
   *   does not answer.
   * @returns Ends it; nothing is left on the page.
   */
  listen(say: (state: ConsentState) => void): () => void;
}

/** The page's global scope, as far as sources read it. */
export type Scope = Readonly<Record<string, unknown>>;

/**
 * The page's global scope.
 *
 * @returns `globalThis`, whose fields are outside data here.
 */
export function scope(): Scope {
  return globalThis;
}
