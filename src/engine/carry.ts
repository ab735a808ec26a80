/**
 * A profile on its way out, and one that comes in.
 *
 * @packageDocumentation
 */
import type * as capsuleRoom from '../capsule/capsule.ts';
import { VitrineError } from '../core/errors.ts';
import type { ProfileExport } from '../core/types.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { Recorder } from './recorder.ts';

/** Loads what reads and writes capsules; left out where there is none. */
export type OpenCapsule = () => Promise<typeof capsuleRoom>;

/** Loads it, or says that it is not there. */
async function load(openCapsule: OpenCapsule | undefined): Promise<typeof capsuleRoom> {
  if (openCapsule === undefined) throw new VitrineError('CAPSULE_UNAVAILABLE');
  return openCapsule();
}

/**
 * What is known of the visitor, to be taken along.
 *
 * @param keeper - The profile, up to date.
 * @param openCapsule - See {@link OpenCapsule}.
 * @param request - Unchecked; left out: readable.
 * @returns The profile, or a capsule of it.
 * @throws {@link VitrineError} `OPTION_INVALID`, `CAPSULE_UNAVAILABLE`.
 */
export async function exportProfile(
  keeper: ProfileKeeper,
  openCapsule: OpenCapsule | undefined,
  request: unknown,
): Promise<ProfileExport | string> {
  const { log, items, settings } = keeper;
  const profile: ProfileExport = {
    format: 'vitrine-profile',
    version: 1,
    log,
    items: [...items.values()],
    settings,
  };
  if (request === undefined || request === null) return profile;
  const { writeCapsule } = await load(openCapsule);
  return writeCapsule(profile, request);
}

/**
 * Takes a profile over.
 *
 * @param parts - The profile, up to date, and what keeps sensitive things out of it.
 * @param openCapsule - See {@link OpenCapsule}.
 * @param call - Capsule or readable export, and how; unchecked.
 * @returns How many events were not here before.
 * @throws {@link VitrineError} `CAPSULE_INVALID`, `CAPSULE_PASSPHRASE`, `CAPSULE_UNAVAILABLE`,
 *   `OPTION_INVALID`; then nothing has changed.
 */
export async function importProfile(
  parts: { readonly keeper: ProfileKeeper; readonly recorder: Recorder },
  openCapsule: OpenCapsule | undefined,
  call: readonly [capsule: unknown, request: unknown],
): Promise<number> {
  const { keeper, recorder } = parts;
  const { readCapsule, settingsWith } = await load(openCapsule);
  const { isReplacing, taken } = await readCapsule(...call);
  await keeper.refresh();
  const log = recorder.allowed(taken.log, taken.items);
  const named = new Set(log.map(({ itemId }) => itemId));
  return keeper.take({
    log,
    items: taken.items.filter(({ id }) => named.has(id)),
    isReplacing,
    settle: (own) => settingsWith(own, taken.settings, isReplacing),
  });
}
