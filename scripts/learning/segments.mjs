/**
 * What fine-tuning the model of segments does for simulated visitors: by the very code that runs in
 * the worker, on TensorFlow.js' WASM backend.
 */
import { CHOICES, poison, shop } from './visitors.mjs';

/** @typedef {typeof import('./tools.mjs')} Tools */
/** @typedef {import('../../src/core/types.ts').Item} Item */
/** @typedef {import('../../src/core/types.ts').LogRecord} LogRecord */
/** @typedef {import('../../src/engine/tune-segments.ts').SegmentTuning} SegmentTuning */
/** @typedef {import('../../src/segments/generate/segment-model.ts').SegmentModel} SegmentModel */
/** @typedef {import('./visitors.mjs').Shopper} Shopper */
/** @typedef {ReturnType<typeof openBench>} Bench */

const SEED = 7;

/** Seeds of each visitor: those nearest to the taste, and any. */
const SEEDS = { near: 4, any: 4 };

/** Items of a row. */
const SHOWN = 12;

/** What is asked for. */
const BOUNDS = { kept: 0.6, discarded: 0.95, gain: 1.2 };

/** @param {readonly number[]} values @returns {number} */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * @param {Tools} tools
 * @param {readonly Item[]} items
 */
function openBench(tools, items) {
  const encoded = tools.encodeItems(items, tools.createTextCache());
  const library = tools.buildLibrary(null, true);
  const space = tools.generatedSpace(encoded, library);
  const trainer = tools.createVaeTrainer({ wasmBaseUrl: '', pause: async () => undefined });
  /** @type {ReturnType<typeof trainer.train> | undefined} */
  let base;
  return {
    tools,
    items,
    encoded,
    library,
    space,
    byId: new Map(items.map((item) => [item.id, item])),
    linear: tools.learnLinearModel(tools.samplesOf(space, SEED)),
    /** Everybody's model is the same for all visitors of this run: it is trained once. */
    trainer: {
      device: trainer.device,
      /** @type {typeof trainer.train} */
      train(samples, training) {
        if (training.from !== undefined) return trainer.train(samples, training);
        base ??= trainer.train(samples, training);
        return base;
      },
      close: () => trainer.close(),
    },
    base: () => base,
  };
}

/**
 * @param {Bench} bench
 * @param {readonly LogRecord[]} log
 * @returns {Promise<SegmentTuning>}
 */
function tune({ tools, encoded, library, byId, trainer }, log) {
  const choices = tools.choicesOf(log);
  const input = { encoded, library, seed: SEED, keeper: { items: byId }, inUse: undefined };
  const ports = { trainer, rest: async () => undefined, tell: () => undefined };
  return tools.tuneSegments({ ...input, choices, fresh: 0 }, ports);
}

/**
 * The visitor's true taste, and how segments fare that models generate for it.
 *
 * @param {Bench} bench
 * @param {Shopper} shopper
 * @param {Record<string, SegmentModel>} models
 */
function generateFor(bench, { id, log, attraction }, models) {
  const { tools, encoded, space, byId, items } = bench;
  const { dims, blocks } = encoded.model.space;
  const total = attraction.reduce((sum, chance) => sum + chance, 0);
  const raw = new Float32Array(dims);
  for (const [row, chance] of attraction.entries()) {
    const vector = encoded.vectors.data.subarray(row * dims, (row + 1) * dims);
    for (let d = 0; d < dims; d++) raw[d] = (raw[d] ?? 0) + (chance / total) * (vector[d] ?? 0);
  }
  const truth = tools.unitBlocks(raw, blocks, 0.05).vectors.data;
  const choices = log.filter(({ type }) => type !== 'view_item_list');
  const now = log.at(-1)?.time ?? 0;
  const { visitor } = tools.viewProfile({ log: choices, items: byId }, encoded, now);
  const taste = tools.rowOf(visitor.taste, 0);
  const nearness = (/** @type {number} */ s) =>
    tools.profileCosine(tools.rowOf(space.vectors, s), taste);
  const here = [...space.segments.keys()].filter((s) => (space.nearest[s] ?? []).length > 0);
  const near = here.toSorted((a, b) => nearness(b) - nearness(a)).slice(0, SEEDS.near);
  const random = tools.createRandom(SEED, `seeds of ${id}`);
  const any = Array.from(
    { length: SEEDS.any },
    () => here[Math.floor(random() * here.length)] ?? 0,
  );
  return Object.fromEntries(
    Object.entries(models).map(([name, model]) => {
      const made = [...near, ...any].flatMap((seed, n) => {
        const { segment } = tools.generateSegment(space, model, {
          seed,
          temperature: 0.5,
          behaviour: taste,
          random: tools.createRandom(SEED, `generate ${id} ${n}`),
        });
        return segment === null ? [] : [segment];
      });
      const profiles = made.map(({ profile }) => tools.rowOf(profile, 0));
      const pairs = profiles.flatMap((a, i) =>
        profiles.slice(i + 1).map((b) => tools.profileCosine(a, b)),
      );
      const figures = {
        // Chance of a click on what the row shows, beside that on any item.
        chance: mean(
          made.map(({ rows }) => {
            const shown = rows.slice(0, SHOWN).map((row) => attraction[row] ?? 0);
            return mean(shown) / (total / items.length);
          }),
        ),
        cosine: mean(profiles.map((profile) => tools.profileCosine(profile, truth))),
        fromSeed: mean(made.map(({ distance }) => distance)),
        alike: mean(pairs),
        made: made.length / (near.length + any.length),
      };
      return [name, figures];
    }),
  );
}

/**
 * Cosine of later choices to what a model gives back of them.
 *
 * @param {Bench} bench
 * @param {Shopper} shopper
 * @param {SegmentModel} model
 * @returns {number}
 */
