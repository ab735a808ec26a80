/**
 * The door: a programmer's mistake in an option throws here, with what was got and expected.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';

const SHARE = [0, 1] as const;
const BOOLEAN = 'boolean';
const ADDRESS = 'string, URL';

/** By option name: the least and the greatest allowed number, or the allowed words or types. */
const ALLOWED: ReadonlyMap<string, readonly [number, number] | string> = new Map(
  Object.entries({
    adapt: BOOLEAN,
    by: 'string',
    consent: 'granted, denied, unknown',
    device: 'auto, webgpu, wasm, cpu, js',
    exploration: SHARE,
    holdout: SHARE,
    influence: SHARE,
    layout: 'rows, list',
    logLevel: 'silent, warn, info',
    maxCandidates: [1, 50_000],
    now: 'number, function',
    pack: ADDRESS,
    // Of all limits of variety.
    per: [1, 10_000],
    pictures: BOOLEAN,
    policy: 'thompson, epsilon, greedy',
    predefinedSegments: BOOLEAN,
    rows: [1, 20],
    rowSize: [1, 100],
    seed: [-Infinity, Infinity],
    sensitive: 'object',
    share: SHARE,
    storageName: 'string',
    telemetry: 'object',
    // setTimeout holds 31 bits; a longer wait would fire at once.
    timeoutMs: [1, 2_147_483_647],
    variants: BOOLEAN,
    variety: 'object',
    whenCold: BOOLEAN,
    whenUnknown: 'memory, server',
    workerUrl: ADDRESS,
  } as const),
);

/** Options that hold options. */
const GROUPS = /^(exploration|variety)$/;

/** The type of a value as {@link ALLOWED} writes it. */
function typeOf(value: unknown): string {
  return value instanceof URL ? 'URL' : Object.is(value, Number.NaN) ? 'NaN' : typeof value;
}

/** What is wrong with a value, in words; empty when nothing is. */
function expected(name: string, value: unknown): string {
  const allowed = ALLOWED.get(name.replace(/.+Per(Row|Page)$/, 'per'));
  if (typeof allowed === 'object') {
    const [low, high] = allowed;
    const isInside =
      Number.isFinite(value) && (value as number) >= low && (value as number) <= high;
    return isInside ? '' : `a number from ${low} to ${high}`;
  }
  const isAllowed = (word: unknown): boolean =>
    !allowed || allowed.split(', ').includes(word as string);
  return isAllowed(value) || isAllowed(typeOf(value)) ? '' : `${allowed}`;
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
    if (GROUPS.test(name) && typeof value === 'object' && value !== null) {
      checkOptions(value);
      continue;
    }
    const wanted = value === undefined ? '' : expected(name, value);
    if (wanted) {
      const got = typeof value === 'object' ? typeOf(value) : String(value);
      throw new VitrineError('OPTION_INVALID', `${name}: got ${got}, expected ${wanted}.`);
    }
  }
}
