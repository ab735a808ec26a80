/**
 * Values that cannot be cloned (functions, DOM nodes, reactive proxies) still get to the worker.
 *
 * @packageDocumentation
 */
import { isVitrineError } from '../core/errors.ts';

/** What is made, or nothing of it: a proxy may throw at every touch. */
function safely(make: () => unknown): unknown {
  try {
    return make();
  } catch {
    return {};
  }
}

/** A copy of what JSON can say, field by field: one field that it cannot say loses only itself. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'symbol' || typeof value === 'function' ? undefined : value;
  }
  return Object.fromEntries(
    Object.keys(value).flatMap((key): [string, unknown][] => {
      try {
        const field = (value as Record<string, unknown>)[key];
        // A BigInt can be cloned; the worker says what it thinks of it.
        return [[key, typeof field === 'bigint' ? field : JSON.parse(JSON.stringify(field))]];
      } catch {
        // A function, a cycle or a getter that throws.
        return [];
      }
    }),
  );
}

/**
 * Sends a value; when it cannot be cloned, sends what JSON can say of each field.
 *
 * @param value - What to send.
 * @param send - Posts it; rejects with something that is no VitrineError when cloning failed.
 * @returns What `send` resolved to.
 * @example sendable({ id: '1', onClick() {} }, (item) => api.track(item, now)) // sends { id: '1' }
 */
export async function sendable<V, R>(value: V, send: (value: V) => Promise<R>): Promise<R> {
  try {
    return await send(value);
  } catch (error) {
    if (isVitrineError(error)) throw error;
    return send(
      safely(() =>
        Array.isArray(value) ? value.map((one) => safely(() => plain(one))) : plain(value),
      ) as V,
    );
  }
}
