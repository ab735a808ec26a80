/**
 * The panel's look: a dock at the right, a sheet at the bottom of narrow screens. It lies over the
 * page and moves nothing of it. Tabs beyond an edge throw a shadow there, which their ground covers at
 * the end.
 *
 * @packageDocumentation
 */

const CSS = `
:host {
  all: initial;
  --ground: #fbfaf8; --raised: #ffffff; --line: #d9d5ce; --ink: #1d1b18; --soft: #5d574e;
  --accent: #0b5f58; --on-accent: #ffffff; --plus: #1c7f75; --minus: #b4532a; --track: #e9e5de;
  --good: #14623a; --bad: #a1301b; --edge: #0003; --shadow: 0 0 2.5rem rgb(29 27 24 / 22%);
  position: fixed; inset: 0 0 0 auto; z-index: 2147483000;
  display: flex; flex-direction: column; box-sizing: border-box;
  inline-size: min(27rem, 100vw);
  color: var(--ink); background: var(--ground);
  border-inline-start: 1px solid var(--line); box-shadow: var(--shadow);
  font: 400 14px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums;
  color-scheme: light dark; overscroll-behavior: contain;
}
:host([hidden]) { display: none; }
@media (prefers-color-scheme: dark) {
  :host {
    --ground: #16181a; --raised: #1e2124; --line: #363b40; --ink: #ecebe8; --soft: #a9aeb3;
    --accent: #7fd3c7; --on-accent: #0d1f1d; --plus: #55b8aa; --minus: #e08a5f; --track: #2b3035;
    --good: #8fd9ac; --bad: #ff9f8a; --edge: #fff4; --shadow: 0 0 2.5rem rgb(0 0 0 / 60%);
  }
}
@media (max-width: 40rem) {
  :host {
    inset: auto 0 0 0; inline-size: auto; block-size: 62vh; block-size: 62dvh;
    border-inline-start: 0; border-block-start: 1px solid var(--line);
    border-radius: 14px 14px 0 0; overflow: hidden;
  }
}
*, *::before { box-sizing: border-box; }
.head { display: flex; align-items: center; gap: .4rem; padding: .6rem .75rem .4rem 1rem; }
h2 { flex: 1; margin: 0; font-size: 1rem; font-weight: 650; letter-spacing: -.01em; }
h2 small { display: block; font-size: .75rem; font-weight: 400; color: var(--soft); letter-spacing: 0; }
h3 { margin: 1.4rem 0 .5rem; font-size: .8rem; font-weight: 650; color: var(--soft);
  text-transform: uppercase; letter-spacing: .06em; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
small { display: block; font-size: .78rem; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
code { font: .78rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
button, input, select { font: inherit; color: inherit; background: var(--raised);
  border: 1px solid var(--line); border-radius: 7px; padding: .28rem .6rem; min-block-size: 2rem; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
button:active { transform: translateY(1px); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.head button { min-inline-size: 2rem; padding: 0 .5rem; }
[role='tablist'] { display: flex; padding: 0 .5rem; overflow-x: auto; flex: none;
  border-block-end: 1px solid var(--line); scrollbar-width: none; scroll-padding: 2rem;
  background: linear-gradient(90deg, var(--ground) 1.5rem, transparent 3rem) local,
    linear-gradient(270deg, var(--ground) 1.5rem, transparent 3rem) local,
    linear-gradient(90deg, var(--edge), transparent 1.2rem),
    linear-gradient(270deg, var(--edge), transparent 1.2rem); }
[role='tab'] { flex: 1 0 auto; border: 0; border-radius: 0; background: none; padding: .35rem .45rem;
  color: var(--soft); border-block-end: 2px solid transparent; white-space: nowrap; }
[role='tab'][aria-selected='true'] { color: var(--ink); font-weight: 600; border-block-end-color: var(--accent); }
[role='tab']:focus-visible { outline-offset: -2px; }
[role='tabpanel'] { flex: 1; overflow: auto; padding: .5rem 1rem 1.5rem; overscroll-behavior: contain; }
[role='tabpanel']:focus-visible { outline-offset: -3px; }
.foot { display: flex; align-items: center; gap: .75rem; padding: .45rem 1rem;
  border-block-start: 1px solid var(--line); background: var(--raised); }
.foot p { flex: 1; margin: 0; font-size: .8rem; color: var(--soft); }
.facts { display: grid; gap: .15rem; margin: .4rem 0; }
.facts > div { display: grid; grid-template-columns: 8.2rem 1fr; gap: .5rem; }
dt { color: var(--soft); font-size: .8rem; }
dd { margin: 0; min-inline-size: 0; overflow-wrap: anywhere; }
.id { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.quiet { color: var(--soft); font-size: .85rem; }
.chip { display: inline-block; padding: 0 .45rem; border: 1px solid var(--line); border-radius: 99px;
  font-size: .72rem; font-weight: 400; color: var(--soft); }
.number { text-align: end; white-space: nowrap; }
.line { display: flex; align-items: center; gap: .5rem; margin: 0 0 .2rem; }
.line > .number, .line > button { margin-inline-start: auto; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
.ask { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem; margin: .4rem 0; }
.ask label { display: grid; gap: .2rem; flex: 1 1 9rem; font-size: .8rem; color: var(--soft); }
.ask input, .ask select { inline-size: 100%; min-inline-size: 0; color: var(--ink); }
.ask p { flex-basis: 100%; margin: 0; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
details { border-block-start: 1px solid var(--line); padding: .45rem 0; }
summary { cursor: pointer; font-weight: 600; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.plain li { padding: .2rem 0; overflow-wrap: anywhere; }
.faults { color: var(--bad); }
.segments > li, .events > li { padding: .6rem 0; border-block-start: 1px solid var(--line); }
.events > li { display: flex; align-items: center; gap: .75rem; }
.events > li > div { flex: 1; min-inline-size: 0; }
.entry { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr) 4.5rem 3.6rem; align-items: center;
  gap: .5rem; inline-size: 100%; border-color: transparent; background: none; text-align: start; padding: .2rem .35rem; }
.entry[aria-expanded='true'] { background: var(--raised); border-color: var(--line); }
.entry .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.rank { color: var(--soft); }
.item { margin: .4rem 0 1rem; padding: .75rem; background: var(--raised); border: 1px solid var(--line); border-radius: 9px; }
.why { font-size: .95rem; }
table { inline-size: 100%; border-collapse: collapse; margin: .75rem 0; }
caption { text-align: start; font-weight: 600; padding-block-end: .25rem; }
th { text-align: start; font-weight: 500; overflow-wrap: anywhere; }
th, td { padding: .2rem .5rem .2rem 0; vertical-align: top; }
td:last-child { padding-inline-end: 0; }
thead th { font-size: .75rem; color: var(--soft); }
tfoot th, tfoot td { border-block-start: 1px solid var(--line); font-weight: 650; }
.parts { table-layout: fixed; }
.parts th[scope='row'] { inline-size: 45%; }
.parts .number { inline-size: 4.6rem; }
.vector th[scope='row'], .vector th:first-child { inline-size: 5.6rem; }
.vector .weight, .vector th:last-child { inline-size: 3.4rem; }
.moved { table-layout: fixed; }
.moved td { font-size: .8rem; overflow-wrap: anywhere; }
[role='tabpanel'] > div > section:first-child > h3 { margin-block-start: .6rem; }
svg { display: block; inline-size: 100%; }
.bar { block-size: .55rem; margin-block: .4rem; border-radius: 3px; overflow: hidden; }
.strip { block-size: 1.6rem; }
.curve { block-size: 1.3rem; margin-block: .2rem; }
.track { fill: var(--track); }
.plus { fill: var(--plus); }
.minus { fill: var(--minus); }
.axis { stroke: var(--soft); stroke-width: 1; vector-effect: non-scaling-stroke; opacity: .6; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: no-preference) {
  :host { animation: arrive .22s cubic-bezier(.2, .8, .2, 1); }
  @keyframes arrive { from { opacity: 0; translate: 0 .5rem; } }
}
@media (forced-colors: active) {
  .plus, .minus { fill: CanvasText; } .track { fill: Canvas; }
  [role='tab'][aria-selected='true'] { border-block-end-color: Highlight; }
}
@media print { :host { display: none; } }
`;

let made: CSSStyleSheet | undefined;

/**
 * The style sheet, made once. Policies let it be: it is built by a script, not written as markup.
 *
 * @returns It.
 */
export function styleSheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}
