/**
 * Shapes of the demo catalog's data, for the type checker and the reader.
 */

/**
 * Chooses the sentence patterns.
 *
 * @typedef {'device' | 'home' | 'wear' | 'sport' | 'play' | 'care' | 'music' | 'book'} Family
 */

/**
 * @typedef {object} ProductType
 * @property {string} key unique, first part of item ids
 * @property {string} department first level of the category path
 * @property {string} aisle second level
 * @property {string} leaf third level
 * @property {Family} family chooses the sentence patterns
 * @property {string} noun what it is, `table lamp`; plural when `plural`
 * @property {string} short the noun without its qualifiers
 * @property {boolean} [plural] grammatical number of both nouns
 * @property {boolean} [mass] takes no article
 * @property {string} draw name of its drawing
 * @property {readonly number[]} [drawVariants] variants to choose from, else 0 to 5
 * @property {Readonly<Record<string, readonly number[]>>} [variantsOf] the same for one special
 * @property {readonly [number, number]} price lowest and highest price in EUR
 * @property {'colour' | 'material' | 'both' | 'scent'} tint what gives the picture its colour
 * @property {readonly string[]} materials noun phrases; for `scent` the packaging with its article
 * @property {Readonly<Record<string, readonly string[]>>} [materialsOf] the same for one special
 * @property {boolean} [simple] nothing on it to repair or guarantee
 * @property {readonly string[]} [colours] colour words
 * @property {boolean} [colourFree] the colour is in the picture only, not in the words
 * @property {string} [colourText] sentence with {colour} that `both` always says
 * @property {readonly (readonly [string, string])[]} [scents] name and hex
 * @property {readonly string[]} [accentPool] hexes for the second colour
 * @property {string} [madeText] sentence with {finish}, else `It is made of …`
 * @property {string} [inWord] words between noun and finish, else `in`
 * @property {string} [tasteText] sentence with {scent}
 * @property {'novel' | 'cook' | 'guide'} [bookTitles] invented book titles
 * @property {readonly (readonly [string, string])[]} specials adjective and the sentence that proves it
 * @property {readonly string[]} details sentences true of every item of the type
 * @property {readonly string[]} uses noun phrases after `for`
 * @property {readonly string[]} [sizes] small to large
 * @property {string} [sizeText] sentence with {size}
 * @property {readonly string[]} tags
 */

/**
 * @typedef {object} Brand
 * @property {string} name
 * @property {number} level 0 budget, 1 middle, 2 premium, 3 luxury
 * @property {number} quality 0 to 1
 * @property {'plain' | 'eco' | 'tech' | 'craft' | 'luxury' | 'budget' | 'playful'} character
 * @property {readonly string[]} departments
 */

/**
 * @typedef {object} Look
 * @property {string} type product type key
 * @property {string} drawing name in DRAWINGS
 * @property {string} colour hex
 * @property {string} accent hex
 * @property {number} variant 0 to 5
 */

/**
 * @typedef {object} CatalogItem
 * @property {string} id
 * @property {string} [title]
 * @property {string} [description]
 * @property {readonly string[]} [categoryPath]
 * @property {string} [brand]
 * @property {number} [price]
 * @property {string} [currency]
 * @property {number} [rating]
 * @property {number} [ratingCount]
 * @property {readonly string[]} [tags]
 * @property {string} [image]
 * @property {string} [url]
 */

/** ISO 4217 code of every price of the demo shop. */
export const CURRENCY = 'EUR';
