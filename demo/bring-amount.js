/**
 * Prices as merchants write them, `49.00 EUR` or `€ 1.299,00`, to numbers. Pure.
 */

/** @type {ReadonlyMap<string, string>} */
const SIGNS = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
]);
const LONGEST = 40;

/**
 * Reads a price.
 *
 * @param {unknown} value - A number, or a text with one number and perhaps a currency.
 * @returns {{ price: number, currency?: string } | null} Null when there is no price of 0 or more.
 * @example readAmount('1.299,00 €') // { price: 1299, currency: 'EUR' }
 */
export function readAmount(value) {
  if (typeof value === 'number') return value >= 0 && value < Infinity ? { price: value } : null;
  if (typeof value !== 'string' || value.length > LONGEST) return null;
  // Blanks between groups of three are no ends of numbers; of a range, its lower end counts.
  const [digits] = /\d[\d.,]*/u.exec(value.replaceAll(/(?<=\d)\s(?=\d{3}(?!\d))/gu, '')) ?? [];
  if (digits === undefined || value.trim().startsWith('-')) return null;
  const price = Number(plainNumber(digits));
  if (!Number.isFinite(price)) return null;
  const currency = currencyIn(value);
  return currency === undefined ? { price } : { price, currency };
}

/**
 * @param {string} text - A price.
 * @returns {string | undefined} Its currency, as three letters.
 */
function currencyIn(text) {
  const [code] = /\b[A-Z]{3}\b/u.exec(text) ?? [];
  return code ?? [...SIGNS].find(([sign]) => text.includes(sign))?.[1];
}

/**
 * @param {string} digits - Digits, points and commas.
 * @returns {string} The same with a point before the decimals and no other mark. The last mark stands
 *   before decimals, unless it stands there more than once, or is a comma before three digits.
 */
function plainNumber(digits) {
  const at = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const mark = digits[at];
  if (mark === undefined) return digits;
  const isGroup =
    digits.indexOf(mark) !== at ||
    (mark === ',' && digits.length - at === 4 && !digits.includes('.'));
  const whole = (isGroup ? digits : digits.slice(0, at)).replaceAll('.', '').replaceAll(',', '');
  return isGroup ? whole : `${whole}.${digits.slice(at + 1)}`;
}
