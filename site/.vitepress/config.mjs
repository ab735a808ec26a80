/** The site: pages are gathered in temp/site/ by scripts/docs.mjs, which starts VitePress. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { slugOf } from '../../scripts/docs/markdown.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SITE = `${ROOT}temp/site/`;

const START = ['/quick-start', '/for-whom', '/faq', '/docs/upgrading'];
const CONCEPTS = ['page-and-worker', 'vector-blocks', 'log-to-rows', 'exploration'];
const RECIPES = [
  'first-row',
  'send-events',
  'consent',
  'rules',
  'holdout',
  'large-catalogs',
  'packs',
  'own-segments',
  'explain',
  'self-hosting',
];
const GUIDES = [
  'candidates',
  'feed-element',
  'integrations',
  'bring-your-own',
  'inspector',
  'taste',
  'consent',
  'privacy',
  'measuring',
  'rules',
  'variety',
  'rows',
  'segments',
  'generated-segments',
  'attributes',
  'enrich',
  'pictures',
  'packs',
  'large-catalogs',
  'learning',
  'simulate',
  'telemetry',
];
const EVIDENCE = ['quality', 'performance', 'generative', 'browsers', 'faults', 'screenshots'];
const REFERENCE = [
  '/docs/errors',
  '/README',
  '/DESIGN',
  '/SECURITY',
  '/CONTRIBUTING',
  '/CHANGELOG',
];
const NAMES = new Map([['/README', 'Options, devices, limits']]);

/** Pages that are linked by their path; those that are not there yet are left out. */
function entries(paths) {
  return paths
    .filter((path) => existsSync(`${SITE}${path.slice(1)}.md`))
    .map((link) => ({ link, text: NAMES.get(link) ?? titleOf(link) }));
}

/** The first heading of a page as HTML, without Markdown, up to a colon in it. */
function titleOf(path) {
  const text = readFileSync(`${SITE}${path.slice(1)}.md`, 'utf8');
  const heading = /^# (?<heading>.+)$/mu.exec(text)?.groups?.heading ?? path;
  return heading.replaceAll('`', '').replaceAll('<', '&lt;').split(':')[0];
}

/** Pages of docs/ that nobody has put into a group. */
function others() {
  const placed = new Set([...GUIDES, ...EVIDENCE, 'errors', 'upgrading']);
  return readdirSync(`${SITE}docs`)
    .filter((name) => name.endsWith('.md') && !placed.has(name.slice(0, -3)))
    .map((name) => `/docs/${name.slice(0, -3)}`);
}

const inFolder = (folder, names) => names.map((name) => `/${folder}/${name}`);
const api = JSON.parse(readFileSync(`${SITE}api.json`, 'utf8'));

const sidebar = [
  { text: 'Start', items: entries(START) },
  { text: 'Concepts', items: entries(inFolder('concepts', CONCEPTS)) },
  { text: 'Recipes', items: entries(inFolder('recipes', RECIPES)) },
  { text: 'Guides', items: entries([...inFolder('docs', GUIDES), ...others()]) },
  { text: 'Evidence', items: entries(inFolder('docs', EVIDENCE)) },
  { text: 'API', items: api },
  { text: 'Reference', items: entries(REFERENCE) },
];

export default defineConfig({
  title: 'Vitrine',
  description: 'Segmented, explained product feeds, ranked inside the visitor’s browser.',
  lang: 'en',
  srcDir: '../temp/site',
  outDir: './dist',
  cacheDir: '../temp/vitepress',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: '/drawings/shop-window.svg' }]],
  markdown: { anchor: { slugify: slugOf }, languageAlias: { ndjson: 'json' } },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('vitrine-') } } },
  // Pages are outside site/, packages inside.
  vite: {
    resolve: { alias: { vue: fileURLToPath(new URL('../node_modules/vue', import.meta.url)) } },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Recipes', link: '/recipes/first-row' },
      { text: 'API', link: '/api/vitrine' },
      { text: 'Figures', link: '/docs/quality' },
    ],
    sidebar,
  },
});
