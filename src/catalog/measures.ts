/**
 * Measures as named sizes: a number and a unit.
 *
 * @packageDocumentation
 */
import { JOIN, type Scan } from './scan-text.ts';

const UNITS: ReadonlyMap<string, string> = new Map(
  (
    'inch:inch,inches,zoll,pouces,pulgadas cm:cm,centimeter,centimeters,centimetre,centimetres ' +
    'mm:mm,millimeter,millimeters ft:ft,foot,feet m:meter,meters,metre,metres ml:ml,milliliter,milliliters ' +
    'l:l,liter,liters,litre,litres oz:oz,ounce,ounces kg:kg,kilogram,kilograms g:grams,gram ' +
    'lb:lb,lbs,pound,pounds gb:gb,gigabyte tb:tb,terabyte person:person,persons people:people ' +
    'piece:piece,pieces,pcs pack:pack gallon:gallon,gallons quart:quart,quarts'
  )
    .split(' ')
    .flatMap((line) => {
      const [unit = '', forms = ''] = line.split(':');
      return forms.split(',').map((form): [string, string] => [form, unit]);
    }),
);

/** Longest number that is a measure. */
const MAX_DIGITS = 5;

/** A measure and the index after its last word. */
export interface Measure {
  /** Number and unit, `15 inch`. */
  readonly value: string;
  /** Index after the last word. */
  readonly to: number;
}

/**
 * Reads a measure: `15-inch`, `500 ml`, `2L`, `2.5 kg`, `10"`.
 *
 * @param scan - The text's words.
 * @param at - Index of a word that begins with a digit.
 * @returns The measure, or null when there is no unit.
 * @example measureAt(scanText('A 15-inch screen', 9), 1) // { value: '15 inch', to: 3 }
 */
export function measureAt(scan: Scan, at: number): Measure | null {
  const word = wordAt(scan, at);
  const digits = leadingDigits(word);
  if (digits > MAX_DIGITS) return null;
  const number = `${decimalBefore(scan, at)}${word.slice(0, digits)}`;
  if (digits < word.length) {
    const unit = word.slice(digits);
    return measured(number, unit === 'in' ? 'inch' : UNITS.get(unit), at + 1);
  }
  const next = scan.text.charAt(scan.ends[at] ?? 0);
  if (next === '"' || next === '″') return measured(number, 'inch', at + 1);
  const isJoined = (scan.joins[at + 1] ?? 0) >= JOIN.space;
  return isJoined ? measured(number, UNITS.get(wordAt(scan, at + 1)), at + 2) : null;
}

function measured(number: string, unit: string | undefined, to: number): Measure | null {
  return unit === undefined ? null : { value: `${number} ${unit}`, to };
}

function wordAt(scan: Scan, at: number): string {
  return scan.words[at]?.word ?? '';
}

function leadingDigits(word: string): number {
  let count = 0;
  while (isDigit(word.charCodeAt(count))) count++;
  return count;
}

/** False for NaN, the code after the end. */
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `2.` when the number is the decimal part of 2.5. */
function decimalBefore(scan: Scan, at: number): string {
  const end = scan.ends[at - 1];
  if (end === undefined || scan.starts[at] !== end + 1 || scan.text.charAt(end) !== '.') return '';
  const before = wordAt(scan, at - 1);
  return leadingDigits(before) === before.length ? `${before}.` : '';
}
