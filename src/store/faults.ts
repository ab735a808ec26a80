/** Steps of the store at which a test can make it fail; in production nobody listens. */

/** Name of a step; the fault strikes before it is done. */
export type FaultPoint =
  | 'store.open'
  | 'store.read'
  | 'store.write'
  | 'store.commit'
  | 'backup.load'
  | 'backup.read'
  | 'backup.write'
  | 'backup.close'
  | 'backup.restore'
  | 'erase.backup'
  | 'erase.database'
  | 'erase.note';

/** Every step, in the order of a visit. */
export const FAULT_POINTS: readonly FaultPoint[] = [
  'store.open',
  'store.read',
  'store.write',
  'store.commit',
  'backup.load',
  'backup.read',
  'backup.write',
  'backup.close',
  'backup.restore',
  'erase.backup',
  'erase.database',
  'erase.note',
];

/** Told of each step; what it throws is what the step fails with. */
export interface Faults {
  /** Called right before the step. */
  at(point: FaultPoint): void;
}
