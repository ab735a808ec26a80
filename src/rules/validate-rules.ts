/**
 * Rules as the shop writes them → rules that can be applied, and what is wrong with the others.
 *
 * @packageDocumentation
 */
import type { MerchandisingRule, RuleMatch } from '../core/rules.ts';
import type { PriceRange } from '../core/types.ts';
import { type Fault, numberOf, rangeOf, shown, textOf, textsOf, timeOf } from './rule-fields.ts';

/** Lists as sets of lower-cased names; a missing field fits everything. */
export interface CheckedMatch {
  /** In the shop's order. */
  readonly ids?: readonly string[];
  readonly category?: ReadonlySet<string>;
  readonly brand?: ReadonlySet<string>;
  readonly price?: PriceRange;
  readonly tags?: ReadonlySet<string>;
  readonly segment?: ReadonlySet<string>;
}

/** A rule without doubts. */
export interface CheckedRule {
  readonly id: string;
  readonly type: MerchandisingRule['type'];
  readonly match: CheckedMatch;
  readonly where?: { readonly row: string | number; readonly position: number };
  readonly title: string;
  /** Milliseconds; -Infinity: always. */
  readonly from: number;
  /** Milliseconds; Infinity: for ever. */
  readonly until: number;
  readonly strength: number;
  readonly label: string;
}

/** What came out of a list of rules. */
export interface ValidatedRules {
  /** Usable rules in their order. */
  readonly rules: readonly CheckedRule[];
  /** One sentence for each rule that is left out: rule, field, what was got, what was expected. */
  readonly faults: readonly string[];
}

/** Most rules. */
const MAX_RULES = 500;

const TYPES = ['pin', 'boost', 'bury', 'filter', 'exclude', 'sponsored'] as const;
const FIELDS = 'id, type, match, where, title, from, until, strength, label';
const NAMES = ['category', 'brand', 'tags'] as const;
const MATCHES = 'ids, category, brand, price, tags, segment';

/** Greatest and default strength, of the types that have one. */
const STRENGTHS: ReadonlyMap<string, { readonly to: number; readonly usual: number }> = new Map([
  ['boost', { to: 1, usual: 0.3 }],
  ['bury', { to: 1, usual: 0.3 }],
  // What is paid for must not outweigh what the visitor wants.
  ['sponsored', { to: 0.2, usual: 0.1 }],
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A misspelt field would widen a rule unseen. */
function checkNames(path: string, value: object, known: string, fault: Fault): void {
  const names = known.split(', ');
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) fault(path, name, `only the fields ${known}`);
  }
}

function readMatch(value: unknown, fault: Fault): CheckedMatch {
  if (!isRecord(value) || Object.keys(value).length === 0) {
    fault('match', value, `an object with at least one of ${MATCHES}`);
    return {};
  }
  checkNames('match', value, MATCHES, fault);
  const given = value as { readonly [F in keyof RuleMatch]: unknown };
  const lists = (name: 'ids' | 'segment' | (typeof NAMES)[number]): readonly string[] =>
    textsOf(`match.${name}`, given[name], fault) ?? [];
  const price = given.price === undefined ? undefined : rangeOf('match.price', given.price, fault);
  const names = NAMES.filter((name) => given[name] !== undefined).map(
    (name) => [name, new Set(lists(name).map((text) => text.toLowerCase()))] as const,
  );
  return {
    ...(given.ids === undefined ? {} : { ids: lists('ids') }),
    ...Object.fromEntries(names),
    ...(price ? { price } : {}),
    ...(given.segment === undefined ? {} : { segment: new Set(lists('segment')) }),
  };
}

function readWhere(value: unknown, type: unknown, fault: Fault): CheckedRule['where'] {
  if (value === undefined) return undefined;
  if (type !== 'pin') return fault('where', value, 'nothing: only pins have a place');
  if (!isRecord(value)) return fault('where', value, '{ row, position }');
  checkNames('where', value, 'row, position', fault);
  const { row, position = 1 } = value;
  const place = numberOf('where.position', position, fault, { from: 1, to: 100 });
  const named = typeof row === 'string' ? textOf(row, 200) : undefined;
  const at = named ?? numberOf('where.row', row, fault, { from: 1, to: 20 });
  return at === undefined || place === undefined ? undefined : { row: at, position: place };
}

