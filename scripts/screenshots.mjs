/**
 * `npm run screenshots`: pictures of the demo shop in docs/screenshots/, at three widths, light and dark,
 * of a visitor who has looked at some things; and docs/demo.jpg for the README. Writes the list of them
 * into docs/screenshots.md. `-- --only NAME` takes one subject, `--build` builds first what is old.
 */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { CHROMIUM_ARGS, chromiumPath } from './browser.mjs';
import { startDemoServer } from './demo-server.mjs';
import { writeBetween } from './files.mjs';
import { ROOT, run } from './run.mjs';

/** @typedef {import('playwright').Page} Tab */

/**
 * Something that has a picture.
 *
 * @typedef {object} Subject
 * @property {string} name - Of its files.
 * @property {string} words - What one sees.
 * @property {string} path - Of its page.
 * @property {(tab: Tab) => Promise<void>} show - Brings it to view; throws when it is not there.
 */

const FOLDER = `${ROOT}docs/screenshots/`;
const PAGE = `${ROOT}docs/screenshots.md`;
const SIZES = /** @type {const} */ ([
  [1440, 1000],
  [820, 1100],
  [390, 844],
]);
const SCHEMES = /** @type {const} */ (['light', 'dark']);
const QUALITY = 60;
const WAIT_MS = 30_000;
/** Larger than that is more than a repository should carry. */
const MOST_BYTES = 2_500_000;
/** What the visitor has looked at: four headphones, and a little else. */
const LOOKED = ['headphones-01', 'headphones-02', 'headphones-03', 'headphones-04', 'pan-01'];

/** @type {readonly Subject[]} */
const SUBJECTS = [
  {
    name: 'shop',
    words: 'The first page of the demo shop, arranged for the visitor',
    path: '/',
    show: async (tab) => tab.locator('vitrine-feed[data-reason]').waitFor(),
  },
  {
    name: 'product',
    words: 'A product page',
    path: `/p/${LOOKED[0]}`,
    show: async (tab) => tab.locator('vitrine-feed[data-reason], h1').first().waitFor(),
  },
  {
    name: 'inspector',
    words: 'The inspector, opened by `?vitrine=inspect`',
    path: '/?vitrine=inspect',
    show: async (tab) => {
      await tab.locator('vitrine-inspector').waitFor({ state: 'attached', timeout: 10_000 });
      await tab.locator('vitrine-feed[data-reason]').waitFor();
    },
  },
  {
    name: 'drawer',
    words: 'What the shop knows, for the visitor',
    path: '/',
    show: async (tab) => {
      await tab.locator('vitrine-feed[data-reason]').waitFor();
      await tab.locator('[data-action="panel"], vitrine-taste button').first().click();
      await tab.locator('dialog[open]').first().waitFor();
    },
  },
  {
    name: 'laboratory',
    words: 'The laboratory, where models are tried',
    path: '/laboratory',
    show: async (tab) => tab.locator('[data-testid="read-items"] li').first().waitFor(),
  },
];

/**
 * Waits until nothing moves any more: pictures are there, and the page is idle.
 *
 * @param {Tab} tab - A page of the shop.
 */
