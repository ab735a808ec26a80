/**
 * Horizontal bars, one per name.
 *
 * @packageDocumentation
 */
import { h, type Markup } from './markup.ts';
import { linearScale } from './scale.ts';

/** A bar. */
export interface Bar {
  /** What stands before it. */
  readonly name: string;
  /** Its length; below 0 it goes to the left. */
  readonly value: number;
  /** What stands behind it. */
  readonly label: string;
  /** Stressed, or a loss. */
  readonly kind?: 'own' | 'bad';
}

/** Of the plot, in user units. */
const WIDTH = 280;
const ROW = 23;
const NAMES = 100;
const LABELS = 55;
/** A name that is longer is cut; its whole length stands in the table. */
const MAX_NAME = 16;

function cut(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
}

/**
 * Draws bars.
 *
 * @param title - What a screen reader says.
 * @param bars - From top to bottom.
 * @param most - Length of the whole width; default the longest bar.
 * @returns An SVG that scales with its box.
 */
export function barChart(title: string, bars: readonly Bar[], most?: number): Markup {
  const values = bars.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values, most ?? 0)];
  const hasLosses = low < 0;
  const left = NAMES + (hasLosses ? LABELS : 0);
  const scale = linearScale([low, Math.max(high, 1e-9)], [left, WIDTH - LABELS]);
  const zero = scale(0);
  const rows = bars.map(({ kind, label, name, value }, row) => {
    const middle = row * ROW + ROW / 2;
    const [from, to] = value < 0 ? [scale(value), zero] : [zero, scale(value)];
    const isLeft = value < 0;
    return [
      h('text', { x: 0, y: middle + 4 }, cut(name)),
      h('rect', {
        class: `bar ${kind ?? ''}`.trim(),
        x: from,
        y: middle - 8,
        width: Math.max(to - from, 1).toFixed(1),
        height: 16,
        rx: 2,
      }),
      h(
        'text',
        {
          class: 'soft',
          x: isLeft ? from - 4 : to + 4,
          y: middle + 4,
          'text-anchor': isLeft ? 'end' : undefined,
        },
        label,
      ),
    ];
  });
  const height = Math.max(1, bars.length) * ROW;
  return h(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': title },
    h('title', {}, title),
    h('path', { class: 'axis', d: `M${zero} 0V${height}` }),
    rows,
  );
}
