/**
 * What following and blocking a segment does to the visitor's settings.
 *
 * @packageDocumentation
 */
import type { Settings } from '../core/types.ts';

/** What the visitor did to a segment. */
export type SegmentChange = 'followed' | 'unfollowed' | 'blocked';

/**
 * Applies a change; a segment is followed, blocked or neither.
 *
 * @param settings - Before.
 * @param segmentId - Of any segment.
 * @param change - See {@link SegmentChange}.
 * @returns The lists that change; what was followed last stands last.
 */
export function settingsAfter(
  settings: Settings,
  segmentId: string,
  change: SegmentChange,
): Pick<Settings, 'followed' | 'blocked'> {
  const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== segmentId);
  const { blocked, followed } = settings;
  return {
    followed: change === 'followed' ? [...without(followed), segmentId] : without(followed),
    blocked: change === 'blocked' ? [...without(blocked), segmentId] : without(blocked),
  };
}
