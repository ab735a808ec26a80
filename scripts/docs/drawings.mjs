/** `node scripts/docs/drawings.mjs`: writes the drawings of the docs into site/pages/public/drawings/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { ROOT } from '../run.mjs';
import { exploration } from './drawings/exploration.mjs';
import { logToRows } from './drawings/log-to-rows.mjs';
import { pageAndWorker } from './drawings/page-and-worker.mjs';
import { shopWindow } from './drawings/shop-window.mjs';
import { vectorBlocks } from './drawings/vector-blocks.mjs';

const FOLDER = `${ROOT}site/pages/public/drawings/`;
/** @type {Readonly<Record<string, () => string>>} */
const DRAWINGS = {
  exploration,
  'log-to-rows': logToRows,
  'page-and-worker': pageAndWorker,
  'shop-window': shopWindow,
  'vector-blocks': vectorBlocks,
};

mkdirSync(FOLDER, { recursive: true });
for (const [name, draw] of Object.entries(DRAWINGS)) writeFileSync(`${FOLDER}${name}.svg`, draw());
