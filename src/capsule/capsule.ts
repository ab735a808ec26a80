/**
 * A profile on its way to another device of the same visitor. Loaded on every page a moment after
 * the engine: loaded when somebody asks, the request would tell so.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { MAX_GENERATED } from '../core/generated.ts';
import type { ProfileExport, Settings } from '../core/types.ts';
import { mergeSettings } from '../store/promote.ts';
import { fitting } from './fitting.ts';
import { checkSize, MAX_SIZE, readExport, type TakenProfile } from './read-export.ts';
import { isCapsule, seal, unseal } from './seal.ts';

export type { TakenProfile } from './read-export.ts';

/** Fewest characters of a passphrase: NIST SP 800-63B, 3.1.1. */
const LEAST = 8;

/** Bytes that fit into a capsule: base64 takes four characters for three, the header 70. */
const MAX_BYTES = Math.floor(((MAX_SIZE - 200) * 3) / 4);

/** What the page asked for; nothing of it is known yet. */
type Request = Readonly<Record<string, unknown>>;

/**
 * Packs a profile.
 *
 * @param profile - Readable.
 * @param request - `passphrase`; unchecked.
 * @returns A capsule of at most 1 MB.
 * @throws {@link VitrineError} `OPTION_INVALID`, `CAPSULE_UNAVAILABLE`.
 */
export async function writeCapsule(profile: ProfileExport, request: unknown): Promise<string> {
  const { passphrase } = Object(request) as Request;
  if (typeof passphrase !== 'string' || passphrase.length < LEAST) {
    throw new VitrineError('OPTION_INVALID', `passphrase: expected at least ${LEAST} characters.`);
  }
  return seal(JSON.stringify(fitting(profile, MAX_BYTES)), passphrase);
}

/**
 * Unpacks a capsule, or reads a readable export.
 *
 * @param capsule - Anything.
 * @param request - `passphrase` and `mode`; unchecked.
 * @returns Validated profile, and how it is to be taken over.
 * @throws {@link VitrineError} `CAPSULE_INVALID`, `CAPSULE_PASSPHRASE`, `CAPSULE_UNAVAILABLE`,
 *   `OPTION_INVALID`.
 */
export async function readCapsule(
  capsule: unknown,
  request: unknown,
): Promise<{ readonly taken: TakenProfile; readonly isReplacing: boolean }> {
  const { mode = 'merge', passphrase } = Object(request) as Request;
  if (mode !== 'merge' && mode !== 'replace') {
    throw new VitrineError('OPTION_INVALID', 'mode: expected merge, replace.');
  }
  const isReplacing = mode === 'replace';
  if (typeof capsule !== 'string' || !isCapsule(capsule)) {
    return { taken: readExport(capsule), isReplacing };
  }
  checkSize(capsule.length);
  if (typeof passphrase !== 'string') throw new VitrineError('CAPSULE_PASSPHRASE');
  return { taken: readExport(await unseal(capsule, passphrase)), isReplacing };
}

/**
 * The visitor's choices after a profile was taken over. The seed of this device stays, so that the
 * page's draws and its arm of the holdout do not change.
 *
 * @param own - Of this device; they win where the two contradict each other.
 * @param taken - Of the other one; null without any.
 * @param isReplacing - Whether those of this device go.
 * @returns Choices with at most 24 generated segments.
 */
export function settingsWith(
  own: Settings,
  taken: Settings | null,
  isReplacing: boolean,
): Settings {
  const { seed } = own;
  if (taken === null) return isReplacing ? { seed, followed: [], blocked: [] } : own;
  const merged = isReplacing ? taken : mergeSettings(taken, own);
  const generated = merged.generated?.slice(0, MAX_GENERATED) ?? [];
  return { ...merged, seed, ...(generated.length > 0 && { generated }) };
}
