/**
 * How a window differs from the shop's order, in numbers and words. Pure.
 */

/**
 * @typedef {object} Difference - A window beside the shop's order.
 * @property {number} fresh - How many of the first places hold what the shop does not show on this page.
 * @property {number} first - How many places were looked at.
 * @property {number} risen - How many cards of the window stand higher than in the shop's order.
 * @property {number} furthest - From which place, from 1, the furthest of them came; 0 without any.
 */

const FIRST = 12;
/** The server's list on this page. */
const SHOWN = 24;

/**
 * Compares a window with the shop's order.
 *
 * @param {readonly string[]} window - Item ids from top to bottom.
 * @param {ReadonlyMap<string, number>} places - Places in the shop's order, from 1.
 * @returns {Difference} What changed.
 */
export function differenceOf(window, places) {
  const first = window.slice(0, FIRST);
  const risen = window.filter((id, index) => (places.get(id) ?? 0) > index + 1);
  return {
    fresh: first.filter((id) => (places.get(id) ?? 0) > SHOWN).length,
    first: first.length,
    risen: risen.length,
    furthest: risen.reduce((most, id) => Math.max(most, places.get(id) ?? 0), 0),
  };
}

/**
 * The difference in words.
 *
 * @param {Difference} difference - What changed.
 * @param {boolean} isShop - Whether the shop's order is what stands there.
 * @returns {string} One or two sentences.
 */
export function differenceInWords({ first, fresh, furthest, risen }, isShop) {
  if (isShop) return `Your window shows ${fresh} others in the first ${first} places.`;
  const news = `${fresh} of the first ${first} are new here`;
  if (risen === 0) return `${news}.`;
  return `${news}; ${risen} moved up, one of them from place ${furthest.toLocaleString('en')}.`;
}
