/**
 * Writes the demo shop's catalog: `node scripts/demo-catalog/main.mjs [--out DIR] [--seed N]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateCatalog } from './generate.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'demo/generated' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  throw new Error(`demo-catalog: --seed was ${values.seed}, expected a whole number`);
}
const { items, looks } = generateCatalog({ seed });
mkdirSync(values.out, { recursive: true });
const lines = items.map((item) => JSON.stringify(item)).join('\n');
writeFileSync(join(values.out, 'catalog.ndjson'), `${lines}\n`);
writeFileSync(join(values.out, 'looks.json'), `${JSON.stringify(looks)}\n`);
console.log(`demo-catalog: ${items.length} items and their looks in ${values.out} (seed ${seed})`);
