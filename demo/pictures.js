/**
 * Pictures of what the visitor's own window and cart show, drawn on this page: a request for one
 * would tell the server what stands there. The pencil and the looks are asked for on every page, at
 * once and by everybody, whether or not anything is drawn.
 */
import { make } from './dom.js';

/** @typedef {import('./engine.js').Candidate} Candidate */
/** @typedef {import('../scripts/demo-catalog/catalog-types.mjs').Look} Look */

const PENCIL = '/drawing/draw.mjs';
const LOOKS = '/api/looks.json';
const START = 'data:image/svg+xml,';
const BLANK = `${START}${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')}`;

/** Draws an item as an address; null before the pencil is here. @type {((item: Candidate) => string) | null} */
let draw = null;
const pencil = fetchPencil();

/** Settles when the pencil is here, or cannot be had: then pictures stay blank. */
async function fetchPencil() {
  try {
    const [{ drawItem }, looks] = await Promise.all([
      /** @type {Promise<typeof import('../scripts/demo-catalog/draw.mjs')>} */ (import(PENCIL)),
      fetchLooks(),
    ]);
    draw = (item) => START + encodeURIComponent(drawItem(item, looks.get(item.id)));
  } catch {
    // No pencil: the cards have their words, and a tile where the picture would be.
  }
}

/** @returns {Promise<Map<string, Look>>} How items are drawn, by id. */
async function fetchLooks() {
  const response = await fetch(LOOKS);
  return new Map(Object.entries(await response.json()));
}

/**
 * A picture of an item that is drawn here, now or as soon as the pencil is there. Its place is kept
 * from the start.
 *
 * @param {Candidate} item - The candidate record.
 * @param {number} side - Width and height, CSS pixels.
 * @returns {HTMLImageElement} Without a text of its own: the title stands beside it.
 */
export function pictureOf(item, side) {
  const size = String(side);
  const image = make('img', { src: BLANK, alt: '', width: size, height: size, decoding: 'async' });
  const fill = () => {
    if (draw !== null) image.src = draw(item);
  };
  if (draw === null) void pencil.then(fill);
  else fill();
  return image;
}
