/**
 * Comlink keeps only name, message and stack of an error; ours are told apart by `code`.
 * Both threads install this handler before the first call.
 *
 * @packageDocumentation
 */
import { transferHandlers } from 'comlink';
import type { TransferHandler } from 'comlink';

/** An error on its way between the threads. */
interface WireError {
  readonly name: string;
  readonly code: unknown;
  readonly message: string;
  readonly stack: string | undefined;
}

/**
 * Replaces Comlink's handler of thrown values by one that keeps `{ name, code, message, stack }`.
 *
 * A thrown value that is no error arrives as an `Error` with its text. May be called twice.
 */
export function installThrowHandler(): void {
  const builtIn = transferHandlers.get('throw') as TransferHandler<{ value: unknown }, unknown>;
  const handler: TransferHandler<{ value: unknown }, WireError> = {
    // The mark that Comlink puts on thrown values is not exported, so its own test is kept.
    canHandle: (value): value is { value: unknown } => builtIn.canHandle(value),
    serialize({ value }) {
      const { name, code, message, stack } = (
        value instanceof Error ? value : new Error(String(value))
      ) as Error & { code?: unknown };
      return [{ name, code, message, stack }, []];
    },
    deserialize(error) {
      throw Object.assign(new Error(error.message), error);
    },
  };
  transferHandlers.set('throw', handler);
}
