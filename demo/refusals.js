/**
 * Why no row was made, in the merchandiser's words.
 */

/** What each guard of the library refuses, by its name. @type {ReadonlyMap<string, string>} */
const GUARDS = new Map([
  ['sensitive', 'That touches on what a shop should not sort people by, so no row is made of it.'],
  [
    'evidence',
    'The items that came up share nothing that can be said, so there is no name for it.',
  ],
  ['support', 'Too few items of the shop would belong to it.'],
  ['coherence', 'Its items would be as unlike each other as any items of the shop.'],
  ['novelty', 'It would be too like a row that is already there. Go further, or elsewhere.'],
  ['direction', 'Nothing was found that lies further that way than the row you started from.'],
  ['name', 'Every name that would fit it is taken already.'],
]);

/** Between the library's general sentence and what it says of this case. */
const GENERAL = 'guards.';

/**
 * Says why nothing was made.
 *
 * @param {unknown} error - What `segments.generate` rejected with.
 * @returns {string} What it means, then the guard's own figure.
 * @example refusalInWords(error) // 'Too few items … (support: got 12, expected 20 or more.)'
 */
export function refusalInWords(error) {
  const { code, message = '' } = /** @type {{ code?: string, message?: string }} */ (error ?? {});
  if (code === 'SEGMENT_REFUSED') {
    const detail = message.slice(message.indexOf(GENERAL) + GENERAL.length).trim();
    const guard = detail.slice(0, Math.max(0, detail.indexOf(':')));
    const sentence = GUARDS.get(guard) ?? 'No row came up that is worth showing.';
    return `${sentence} (${detail})`;
  }
  if (code === 'OPTION_INVALID' && message.includes('toward')) {
    return 'Nothing in this shop has to do with these words. Try others.';
  }
  if (code === 'WORKER_TIMEOUT') return 'It took too long on this device just now. Try once more.';
  if (code === 'SEGMENT_UNKNOWN') return 'The row to start from is gone. Choose another one.';
  return 'It did not work just now. Nothing was changed.';
}
