/**
 * The look, as one sheet for all elements of the page: adopted, so that a strict policy allows it.
 * Names of its own begin with `--_`: a page's `--line` must reach `--vitrine-taste-line` on the element.
 *
 * @packageDocumentation
 */
/** By custom property: in light and in dark surroundings. */
const COLOURS = [
  ['surface', '#fff', '#17191c'],
  ['text', '#1c1e21', '#eceef0'],
  ['quiet', '#585c63', '#a9aeb6'],
  ['line', '#d8dade', '#3b4047'],
  ['accent', '#1d5c86', '#8cc4ee'],
  ['on-accent', '#fff', '#0b1c28'],
  ['danger', '#a3271d', '#ffb4a9'],
] as const;

/** Older browsers do not know `light-dark()`: they get the light ones. */
function coloursOf(write: (light: string, dark: string) => string): string {
  return COLOURS.map(
    ([name, light, dark]) => `--_${name}: var(--vitrine-taste-${name}, ${write(light, dark)});`,
  ).join('');
}

/** Each engine has names of its own, and drops a rule with those of another. */
function sliderOf(track: string, thumb: string): string {
  // Borders, not backgrounds: these vanish where the visitor's system chooses the colours.
  return `::${track} { height: 0; border: 2px solid var(--_line); }
::${thumb} { appearance: none; height: 0; width: 0; margin-top: -9px;
  border: 9px solid var(--_accent); border-radius: 9px; }`;
}

const CSS = `
:host { display: inline-block; font: var(--vitrine-taste-font, inherit);
  --_radius: var(--vitrine-taste-radius, 8px);
  --_space: var(--vitrine-taste-space, 16px);
  ${coloursOf((light) => light)}
}
@supports (color: light-dark(#000, #fff)) {
  :host { ${coloursOf((...pair) => `light-dark(${pair.join()})`)} }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
button, input { font: inherit; color: inherit; }
button { cursor: pointer; border: 1px solid var(--_quiet); border-radius: var(--_radius);
  background: none; min-height: 36px; padding: 4px 12px; }
button:hover { border-color: currentColor; }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
[part~=opener] { min-height: 44px; }
dialog { position: fixed; inset: 0 0 0 auto; width: min(var(--vitrine-taste-width, 440px), 100%);
  height: 100dvh; max-width: none; max-height: none; margin: 0; padding: 0; border: 0;
  background: var(--_surface); color: var(--_text); overflow: hidden; overflow-wrap: anywhere;
  text-align: start; font-size: 1rem; line-height: 1.45; letter-spacing: normal;
  box-shadow: var(--vitrine-taste-shadow, 0 0 40px rgb(0 0 0 / 25%)); }
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: var(--vitrine-taste-backdrop, rgb(0 0 0 / 45%)); }
[part~=header] { display: flex; align-items: center; justify-content: space-between; gap: 12px;
  padding: 12px var(--_space); border-bottom: 1px solid var(--_line); }
h2, h3 { margin: 0; font-size: 1.25em; line-height: 1.25; font-weight: 600; }
h2:focus { outline: none; }
h3 { font-size: 1.05em; }
[part~=close] { min-width: 44px; min-height: 44px; padding: 0; border-color: transparent;
  font-size: 1.5em; line-height: 1; }
[part~=body] { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: var(--_space);
  display: grid; gap: calc(var(--_space) * 1.75); align-content: start; }
[part~=body] > :not(.place), .known { display: grid; gap: calc(var(--_space) * 1.75); }
section, .place { display: grid; gap: 12px; }
p, ul, dl { margin: 0; padding: 0; }
ul { list-style: none; display: grid; gap: 12px; }
[part~=quiet] { color: var(--_quiet); font-size: .9em; }
.line, .measure { display: grid; grid-template-columns: 1fr auto; gap: 4px 12px; }
.line > :not(.name, .number) { grid-column: 1 / -1; }
.measure > .bar { grid-column: 1 / -1; }
.number { font-variant-numeric: tabular-nums; color: var(--_quiet); }
.bar { display: block; height: 6px; border-radius: 3px; background: var(--_line); overflow: hidden; }
.bar > span { display: block; height: 100%; background: var(--_accent);
  width: calc(var(--share, 0) * 100%); }
.slide { display: flex; align-items: center; gap: 8px; }
.slide > :first-child { flex: 1; }
input[type=range] { appearance: none; width: 100%; height: 28px; margin: 0; background: none; }
:disabled { opacity: .4; }
${sliderOf('-webkit-slider-runnable-track', '-webkit-slider-thumb')}
${sliderOf('-moz-range-track', '-moz-range-thumb')}
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
[aria-pressed=true], [part~=primary] { background: var(--_accent); color: var(--_on-accent);
  border-color: var(--_accent); }
.muted .name { text-decoration: line-through; }
[part~=danger] { color: var(--_danger); border-color: currentColor; }
.entry { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: 4px 12px; }
.entry button { grid-row: 1 / span 2; grid-column: 2; }
label { display: grid; gap: 4px; }
label.switch { grid-template-columns: auto 1fr; align-items: center; gap: 12px; font-weight: 600; }
input[type=checkbox] { width: 22px; height: 22px; margin: 0; accent-color: var(--_accent); }
input:is([type=password], [type=file]) { width: 100%; min-height: 40px; padding: 6px 10px;
  background: none; border: 1px solid var(--_quiet); border-radius: var(--_radius); }
form { display: grid; gap: 12px; }
summary { cursor: pointer; min-height: 28px; font-weight: 600; }
details > :not(summary) { margin-top: 12px; }
[part~=status]:not(:empty) { padding: 10px var(--_space); border-top: 1px solid var(--_line); }
[part~=sign] { position: fixed; z-index: var(--vitrine-taste-z, 40);
  inset: var(--vitrine-taste-sign-inset, auto auto 16px 16px); max-width: calc(100vw - 32px);
  display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 6px 6px 6px 14px;
  font-size: 1rem; background: var(--_surface); color: var(--_text); text-align: start;
  border: 1px solid var(--_accent); border-radius: var(--_radius);
  box-shadow: var(--vitrine-taste-shadow, 0 2px 16px rgb(0 0 0 / 25%)); }
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: come .2s ease-out; }
  dialog[open]::backdrop { animation: show .2s ease-out; }
  .bar > span { transition: width .2s; }
  @keyframes come { from { translate: 32px 0; opacity: 0; } }
  @keyframes show { from { opacity: 0; } }
}
@media (forced-colors: active) {
  .bar { border: 1px solid; }
  .bar > span { background: CanvasText; }
}
`;

let sheet: CSSStyleSheet | undefined;

/**
 * The sheet, made once.
 *
 * @returns To be adopted by shadow roots.
 */
export function tasteSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
