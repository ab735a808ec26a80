/** What a newcomer's way took, as a table. */

/**
 * @typedef {object} Step
 * @property {string} name - What was done, in Markdown.
 * @property {number} seconds - How long it took.
 */

/**
 * @typedef {object} Run
 * @property {string} commit - What was cloned.
 * @property {string} machine - What it was measured on.
 * @property {string} npmCache - How much npm had at hand.
 * @property {readonly Step[]} steps - In their order.
 * @property {import('./shopper.mjs').Seen} seen - By the shopper.
 * @property {boolean} personal - Whether the rows became personal.
 */

/**
 * @param {readonly Step[]} steps
 * @returns {number} Seconds of all of them.
 */
function totalOf(steps) {
  return steps.reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * @param {Run} run
 * @returns {string} For the terminal.
 */
export function tableOf({ commit, machine, npmCache, personal, seen, steps }) {
  const all = [...steps, { name: 'together', seconds: totalOf(steps) }];
  const { after, kind } = seen;
  const rows = after.rows.map(
    (row) => `  ${row.title} (${row.kind || 'server'}), ${Math.round(100 * row.share)} % ${kind}`,
  );
  return [
    ...all.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`),
    `Commit ${commit}; ${machine}; npm’s cache: ${npmCache}.`,
    `Looked at ${kind}: ${seen.looked.join(', ')}. Reason before: ${seen.before.reason}, after: ${after.reason}.`,
    ...rows,
    personal ? 'The rows are personal.' : 'The rows are not personal.',
  ].join('\n');
}

/**
 * @param {Run} run - With personal rows.
 * @returns {string} Markdown, for between the markers.
 */
export function docsOf({ commit, machine, npmCache, seen, steps }) {
  const all = [...steps, { name: '**together**', seconds: totalOf(steps) }];
  const title = seen.after.rows.find(({ kind, share }) => kind === 'inferred' && share > 0)?.title;
  return [
    '\n\n| step | seconds |\n|---|---:|',
    ...all.map(({ name, seconds }) => `| ${name} | ${seconds.toFixed(1)} |`),
    '',
    `What was clicked on were ${seen.kind.toLowerCase()}; the row “${title}” came of it. npm’s cache was ${npmCache}. Commit ${commit}, ${machine}.`,
    '\n',
  ].join('\n');
}
