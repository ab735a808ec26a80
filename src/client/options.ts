/**
 * The door: a programmer's mistake in an option throws here, with what was got and expected.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';

/** Numbers by option name, with the least and the greatest allowed value. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  exploration: [0, 1],
  holdout: [0, 1],
  influence: [0, 1],
  maxCandidates: [1, 50_000],
  rows: [1, 20],
  rowSize: [1, 100],
  seed: [-Number.MAX_VALUE, Number.MAX_VALUE],
  // setTimeout holds 31 bits; a longer wait would fire at once.
  timeoutMs: [1, 2_147_483_647],
};

/** Words (and truth values) by option name. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  consent: ['granted', 'denied', 'unknown'],
  device: ['auto', 'webgpu', 'wasm', 'cpu', 'js'],
  logLevel: ['silent', 'warn', 'info'],
  predefinedSegments: [true, false],
};

/** What is wrong with a value, in words; empty when nothing is. */
function expected(name: string, value: unknown): string {
  const range = RANGES[name];
  const choice = CHOICES[name];
  if (range) {
    const [low, high] = range;
    const isInside = Number.isFinite(value) && (value as number) >= low && (value as number) <= high;
    return isInside ? '' : name === 'seed' ? 'a finite number' : `a number from ${low} to ${high}`;
  }
  if (choice) return choice.includes(value) ? '' : choice.join(', ');
  if (name === 'storageName') return typeof value === 'string' && value ? '' : 'a text';
  if (name === 'workerUrl') return typeof value === 'string' || value instanceof URL ? '' : 'a URL';
  if (name === 'now') {
    return Number.isFinite(value) || typeof value === 'function' ? '' : 'a number or a function';
  }
  return '';
}

/**
 * Checks the options of `createVitrine`, `rerank` or `setConsent`.
 *
 * Options that are `undefined` or have an unknown name pass; segments are checked in the worker.
 *
 * @param options - Options by name.
 * @throws {@link VitrineError} `OPTION_INVALID` for the first wrong one.
 * @example checkOptions({ holdout: 2 }) // throws "… holdout: got 2, expected a number from 0 to 1."
 */
export function checkOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const wanted = value === undefined ? '' : expected(name, value);
    if (wanted) {
      const got = typeof value === 'object' ? 'an object' : String(value);
      throw new VitrineError('OPTION_INVALID', `${name}: got ${got}, expected ${wanted}.`);
    }
  }
}
