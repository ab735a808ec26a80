/**
 * Texts by key, in the shop's language: plurals, numbers, amounts of money, times.
 *
 * @packageDocumentation
 */
import {
  ENGLISH,
  type TasteMessage,
  type TasteMessageKey,
  type TasteMessages,
} from './messages.ts';

/** What is filled into a text; `count` also chooses its plural. */
type Fillings = Readonly<Record<string, string | number>>;

/** Says things in one language. */
export interface Text {
  /** BCP 47; that of the texts which were not translated may be another one. */
  readonly locale: string;
  /** @returns The text of a key, filled in; numbers as the language writes them. */
  say(key: TasteMessageKey, fillings?: Fillings): string;
  /** @returns A sentence of the library in the shop's words; as it is where the shop has none. */
  translate(sentence: string): string;
  /** @returns A share from 0 to 1 as `62 %`. */
  percent(share: number): string;
  /** @returns `€ 12`; the bare number when the currency is not known or is none. */
  money(amount: number, currency: string | undefined): string;
  /** @returns `3 minutes ago`; the largest unit that fits. */
  ago(time: number, now: number): string;
  /** @returns `12 kB`. */
  bytes(count: number): string;
  /** @returns A day, `11 Nov 2026`; `?` past the end of `Date`. */
  day(time: number): string;
}

/** Milliseconds of each unit, from the largest. */
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function isPlural(message: unknown): message is Readonly<Record<string, unknown>> {
  return typeof message === 'object' && message !== null;
}

/** A shop's text is outside data: one that is no text is as if it were not there. */
function chosen(message: unknown, rule: string, count: unknown): string | undefined {
  if (!isPlural(message)) return typeof message === 'string' ? message : undefined;
  const { other, zero } = message;
  const own = count === 0 && zero !== undefined ? zero : (message[rule] ?? other);
  return typeof own === 'string' ? own : undefined;
}

/** A language that the browser does not know is English. */
function known(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/**
 * Makes texts.
 *
 * @param lang - Language of the page; empty or wrong: English.
 * @param messages - The shop's texts; unchecked, what is wrong or missing stays English.
 * @param sentences - The shop's words for the library's own sentences, by these.
 * @returns See {@link Text}.
 * @example createText('de', { close: 'Schließen' }).say('close') // 'Schließen'
 */
export function createText(
  lang: string,
  messages: TasteMessages = {},
  sentences: Readonly<Record<string, string>> = {},
): Text {
  const locale = known(lang);
  const own = new Map<string, TasteMessage>(Object.entries(messages));
  const fill = (text: string, fillings: Fillings): string =>
    text.replaceAll(/\{(?<name>[a-z]{1,20})\}/gu, (whole, name: string) => {
      const value = Object.hasOwn(fillings, name) ? fillings[name] : whole;
      // Made where needed: the first of a process takes 20 ms, and a closed drawer has no numbers.
      const isNumber = typeof value === 'number';
      return isNumber ? new Intl.NumberFormat(locale).format(value) : (value ?? whole);
    });
  return {
    locale,
    say(key, fillings = {}) {
      const { count } = fillings;
      const ruleOf = (of: string): string =>
        typeof count === 'number' ? new Intl.PluralRules(of).select(count) : 'other';
      const text = chosen(own.get(key), ruleOf(locale), count);
      return fill(text ?? chosen(ENGLISH[key], ruleOf('en'), count) ?? '', fillings);
    },
    translate: (sentence) =>
      Object.hasOwn(sentences, sentence) ? (sentences[sentence] as string) : sentence,
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
    money(amount, currency) {
      const whole = { maximumFractionDigits: 0 };
      try {
        const style = { ...whole, style: 'currency', currency: currency ?? '' } as const;
        return new Intl.NumberFormat(locale, style).format(amount);
      } catch {
        // No currency, or none that there is.
        return new Intl.NumberFormat(locale, whole).format(amount);
      }
    },
    ago(time, now) {
      const passed = Math.max(0, now - time);
      const [unit, ms] = UNITS.find(([, length]) => passed >= length) ?? ['second', 1000];
      const count = Math.min(Math.floor(passed / ms), 99_999);
      return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-count, unit);
    },
    bytes(count) {
      const isLarge = count >= 1_000_000;
      const unit = isLarge ? 'megabyte' : 'kilobyte';
      const format = { style: 'unit', unit, maximumFractionDigits: isLarge ? 1 : 0 } as const;
      return new Intl.NumberFormat(locale, format).format(count / (isLarge ? 1e6 : 1e3));
    },
    day(time) {
      const date = new Date(time);
      if (Number.isNaN(date.getTime())) return '?';
      return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(date);
    },
  };
}