function laterFit({ tools, encoded }, { log, later }, model) {
  const rowsOf = (/** @type {readonly LogRecord[]} */ records) =>
    tools.choicesOf(records).flatMap(({ itemId }) => encoded.indexOf.get(itemId) ?? []);
  const { vectors, presence } = encoded;
  const of = { items: { vectors, presence }, blocks: encoded.model.space.blocks };
  const next = rowsOf(later).slice(0, CHOICES.later);
  const windows = tools.tasteWindows([...rowsOf(log), ...next]).slice(-(next.length / 4));
  return mean(windows.map((window) => tools.fitOf(model, of, window)));
}

/**
 * @param {Bench} bench
 * @param {string} world
 * @param {number} visitors
 */
async function measureWorld(bench, world, visitors) {
  const { tools, items, linear } = bench;
  const shoppers = shop(tools, items, { world, visitors, seed: SEED });
  let kept = 0;
  const fits = [];
  /** @type {ReturnType<typeof generateFor>[]} */
  const made = [];
  for (const [n, shopper] of shoppers.entries()) {
    const result = await tune(bench, shopper.log);
    const base = /** @type {SegmentModel} */ (await bench.base());
    const dims = bench.encoded.model.space.dims;
    const own = result.kept ? tools.unpackVae(result.kept.model, dims) : null;
    if (own !== null) kept++;
    const tuned = own ?? base;
    fits.push([laterFit(bench, shopper, base), laterFit(bench, shopper, tuned)]);
    made.push(generateFor(bench, shopper, { base, tuned, linear }));
    process.stdout.write(`\rsegments, ${world}: ${n + 1} of ${shoppers.length} `);
  }
  console.log();
  const of = (/** @type {string} */ name) => {
    const all = made.flatMap((one) => one[name] ?? []);
    const meanOf = (/** @type {'chance'|'cosine'|'fromSeed'|'alike'|'made'} */ key) =>
      mean(all.map((one) => one[key]));
    return {
      chance: meanOf('chance'),
      cosine: meanOf('cosine'),
      fromSeed: meanOf('fromSeed'),
      alike: meanOf('alike'),
      made: meanOf('made'),
    };
  };
  return {
    visitors: shoppers.length,
    kept,
    later: {
      before: mean(fits.map(([from]) => from ?? 0)),
      after: mean(fits.map(([, to]) => to ?? 0)),
    },
    worse: made.filter(({ base, tuned }) => (tuned?.chance ?? 0) < (base?.chance ?? 0)).length,
    base: of('base'),
    tuned: of('tuned'),
    linear: of('linear'),
  };
}

/**
 * @param {Bench} bench
 * @param {number} visitors
 */
async function measurePoison(bench, visitors) {
  let discarded = 0;
  for (const [n, log] of poison(bench.tools, bench.items, { visitors, seed: SEED }).entries()) {
    const { told } = await tune(bench, log);
    if (told.verdict === 'discarded') discarded++;
    process.stdout.write(
      `\rsegments, poisoned logs: ${n + 1} of ${visitors}, ${discarded} discarded `,
    );
  }
  console.log();
  return { visitors, discarded };
}

/** @typedef {Awaited<ReturnType<typeof measureSegments>>} SegmentFigures */

/**
 * Measures.
 *
 * @param {Tools} tools - With a WASM backend.
 * @param {readonly Item[]} items
 * @param {number} visitors - Of the first world; of the others in proportion.
 */
export async function measureSegments(tools, items, visitors) {
  const bench = openBench(tools, items);
  return {
    poisoned: await measurePoison(bench, Math.max(20, visitors * 2)),
    maker: await measureWorld(bench, 'maker', visitors),
    shelf: await measureWorld(bench, 'shelf', Math.round(visitors / 2)),
  };
}

/**
 * @param {SegmentFigures} figures
 * @returns {string} Markdown.
 */
export function segmentTable({ maker, shelf, poisoned }) {
  const rows = [
    /** @type {const} */ (['shop by maker', maker]),
    /** @type {const} */ (['like those whom the pack learned from', shelf]),
  ].flatMap(([name, world]) =>
    [
      /** @type {const} */ (['everybody’s', world.base, world.later.before.toFixed(3)]),
      /** @type {const} */ ([
        `fine-tuned, ${world.kept} of ${world.visitors} kept`,
        world.tuned,
        world.later.after.toFixed(3),
      ]),
      /** @type {const} */ (['linear rival', world.linear, '']),
    ].map(
      ([model, one, later]) =>
        `| ${[
          name,
          model,
          later,
          `× ${one.chance.toFixed(2)}`,
          one.cosine.toFixed(3),
          one.fromSeed.toFixed(2),
          one.alike.toFixed(2),
        ].join(' | ')} |`,
    ),
  );
  const worse = `${maker.worse + shelf.worse} of ${maker.visitors + shelf.visitors}`;
  return [
    '| visitors who | model | later choices given back | chance of a click | cosine to the taste | from the seed | alike |',
    '|---|---|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    `For ${worse} visitors what is generated is clicked less than before. Logs of 60 random clicks: ${poisoned.discarded} of ${poisoned.visitors} discarded.`,
  ].join('\n');
}

/**
 * @param {SegmentFigures} figures
 * @returns {string[]} What is past its bound.
 */
export function segmentFailures({ maker, shelf, poisoned }) {
  const found = [];
  for (const world of [maker, shelf]) {
    if (world.kept < BOUNDS.kept * world.visitors) found.push('segments kept');
    if (world.tuned.chance < BOUNDS.gain * world.base.chance) found.push('segments’ gain');
  }
  if (poisoned.discarded < BOUNDS.discarded * poisoned.visitors) found.push('segments of poison');
  return found;
}
