/**
 * What the visitor may ask about the page, and what a feed leaves behind. No feed waits for it, so it
 * is a file of its own, which every page loads a moment after the engine: loaded when somebody asks,
 * the request would tell so.
 *
 * @packageDocumentation
 */
export { writeEncoding } from '../catalog/write-encoding.ts';
export { exportProfile, importProfile } from './carry.ts';
export { addressesOf, describeAudit } from './describe-audit.ts';
export { describeProfile } from './describe-profile.ts';
export { explainShown } from './explain-item.ts';
export { listShown } from './list-segments.ts';
export { applySettings } from './profile-settings.ts';
