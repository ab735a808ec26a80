/**
 * The bench where the window learns: start, loss, gate, verdict, and the way back.
 */
import { bar, byRole, make } from './dom.js';
import { lossCurve } from './loss-curve.js';
import { agoInWords, deviceInWords, phaseInWords, verdictInWords } from './words.js';

/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../src/core/learn.ts').LearnProgress} LearnProgress */
/** @typedef {import('../src/core/learn.ts').LearnResult} LearnResult */
/** @typedef {import('../src/core/learn.ts').LearnStatus} LearnStatus */

/** @type {Vitrine | null} */
let instance = null;

/** Of the learning under way, or the last one. @type {number[]} */
let losses = [];

/** Ends what was started here. @type {AbortController | null} */
let stop = null;

/**
 * Opens the bench.
 *
 * @param {Vitrine} own - The page's instance; a first feed was made.
 * @returns {Promise<void>} Settles when it can be used.
 */
export async function openLearningBench(own) {
  instance = own;
  // It may begin by itself as well: then it is watched, too.
  own.on('learning', showProgress);
  own.on('learn', (result) => void showResult(result));
  button('learn-start')?.addEventListener('click', () => void start());
  button('learn-stop')?.addEventListener('click', () => stop?.abort());
  showLoss();
  showGate(null);
  await showStatus();
}

/** Reads what is in use, and shows it; also after the panel changed something. */
export async function showStatus() {
  if (instance === null) return;
  try {
    const status = await instance.learn.status();
    showVersions(status);
    if (status.last !== null && stop === null) tellResult(status.last);
    else if (stop === null) say(sinceThen(status));
    setRunning(stop !== null || status.isLearning);
  } catch {
    say(verdictInWords('unavailable'));
  }
}

/**
 * @param {string} role - Of a button.
 * @returns {HTMLButtonElement | null} The button.
 */
function button(role) {
  return /** @type {HTMLButtonElement | null} */ (byRole(role));
}

/** @param {boolean} isRunning - Whether something is being learned. */
function setRunning(isRunning) {
  const [begin, end] = [button('learn-start'), button('learn-stop')];
  if (begin !== null) begin.disabled = isRunning;
  if (end !== null) end.disabled = stop === null;
  byRole('learning')?.setAttribute('aria-busy', String(isRunning));
}

/** @param {string} sentence - Where learning stands. */
function say(sentence) {
  const line = byRole('learn-news');
  // A sentence that is said already must not be read out again.
  if (line !== null && line.textContent !== sentence) line.textContent = sentence;
}

/** Learns, until there is a verdict or the visitor stops it. */
async function start() {
  if (instance === null || stop !== null) return;
  stop = new AbortController();
  losses = [];
  showLoss();
  showGate(null);
  setRunning(true);
  // The button that was pressed is out of use now; the other one takes the focus.
  button('learn-stop')?.focus();
  say(phaseInWords('lists'));
  try {
    await showResult(await instance.learn.now({ signal: stop.signal }));
  } catch {
    say(verdictInWords('unavailable'));
  } finally {
    stop = null;
    const hadFocus = document.activeElement === button('learn-stop');
    setRunning(false);
    if (hadFocus) button('learn-start')?.focus();
    await showStatus();
  }
}

/** @param {LearnProgress} progress - A step that was done. */
function showProgress({ phase, step, steps, loss }) {
  setRunning(true);
  say(phaseInWords(phase));
  const progress = /** @type {HTMLProgressElement | null} */ (byRole('learn-bar'));
  if (progress !== null) {
    progress.max = steps;
    progress.value = step;
  }
  // The model of segments has a loss of another kind.
  if (loss === null || phase === 'segments') return;
  losses.push(loss);
  showLoss();
}

/** @param {LearnResult} result - How it ended. */
async function showResult(result) {
  tellResult(result);
  if (stop === null) await showStatus();
}

