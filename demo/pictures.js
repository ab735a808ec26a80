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
/** Pictures below or beside the window by so much of its size are drawn, too. */
const AHEAD = '50%';

/** @typedef {(item: Candidate) => string} Draw - Gives the picture as an address. */

/** Null before the pencil is here. @type {Draw | null} */
let draw = null;
/** What is not drawn yet. @type {WeakMap<Element, Candidate>} */
const waiting = new WeakMap();
/** What is seen, or nearly, and still to be drawn. @type {Set<HTMLImageElement>} */
const wanted = new Set();
const watcher = new IntersectionObserver(want, { rootMargin: AHEAD });

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
 * A picture of an item that is drawn here when it is seen, or nearly, and the pencil is there. Its
 * place is kept from the start.
 *
 * @param {Candidate} item - The candidate record.
 * @param {number} side - Width and height, CSS pixels.
 * @returns {HTMLImageElement} Without a text of its own: the title stands beside it.
 */
export function pictureOf(item, side) {
  const size = String(side);
  const image = make('img', { src: CLEAR, alt: '', width: size, height: size, decoding: 'async' });
  waiting.set(image, item);
  watcher.observe(image);
  return image;
}

/** @param {readonly IntersectionObserverEntry[]} entries - What came near, or went. */
function want(entries) {
  const isIdle = wanted.size === 0;
  for (const { isIntersecting, target } of entries) {
    const image = /** @type {HTMLImageElement} */ (target);
    if (isIntersecting) wanted.add(image);
    else wanted.delete(image);
  }
  if (isIdle) drawSome();
}

/** Draws one picture in a frame: setting a drawing as a picture's address takes the browser longer than drawing it. */
function drawSome() {
  if (draw === null) return;
  for (const image of wanted) {
    wanted.delete(image);
    const item = waiting.get(image);
    if (item === undefined || !image.isConnected) continue;
    watcher.unobserve(image);
    image.src = draw(item);
    break;
  }
  if (wanted.size > 0) requestAnimationFrame(drawSome);
}
