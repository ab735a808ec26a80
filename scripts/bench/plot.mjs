/** The bench's figures as an SVG: time over number of items, both logarithmic. */
import { isOurs } from './bars.mjs';

/** @typedef {import('./worker.mjs').Figure} Figure */
/** @typedef {{ x: number, y: number }} Point */

/** In user units. */
const PANEL = { width: 480, height: 400, left: 56, right: 170, top: 40, bottom: 44 };
const LABEL_HEIGHT = 15;

const STYLE = `text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1d1b18}
.paper{fill:#fff}.soft{fill:#6a655d}.title{font-weight:600;font-size:14px}
.grid{stroke:#e4e0d9;fill:none}.lead{stroke:#b3aca0;stroke-width:.75;fill:none}
.line{fill:none;stroke:#8d867b;stroke-width:1.5;stroke-linejoin:round}.dot{fill:#8d867b}
.own .line{stroke:#0f6b5c;stroke-width:2.5}.own .dot{fill:#0f6b5c}.own text{fill:#0f6b5c;font-weight:600}
@media (prefers-color-scheme:dark){text{fill:#ece8e1}.paper{fill:#161513}.soft{fill:#a39c91}
.grid{stroke:#37332d}.lead{stroke:#6b655b}.line{stroke:#8d867b}.dot{fill:#8d867b}
.own .line{stroke:#4fc3ad}.own .dot{fill:#4fc3ad}.own text{fill:#4fc3ad}}`;

/**
 * @param {readonly number[]} values - Above 0.
 * @returns {[low: number, high: number]} Powers of ten round them.
 */
function decades(values) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))];
}

/**
 * Moves labels apart that would overlap, as little as their order allows.
 *
 * @param {readonly number[]} wanted - Heights, ascending.
 * @param {{ least: number, most: number, gap: number }} room
 * @returns {number[]} Heights at least a gap apart, within the room where it suffices.
 */
export function spreadLabels(wanted, { gap, least, most }) {
  const placed = [...wanted];
  for (let i = 0; i < placed.length; i++) {
    placed[i] = Math.max(Number(placed[i]), i === 0 ? least : Number(placed[i - 1]) + gap);
  }
  for (let i = placed.length - 1; i >= 0; i--) {
    const below = i === placed.length - 1 ? most : Number(placed[i + 1]) - gap;
    placed[i] = Math.min(Number(placed[i]), below);
  }
  return placed;
}

/** @param {number} exponent @returns {string} 10^exponent ms in words. */
function timeWords(exponent) {
  return exponent >= 3 ? `${10 ** (exponent - 3)} s` : `${Number((10 ** exponent).toFixed(3))} ms`;
}

/** @param {number} value @returns {string} */
const short = (value) => String(Number(value.toFixed(1)));

/**
 * @param {readonly Figure[]} figures - Of one number of dimensions.
 * @param {{ times: readonly [number, number], sizes: readonly [number, number], d: number }} axes
 *   Exponents of ten.
 * @returns {string} SVG without its outer element.
 */
function panel(figures, { d, sizes, times }) {
  const { bottom, height, left, right, top, width } = PANEL;
  const [x0, x1, y0, y1] = [left, width - right, height - bottom, top];
  const place = (
    /** @type {number} */ value,
    /** @type {readonly [number, number]} */ [low, high],
    /** @type {readonly [number, number]} */ [from, to],
  ) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  const exponents = (/** @type {readonly [number, number]} */ [low, high]) =>
    Array.from({ length: high - low + 1 }, (_, n) => low + n);
  const grid = [
    ...exponents(times).map((e) => {
      const y = short(place(10 ** e, times, [y0, y1]));
      return `<path class="grid" d="M${x0} ${y}H${x1}"/><text class="soft" text-anchor="end" x="${x0 - 6}" y="${Number(y) + 4}">${timeWords(e)}</text>`;
    }),
    ...exponents(sizes).map((e) => {
      const x = short(place(10 ** e, sizes, [x0, x1]));
      return `<path class="grid" d="M${x} ${y0}V${y1}"/><text class="soft" text-anchor="middle" x="${x}" y="${y0 + 18}">${(10 ** e).toLocaleString('en')}</text>`;
    }),
  ];
  const lines = [...new Set(figures.map(({ impl }) => impl))].map((impl) => {
    const points = figures
      .filter((figure) => figure.impl === impl)
      .toSorted((a, b) => a.n - b.n)
      .map(({ medianMs, n }) => ({
        x: place(n, sizes, [x0, x1]),
        y: place(medianMs, times, [y0, y1]),
      }));
    return { impl, points, end: /** @type {Point} */ (points.at(-1)) };
  });
  lines.sort((a, b) => a.end.y - b.end.y);
  const labels = spreadLabels(
    lines.map(({ end }) => end.y),
    { least: y1, most: y0, gap: LABEL_HEIGHT },
  );
  const drawn = lines.map(({ end, impl, points }, n) => {
    const path = points.map(({ x, y }) => `${short(x)} ${short(y)}`).join('L');
    const dots = points.map(
      ({ x, y }) => `<circle class="dot" cx="${short(x)}" cy="${short(y)}" r="2.5"/>`,
    );
    const y = short(Number(labels[n]));
    return `<g${isOurs(impl) ? ' class="own"' : ''}><path class="lead" d="M${short(end.x)} ${short(end.y)}L${x1 + 14} ${y}"/><path class="line" d="M${path}"/>${dots.join('')}<text x="${x1 + 18}" y="${Number(y) + 4}">${impl}</text></g>`;
  });
  const title = `<text class="title" x="${x0}" y="20">${d} dimensions</text>`;
  const below = `<text class="soft" text-anchor="middle" x="${(x0 + x1) / 2}" y="${height - 8}">items</text>`;
  return [title, ...grid, below, ...drawn].join('\n');
}

/**
 * Draws medians, one panel for each number of dimensions, on the same axes.
 *
 * @param {readonly Figure[]} kernels - At least one, times above 0.
 * @returns {string} An SVG file, light or dark as the reader's system is.
 */
export function plotOf(kernels) {
  const axes = {
    times: decades(kernels.map(({ medianMs }) => medianMs)),
    sizes: decades(kernels.map(({ n }) => n)),
  };
  const dims = [...new Set(kernels.map(({ d }) => d))];
  const width = PANEL.width * dims.length;
  const panels = dims.map((d, n) => {
    const figures = kernels.filter((figure) => figure.d === d);
    return `<g transform="translate(${n * PANEL.width} 0)">${panel(figures, { ...axes, d })}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height}" width="${width}" height="${PANEL.height}" role="img" aria-label="Median time of a job over the number of items">
<style>${STYLE}</style>
<rect class="paper" width="${width}" height="${PANEL.height}" rx="8"/>
${panels.join('\n')}
</svg>
`;
}
