/** Notices when a run has left something on the prototypes that all code shares. */

const SHARED: readonly (readonly [string, object])[] = [
  ['Object.prototype', Object.prototype],
  ['Array.prototype', Array.prototype],
  ['Function.prototype', Function.prototype],
  ['String.prototype', String.prototype],
  ['Number.prototype', Number.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Promise.prototype', Promise.prototype],
  ['Object', Object],
  ['Array', Array],
];

type Fields = ReadonlyMap<PropertyKey, PropertyDescriptor | undefined>;

function fieldsOf(object: object): Fields {
  return new Map(
    Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)]),
  );
}

const BEFORE = SHARED.map(([, object]) => fieldsOf(object));

function isSame(
  before: PropertyDescriptor | undefined,
  now: PropertyDescriptor | undefined,
): boolean {
  return before?.value === now?.value && before?.get === now?.get && before?.set === now?.set;
}

/**
 * Throws when a shared prototype has another field than at the start, and puts it right again, so that
 * later runs are judged by themselves.
 */
export function expectCleanPrototypes(): void {
  const faults: string[] = [];
  for (const [index, [name, object]] of SHARED.entries()) {
    const before = BEFORE[index] as Fields;
    for (const key of Reflect.ownKeys(object)) {
      if (!before.has(key)) Reflect.deleteProperty(object, key);
      else if (isSame(before.get(key), Reflect.getOwnPropertyDescriptor(object, key))) continue;
      else Object.defineProperty(object, key, before.get(key) as PropertyDescriptor);
      faults.push(`${name}.${String(key)}`);
    }
  }
  if (faults.length > 0) throw new Error(`polluted: ${faults.join(', ')}`);
}
