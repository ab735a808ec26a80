/**
 * Pictures of items, drawn by the demo catalog's own pencil; a placeholder where there is no look.
 */
import { drawItem } from '../demo-catalog/draw.mjs';

/** @typedef {import('./shop.mjs').Shop} Shop */
/** @typedef {import('./catalog.mjs').ShopItem} ShopItem */

/**
 * Draws an item; the pencil draws a placeholder when there is no look.
 *
 * @param {Shop} shop - The shop.
 * @param {ShopItem} item - One of its items.
 * @returns {string} SVG text.
 */
export function drawPicture(shop, item) {
  const look = /** @type {import('../demo-catalog/catalog-types.mjs').Look | undefined} */ (
    shop.looks.get(item.id)
  );
  return drawItem(item, look);
}
