/**
 * How reports look: light and dark, wide and narrow. No font, image or script is loaded.
 *
 * @packageDocumentation
 */

/** The style sheet of all reports. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1d1b18;--soft:#6a655d;--line:#e4e0d9;
--own:#0f6b5c;--rival:#b3aca0;--second:#b4572b;--third:#5b6cc4;--bad:#a63a2b;--note:#fff6dd}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--card:#1f1d1a;--ink:#ece8e1;--soft:#a39c91;--line:#37332d;
--own:#4fc3ad;--rival:#6b655b;--second:#e08a5c;--third:#93a2ee;--bad:#ef8371;--note:#332c18}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 4rem}
h1{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.2;margin:1rem 0 .25rem;letter-spacing:-.01em}
h2{font-size:1.25rem;margin:2.75rem 0 .25rem}
p{max-width:46rem;margin:.4rem 0}
.soft,figcaption p,small{color:var(--soft)}
.note{background:var(--note);border-left:.25rem solid var(--second);padding:.6rem .9rem;border-radius:.25rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.25rem 0;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem .9rem}
.tiles b{display:block;font-size:1.55rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles span{color:var(--soft);font-size:.85rem}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,16.5rem),1fr));gap:1rem;margin:1rem 0}
.pair{display:grid;grid-template-columns:minmax(min(100%,17rem),22rem) minmax(0,1fr);gap:1rem 2rem;margin:1rem 0;align-items:start}
@media (max-width:48rem){.pair{grid-template-columns:minmax(0,1fr)}}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1rem;min-width:0}
figcaption b{display:block;line-height:1.3}
figcaption p{margin:.1rem 0 .5rem;font-size:.82rem;line-height:1.35;min-height:2.7em}
.small figcaption b{font-size:.9rem;overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto;max-width:22rem}
svg text{fill:var(--ink);font:12px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
svg text.soft{fill:var(--soft)}
.bar{fill:var(--rival)}.bar.own{fill:var(--own)}.bar.bad{fill:var(--bad)}
.axis{stroke:var(--line);stroke-width:1;fill:none}.zero{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.curve{fill:none;stroke:var(--own);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.curve.c1{stroke:var(--second);stroke-dasharray:7 3}.curve.c2{stroke:var(--third);stroke-dasharray:2 3}.curve.c3{stroke:var(--rival);stroke-width:1.5}
details{margin-top:.6rem;font-size:.85rem}
summary{cursor:pointer;color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin:.5rem 0}
caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{text-align:right;padding:.25rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
th{font-weight:600}tbody th{font-weight:400}tr.own th,tr.own td{color:var(--own);font-weight:600}
td.words{white-space:normal;text-align:left}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
@media print{figure,.tiles li{break-inside:avoid}details{display:none}}
`;
