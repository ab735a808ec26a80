/**
 * The laboratory page: ranks once, then opens its benches.
 */
import { fetchCandidates } from './candidates.js';
import { byRole } from './dom.js';
import { vitrine } from './engine.js';
import { openLearningBench, showStatus } from './laboratory-learning.js';
import { openReadingBench } from './laboratory-reading.js';
import { openRowsBench, showMade, useScores } from './laboratory-rows.js';
import { Workshop } from './laboratory-workshop.js';
import { reasonInWords } from './words.js';

const CANDIDATES = '/api/candidates.json';
const OPEN = 'The three benches are set up. What you do at them stays on this device.';
const CLOSED = 'The laboratory is closed: the window cannot be arranged in this browser just now.';

/** Ranks the shop's list, so that there is something to work on, and opens the benches. */
async function openLaboratory() {
  const [instance, candidates] = await Promise.all([vitrine(), fetchCandidates(CANDIDATES)]);
  if (instance === null || candidates === null) {
    say(CLOSED);
    return;
  }
  try {
    const workshop = new Workshop(instance, candidates);
    const reason = await workshop.rank();
    const { worker } = await instance.stats();
    if (worker !== 'running') {
      say(`${CLOSED} ${reasonInWords(reason)}`);
      return;
    }
    await openRowsBench(workshop);
    await openLearningBench(instance);
    const onScores = () => void workshop.scoreNames().then(useScores, () => undefined);
    await openReadingBench({ instance, candidates, workshop, onScores });
    say(OPEN);
    document.documentElement.dataset['laboratory'] = 'open';
    // The panel may have followed, blocked or erased something.
    document.addEventListener('close', () => void lookAgain(workshop), true);
  } catch {
    // The worker is gone: the page stands as the server sent it.
    say(CLOSED);
  }
}

/** @param {Workshop} workshop - Of this page. */
async function lookAgain(workshop) {
  try {
    // After an erasure there is no feed to work on.
    await workshop.rank();
    await Promise.all([showMade(), showStatus()]);
  } catch {
    say(CLOSED);
  }
}

/** @param {string} sentence - What the line below the heading says. */
function say(sentence) {
  const line = byRole('lab-status');
  if (line !== null) line.textContent = sentence;
}

void openLaboratory();
