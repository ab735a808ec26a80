/** Runs cases one after the other and says what came of each. */

/**
 * What came of a case.
 *
 * @typedef {object} Outcome
 * @property {string[]} wrong - Empty when it passed.
 * @property {string} ended - In what, in a few words.
 * @property {number} [ms] - Of the slowest feed.
 */

/**
 * @typedef {object} Case
 * @property {string} id - In the list of faults; '' for more of the same.
 * @property {string} name - What breaks.
 * @property {() => Promise<Outcome>} run - Breaks it.
 * @property {number} [limitMs] - Default 150 s; a case that takes longer has hung.
 */

/** @typedef {{ id: string, name: string, ended: string, ms: number | null, wrong: string[] }} Row */

const LIMIT_MS = 150_000;

/**
 * @param {Case} test
 * @returns {Promise<Outcome>} Settles, whatever the browser does.
 */
async function limited({ limitMs = LIMIT_MS, run }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<Outcome>} */
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ wrong: ['hangs'], ended: 'hangs' }), limitMs);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { wrong: [why], ended: 'error' };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string} section - Name of the list.
 * @param {readonly Case[]} cases
 * @returns {Promise<Row[]>} One per case.
 */
export async function runCases(section, cases) {
  const rows = [];
  for (const test of cases) {
    const { ended, ms, wrong } = await limited(test);
    const verdict = wrong.length === 0 ? 'ok    ' : 'FAILED';
    const time = ms === undefined ? '' : ` (${Math.round(ms)} ms)`;
    console.log(`${verdict} ${section} ${test.id.padEnd(4)} ${test.name}: ${ended}${time}`);
    for (const line of wrong) console.log(`       ${line}`);
    rows.push({ id: test.id, name: test.name, ended, ms: ms ?? null, wrong });
  }
  return rows;
}
