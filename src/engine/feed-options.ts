/**
 * What the shop set, what the page asks for, and what holds a feed back.
 *
 * @packageDocumentation
 */
import { createRandom } from '../core/rng.ts';
import type { FeedOptions } from '../feed/feed-context.ts';
import type { RerankRequest, WorkerOptions } from '../protocol.ts';
import { heldByPack, type PackState } from './pack-keeper.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** Most candidates unless the shop says otherwise. */
export const MAX_CANDIDATES = 5_000;

const DEFAULTS = { rows: 6, rowSize: 12, exploration: 0.1, influence: 1 } as const;

/** Only what is known of: a shop's object must not reach other options. */
function explorationOf(
  given: WorkerOptions['exploration'] = {},
): Partial<Pick<FeedOptions, 'exploration' | 'policy' | 'whenCold' | 'adapt'>> {
  if (typeof given === 'number') return { exploration: given };
  const {
    share = DEFAULTS.exploration,
    policy = 'thompson',
    whenCold = false,
    adapt = false,
  } = given;
  return { exploration: share, policy, whenCold, adapt };
}

/**
 * Options of one feed.
 *
 * @param shop - Options of the instance.
 * @param request - Options of the call, with the shop's rules in force.
 * @param keeper - Its seed and consent.
 * @param packState - A damaged pack leaves the server's order standing.
 * @returns All values, defaults filled in.
 */
export function feedOptions(
  shop: WorkerOptions,
  request: RerankRequest & Pick<FeedOptions, 'rules'>,
  keeper: Pick<ProfileKeeper, 'settings' | 'consent' | 'isObserving'>,
  packState: PackState,
): FeedOptions {
  const { exploration, influence, variety, holdout = 0 } = shop;
  const seed = shop.seed ?? keeper.settings.seed;
  const heldOut = createRandom(seed, 'holdout')() < holdout ? 'HOLDOUT' : undefined;
  const refused = keeper.consent === 'denied' ? 'CONSENT_DENIED' : 'CONSENT_UNKNOWN';
  const held = keeper.isObserving ? undefined : refused;
  return {
    ...DEFAULTS,
    ...explorationOf(exploration),
    ...(influence === undefined ? {} : { influence }),
    ...(variety ? { variety } : {}),
    ...request,
    seed,
    held: held ?? heldByPack(packState) ?? heldOut,
  };
}
