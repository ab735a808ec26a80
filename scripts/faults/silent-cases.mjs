/**
 * Goal R5: hundreds of GPU faults of all kinds at all places, and no feed that differs from that of
 * plain JavaScript without being the server's.
 */
import { feedsDespite, plainFeeds } from './gpu-cases.mjs';
import { errorsOf, launch, openVisit } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('./runner.mjs').Case} Case */

/** Kinds, and at how many places each can strike: calls of what it lies in. */
const KINDS = /** @type {const} */ ([
  ['scaled', 8],
  ['scaled-little', 8],
  ['zeros', 8],
  ['nan', 8],
  ['infinite', 8],
  ['noise', 8],
  ['half', 8],
  ['part', 8],
  ['group', 8],
  ['stale', 8],
  ['destroy', 5],
  ['shader', 3],
  ['memory', 8],
  ['adapter-null', 1],
  ['adapter-rejects', 1],
  ['device-rejects', 1],
]);

/** A page is left after so many: what the browser keeps for it is not what is tested. */
const PER_PAGE = 25;

/** @returns {string[]} Every kind at every place, kinds taking turns. */
function everyFault() {
  const most = Math.max(...KINDS.map(([, places]) => places));
  const turns = Array.from({ length: most }, (_, i) => i + 1);
  return turns.flatMap((at) =>
    KINDS.filter(([, places]) => at <= places).map(([kind]) => `${kind}&at=${at}`),
  );
}

/**
 * @param {Site} site
 * @param {{ runs: number, from: number }} options - How many faults, and which is the first.
 * @returns {Case[]} One case for all.
 */
export function silentCases(site, { from, runs }) {
  const all = everyFault();
  const run = async () => {
    const browser = await launch({ webgpu: true });
    const wrong = [];
    let [struck, caught, tried] = [0, 0, 0];
    try {
      /** @type {Visit | undefined} */
      let visit;
      /** @type {string[]} */
      let plain = [];
      while (struck < runs && tried < 2 * runs) {
        if (visit === undefined || tried % PER_PAGE === 0) {
          await visit?.page.close();
          visit = await openVisit(await browser.newContext(), `${site.url}/page.html`);
          plain = await plainFeeds(visit, site);
        }
        const fault = all[(from + tried) % all.length] ?? '';
        tried += 1;
        const despite = await feedsDespite(visit, site, plain, fault);
        if (despite.made.hits.length === 0) continue;
        struck += 1;
        caught += despite.made.stats.devicesLeft.length > 0 ? 1 : 0;
        wrong.push(...despite.wrong.map((line) => `${fault}: ${line}`));
        wrong.push(...(await errorsOf(visit)).map((line) => `${fault}: ${line}`));
      }
    } finally {
      await browser.close();
    }
    if (struck < runs) wrong.push(`${struck} of ${runs} faults struck`);
    const ended = `${struck} faults struck, device left in ${caught}, ${wrong.length} wrong`;
    return { wrong, ended };
  };
  return [
    { id: 'R5', name: `silent wrong rankings in ${runs} GPU faults`, run, limitMs: runs * 20_000 },
  ];
}
