/**
 * A catalog to try with, made up on the page: the same lines for everybody. Pure.
 */

/** Kinds of things: department, category, what it is, words of its description, its middle price. */
const KINDS = /** @type {const} */ ([
  ['Kitchen', 'Pans', 'Frying Pan', 'Even heat, oven safe, easy to clean', 59],
  ['Kitchen', 'Knives', 'Chef’s Knife', 'Sharp, well balanced, forged for home cooks', 79],
  ['Kitchen', 'Coffee', 'Coffee Grinder', 'Quiet burr grinder for fresh espresso', 129],
  ['Outdoors', 'Tents', 'Trekking Tent', 'Light, waterproof shelter for two hikers', 249],
  ['Outdoors', 'Backpacks', 'Hiking Backpack', 'Comfortable straps, recycled fabric', 119],
  ['Outdoors', 'Cycling', 'Bicycle Light', 'Bright, rechargeable, weatherproof', 35],
  ['Clothing', 'Shirts', 'Linen Shirt', 'Soft, breathable, stylish summer fit', 49],
  ['Clothing', 'Shoes', 'Running Shoe', 'Cushioned sole for long training runs', 110],
  ['Electronics', 'Headphones', 'Wireless Headphones', 'Noise cancelling, smart controls', 199],
  ['Electronics', 'Cameras', 'Action Camera', 'Innovative stabilisation, 4K video', 289],
  ['Home', 'Lamps', 'Desk Lamp', 'Warm dimmable light for the office', 69],
  ['Home', 'Rugs', 'Wool Rug', 'Hand-woven, elegant, durable', 189],
  ['Pets', 'Dogs', 'Dog Bed', 'Washable, cosy, for large dogs', 55],
  ['Garden', 'Plants', 'Herb Planter', 'Sustainable cedar, drip tray included', 39],
  ['Toys', 'Building', 'Wooden Blocks', 'Creative gift for children from three', 29],
]);
const BRANDS = ['Norda', 'Kivik & Sons', 'Brightwater', 'Hollin', 'Marrow', 'Ostra', 'Peakline'];
const MAKES = ['Classic', 'Compact', 'Premium', 'Everyday', 'Limited', 'Eco', 'Studio', 'Travel'];
const COLOURS = ['Black', 'Sand', 'Forest Green', 'Blue', 'Terracotta', 'Cream', 'Slate'];
const HEAD = 'sku,name,category,brand,price,description,url';

/**
 * Writes a catalog as CSV.
 *
 * @param {number} count - How many items; kinds, makes, brands and colours take turns.
 * @returns {string} A line of names, then a line for each item, ids `EX-1` on.
 */
export function exampleCatalog(count) {
  const lines = Array.from({ length: count }, (_, index) => lineOf(index));
  return `${[HEAD, ...lines].join('\n')}\n`;
}

/**
 * @param {number} index - From 0.
 * @returns {string} One line of the catalog.
 */
function lineOf(index) {
  const turn = (/** @type {readonly string[]} */ list, /** @type {number} */ step) =>
    list[Math.floor(index / step) % list.length] ?? '';
  const [department, category, thing, words, price] = KINDS[index % KINDS.length] ?? KINDS[0];
  const make = turn(MAKES, 15);
  const colour = turn(COLOURS, 4);
  const brand = turn(BRANDS, 7);
  const cost = price * (0.6 + ((index * 37) % 90) / 100);
  const cells = [
    `EX-${index + 1}`,
    `${make} ${thing}, ${colour}`,
    `${department} > ${category}`,
    brand,
    `${cost.toFixed(2)} EUR`,
    `${words}. From our ${make.toLowerCase()} line, in ${colour.toLowerCase()}.`,
    `/products/ex-${index + 1}`,
  ];
  return cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',');
}
