/** All kinds of fuzzing that run in Node, by name. */
import { candidates } from './kinds/candidates.ts';
import { capsules } from './kinds/capsules.ts';
import { events } from './kinds/events.ts';
import { indexes } from './kinds/indexes.ts';
import { packs, slices } from './kinds/packs.ts';
import { records } from './kinds/records.ts';
import { rules, segments } from './kinds/settings.ts';

/** By name. */
export const KINDS = {
  candidates,
  events,
  records,
  capsules,
  rules,
  segments,
  packs,
  slices,
  indexes,
} as const;
