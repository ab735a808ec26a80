/** Log records for the tests of this room. */
import fc from 'fast-check';
import type { InteractionType, LogRecord } from '../../../src/core/types.ts';
import { INTERACTION_WEIGHTS } from '../../../src/events/weights.ts';

export const NOW = 1_800_000_000_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export const TYPES: readonly InteractionType[] = Object.keys(
  INTERACTION_WEIGHTS,
) as InteractionType[];

let counter = 0;

/** A record; just now unless told otherwise. */
export function record(
  type: InteractionType,
  itemId: string,
  fields: Partial<LogRecord> = {},
): LogRecord {
  counter++;
  return { eventId: `e${counter}`, time: NOW, type, itemId, ...fields };
}

/** Any log over a few items, in the order of its sequence; clocks may jump. */
export const anyLog: fc.Arbitrary<LogRecord[]> = fc.array(
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      itemId: fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor'),
      age: fc.oneof(fc.integer({ min: -DAY, max: 90 * DAY }), fc.constantFrom(0, NOW)),
      segmentId: fc.option(fc.constantFrom('s', 't', '__proto__'), { nil: undefined }),
    })
    .map(({ type, itemId, age, segmentId }) =>
      record(type, itemId, {
        time: NOW - age,
        ...(segmentId === undefined ? {} : { segmentId }),
      }),
    ),
  { maxLength: 40 },
);
