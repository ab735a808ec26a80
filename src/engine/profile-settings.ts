/**
 * What the visitor corrects by hand: more or less of a segment, and whether anything is learned now.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import {
  isFactor,
  MAX_FACTOR,
  mergeFactors,
  type SegmentFactors,
} from '../core/segment-factors.ts';
import type { Settings } from '../core/types.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** Checked settings; what is undefined stays as it is. */
interface CheckedSettings {
  /** Whether nothing is to be learned. */
  readonly gift: boolean | undefined;
  /** Factors by segment id; 1 takes a correction back. */
  readonly weights: SegmentFactors | undefined;
}

function refuse(what: string, expected: string): never {
  throw new VitrineError('OPTION_INVALID', `profile.set: ${what}, expected ${expected}.`);
}

/** Whole: nothing changes when a part of it is wrong. */
function checkSettings(
  settings: unknown,
  isKnown: (segmentId: string) => boolean,
): CheckedSettings {
  if (typeof settings !== 'object' || settings === null) refuse(`got ${typeof settings}`, 'object');
  const { gift, weights } = settings as { gift?: unknown; weights?: unknown };
  if (gift !== undefined && typeof gift !== 'boolean') {
    refuse(`gift: got ${typeof gift}`, 'boolean');
  }
  if (weights === undefined) return { gift, weights };
  if (typeof weights !== 'object' || weights === null) {
    refuse(`weights: got ${typeof weights}`, 'an object');
  }
  for (const [id, factor] of Object.entries(weights)) {
    if (!isKnown(id)) throw new VitrineError('SEGMENT_UNKNOWN', `profile.set: got ${id}.`);
    if (!isFactor(factor)) {
      refuse(`weights.${id}: got ${String(factor)}`, `a number from 0 to ${MAX_FACTOR}`);
    }
  }
  return { gift, weights: { ...weights } };
}

/** Without `weights` when nothing is corrected any more. */
function correctedBy(settings: Settings, weights: SegmentFactors): Settings {
  const { weights: before, ...rest } = settings;
  const after = mergeFactors(before, weights);
  return after ? { ...rest, weights: after } : rest;
}

/**
 * Applies what a page asks for, gift mode at once.
 *
 * @param keeper - The profile.
 * @param library - Segments in force.
 * @param settings - Anything.
 * @returns Resolves once the choices are stored, where anything may be.
 * @throws {@link VitrineError} `OPTION_INVALID`, `SEGMENT_UNKNOWN`; then nothing has changed.
 */
export async function applySettings(
  keeper: ProfileKeeper,
  library: readonly LibrarySegment[],
  settings: unknown,
): Promise<void> {
  const isKnown = (id: string): boolean => library.some((segment) => segment.id === id);
  const { gift, weights } = checkSettings(settings, isKnown);
  keeper.isGift = gift ?? keeper.isGift;
  if (weights === undefined) return;
  await keeper.refresh();
  await keeper.saveSettings((before) => correctedBy(before, weights));
}
