/**
 * Vitrine: segmented, explained product feeds, ranked inside the visitor's browser.
 *
 * @packageDocumentation
 */
import { startScript } from './client/start-script.ts';

export { createVitrine } from './client/create-vitrine.ts';
export { defaultInstance } from './client/default-instance.ts';
export { loadFeedElement } from './client/start-script.ts';
export type { FeedModule, VitrineFeed } from './client/start-script.ts';
export type { Ga4Item, Ga4Params } from './client/ga4-events.ts';
export type { AnalyticsOptions } from './client/ga4-tell.ts';
export type { BetaPosterior } from './core/beta.ts';
export { VitrineError, isVitrineError } from './core/errors.ts';
export type { VitrineErrorCode } from './core/errors.ts';
export type * from './core/explanation.ts';
export type * from './core/generated-features.ts';
export type * from './core/inspection.ts';
export type { GeneratedSegment, GenerateRequest } from './core/generated.ts';
export type {
  LearnedVersion,
  LearnProgress,
  LearnRequest,
  LearnResult,
  LearnStatus,
  LearnVerdict,
  SegmentLearning,
} from './core/learn.ts';
export type * from './core/preview.ts';
export type * from './core/privacy.ts';
export type * from './core/rules.ts';
export type { Crossovers, Tier, TierCost, TunedTiers } from './core/tiers.ts';
export type * from './core/types.ts';
export type * from './core/variety.ts';

startScript(import.meta.url);