async function settle(tab) {
  await tab.waitForLoadState('networkidle');
  await tab.evaluate(async () => {
    const page = /** @type {any} */ (globalThis).document;
    const seen = [...page.images].filter((image) => image.loading !== 'lazy' || image.complete);
    await Promise.all(seen.map((image) => image.decode().catch(() => {})));
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
}

/**
 * Lets the visitor look at things, by the shop's own module.
 *
 * @param {Tab} tab - Any page.
 * @param {string} url - Of the shop.
 */
async function lookAround(tab, url) {
  await tab.goto(`${url}/cart`);
  await tab.evaluate(async (ids) => {
    // A variable, so that the type checker does not look for the file.
    const source = '/assets/engine.js';
    const { report } = await import(source);
    const items = await (await fetch('/api/candidates.json')).json();
    for (const id of ids) {
      const item = items.find((/** @type {{ id: string }} */ entry) => entry.id === id);
      if (item !== undefined) await report({ type: 'view_item', items: [item] });
    }
  }, LOOKED);
}

/**
 * @param {Tab} tab - With the subject in view.
 * @param {string} file - Absolute.
 */
async function take(tab, file) {
  const picture = sharp(await tab.screenshot());
  await (file.endsWith('.jpg')
    ? picture.jpeg({ quality: 72, mozjpeg: true }).toFile(file)
    : picture.webp({ quality: QUALITY, effort: 6 }).toFile(file));
}

/**
 * @param {Tab} tab - Of a visitor who has looked around.
 * @param {string} url - Of the shop.
 * @param {Subject} subject - What to show.
 * @param {typeof SCHEMES[number]} scheme - Colours of the tab.
 * @returns {Promise<string | undefined>} Why there is no picture.
 */
async function takeSubject(tab, url, subject, scheme) {
  for (const [width, height] of SIZES) {
    await tab.setViewportSize({ width, height });
    try {
      await tab.goto(url + subject.path);
      await subject.show(tab);
    } catch (error) {
      return `${subject.name}: not there yet (${/** @type {Error} */ (error).message.split('\n', 1)[0]})`;
    }
    await settle(tab);
    await take(tab, `${FOLDER}${subject.name}-${width}-${scheme}.webp`);
    const isDemo = subject.name === 'shop' && width === SIZES[0][0] && scheme === 'light';
    if (isDemo) await take(tab, `${ROOT}docs/demo.jpg`);
  }
  return undefined;
}

/**
 * @param {import('playwright').Browser} browser - Running.
 * @param {string} url - Of the shop.
 * @param {readonly Subject[]} subjects - To show.
 * @param {typeof SCHEMES[number]} colorScheme - Of a visitor's system.
 * @returns {Promise<string[]>} What could not be shown.
 */
async function visit(browser, url, subjects, colorScheme) {
  const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
  const tab = await context.newPage();
  tab.setDefaultTimeout(WAIT_MS);
  await lookAround(tab, url);
  const missing = [];
  for (const subject of subjects) {
    const reason = await takeSubject(tab, url, subject, colorScheme);
    if (reason !== undefined) missing.push(reason);
  }
  await context.close();
  return missing;
}

/**
 * @param {readonly Subject[]} subjects - To show.
 * @returns {Promise<string[]>} What could not be shown, each once.
 */
async function takeAll(subjects) {
  const shop = await startDemoServer();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  /** @type {string[]} */
  const missing = [];
  try {
    for (const scheme of SCHEMES)
      missing.push(...(await visit(browser, shop.url, subjects, scheme)));
  } finally {
    await browser.close();
    await shop.close();
  }
  return [...new Set(missing)];
}

/** Lists the pictures that are there. */
function writeList() {
  const sections = SUBJECTS.filter(({ name }) =>
    existsSync(`${FOLDER}${name}-1440-light.webp`),
  ).map(({ name, words }) => {
    const picture = (/** @type {number} */ width, /** @type {string} */ scheme) =>
      `![${words}, ${width} pixels, ${scheme}](screenshots/${name}-${width}-${scheme}.webp)`;
    const rows = SIZES.map(
      ([width]) => `| ${picture(width, 'light')} | ${picture(width, 'dark')} |`,
    );
    return [`## ${words}`, '', '| light | dark |', '|---|---|', ...rows].join('\n');
  });
  writeBetween(PAGE, 'screenshots', `\n\n${sections.join('\n\n')}\n\n`);
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, build: { type: 'boolean', default: false } },
});
if (values.build || !existsSync(`${ROOT}dist/vitrine.js`)) {
  await run(process.execPath, ['scripts/build.mjs', '--if-stale', '--js-only']);
}
mkdirSync(FOLDER, { recursive: true });
if (!existsSync(PAGE)) {
  writeFileSync(
    PAGE,
    '# Screenshots\n\nThe demo shop, as `npm run screenshots` finds it, for a visitor who looked at four headphones and a little else.\n\n<!-- screenshots:start -->\n<!-- screenshots:end -->\n',
  );
}
const missing = await takeAll(
  SUBJECTS.filter(({ name }) => values.only === undefined || name === values.only),
);
writeList();
for (const reason of missing) console.log(reason);
const files = readdirSync(FOLDER);
const bytes = files.reduce((sum, name) => sum + statSync(FOLDER + name).size, 0);
console.log(`${files.length} pictures, ${(bytes / 1e6).toFixed(2)} MB`);
if (bytes > MOST_BYTES) {
  console.error(`More than ${MOST_BYTES / 1e6} MB: lower the quality.`);
  process.exitCode = 1;
}
