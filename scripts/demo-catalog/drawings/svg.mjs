/**
 * SVG pieces and the tones that every drawing of the demo shop shares.
 */
import { lightness, mix } from '../colours.mjs';

/**
 * @typedef {object} Tones
 * @property {string} c main colour
 * @property {string} d darker, k darkest, l lighter, h highlight of it
 * @property {string} k
 * @property {string} l
 * @property {string} h
 * @property {string} a accent colour
 * @property {string} ad darker accent
 * @property {string} al lighter accent
 * @property {string} n ink, near black
 * @property {string} w paper, near white
 * @property {string} g neutral grey
 * @property {string} bg background tint
 * @property {string} halo lighter disc behind the thing
 * @property {string} sh shadow on the ground
 * @property {number} v variant, 0 to 5
 */

/**
 * Rounded rectangle.
 *
 * @param {readonly number[]} box [x, y, width, height, corner radius]
 * @param {string} fill colour
 * @returns {string} element
 */
export const rect = ([x, y, w, h, r], fill) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;

/**
 * Circle.
 *
 * @param {readonly number[]} place [cx, cy, radius]
 * @param {string} fill colour
 * @returns {string} element
 */
export const disc = ([x, y, r], fill) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

/**
 * Ellipse.
 *
 * @param {readonly number[]} place [cx, cy, rx, ry]
 * @param {string} fill colour
 * @returns {string} element
 */
export const oval = ([x, y, rx, ry], fill) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;

/**
 * Filled path.
 *
 * @param {string} d path data
 * @param {string} fill colour
 * @returns {string} element
 */
export const shape = (d, fill) => `<path d="${d}" fill="${fill}"/>`;

/**
 * Stroked path with round ends.
 *
 * @param {string} d path data
 * @param {string} stroke colour
 * @param {number} width of the stroke
 * @returns {string} element
 */
export const line = (d, stroke, width) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/**
 * Group that is moved or turned.
 *
 * @param {string} transform SVG transform list
 * @param {string} inner elements
 * @returns {string} element
 */
export const group = (transform, inner) => `<g transform="${transform}">${inner}</g>`;

/**
 * The elements and their mirror image about the vertical middle.
 *
 * @param {string} inner elements
 * @returns {string} elements
 */
export const both = (inner) => inner + group('matrix(-1 0 0 1 400 0)', inner);

/**
 * Shadow on the ground.
 *
 * @param {Tones} t tones of the picture
 * @param {readonly number[]} place [cx, cy, rx, ry]
 * @returns {string} element
 */
export const ground = (t, place) => oval(place, t.sh);

/**
 * Tones of one picture.
 *
 * @param {string} colour hex of the thing
 * @param {string} accent hex of its second colour
 * @param {number} variant 0 to 5
 * @returns {Tones} its tones
 */
export function tonesOf(colour, accent, variant) {
  const light = lightness(colour);
  // A pale thing on a pale ground vanishes: then the ground takes the accent and some grey.
  const base = light > 0.72 ? mix(mix(colour, accent, 0.4), '#7f8b98', 0.35) : colour;
  const bg = mix(base, '#ffffff', light > 0.72 ? 0.58 : 0.76);
  return {
    c: colour,
    d: mix(colour, '#1d2130', light < 0.3 ? 0.3 : 0.18),
    k: mix(colour, '#1d2130', light < 0.3 ? 0.55 : 0.4),
    l: mix(colour, '#ffffff', 0.22),
    h: mix(colour, '#ffffff', 0.5),
    a: accent,
    ad: mix(accent, '#1d2130', 0.22),
    al: mix(accent, '#ffffff', 0.35),
    n: '#30343d',
    w: '#fbfaf6',
    g: '#8f97a1',
    bg,
    halo: mix(bg, '#ffffff', 0.45),
    sh: mix(bg, '#2a2f3d', 0.2),
    v: variant,
  };
}
