/**
 * The sentences of codes that only arise in the worker or on the command line: kept apart from the
 * codes, because the page script would have to carry them to its first feed.
 *
 * @packageDocumentation
 */
import type { PageCode, VitrineErrorCode } from './errors.ts';

/** By code; the compiler says when one is missing. */
export const MESSAGES: Readonly<Record<Exclude<VitrineErrorCode, PageCode>, string>> = {
  CANDIDATES_EMPTY: 'No candidate is usable.',
  CANDIDATES_FETCH: 'The candidates could not be fetched.',
  CANDIDATES_FORMAT: 'The candidates are no array, known container or NDJSON.',
  CANDIDATES_PARSE: 'The candidates are not valid JSON or NDJSON.',
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
  EVENT_SENSITIVE: 'An interaction with a sensitive item was not recorded.',
  EVENT_FLOOD: 'Interactions came faster than a visitor can act and were not recorded.',
  ITEM_UNKNOWN: 'No candidate has this id.',
  SEGMENT_UNKNOWN: 'No segment has this id.',
  STORE_BLOCKED: 'Storage cannot be opened; the profile is kept in the next place that can.',
  STORE_FAILED: 'Storage failed; the profile is kept in memory only.',
  STORE_TIMEOUT: 'Storage did not open in time; the profile is kept in memory until it does.',
  STORE_FULL: 'Storage is full; the profile is kept in memory only.',
  STORE_RESTORED: 'The browser had lost interactions; they came back from a copy.',
  DEVICE_UNAVAILABLE: 'The device is not available; the next one is used.',
  DEVICE_LOST: 'The device was lost; the next one is used.',
  DEVICE_WRONG_RESULT: 'The device returned wrong numbers; the next one is used.',
  DEVICE_TIMEOUT: 'The device did not answer in time; the next one is used.',
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
  CAPSULE_INVALID: 'What was to be imported is no capsule or export of ours.',
  CAPSULE_PASSPHRASE: 'The passphrase is missing or wrong, or the capsule was changed.',
  CAPSULE_UNAVAILABLE: 'This page cannot encrypt: it is not served over https.',
  DATA_INVALID: 'A data file cannot be read.',
};
