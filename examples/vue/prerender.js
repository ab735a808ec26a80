/** Draws the page as your server would, for everybody the same. */
import { readFileSync, writeFileSync } from 'node:fs';
import { renderToString } from 'vue/server-renderer';
import { makeApp } from './app.js';

const products = JSON.parse(readFileSync('../products.json', 'utf8'));
const styles = readFileSync('../shop.css', 'utf8');
const json = JSON.stringify(products).replaceAll('<', '\\u003c');
writeFileSync(
  'out/index.html',
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vue</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
<div id="app">${await renderToString(makeApp(products))}</div>
<script type="application/json" id="products">${json}</script>
<script type="module" src="/client.js"></script>
</html>
`,
);
