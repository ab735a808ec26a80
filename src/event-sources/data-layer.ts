/**
 * Learns from Google's data layer: from what was pushed before, and from what is pushed from now on.
 *
 * @packageDocumentation
 */
import { Ga4Reader } from './ga4-entry.ts';
import { type ListenOptions, Teller, type TrackTarget } from './teller.ts';

/** How a data layer is listened to. */
export interface DataLayerOptions extends ListenOptions {
  /** Name of the list on `window`, default `dataLayer`. */
  readonly dataLayer?: string;
}

/** Most entries from before that are read; Tag Manager keeps 300. */
const MAX_PAST = 1_000;

/**
 * Learns from the e-commerce events of Google Analytics 4 in a data layer: `gtag('event', …)` and
 * Tag Manager's `{ event, ecommerce }`. The list is made where it is not there yet.
 *
 * What the page pushes goes where it went; each entry counts once, and what `<vitrine-feed>` tells by
 * itself is not counted again.
 *
 * @param vitrine - The instance.
 * @param options - See {@link DataLayerOptions}.
 * @returns Ends it; the list's own `push` is put back. Nothing is heard where the name is that of
 *   something that is no list.
 * @example const stop = listenToDataLayer(vitrine);
 */
export function listenToDataLayer(
  vitrine: TrackTarget,
  options: DataLayerOptions = {},
): () => void {
  const page = globalThis as unknown as Record<string, unknown[] | undefined>;
  // As every snippet of Google's does: whoever comes first makes it.
  const layer = (page[options.dataLayer ?? 'dataLayer'] ??= []);
  if (!Array.isArray(layer)) return () => undefined;
  const teller = new Teller(vitrine, options);
  const reader = new Ga4Reader();
  const read = (entry: unknown): void => {
    if (teller.isNew(entry)) teller.tell(() => reader.read(entry));
  };
  for (const entry of layer.slice(-MAX_PAST)) read(entry);
  const { push } = layer;
  const heard = (...entries: unknown[]): number => {
    const length = push.apply(layer, entries);
    for (const entry of entries) read(entry);
    return length;
  };
  layer.push = heard;
  return () => {
    teller.stop();
    // Whoever came after us calls us; then we stay, and only pass on.
    if (layer.push === heard) layer.push = push;
  };
}
