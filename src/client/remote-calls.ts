/**
 * The page's end of Comlink's wire format: calls of methods only, 1.1 kB less than Comlink's own.
 * The worker uses Comlink's `expose`; see its src/protocol.ts for the messages.
 *
 * @packageDocumentation
 */
import type { WorkerApi } from '../protocol.ts';

/** A method's answer, as Comlink posts it; `HANDLER` is an error of our throw handler. */
interface Answer {
  readonly id: number;
  readonly type: 'RAW' | 'HANDLER';
  readonly value: unknown;
}

type Settle = readonly [(value: unknown) => void, (error: unknown) => void];

/**
 * Makes a worker's methods callable.
 *
 * @param worker - Runs Comlink's `expose` with our throw handler.
 * @returns Every method of the protocol; each posts at once and settles with the worker's answer.
 */
export function remoteCalls(worker: Worker): WorkerApi {
  // By the call's number.
  const waiting: (Settle | undefined)[] = [];
  worker.addEventListener('message', ({ data }: MessageEvent<Answer | null | 0>) => {
    const settle = data && waiting[data.id];
    if (!settle) return;
    waiting[data.id] = undefined;
    if (data.type === 'RAW') settle[0](data.value);
    else settle[1](Object.assign(new Error(), data.value));
  });
  return new Proxy({} as WorkerApi, {
    get:
      (_, name: string) =>
      (...values: unknown[]) =>
        new Promise((...settle) => {
          const id = waiting.push(settle) - 1;
          const argumentList = values.map((value) => ({ type: 'RAW', value }));
          worker.postMessage({ id, type: 'APPLY', path: [name], argumentList });
        }),
  });
}
