/**
 * The page that takes a merchant's own catalog: in by file, drop or paste, and out as rows, segments
 * and scores. Everything happens on this page; nothing is sent.
 */
import { MOST_ITEMS, openOwnEngine } from './bring-engine.js';
import { exampleCatalog } from './bring-example.js';
import { showMapping } from './bring-form.js';
import { makeItems, readCatalog } from './bring-read.js';
import { offerFile, showFacts, showProblems } from './bring-report.js';
import { OwnWindow } from './bring-window.js';
import { decodeFile } from './bring-text.js';
import { byRole, onAction } from './dom.js';

/** @typedef {import('./bring-read.js').Catalog} Catalog */
/** @typedef {import('./bring-mapping.js').Mapping} Mapping */

const EXAMPLE_ITEMS = 600;
const LARGEST = 200_000_000;
const CLOSED = 'The rows cannot be made in this browser just now; what was read stands below.';

/** Opened before anything is chosen: the models are here when the file is. */
const engine = openOwnEngine().then(
  (instance) => new OwnWindow(instance),
  () => null,
);

/** Number of the latest catalog; what belongs to an earlier one is dropped. */
let turn = 0;

/** How many catalogs, and corrections of them, are done with. */
let finished = 0;

/** Marks the page for tests when something was read and arranged, or could not be. */
function markDone() {
  finished += 1;
  document.documentElement.dataset['brought'] = String(finished);
}

/**
 * Says how far it is.
 *
 * @param {string} sentence - In words; the same sentence is not said twice.
 * @param {number} [share] - 0 to 1.
 */
function say(sentence, share) {
  const line = byRole('bring-status');
  if (line !== null && line.textContent !== sentence) line.textContent = sentence;
  const bar = /** @type {HTMLProgressElement | null} */ (byRole('progress'));
  if (bar !== null && share !== undefined) bar.value = share;
}

/**
 * Reads a text and shows what comes of it.
 *
 * @param {string} name - Of the file, or where it came from.
 * @param {string} text - The catalog.
 */
async function readText(name, text) {
  turn += 1;
  const own = turn;
  const catalog = await readCatalog(text, (share, count) => {
    if (own === turn) say(`Reading ${name}: ${number(count)} records …`, share * 0.5);
  });
  if (own !== turn) return;
  showMapping(catalog, (mapping) => void arrange(catalog, mapping, name));
  await arrange(catalog, catalog.mapping, name);
}

/**
 * Makes items by a mapping, and everything that is shown of them.
 *
 * @param {Catalog} catalog - As read.
 * @param {Mapping} mapping - What its columns hold.
 * @param {string} name - Of the file.
 */
async function arrange(catalog, mapping, name) {
  turn += 1;
  const own = turn;
  const maker = await makeItems(catalog, mapping, (share, count) => {
    if (own === turn) say(`Making items: ${number(count)} records …`, 0.5 + share * 0.15);
  });
  if (own !== turn) return;
  const items = maker.items.slice(0, MOST_ITEMS);
  const left = maker.items.length - items.length;
  byRole('preview')?.remove();
  byRole('brought')?.removeAttribute('hidden');
  showFacts({ name, format: catalog.format, maker, left });
  showProblems(maker.problems);
  if (items.length === 0) {
    say(`No item was found in ${name}. The lines below say why.`, 0);
    markDone();
    return;
  }
  say(`Arranging ${number(items.length)} items …`, 0.7);
  const start = performance.now();
  const shown = await engine;
  const isArranged = (await shown?.show(items)) ?? false;
  if (own !== turn) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  // Behind the rows: writing tens of thousands of lines takes a moment.
  setTimeout(() => own === turn && offerFile(items));
  say(isArranged ? `${number(items.length)} items, arranged in ${seconds} s.` : CLOSED, 1);
  markDone();
}

/**
 * @param {number} count - How many.
 * @returns {string} `20,000`.
 */
function number(count) {
  return count.toLocaleString('en');
}

/** @param {File | undefined} file - Chosen or dropped. */
async function readFile(file) {
  if (file === undefined) return;
  if (file.size > LARGEST) {
    say(`${file.name} is larger than 200 MB: more than fits into a page.`, 0);
    return;
  }
  say(`Opening ${file.name} …`, 0);
  try {
    const { text } = decodeFile(new Uint8Array(await file.arrayBuffer()));
    await readText(file.name, text);
  } catch {
    say(`${file.name} could not be opened.`, 0);
    markDone();
  }
}

/** Takes files that are dropped anywhere on the page. */
function takeDrops() {
  const zone = byRole('drop');
  addEventListener('dragover', (event) => {
    event.preventDefault();
    zone?.classList.add('is-over');
  });
  for (const type of ['dragleave', 'drop', 'dragend']) {
    addEventListener(type, () => zone?.classList.remove('is-over'));
  }
  addEventListener('drop', (event) => {
    event.preventDefault();
    const { files, items } = event.dataTransfer ?? {};
    if (files?.[0] !== undefined) void readFile(files[0]);
    else if (items !== undefined) {
      void readText('the dropped text', event.dataTransfer?.getData('text') ?? '');
    }
  });
}

const input = /** @type {HTMLInputElement | null} */ (byRole('file'));
input?.addEventListener('change', () => {
  void readFile(input.files?.[0]);
  // The same file may be chosen again after it was mended.
  input.value = '';
});
takeDrops();
onAction('example', () => void readText('the made-up catalog', exampleCatalog(EXAMPLE_ITEMS)));
onAction('paste', () => {
  const area = /** @type {HTMLTextAreaElement | null} */ (byRole('paste'));
  void readText('the pasted text', area?.value ?? '');
});
