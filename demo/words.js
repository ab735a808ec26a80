/**
 * Codes and numbers in the shopper's words.
 */

/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {import('../src/core/types.ts').Stats} Stats */

/** @type {ReadonlyMap<string, string>} */
const REASONS = new Map([
  ['PERSONALIZED', 'Arranged on this device from what you looked at and follow.'],
  ['COLD_START', 'In the shop’s order: you have not looked at anything yet.'],
  ['LOW_CONFIDENCE', 'In the shop’s order: too little is known to do better yet.'],
  ['CONSENT_DENIED', 'In the shop’s order: nothing may be remembered, and nothing is.'],
  ['HOLDOUT', 'In the shop’s order: this device is in the comparison group.'],
  ['KILL_SWITCH', 'In the shop’s order: the shop has switched the arranging off.'],
  ['INFLUENCE_ZERO', 'In the shop’s order: the shop has switched the arranging off.'],
  ['WORKER_UNAVAILABLE', 'In the shop’s order: the arranging could not be started here.'],
  ['WORKER_TIMEOUT', 'In the shop’s order: the arranging took too long.'],
  ['WORKER_LOST', 'In the shop’s order: the arranging stopped by accident.'],
  ['CANDIDATES_FETCH', 'In the shop’s order: the list of items did not arrive.'],
  ['CANDIDATES_PARSE', 'In the shop’s order: the list of items arrived damaged.'],
  ['CANDIDATES_FORMAT', 'In the shop’s order: the list of items could not be read.'],
  ['CANDIDATES_EMPTY', 'In the shop’s order: there is nothing else to arrange.'],
]);

const OTHER_REASON = 'In the shop’s order: the arranging did not work out just now.';
const FORGETFUL =
  'In the shop’s order: this browser lets nothing be remembered from one page to the next.';

/** Too little is known because nothing is kept. */
const UNKNOWING = new Set(['COLD_START', 'LOW_CONFIDENCE']);

/** Why the profile is in the page's memory. @type {ReadonlyMap<string, string>} */
const STORES = new Map([
  ['CONSENT', 'you have not agreed to more'],
  ['STORE_BLOCKED', 'this browser blocks storage'],
  ['STORE_FAILED', 'this browser’s storage failed'],
  ['STORE_TIMEOUT', 'this browser’s storage is late'],
  ['STORE_FULL', 'this browser’s storage is full'],
]);

/** @type {ReadonlyMap<string, string>} */
const DEVICES = new Map([
  ['webgpu', 'graphics processor (WebGPU)'],
  ['wasm', 'processor (WebAssembly)'],
  ['cpu', 'processor (TensorFlow.js)'],
  ['js', 'processor (plain typed arrays)'],
  ['none', 'none: nothing was computed'],
]);

/** @type {ReadonlyMap<string, string>} */
const PARTS = new Map([
  ['segment', 'Belongs to a row you like'],
  ['session', 'Like what you see today'],
  ['longTerm', 'Like what you saw before'],
  ['popularity', 'Praised by others'],
  ['serverOrder', 'Place in the shop’s order'],
  ['fatigue', 'Shown often, not chosen'],
  ['taste', 'More or less, as you asked'],
  ['unwanted', 'Like what you want less of'],
  ['exploration', 'Something new to try'],
]);

/** @type {ReadonlyMap<string, string>} */
const BLOCKS = new Map([
  ['price', 'Price'],
  ['category', 'Category'],
  ['brand', 'Maker'],
  ['text', 'Words'],
  ['features', 'Features'],
  ['sentiment', 'Mood'],
  ['generated', 'Character'],
  ['image', 'Look'],
]);

/** @type {ReadonlyMap<string, string>} */
const PHASES = new Map([
  ['lists', 'Reading what you did …'],
  ['training', 'Tuning the ranking to it …'],
  ['segments', 'Tuning your rows to it …'],
  ['checking', 'Asking whether it helps on choices that it has not seen …'],
]);

