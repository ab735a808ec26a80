/**
 * Values of any kind, as recipes: plain data that fast-check can shrink, print and replay, from which
 * a run cooks the value itself. A Proxy that throws at every touch could not even be printed.
 */
import fc from 'fast-check';
import { HOSTILE_NAMES, LONG_UNITS, hostileText } from './hostile-texts.ts';

/** What to cook; a scalar stands for itself. */
export type Recipe =
  | string
  | number
  | boolean
  | null
  | undefined
  | { readonly is: 'object'; readonly fields: readonly (readonly [string, Recipe])[] }
  | { readonly is: 'list'; readonly of: readonly Recipe[] }
  | { readonly is: 'long'; readonly unit: string; readonly times: number }
  | { readonly is: 'deep'; readonly levels: number; readonly through: 'list' | 'items' }
  | { readonly is: 'sparse'; readonly length: number }
  | { readonly is: Special };

const SPECIALS = [
  'bigint',
  'symbol',
  'function',
  'cycle',
  'bomb',
  'revoked',
  'throwing getter',
  'throwing toString',
  'no prototype',
  'bad date',
  'map',
  'bytes',
  'boxed',
] as const;
type Special = (typeof SPECIALS)[number];

/** Values that structured cloning refuses, or that fight back when they are read. */
const UNSENDABLE: ReadonlySet<Special> = new Set([
  'symbol',
  'function',
  'bomb',
  'revoked',
  'throwing getter',
  'throwing toString',
]);

const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Infinity,
    -Infinity,
    -0,
    -1,
    1e308,
    Number.MIN_VALUE,
    2 ** 31,
    2 ** 53,
    8.64e15 + 1,
  ),
  fc.integer({ min: -5, max: 2_000 }),
  fc.double(),
);

const scalar: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber },
  fc.constantFrom(true, false, null, undefined),
);

const special = (names: readonly Special[]): fc.Arbitrary<Recipe> =>
  fc.oneof(
    fc.constantFrom(...names).map((is): Recipe => ({ is })),
    fc.record({
      is: fc.constant('long' as const),
      unit: fc.constantFrom(...LONG_UNITS),
      // What takes quadratic time takes minutes for the longest.
      times: fc.constantFrom(300, 5_000, 5_000, 20_000, 20_000, 200_000),
    }),
    fc.record({
      is: fc.constant('deep' as const),
      levels: fc.constantFrom(10, 1_000, 20_000),
      through: fc.constantFrom('list' as const, 'items' as const),
    }),
    fc.record({ is: fc.constant('sparse' as const), length: fc.constantFrom(3, 4_000, 300_000) }),
  );

/**
 * Recipes of anything.
 *
 * @param names - Field names that the code under test knows; hostile ones are added.
 * @param mode - `sendable`: only what crosses to a worker, or lies on disk.
 */
export function anything(
  names: readonly string[],
  mode: 'anything' | 'sendable' = 'anything',
): fc.Arbitrary<Recipe> {
  const specials =
    mode === 'anything' ? SPECIALS : SPECIALS.filter((name) => !UNSENDABLE.has(name));
  const { value } = fc.letrec<{ value: Recipe; list: Recipe; object: Recipe }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 8, arbitrary: scalar },
      { weight: 2, arbitrary: special(specials) },
      { weight: 2, arbitrary: tie('list') },
      { weight: 3, arbitrary: tie('object') },
    ),
    list: fc.record({
      is: fc.constant('list' as const),
      of: fc.array(tie('value'), { maxLength: 4 }),
    }),
    object: fc.record({
      is: fc.constant('object' as const),
      fields: fc.array(fc.tuple(fieldName(names), tie('value')), { maxLength: 6 }),
    }),
  }));
  return value;
}

/** Names of fields: known ones mostly. */
export function fieldName(names: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
    { weight: 1, arbitrary: hostileText },
  );
}

function refuse(): never {
  throw new Error('hostile');
}

const TRAPS = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const;

const MAKERS: { readonly [name in Special]: () => unknown } = {
  bigint: () => 12_345_678_901_234_567_890n,
  symbol: () => Symbol('hostile'),
  function: () => refuse,
  cycle: () => {
    const self: unknown[] = [];
    self.push(self, { items: self, id: self });
    return self;
  },
  bomb: () => new Proxy({ id: 'x' }, Object.fromEntries(TRAPS.map((trap) => [trap, refuse]))),
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  'throwing getter': () =>
    Object.defineProperty({}, 'id', { get: refuse, enumerable: true, configurable: true }),
  'throwing toString': () => ({ id: 'x', toString: refuse, valueOf: refuse, toJSON: refuse }),
  'no prototype': () => Object.create(null) as object,
  'bad date': () => new Date(Number.NaN),
  map: () => new Map([['id', 'x']]),
  bytes: () => new Uint8Array(24),
  boxed: () => Object('text'),
};

function deep(levels: number, through: 'list' | 'items'): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < levels; level++) {
    value = through === 'list' ? [value] : { id: 'deep', items: value };
  }
  return value;
}

/** Own fields, also those that are called like the prototype. */
function objectOf(fields: readonly (readonly [string, Recipe])[]): object {
  const made = {};
  for (const [name, recipe] of fields) {
    const isGetter = typeof recipe === 'object' && recipe?.is === 'throwing getter';
    const how = isGetter ? { get: refuse } : { value: cook(recipe), writable: true };
    Object.defineProperty(made, name, { ...how, enumerable: true, configurable: true });
  }
  return made;
}

/** Makes the value that a recipe stands for. */
export function cook(recipe: Recipe): unknown {
  if (typeof recipe !== 'object' || recipe === null) return recipe;
  switch (recipe.is) {
    case 'object':
      return objectOf(recipe.fields);
    case 'list':
      return recipe.of.map(cook);
    case 'long':
      return recipe.unit.repeat(recipe.times);
    case 'deep':
      return deep(recipe.levels, recipe.through);
    case 'sparse':
      // oxlint-disable-next-line unicorn/no-new-array -- a list with holes is the point
      return new Array(recipe.length);
    default:
      return MAKERS[recipe.is]();
  }
}
