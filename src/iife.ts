/**
 * The classic script: `<script src="vitrine.iife.js">` sets `window.Vitrine`.
 *
 * @packageDocumentation
 */
import { startScript } from './client/start-script.ts';

export { createVitrine } from './client/create-vitrine.ts';
export { defaultInstance } from './client/default-instance.ts';
export { loadFeedElement } from './client/start-script.ts';
export { VitrineError, isVitrineError } from './core/errors.ts';

const script = document.currentScript as HTMLScriptElement | null;

startScript(script?.src, script ?? undefined);
