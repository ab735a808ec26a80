/**
 * Bars and curves. They repeat numbers that stand beside them, so they are hidden from screen
 * readers; sizes are attributes of a drawing, since a strict policy forbids inline styles.
 *
 * @packageDocumentation
 */
import type { BetaPosterior } from '../core/beta.ts';
import { svg } from './dom.ts';

const HIDDEN = { 'aria-hidden': 'true', focusable: 'false', preserveAspectRatio: 'none' } as const;

/** Steps of a curve. */
const STEPS = 60;

/**
 * A bar from the left.
 *
 * @param share - 0 to 1; what lies outside is cut.
 * @returns A drawing.
 */
export function bar(share: number): SVGElement {
  const width = 100 * Math.min(1, Math.max(0, share || 0));
  return svg(
    'svg',
    { ...HIDDEN, class: 'bar', viewBox: '0 0 100 8' },
    svg('rect', { class: 'track', x: 0, y: 0, width: 100, height: 8 }),
    svg('rect', { class: 'plus', x: 0, y: 0, width, height: 8 }),
  );
}

/**
 * A bar to the left or the right of a middle line.
 *
 * @param value - Any number.
 * @param largest - What fills half of the drawing, above 0.
 * @returns A drawing.
 */
export function signedBar(value: number, largest: number): SVGElement {
  const width = 50 * Math.min(1, Math.abs(value) / largest || 0);
  const isMinus = value < 0;
  return svg(
    'svg',
    { ...HIDDEN, class: 'bar', viewBox: '0 0 100 8' },
    svg('rect', { class: 'track', x: 0, y: 0, width: 100, height: 8 }),
    svg('rect', {
      class: isMinus ? 'minus' : 'plus',
      x: isMinus ? 50 - width : 50,
      y: 0,
      width,
      height: 8,
    }),
    svg('line', { class: 'axis', x1: 50, x2: 50, y1: 0, y2: 8 }),
  );
}

/**
 * The components of a vector beside each other, up and down from a middle line.
 *
 * @param values - Any numbers; the largest fills the height.
 * @returns A drawing.
 */
export function strip(values: readonly number[]): SVGElement {
  const largest = Math.max(1e-9, ...values.map(Math.abs));
  const rects = values.map((value, at) => {
    const height = (10 * Math.abs(value)) / largest;
    return svg('rect', {
      class: value < 0 ? 'minus' : 'plus',
      x: at + 0.1,
      y: value < 0 ? 10 : 10 - height,
      width: 0.8,
      height,
    });
  });
  const viewBox = `0 0 ${Math.max(1, values.length)} 20`;
  const axis = svg('line', { class: 'axis', x1: 0, x2: values.length, y1: 10, y2: 10 });
  return svg('svg', { ...HIDDEN, class: 'strip', viewBox }, ...rects, axis);
}

/** Density of a Beta distribution up to a factor, in logarithms, so that nothing overflows. */
function logDensity({ alpha, beta }: BetaPosterior, x: number): number {
  return (alpha - 1) * Math.log(x) + (beta - 1) * Math.log(1 - x);
}

/**
 * The curve of a belief over 0 to `to`, the highest point at the top.
 *
 * @param posterior - Beta distribution.
 * @param to - Right end, above 0 up to 1.
 * @returns A drawing.
 */
export function curve(posterior: BetaPosterior, to: number): SVGElement {
  const at = Array.from({ length: STEPS }, (_, n) => ((n + 0.5) / STEPS) * to);
  const heights = at.map((x) => logDensity(posterior, x));
  const top = Math.max(...heights);
  const points = heights.map((height, n) => {
    const y = 20 - 19 * Math.exp(height - top);
    return `${n === 0 ? 'M' : 'L'}${((n + 0.5) * 100) / STEPS} ${y.toFixed(2)}`;
  });
  const d = `${points.join('')}L100 20L0 20Z`;
  return svg(
    'svg',
    { ...HIDDEN, class: 'curve', viewBox: '0 0 100 20' },
    svg('path', { class: 'plus', d }),
  );
}
