/**
 * Vitrine's entry `vitrine/events`: learns from the events that a page sends to its analytics.
 *
 * @packageDocumentation
 */
export { listenToDataLayer } from './event-sources/data-layer.ts';
export type { DataLayerOptions } from './event-sources/data-layer.ts';
export type { LearnedInteraction, LearnedItem, LearnedType } from './event-sources/heard.ts';
export { listenToSegment } from './event-sources/segment.ts';
export type { SegmentEmitter, SegmentOptions } from './event-sources/segment.ts';
export { listenToShopify } from './event-sources/shopify.ts';
export type { ShopifyBus, ShopifyOptions } from './event-sources/shopify.ts';
export type { ListenOptions, SourceRecord, TrackTarget } from './event-sources/teller.ts';
