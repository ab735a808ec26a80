/** Moving a session that began in memory to disk. */
import { type GeneratedSegment, MAX_GENERATED } from '../core/generated.ts';
import { mergeFactors } from '../core/segment-factors.ts';
import type { Settings } from '../core/types.ts';
import type { ProfileStore, StoredProfile } from './profile-store.ts';

/**
 * Moves a session that began in memory to disk, once the visitor has agreed. Events that are there
 * already are not doubled. On disk the older seed stays; follows and blocks of the session win.
 *
 * @param memory - Where the session was kept; left as it is.
 * @param disk - Where it goes.
 * @returns What the disk holds afterwards; `derived` is null when both sides had events.
 * @throws {@link VitrineError} As the methods of `disk`.
 */
export async function promote(memory: ProfileStore, disk: ProfileStore): Promise<StoredProfile> {
  const session = await memory.load();
  const before = await disk.load();
  const derived = before.log.length === 0 ? session.derived : null;
  if (session.log.length > 0) {
    await disk.append({ records: session.log, items: session.items, derived });
  }
  if (session.settings !== null) {
    await disk.saveSettings(mergeSettings(before.settings, session.settings));
  }
  const after = await disk.load();
  // What was learned from both sides' events, or from others' sequences, is learned anew.
  if (before.log.length === 0) await moveCheckpoints(memory, disk, after.lastSequence);
  return after;
}

/** Sequences begin elsewhere in a database that was used before. */
async function moveCheckpoints(
  memory: ProfileStore,
  disk: ProfileStore,
  lastSequence: number,
): Promise<void> {
  const { checkpoints, pointer } = await memory.loadCheckpoints();
  const shift = lastSequence - (await memory.load()).lastSequence;
  for (const checkpoint of checkpoints) {
    const moved = { ...checkpoint, lastSequence: checkpoint.lastSequence + shift };
    await disk.saveCheckpoint(moved, pointer);
  }
}

/**
 * Joins a visitor's choices of two times.
 *
 * @param older - Those on disk, null without any; their seed stays.
 * @param newer - Those of the session; they win where the two contradict each other.
 * @returns The choices together.
 * @example mergeSettings(null, { seed: 7, followed: [], blocked: [] }) // the newer ones
 */
export function mergeSettings(older: Settings | null, newer: Settings): Settings {
  if (older === null) return newer;
  const union = (kept: readonly string[], added: readonly string[], against: readonly string[]) => [
    ...new Set([...kept.filter((id) => !against.includes(id)), ...added]),
  ];
  const generated = mergeGenerated(older.generated ?? [], newer.generated ?? []);
  const weights = mergeFactors(older.weights, newer.weights);
  return {
    seed: older.seed,
    followed: union(older.followed, newer.followed, newer.blocked),
    blocked: union(older.blocked, newer.blocked, newer.followed),
    ...(generated.length > 0 && { generated }),
    ...(weights && { weights }),
  };
}

/** Each once, as the newer choices have it; the newest of too many. */
function mergeGenerated(
  older: readonly GeneratedSegment[],
  newer: readonly GeneratedSegment[],
): readonly GeneratedSegment[] {
  const ids = new Set(newer.map(({ id }) => id));
  return [...older.filter(({ id }) => !ids.has(id)), ...newer].slice(-MAX_GENERATED);
}
