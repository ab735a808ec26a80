/**
 * Pictures of items, drawn by the demo catalog's own pencil; a placeholder where there is no look.
 */
import { drawItem, drawPlaceholder } from '../demo-catalog/draw.mjs';

/** @typedef {import('./shop.mjs').Shop} Shop */
/** @typedef {import('./catalog.mjs').ShopItem} ShopItem */

/**
 * Draws an item.
 *
 * @param {Shop} shop - The shop.
 * @param {ShopItem} item - One of its items.
 * @returns {string} SVG text.
 */
export function drawPicture(shop, item) {
  const look = shop.looks.get(item.id);
  return look === undefined ? drawPlaceholder(item) : drawItem(item, look);
}