/** @param {LearnResult} result - How it ended. */
function tellResult(result) {
  const { verdict, lists, seconds, device, segments } = result;
  const isMeasured = verdict === 'kept' || verdict === 'discarded';
  const how = ` From ${lists} choices, in ${seconds.toFixed(1)} s, on the ${deviceInWords(device)}.`;
  say(verdictInWords(verdict, segments?.verdict) + (isMeasured ? how : ''));
  const line = byRole('learn-news');
  if (line !== null) line.dataset['verdict'] = verdict;
  const progress = /** @type {HTMLProgressElement | null} */ (byRole('learn-bar'));
  if (progress !== null) progress.value = isMeasured ? progress.max : 0;
  if (result.loss.length > 1) losses = [...result.loss];
  showLoss();
  showGate(isMeasured ? result : null);
}

/** Draws the loss as far as it is known. */
function showLoss() {
  byRole('loss')?.replaceChildren(...lossCurve(losses));
}

/** @param {LearnResult | null} result - With both figures; null before there are any. */
function showGate(result) {
  const line = (
    /** @type {string} */ name,
    /** @type {number | undefined} */ ndcg,
    /** @type {string} */ testId,
  ) =>
    make(
      'div',
      { class: 'measure', 'data-testid': testId, 'data-value': String(ndcg ?? '') },
      make('span', {}, name),
      bar(ndcg ?? 0),
      make('span', { class: 'number' }, ndcg === undefined ? '–' : ndcg.toFixed(3)),
    );
  byRole('gate')?.replaceChildren(
    make('h3', {}, 'The gate'),
    make('p', { class: 'count' }, 'How well your own choices are ranked (NDCG@10, at most 1).'),
    line('As it was', result?.before.ndcg, 'gate-before'),
    line('As it would be', result?.after.ndcg, 'gate-after'),
  );
}

/**
 * @param {LearnStatus} status - What is in use.
 * @returns {string} What there is to learn from.
 */
function sinceThen({ fresh }) {
  return fresh === 0
    ? 'Nothing new to learn from.'
    : `${fresh.toLocaleString('en')} things that you did are waiting to be learned from.`;
}

/** @param {LearnStatus} status - What is in use. */
function showVersions({ version, versions }) {
  const now = Date.now();
  const entries = versions.map((entry) => {
    const gain = `${entry.before.ndcg.toFixed(3)} → ${entry.after.ndcg.toFixed(3)}`;
    const about = `${agoInWords(entry.time, now)}, ${entry.lists} choices, ${gain}`;
    return versionLine(entry.version, `Version ${entry.version}`, about, entry.version === version);
  });
  const shop = versionLine(0, 'As the shop trained it', 'the same for everybody', version === 0);
  const place = byRole('versions');
  const hadFocus = place?.contains(document.activeElement) ?? false;
  place?.replaceChildren(...entries.toReversed(), shop);
  if (hadFocus) button('learn-start')?.focus();
}

/**
 * @param {number} version - Number of a checkpoint; 0 is the pack.
 * @param {string} name - What it is called.
 * @param {string} about - When and from what.
 * @param {boolean} isUsed - Whether it is in use.
 * @returns {HTMLElement} Its line.
 */
function versionLine(version, name, about, isUsed) {
  const back = make(
    'button',
    {
      type: 'button',
      class: 'text-button',
      'aria-label': `Go back to: ${name}`,
      'data-testid': 'rollback',
      onclick: () => void goBack(version),
    },
    'Go back to it',
  );
  return make(
    'li',
    {
      'data-testid': 'version',
      'data-version': String(version),
      'aria-current': isUsed ? 'true' : false,
    },
    make('span', {}, name),
    make('span', { class: 'count' }, about),
    isUsed ? make('strong', {}, 'In use') : back,
  );
}

/** @param {number} version - To be put in use. */
async function goBack(version) {
  try {
    await instance?.learn.rollback(version);
    await showStatus();
    const name = version === 0 ? 'the ranking as the shop trained it' : `version ${version}`;
    say(`Gone back to ${name}. Your window uses it from the next time on.`);
  } catch {
    say('That version is gone.');
    await showStatus();
  }
}
