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
  | 'ITEM_UNKNOWN'
  | 'SEGMENT_UNKNOWN'
  | 'STORE_BLOCKED'
  | 'STORE_FAILED'
  | 'STORE_TIMEOUT'
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
  | 'DATA_INVALID'
  | 'ABORTED'
  | 'DISPOSED'
  | 'INTERNAL';

const MESSAGES: Readonly<Record<VitrineErrorCode, string>> = {
  CANDIDATES_EMPTY: 'No candidate is usable.',
  CANDIDATES_FETCH: 'The candidates could not be fetched.',
  CANDIDATES_FORMAT: 'The candidates are no array, known container or NDJSON.',
  CANDIDATES_PARSE: 'The candidates are not valid JSON or NDJSON.',
  CANDIDATES_TOO_MANY: 'More candidates than the limit; the rest keeps the server’s order.',
  ITEM_INVALID: 'A candidate is no object and was left out.',
  ITEM_WITHOUT_ID: 'A candidate has no usable id and was left out.',
  ITEM_DUPLICATE: 'An id came twice; the first counts.',
  ITEM_PRICE_INVALID: 'A price is not a number of 0 or more and was ignored.',
  ITEM_TEXT_TRUNCATED: 'A long text was cut.',
  ITEM_FIELD_REJECTED: 'A field has a wrong type and was ignored.',
  ITEM_URL_REJECTED: 'A URL is not http(s) and was ignored.',
  SEGMENT_INVALID: 'A segment has no usable name or describes nothing.',
  SEGMENT_FIELD_UNKNOWN: 'A field of a segment was ignored.',
  SEGMENT_REFUSED: 'No segment passed its guards.',
  OPTION_INVALID: 'An option has a wrong value.',
  EVENT_INVALID: 'An interaction has an unknown type or names no item.',
  ITEM_UNKNOWN: 'No candidate has this id.',
  SEGMENT_UNKNOWN: 'No segment has this id.',
  STORE_BLOCKED: 'Storage cannot be opened; the profile is kept in memory only.',
  STORE_FAILED: 'Storage failed; the profile is kept in memory only.',
  STORE_TIMEOUT: 'Storage did not open in time; the profile is kept in memory until it does.',
  DEVICE_UNAVAILABLE: 'The device is not available; the next one is used.',
  DEVICE_LOST: 'The device was lost; the next one is used.',
  DEVICE_WRONG_RESULT: 'The device returned wrong numbers; the next one is used.',
  DEVICE_TIMEOUT: 'The device did not answer in time; the next one is used.',
  WORKER_UNAVAILABLE: 'The worker could not be started; the server’s order stands.',
  WORKER_TIMEOUT: 'The worker did not answer in time; the server’s order stands.',
  WORKER_LOST: 'The worker stopped.',
  SHAPE_MISMATCH: 'An array has a wrong length.',
  PACK_FETCH: 'The pack could not be fetched; the feed was made without it.',
  PACK_TIMEOUT: 'The pack did not arrive in time; the feed was made without it.',
  PACK_FORMAT: 'A file of the pack is damaged.',
  PACK_VERSION: 'The pack’s version is not known.',
  PACK_INTEGRITY: 'A file of the pack does not match its hash.',
  INDEX_FETCH: 'The index could not be fetched; the server’s order stands.',
  INDEX_TIMEOUT: 'The index did not arrive in time; the feed was made without it.',
  INDEX_FORMAT: 'A file of the index is damaged.',
  INDEX_INTEGRITY: 'A file of the index does not match its hash.',
  DATA_INVALID: 'A data file cannot be read.',
  ABORTED: 'The call was aborted.',
  DISPOSED: 'The instance is disposed of.',
  INTERNAL: 'Something failed; the server’s order stands.',
};

// Not a list of its own: the page script would hold each code twice.
/** All codes, in the order of the table in docs/errors.md. */
export const ERROR_CODES: readonly VitrineErrorCode[] = Object.keys(MESSAGES) as VitrineErrorCode[];

/**
 * The general sentence for a code, without the details of one case.
 *
 * @param code - One of {@link ERROR_CODES}.
 * @returns One English sentence.
 */
export function messageOf(code: VitrineErrorCode): string {
  return MESSAGES[code];
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
    super(detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} ${detail}`, options);
    this.code = code;
  }
}

/**
 * Whether a value is a {@link VitrineError}, also one from another realm or the worker.
 *
 * @param value - Anything that was thrown.
 * @returns True when name and code match.
 */
export function isVitrineError(value: unknown): value is VitrineError {
  const { name, code } = Object(value) as Partial<VitrineError>;
  return name === 'VitrineError' && ERROR_CODES.includes(code as VitrineErrorCode);
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
