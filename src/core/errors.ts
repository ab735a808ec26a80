/**
 * One error class, one table of codes. Errors are told apart by `code`, never by text.
 * Each code has a heading in docs/errors.md (a test compares the two lists).
 *
 * @packageDocumentation
 */

/** Every code that a {@link VitrineError} or a {@link Warning} can carry. */
export type VitrineErrorCode =
  | 'CANDIDATES_EMPTY'
  | 'CANDIDATES_FETCH'
  | 'CANDIDATES_FORMAT'
  | 'CANDIDATES_PARSE'
  | 'CANDIDATES_TOO_MANY'
  | 'ITEM_INVALID'
  | 'ITEM_WITHOUT_ID'
  | 'ITEM_DUPLICATE'
  | 'ITEM_PRICE_INVALID'
  | 'ITEM_TEXT_TRUNCATED'
  | 'ITEM_FIELD_REJECTED'
  | 'ITEM_URL_REJECTED'
  | 'SEGMENT_INVALID'
  | 'SEGMENT_FIELD_UNKNOWN'
  | 'SEGMENT_REFUSED'
  | 'OPTION_INVALID'
  | 'EVENT_INVALID'
  | 'EVENT_SENSITIVE'
  | 'EVENT_FLOOD'
  | 'ITEM_UNKNOWN'
  | 'SEGMENT_UNKNOWN'
  | 'STORE_BLOCKED'
  | 'STORE_FAILED'
  | 'STORE_TIMEOUT'
  | 'STORE_FULL'
  | 'STORE_RESTORED'
  | 'DEVICE_UNAVAILABLE'
  | 'DEVICE_LOST'
  | 'DEVICE_WRONG_RESULT'
  | 'DEVICE_TIMEOUT'
  | 'WORKER_UNAVAILABLE'
  | 'WORKER_TIMEOUT'
  | 'WORKER_LOST'
  | 'SHAPE_MISMATCH'
  | 'PACK_FETCH'
  | 'PACK_TIMEOUT'
  | 'PACK_FORMAT'
  | 'PACK_VERSION'
  | 'PACK_INTEGRITY'
  | 'INDEX_FETCH'
  | 'INDEX_TIMEOUT'
  | 'INDEX_FORMAT'
  | 'INDEX_INTEGRITY'
  | 'CAPSULE_INVALID'
  | 'CAPSULE_PASSPHRASE'
  | 'CAPSULE_UNAVAILABLE'
  | 'DATA_INVALID'
  | 'ABORTED'
  | 'DISPOSED'
  | 'INTERNAL';

/** What the page says without a worker; core/messages.ts has the rest. */
const MESSAGES: Partial<Record<VitrineErrorCode, string>> = {
  CANDIDATES_TOO_MANY: 'More candidates than the limit; the rest keeps the server’s order.',
  OPTION_INVALID: 'An option has a wrong value.',
  EVENT_INVALID: 'An interaction has an unknown type or names no item.',
  WORKER_UNAVAILABLE: 'The worker could not be started; the server’s order stands.',
  WORKER_TIMEOUT: 'The worker did not answer in time; the server’s order stands.',
  WORKER_LOST: 'The worker stopped.',
  ABORTED: 'The call was aborted.',
  DISPOSED: 'The instance is disposed of.',
  INTERNAL: 'Something failed; the server’s order stands.',
};

/** Codes of which {@link MESSAGES} knows the sentence from the start. */
export type PageCode =
  | 'CANDIDATES_TOO_MANY'
  | 'OPTION_INVALID'
  | 'EVENT_INVALID'
  | 'WORKER_UNAVAILABLE'
  | 'WORKER_TIMEOUT'
  | 'WORKER_LOST'
  | 'ABORTED'
  | 'DISPOSED'
  | 'INTERNAL';

/**
 * Adds sentences for codes. The page script holds only those that it needs when there is no worker;
 * the worker brings the others along, so that a page need not load them before its first feed.
 *
 * @param messages - By code.
 */
export function addMessages(messages: Partial<Record<VitrineErrorCode, string>>): void {
  Object.assign(MESSAGES, messages);
}

/**
 * The general sentence for a code, without the details of one case.
 *
 * @param code - Any.
 * @returns One English sentence; the code itself where its sentence was not added yet.
 */
export function messageOf(code: VitrineErrorCode): string {
  return MESSAGES[code] ?? code;
}

/**
 * Whether a reason is an error's code, and not a state such as `COLD_START`.
 *
 * @param reason - Of a feed.
 * @returns True for every code whose sentence is known: on the page those that it can raise itself,
 * and all once the worker has answered.
 */
export function isErrorCode(reason: string): reason is VitrineErrorCode {
  return Object.hasOwn(MESSAGES, reason);
}

/** The one error class; told apart by `code`, which also survives the worker boundary. */
export class VitrineError extends Error {
  /** Always `VitrineError`, across realms. */
  override readonly name = 'VitrineError';
  /** What went wrong; see docs/errors.md. */
  readonly code: VitrineErrorCode;

  /**
   * @param code - What went wrong.
   * @param detail - Where: what was got, what was expected, what to do.
   * @param options - `cause`, as in `Error`.
   */
  constructor(code: VitrineErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? messageOf(code) : `${messageOf(code)} ${detail}`, options);
    this.code = code;
  }
}

/**
 * Whether a value is a {@link VitrineError}, also one from another realm or the worker.
 *
 * @param value - Anything that was thrown.
 * @returns True when the name is ours and there is a code.
 */
export function isVitrineError(value: unknown): value is VitrineError {
  const { name, code } = Object(value) as Partial<VitrineError>;
  return name === 'VitrineError' && typeof code === 'string';
}

/**
 * Turns anything thrown into a {@link VitrineError}; one that already is stays as it is.
 *
 * @param value - What was thrown.
 * @param code - Code for everything that is not a VitrineError, default `INTERNAL`.
 * @returns A VitrineError with the original as `cause`.
 */
export function toVitrineError(value: unknown, code: VitrineErrorCode = 'INTERNAL'): VitrineError {
  if (isVitrineError(value)) return value;
  const detail = value instanceof Error ? value.message : String(value);
  return new VitrineError(code, detail, { cause: value });
}
