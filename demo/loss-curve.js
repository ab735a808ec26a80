/**
 * The loss of a training as a line, drawn by script: no markup is ever parsed.
 */
import { make } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 600;
const HEIGHT = 200;
const MARGIN = 12;

/**
 * A figure of a loss curve; an empty frame below two values.
 *
 * @param {readonly number[]} losses - In nats, oldest first.
 * @returns {Element[]} Drawing and caption.
 */
export function lossCurve(losses) {
  const first = losses.at(0);
  const last = losses.at(-1);
  const isLine = losses.length > 1 && first !== undefined && last !== undefined;
  const words = isLine
    ? `Loss of your choices: from ${first.toFixed(3)} to ${last.toFixed(3)} nats in ${losses.length} steps`
    : 'Loss of your choices: it appears here, step by step';
  const svg = element('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
    'data-testid': 'loss-curve',
  });
  const base = HEIGHT - MARGIN;
  svg.append(
    element('path', { class: 'loss-axis', d: `M0 ${base}H${WIDTH}M0 ${MARGIN}H${WIDTH}` }),
  );
  if (isLine) {
    const points = pointsOf(losses);
    svg.append(
      element('path', { class: 'loss-area', d: `M0 ${base}L${points.join('L')}V${base}Z` }),
      element('path', { class: 'loss-line', d: `M${points.join('L')}` }),
    );
  }
  return [svg, make('figcaption', {}, words)];
}

/**
 * @param {readonly number[]} losses - At least two.
 * @returns {string[]} Points from left to right; the lowest loss lies on the lower line.
 */
function pointsOf(losses) {
  const least = Math.min(...losses);
  const spread = Math.max(...losses) - least || 1;
  const step = WIDTH / (losses.length - 1);
  const room = HEIGHT - 2 * MARGIN;
  return losses.map((loss, index) => {
    const height = MARGIN + room * (1 - (loss - least) / spread);
    return `${(index * step).toFixed(1)} ${height.toFixed(1)}`;
  });
}

/**
 * @param {string} name - Of an SVG element.
 * @param {Record<string, string>} attributes - Its attributes.
 * @returns {Element} The element.
 */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
