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
/** One clear pixel: keeps the place of a picture that is not drawn yet. */
const CLEAR = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
/** Milliseconds that drawing may take from one frame; at least one picture is drawn. */
const BUDGET = 5;

/** @typedef {(item: Candidate) => string} Draw - Gives the picture as an address. */

/** Null before the pencil is here. @type {Draw | null} */
let draw = null;
/** What is still to be drawn, from top to bottom. @type {[HTMLImageElement, Candidate][]} */
const waiting = [];

void fetchPencil();

/** Settles when the pencil is here, or cannot be had: then pictures stay blank. */
async function fetchPencil() {
  try {
    const [{ drawItem }, looks] = await Promise.all([
      /** @type {Promise<typeof import('../scripts/demo-catalog/draw.mjs')>} */ (import(PENCIL)),
      fetchLooks(),
    ]);
    draw = (item) => START + encodeURIComponent(drawItem(item, looks.get(item.id)));
    drawSome();
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
 * A picture of an item that is drawn here as soon as the pencil is there. Its place is kept from the
 * start; the first pictures of a task are drawn before the next frame, the others in the frames after.
 *
 * @param {Candidate} item - The candidate record.
 * @param {number} side - Width and height, CSS pixels.
 * @returns {HTMLImageElement} Without a text of its own: the title stands beside it.
 */
export function pictureOf(item, side) {
  const size = String(side);
  const image = make('img', { src: CLEAR, alt: '', width: size, height: size, decoding: 'async' });
  if (waiting.length === 0) queueMicrotask(drawSome);
  waiting.push([image, item]);
  return image;
}

/** Draws what waits, a few in a frame, so that no task holds the page. */
function drawSome() {
  if (draw === null) return;
  const end = performance.now() + BUDGET;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [image, item] = next;
    image.src = draw(item);
    if (performance.now() > end) break;
  }
  if (waiting.length > 0) requestAnimationFrame(drawSome);
}
