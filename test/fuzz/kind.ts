/** What a kind of fuzzing is: how its inputs come about, and what one run does. */
import type fc from 'fast-check';

/** A kind; `V` is plain data, so that it can be shrunk, printed and replayed. */
export interface Kind<V> {
  /** Inputs. */
  readonly inputs: fc.Arbitrary<V>;
  /** One run; throws or rejects when a property does not hold. Independent of other runs. */
  readonly run: (input: V) => Promise<void>;
}