/** @type {ReadonlyMap<string, string>} */
const VERDICTS = new Map([
  ['kept', 'Kept: it ranks your choices better, so your window uses it from now on.'],
  ['discarded', 'Thrown away: it does not rank your choices better. The ranking stays as it was.'],
  ['too-little', 'Too little to learn from: look at ten things or more, then come back.'],
  ['aborted', 'Stopped before the end. Nothing was changed.'],
  ['busy', 'Something is being learned already, maybe in another tab.'],
  [
    'unavailable',
    'Nothing can be learned: the shop’s ranking is not here, or nothing may be remembered.',
  ],
]);

/**
 * Why the window looks as it does.
 *
 * @param {string} reason - A `Feed.reason`.
 * @param {boolean} [isKept] - Whether what the visitor does is known on the next page.
 * @returns {string} One sentence.
 */
export function reasonInWords(reason, isKept = true) {
  if (!isKept && UNKNOWING.has(reason)) return FORGETFUL;
  return REASONS.get(reason) ?? OTHER_REASON;
}

/**
 * @param {Stats['storage']} storage - Where the profile is kept.
 * @returns {string} `this browser’s storage`, `this page’s memory (this browser blocks storage)`.
 */
export function storageInWords({ mode, reason }) {
  if (mode !== 'memory') return 'this browser’s storage';
  const why = STORES.get(reason ?? '');
  return why === undefined ? 'this page’s memory' : `this page’s memory (${why})`;
}

/**
 * @param {string} path - Category names joined by ` › `.
 * @returns {string} `Home decoration › Wall clocks`; what has capitals, as `T-shirts`, stays so.
 */
export function pathInWords(path) {
  const words = path.split(' › ').map((name) => {
    const text = name === name.toLowerCase() ? name.replaceAll(/[-_]+/g, ' ') : name;
    return text.charAt(0).toUpperCase() + text.slice(1);
  });
  return words.join(' › ');
}

/**
 * @param {string} device - `Feed.device`.
 * @returns {string} Its name.
 */
export function deviceInWords(device) {
  return DEVICES.get(device) ?? device;
}

/**
 * @param {string} phase - Of a `LearnProgress`.
 * @returns {string} What is being done.
 */
export function phaseInWords(phase) {
  return PHASES.get(phase) ?? 'Learning …';
}

/**
 * @param {string} verdict - Of a `LearnResult`.
 * @param {string} [segments] - Of its segments.
 * @returns {string} What it means.
 */
export function verdictInWords(verdict, segments) {
  const rows = segments === 'kept' ? ' Rows made for you follow your choices more closely.' : '';
  return (VERDICTS.get(verdict) ?? verdict) + rows;
}

/**
 * @param {string} name - Name of a score part.
 * @param {string} [words] - What the engine says of it.
 * @returns {string} What it stands for; unknown names are split at their capitals.
 */
export function partInWords(name, words = splitName(name)) {
  return PARTS.get(name) ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * @param {string} name - Name of a feature block.
 * @returns {string} What it stands for.
 */
export function blockInWords(name) {
  return BLOCKS.get(name) ?? splitName(name);
}

/**
 * @param {string} name - Name of a synthetic score, `value-for-money`.
 * @returns {string} `Value for money`.
 */
export function scoreInWords(name) {
  return splitName(name.replaceAll('-', ' '));
}

/**
 * @param {string} name - `priceFit`.
 * @returns {string} `Price fit`.
 */
function splitName(name) {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * @param {number} share - 0 to 1.
 * @returns {string} `70 %`.
 */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/**
 * @param {number} value - A signed number.
 * @returns {string} `+0.412`, `−0.030`.
 */
export function signed(value) {
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return '0.000';
  return `${value < 0 ? '−' : '+'}${text}`;
}

/**
 * @param {number} time - Milliseconds since the epoch.
 * @param {number} now - The same.
 * @returns {string} `just now`, `5 min ago`, `3 h ago`, `2 days ago`.
 */
export function agoInWords(time, now) {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / (24 * 60));
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/**
 * @param {number | null} bytes - Bytes.
 * @returns {string} `12 kB`; `unknown` for null.
 */
export function bytesInWords(bytes) {
  if (bytes === null) return 'unknown';
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
