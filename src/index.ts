/**
 * Vitrine: segmented, explained product feeds, ranked inside the visitor's browser.
 *
 * @packageDocumentation
 */
import { findScript, startScript } from './client/start-script.ts';

export { createVitrine } from './client/create-vitrine.ts';
export { defaultInstance } from './client/default-instance.ts';
export { loadFeedElement } from './client/load-feed-element.ts';
export { ERROR_CODES, VitrineError, isVitrineError } from './core/errors.ts';
export type { VitrineErrorCode } from './core/errors.ts';
export type * from './core/types.ts';

void startScript(import.meta.url, findScript(import.meta.url));
