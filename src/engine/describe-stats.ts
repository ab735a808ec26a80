/**
 * What `Vitrine.stats` tells of the worker.
 *
 * @packageDocumentation
 */
import type { Stats } from '../core/types.ts';
import type { DeviceLadder } from '../models/device-ladder.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { ShownFeed } from './shown-feed.ts';

/** The parts of an engine that know something, and its counts. */
export interface StatsSource extends Pick<Stats, 'feeds' | 'scored' | 'segments' | 'packId'> {
  /** Where similarities are computed. */
  readonly ladder: DeviceLadder;
  /** Log and storage. */
  readonly keeper: Pick<ProfileKeeper, 'dropped' | 'log' | 'store'>;
  /** What the page shows. */
  readonly shown: Pick<ShownFeed, 'feed' | 'items'>;
}

/**
 * Collects figures.
 *
 * @param source - See {@link StatsSource}.
 * @returns All that the worker knows of `Stats`.
 */
export async function describeStats(source: StatsSource): Promise<Omit<Stats, 'worker'>> {
  const { feeds, keeper, ladder, packId, scored, segments, shown } = source;
  const { log, store } = keeper;
  return {
    device: shown.feed?.device ?? 'none',
    devicesLeft: ladder.left(),
    timings: shown.feed?.timings ?? { total: 0 },
    storage: {
      mode: store.mode,
      reason: store.reason,
      bytes: await store.estimateBytes(),
      ...(store.restored && { restored: store.restored }),
    },
    events: log.length,
    eventsDropped: keeper.dropped,
    feeds,
    candidates: shown.items.length,
    scored,
    segments,
    tensors: ladder.numTensors(),
    ...ladder.figures(),
    packId,
  };
}
