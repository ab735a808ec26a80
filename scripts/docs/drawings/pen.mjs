/**
 * Strokes of which the drawings are made. Colours are variables, so that a drawing is readable on a
 * light page and on a dark one, inside the site and by itself.
 */

const STYLE = `
.drawing{--ink:#221e19;--soft:#665d52;--line:#b9ad9c;--sheet:#fffdf9;--wash:#e4eee7;--accent:#23594a;--warm:#9a4a1f;--warm-wash:#f6e7dc}
@media (prefers-color-scheme:dark){.drawing{--ink:#f0e9df;--soft:#b3a899;--line:#5a5148;--sheet:#1f1c19;--wash:#21312b;--accent:#8fcbb4;--warm:#e5a57c;--warm-wash:#38281e}}
html:not(.dark) .drawing{--ink:#221e19;--soft:#665d52;--line:#b9ad9c;--sheet:#fffdf9;--wash:#e4eee7;--accent:#23594a;--warm:#9a4a1f;--warm-wash:#f6e7dc}
html.dark .drawing{--ink:#f0e9df;--soft:#b3a899;--line:#5a5148;--sheet:#1f1c19;--wash:#21312b;--accent:#8fcbb4;--warm:#e5a57c;--warm-wash:#38281e}
.drawing text{font:14px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--ink)}
.drawing .title{font-weight:600;font-size:15px}.drawing .note{fill:var(--soft);font-size:12.5px}
.drawing .warm{fill:var(--warm)}.drawing .accent{fill:var(--accent)}
.drawing .box{fill:var(--sheet);stroke:var(--line);stroke-width:1.5}
.drawing .inner{fill:var(--wash);stroke:none}.drawing .hot{fill:var(--warm-wash);stroke:none}
.drawing .edge{stroke:var(--accent);stroke-width:2;fill:none}.drawing .edge.no{stroke:var(--warm);stroke-dasharray:5 5}
.drawing .head{fill:var(--accent)}.drawing .bar{fill:var(--accent)}.drawing .bar.hot{fill:var(--warm)}
.drawing .curve{fill:none;stroke:var(--accent);stroke-width:2}.drawing .curve.hot{stroke:var(--warm);fill:none}
`;

/**
 * @param {string} text - Plain.
 * @returns {string} For SVG.
 */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * @param {readonly [number, number]} at - Where it begins; its baseline.
 * @param {string} words - Plain text.
 * @param {{ kind?: string, anchor?: 'start' | 'middle' | 'end' }} [look] - Classes, and which end
 *   stands at the place.
 * @returns {string} A line of text.
 */
export function label([x, y], words, { kind = '', anchor = 'start' } = {}) {
  const classes = kind === '' ? '' : ` class="${kind}"`;
  return `<text x="${x}" y="${y}"${classes} text-anchor="${anchor}">${escape(words)}</text>`;
}

/**
 * @param {readonly [number, number, number, number]} place - Left, top, width, height.
 * @param {string} [kind] - `box`, `inner`, `hot` or `bar`.
 * @returns {string} A rectangle.
 */
export function box([x, y, width, height], kind = 'box') {
  const round = kind.startsWith('bar') ? 2 : 8;
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;
}

/**
 * @param {readonly [number, number]} from - Start.
 * @param {readonly [number, number]} to - Point of its head.
 * @param {'no'} [kind] - `no`: what does not happen, broken and without a head.
 * @returns {string} An arrow.
 */
export function arrow([x, y], [toX, toY], kind) {
  if (kind === 'no') return `<path class="edge no" d="M${x} ${y}L${toX} ${toY}"/>`;
  const angle = Math.atan2(toY - y, toX - x);
  const corner = (/** @type {number} */ turn) =>
    `${(toX - 10 * Math.cos(angle + turn)).toFixed(1)} ${(toY - 10 * Math.sin(angle + turn)).toFixed(1)}`;
  const stem = `${(toX - 8 * Math.cos(angle)).toFixed(1)} ${(toY - 8 * Math.sin(angle)).toFixed(1)}`;
  return `<path class="edge" d="M${x} ${y}L${stem}"/><path class="head" d="M${toX} ${toY}L${corner(0.45)}L${corner(-0.45)}Z"/>`;
}

/**
 * @param {readonly [number, number]} size - Width and height.
 * @param {string} title - What it shows, for who does not see it.
 * @param {readonly string[]} strokes - Its parts.
 * @returns {string} The drawing as SVG, without empty lines, so that Markdown takes it as one block.
 */
export function drawing([width, height], title, strokes) {
  return `<svg class="drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">
<style>${STYLE.trim()}</style>
${strokes.join('\n')}
</svg>
`;
}
