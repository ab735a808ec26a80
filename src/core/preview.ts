/**
 * Pages as others would see them. Types only.
 *
 * @packageDocumentation
 */
import type { Membership } from './types.ts';

/**
 * A visitor who is not there: one of whom only a segment is known, or one with a history. The
 * profile of the visitor who is there is neither read nor written.
 */
export type PreviewRequest =
  | {
      /** Id of a segment. */
      readonly segmentId: string;
    }
  | {
      /**
       * Ids of candidates that the visitor looked at, oldest first, or shares of interest by segment;
       * 1 to 100. Ids that are no candidates are passed over.
       */
      readonly persona: readonly string[] | readonly Membership[];
    };
