/**
 * What the visitor may ask about the page. No feed needs it, so it is a file of its own, which every
 * page loads a moment after the engine: loaded when somebody asks, the request would tell so.
 *
 * @packageDocumentation
 */
export { addressesOf, describeAudit } from './describe-audit.ts';
export { describeProfile } from './describe-profile.ts';
export { explainShown } from './explain-item.ts';
export { listShown } from './list-segments.ts';
export { applySettings } from './profile-settings.ts';
