/**
 * The shop's own view of its catalog: departments, listings, and one order for everybody.
 */
import { readCatalog } from './catalog.mjs';

/** @typedef {import('./catalog.mjs').ShopItem} ShopItem */

/**
 * @typedef {object} Category - A node of the category tree.
 * @property {string} name - As the shopper reads it.
 * @property {string} path - Its address below /c/, `kitchen/pans`.
 * @property {ShopItem[]} items - Its items and those below it, in the server's order.
 * @property {Category[]} children - Sub-categories, largest first.
 */

/**
 * @typedef {object} Shop
 * @property {ShopItem[]} items - All items in the server's order.
 * @property {Map<string, ShopItem>} byId - The same by id.
 * @property {Map<string, unknown>} looks - How to draw them, by id.
 * @property {Category[]} departments - Top level, largest first.
 * @property {Map<string, Category>} categories - All categories by path.
 */

/**
 * Opens a shop on a catalog.
 *
 * @param {string | undefined} folder - As for `readCatalog`.
 * @returns {Shop} The shop.
 */
export function openShop(folder) {
  const { items: unordered, looks } = readCatalog(folder);
  const items = serverOrder(unordered);
  /** @type {Map<string, Category>} */
  const categories = new Map();
  /** @type {Category} */
  const root = { name: '', path: '', items, children: [] };
  for (const item of items) placeItem(item, root, categories);
  for (const category of categories.values()) sortBySize(category.children);
  sortBySize(root.children);
  const byId = new Map(items.map((item) => [item.id, item]));
  return { items, byId, looks, departments: root.children, categories };
}

/**
 * The categories on the way to an item, department first.
 *
 * @param {Shop} shop - The shop.
 * @param {ShopItem} item - One of its items.
 * @returns {Category[]} At least one.
 */
export function trailOf(shop, item) {
  return item.place
    .map((_, depth) => shop.categories.get(slugPath(item.place.slice(0, depth + 1))))
    .filter((category) => category !== undefined);
}

/**
 * One order for every visitor: departments take turns, each with its most praised items first.
 * Items without ratings keep their place in the file behind the rated ones.
 *
 * @param {readonly ShopItem[]} items - In the order of the file.
 * @returns {ShopItem[]} In the server's order.
 */
function serverOrder(items) {
  /** @type {Map<string, ShopItem[]>} */
  const queues = new Map();
  for (const item of items) {
    const department = item.place[0] ?? '';
    const queue = queues.get(department);
    if (queue === undefined) queues.set(department, [item]);
    else queue.push(item);
  }
  const turns = [...queues.values()].map((queue) =>
    queue.toSorted((a, b) => praise(b) - praise(a)),
  );
  const longest = Math.max(...turns.map((queue) => queue.length));
  const order = [];
  for (let turn = 0; turn < longest; turn += 1) {
    for (const queue of turns) if (turn < queue.length) order.push(queue[turn]);
  }
  return /** @type {ShopItem[]} */ (order);
}

/**
 * @param {ShopItem} item - An item.
 * @returns {number} Rating drawn toward 4 by ten imagined ratings; 0 without any.
 */
function praise(item) {
  const count = item.ratingCount ?? 0;
  return item.rating === undefined ? 0 : (item.rating * count + 40) / (count + 10);
}

/**
 * Adds an item to each category of its path, making those that are new.
 *
 * @param {ShopItem} item - The item.
 * @param {Category} root - Top of the tree.
 * @param {Map<string, Category>} categories - All categories by path.
 */
function placeItem(item, root, categories) {
  let parent = root;
  item.place.forEach((name, depth) => {
    const path = slugPath(item.place.slice(0, depth + 1));
    let category = categories.get(path);
    if (category === undefined) {
      category = { name: inWords(name), path, items: [], children: [] };
      categories.set(path, category);
      parent.children.push(category);
    }
    category.items.push(item);
    parent = category;
  });
}

/** @param {Category[]} categories - Sorted in place, largest first. */
function sortBySize(categories) {
  categories.sort((a, b) => b.items.length - a.items.length || (a.path < b.path ? -1 : 1));
}

/**
 * @param {string} name - `home-decoration`, `outdoors & technology`.
 * @returns {string} `Home decoration`, `Outdoors & technology`.
 */
export function inWords(name) {
  const words = name.replaceAll(/[-_]/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * @param {readonly string[]} path - Category names.
 * @returns {string} `outdoor-gear/ski-boarding`; safe in a URL as it is.
 */
function slugPath(path) {
  return path.map(slug).join('/');
}

/**
 * @param {string} name - A category name.
 * @returns {string} Lower-case words joined by hyphens; hexadecimal when it has none.
 */
function slug(name) {
  const words = name.toLowerCase().match(/[a-z0-9]+/g);
  return words === null ? Buffer.from(name, 'utf8').toString('hex') || 'x' : words.join('-');
}
