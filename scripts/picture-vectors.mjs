/**
 * The `imageVector` of items of the demo catalog, from their drawings: what
 * `vitrine enrich --pictures` would write.
 */
import { runnerImport } from 'vite';
import { drawItem } from './demo-catalog/draw.mjs';
import { ROOT } from './run.mjs';

/** Items whose drawings are decoded at the same time. */
const AT_ONCE = 32;

/**
 * Describes the pictures of items. Takes about 8 ms an item.
 *
 * @param {readonly import('./demo-catalog/catalog-types.mjs').CatalogItem[]} items - Of the catalog.
 * @param {Readonly<Record<string, import('./demo-catalog/catalog-types.mjs').Look>>} looks - By id.
 * @returns {Promise<Map<string, number[]>>} 24 numbers by item id.
 * @throws `OPTION_INVALID` when sharp cannot be loaded.
 */
export async function pictureVectors(items, looks) {
  const options = /** @type {const} */ ({ configFile: false, logLevel: 'error', root: ROOT });
  /** @type {{ module: typeof import('../src/cli/picture-decoder.ts') }} */
  const { module } = await runnerImport(`${ROOT}src/cli/picture-decoder.ts`, options);
  const describeFile = await module.openDecoder(() => import('sharp'));
  /** @type {Map<string, number[]>} */
  const vectors = new Map();
  for (let i = 0; i < items.length; i += AT_ONCE) {
    await Promise.all(
      items.slice(i, i + AT_ONCE).map(async (item) => {
        const vector = await describeFile(Buffer.from(drawItem(item, looks[item.id])));
        if (vector) vectors.set(item.id, vector);
      }),
    );
  }
  return vectors;
}
