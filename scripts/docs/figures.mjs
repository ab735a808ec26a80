/**
 * No figure that no script wrote. A number with a unit stands between markers that a script fills, on
 * a page that a script writes, in a file of figures that one wrote, or it is a setting: then it equals
 * a constant of the source, named in `settings.mjs`. Numbers of snippets and inline code are left to
 * the other checks.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { ROOT } from '../run.mjs';
import { withoutInlineCode } from './markdown.mjs';
import { faultAt } from './pages.mjs';
import { SETTINGS, checkSettings } from './settings.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Finding} Finding */

/** Pages that a script writes from their first line to their last. */
const WRITTEN = new Set(['docs/generative.md', 'docs/quality.md']);

const UNITS =
  'kB|MB|GB|KiB|MiB|GiB|bytes|ms|µs|s|seconds|minutes|min|hours|days|weeks|%|items|candidates|interactions|visitors|clicks|choices|characters|pixels|times';
const NUMBER = String.raw`[−-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)`;
const RANGE = String.raw`(?:${NUMBER}(?: to | and | of | or |–))?`;
/** A quantity, a factor (`× 2.1`), or a metric without a unit (`.8352`, `0.627`). */
const FIGURE = new RegExp(
  String.raw`(?<![\w.,#@/-])(?:${RANGE}${NUMBER}[\s  ]?(?:${UNITS})(?![\w])|[×x] \d[\d.]*|(?:NDCG|HR|AUC)\S* ${NUMBER}|[−-]?\d?\.\d{3,}(?![\d.]*[\w-]))`,
  'gu',
);
/** Least digits of a number that is looked up among the figures: shorter ones are found by chance. */
const LEAST_DIGITS = 4;
const LEAST_PLACES = 3;
/** How a figure is written beside how it is kept: bytes as kB or MB, shares as %, ms as s. */
const SCALES = [1, 1e-3, 1e-6, 100];

/**
 * @param {unknown} value - Of a file of figures.
 * @returns {number[]} All numbers in it.
 */
function numbersIn(value) {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

/** @returns {readonly number[]} Every number in the files of figures beside the docs. */
function measuredNumbers() {
  return readdirSync(`${ROOT}docs`)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => numbersIn(JSON.parse(readFileSync(`${ROOT}docs/${name}`, 'utf8'))));
}

/**
 * @param {string} text - A number as written.
 * @param {readonly number[]} measured - What scripts wrote.
 * @returns {boolean} Whether one of them, rounded as it is, reads the same.
 */
function isMeasured(text, measured) {
  const plain = text.replaceAll(',', '').replace('−', '-');
  const places = (plain.split('.')[1] ?? '').length;
  if (places < LEAST_PLACES && text.replaceAll(/\D/gu, '').length < LEAST_DIGITS) return false;
  const half = 0.5 * 10 ** -places + 1e-12;
  return measured.some((value) =>
    SCALES.some((scale) => Math.abs(value * scale - Number(plain)) <= half),
  );
}

/**
 * @param {string} figure - With its unit.
 * @param {readonly number[]} measured - What scripts wrote.
 * @returns {boolean} Whether it is accounted for.
 */
function isKnown(figure, measured) {
  const plain = figure.replaceAll(/[\s  ]+/gu, ' ');
  if (SETTINGS.some(({ says }) => says === plain)) return true;
  const numbers = plain.match(new RegExp(NUMBER, 'gu')) ?? [];
  return numbers.length > 0 && numbers.every((number) => isMeasured(number, measured));
}

/**
 * @param {Page} page - A page.
 * @returns {readonly { figure: string, line: number }[]} The figures that a person typed.
 */
function figuresIn(page) {
  if (WRITTEN.has(page.path)) return [];
  return page.prose.flatMap((text, index) => {
    if (page.written[index] === true) return [];
    // Targets of links hold numbers that say nothing.
    const plain = withoutInlineCode(text).replaceAll(/\]\([^)]*\)/gu, ']');
    return [...plain.matchAll(FIGURE)].map(([figure]) => ({
      figure: figure.trim(),
      line: index + 1,
    }));
  });
}

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Finding} Figures that nothing vouches for, and settings that the source says otherwise.
 */
export function checkFigures(pages) {
  const measured = measuredNumbers();
  const found = pages.flatMap((page) => figuresIn(page).map((entry) => ({ page, ...entry })));
  const faults = found
    .filter(({ figure }) => !isKnown(figure, measured))
    .map(({ figure, line, page }) => faultAt(page, line, `figure ${figure}: no script wrote it`));
  const settings = checkSettings();
  return {
    checked: found.length + settings.checked,
    faults: [...faults, ...settings.faults],
  };
}