function readStrength(value: unknown, type: unknown, fault: Fault): number {
  const limits = typeof type === 'string' ? STRENGTHS.get(type) : undefined;
  if (value === undefined || !limits) {
    if (value !== undefined) fault('strength', value, 'nothing: this type has no strength');
    return limits?.usual ?? 0;
  }
  return numberOf('strength', value, fault, { above: 0, to: limits.to }) ?? 0;
}

function readLabel(value: unknown, type: unknown, fault: Fault): string {
  if (value === undefined) return 'Sponsored';
  if (type !== 'sponsored') fault('label', value, 'nothing: only sponsored items have a label');
  return textOf(value, 40) ?? fault('label', value, 'a text of 1 to 40 characters') ?? '';
}

function readTitle(value: unknown, isRow: boolean, fault: Fault): string {
  if (!isRow && value !== undefined)
    fault('title', value, 'nothing: only pinned rows have a title');
  if (!isRow) return '';
  return textOf(value) ?? fault('title', value, 'the title of the row, 1 to 80 characters') ?? '';
}

function readId(value: unknown, taken: ReadonlySet<string>, fault: Fault): string {
  const id = textOf(value) ?? fault('id', value, 'a text of 1 to 80 characters') ?? '';
  if (taken.has(id)) fault('id', id, 'an id that no other rule has');
  return id;
}

function readRule(value: unknown, taken: ReadonlySet<string>, fault: Fault): CheckedRule {
  const given = isRecord(value) ? value : {};
  if (!isRecord(value)) fault('', value, 'an object');
  else checkNames('', value, FIELDS, fault);
  const { type } = given;
  const id = readId(given['id'], taken, fault);
  const known = TYPES.find((name) => name === type);
  if (known === undefined) fault('type', type, `one of ${TYPES.join(', ')}`);
  const where = readWhere(given['where'], type, fault);
  const isRow = type === 'pin' && given['where'] === undefined;
  return {
    id,
    type: known ?? 'exclude',
    match: readMatch(given['match'], fault),
    ...(where ? { where } : {}),
    title: readTitle(given['title'], isRow, fault),
    ...readTimes(given, fault),
    strength: readStrength(given['strength'], type, fault),
    label: readLabel(given['label'], type, fault),
  };
}

/** From when until when. */
function readTimes(
  given: Readonly<Record<string, unknown>>,
  fault: Fault,
): Pick<CheckedRule, 'from' | 'until'> {
  const from = timeOf('from', given['from'], fault) ?? -Infinity;
  const until = timeOf('until', given['until'], fault) ?? Infinity;
  if (from >= until) fault('until', given['until'], 'a time after from');
  return { from, until };
}

/** `rules[2] “winter”`, so that it can be found. */
function nameOf(value: unknown, index: number): string {
  const id = isRecord(value) ? textOf(value['id']) : undefined;
  return `rules[${index}]${id === undefined ? '' : ` “${id}”`}`;
}

/**
 * Validates a list of rules. A rule with a fault is left out whole: half a rule is another rule.
 *
 * @param input - Anything.
 * @returns Usable rules, and the first fault of each other one; never throws.
 * @example validateRules([{ id: 'a', type: 'boost', match: { brand: 'Aero' }, strength: 7 }]).faults
 * // ['rules[0] “a”: strength: got 7, expected a number above 0 up to 1.']
 */
export function validateRules(input: unknown): ValidatedRules {
  if (!Array.isArray(input))
    return { rules: [], faults: [`rules: got ${shown(input)}, expected a list.`] };
  const rules: CheckedRule[] = [];
  const faults: string[] = [];
  const taken = new Set<string>();
  for (const [index, value] of input.entries()) {
    if (index === MAX_RULES) {
      faults.push(
        `rules: got ${input.length}, expected ${MAX_RULES} at most; the rest is left out.`,
      );
      break;
    }
    let first: string | undefined;
    const fault: Fault = (path, got, expected) => {
      const field = path === '' ? '' : ` ${path}:`;
      first ??= `${nameOf(value, index)}:${field} got ${shown(got)}, expected ${expected}.`;
      return undefined;
    };
    const rule = readRule(value, taken, fault);
    if (first !== undefined) faults.push(first);
    else {
      taken.add(rule.id);
      rules.push(rule);
    }
  }
  return { rules, faults };
}
