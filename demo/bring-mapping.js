/**
 * Which column of a catalog holds what: guessed by name, corrected by hand. Pure.
 */

/** @typedef {'id' | 'title' | 'price' | 'category' | 'brand' | 'description' | 'image' | 'url'} FieldName */
/** @typedef {FieldName | 'tags' | 'currency' | 'rating' | 'ratingCount' | 'available'} AnyField */
/** @typedef {ReadonlyMap<AnyField, string>} Mapping - Columns by field; a field without one is missing. */

/** What can be corrected by hand, and what it is called. @type {ReadonlyMap<FieldName, string>} */
export const FIELDS = new Map([
  ['title', 'Title'],
  ['price', 'Price'],
  ['category', 'Category'],
  ['brand', 'Brand'],
  ['description', 'Description'],
  ['image', 'Picture'],
  ['url', 'Address'],
  ['id', 'Id'],
]);

/**
 * Names of columns, as letters and digits in lower case; what stands first is looked for first. Of
 * Google's two categories the shop's own comes first: the other is often a number.
 *
 * @type {ReadonlyMap<AnyField, readonly string[]>}
 */
const NAMES = new Map(
  [
    [
      'id',
      'handle urlhandle id itemid productid sku variantsku articlenumber artikelnummer mpn gtin ean',
    ],
    ['title', 'title titel name productname producttitle itemname produktname nom'],
    [
      'price',
      'price variantprice offersprice variantsprice preis prix saleprice listprice unitprice amount',
    ],
    [
      'category',
      'categorypath category categories kategorie producttype type productcategory itemcategory department googleproductcategory',
    ],
    ['brand', 'brand brandname vendor manufacturer maker marke hersteller itembrand marque'],
    [
      'description',
      'description bodyhtml body longdescription shortdescription beschreibung summary content',
    ],
    [
      'image',
      'image imagesrc imagelink imageurl productimageurl imagessrc images thumbnail picture photo bild',
    ],
    ['url', 'url link producturl productlink permalink adresse'],
    ['tags', 'tags keywords labels schlagworte'],
    ['currency', 'currency pricecurrency offerspricecurrency itemcurrency waehrung'],
    ['rating', 'rating averagerating stars aggregateratingratingvalue'],
    ['ratingCount', 'ratingcount reviewcount reviews aggregateratingreviewcount'],
    ['available', 'available availability instock stockstatus published variantsavailable'],
  ].map(([field = '', names = '']) => [/** @type {AnyField} */ (field), names.split(' ')]),
);

/**
 * Guesses which column holds what.
 *
 * @param {readonly string[]} columns - Names as they stand in the file.
 * @returns {Mapping} Each column is used once; `brand.name` counts as `brand` and as `brandname`.
 * @example guessMapping(['g:id', 'Product Name']) // Map { id → 'g:id', title → 'Product Name' }
 */
export function guessMapping(columns) {
  /** @type {Map<AnyField, string>} */
  const mapping = new Map();
  const plain = new Map(columns.map((column) => [column, plainName(column)]));
  const used = new Set();
  for (const [field, names] of NAMES) {
    for (const name of names) {
      const column = columns.find((other) => plain.get(other) === name && !used.has(other));
      if (column === undefined) continue;
      mapping.set(field, column);
      used.add(column);
      break;
    }
  }
  return mapping;
}

/**
 * @param {string} column - Name as it stands in the file.
 * @returns {string} Its letters and digits in lower case, without a prefix such as `g:`.
 */
function plainName(column) {
  const name = column.slice(column.lastIndexOf(':') + 1).toLowerCase();
  return name.replaceAll(/[^a-z0-9]/gu, '');
}

/**
 * A mapping with one field changed by hand.
 *
 * @param {Mapping} mapping - Before.
 * @param {AnyField} field - Which.
 * @param {string} column - Empty: the catalog does not have it.
 * @returns {Mapping} After.
 */
export function changedMapping(mapping, field, column) {
  const changed = new Map(mapping);
  if (column === '') changed.delete(field);
  else changed.set(field, column);
  return changed;
}
