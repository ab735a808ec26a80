/**
 * The parts of an engine that the inspector looks at. Types only.
 *
 * @packageDocumentation
 */
import type { WorkerOptions } from '../protocol.ts';
import type { FeedMakerPorts } from './feed-maker.ts';
import type { Library } from './library.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { ShownFeed } from './shown-feed.ts';

/** Nothing of it is changed. */
export interface InspectedEngine {
  /** Devices and clock, to make a feed again. */
  readonly ports: Pick<FeedMakerPorts, 'clock' | 'ladder'>;
  /** The instance's. */
  readonly options: Pick<WorkerOptions, 'rules'>;
  /** Log and choices, up to date. */
  readonly keeper: Pick<ProfileKeeper, 'items' | 'log' | 'settings'>;
  /** What the page shows, and showed. */
  readonly shown: Pick<ShownFeed, 'composed' | 'past'>;
  /** Segments in force. */
  readonly library: Library;
}
