/** What 200 generations came to: the figures of `npm run segments`, and of the unit test. */

/**
 * @typedef {import('../../src/segments/generate/segment-model.ts').SegmentModel} SegmentModel
 * @typedef {import('../../src/segments/generate/segment-space.ts').SegmentSpace} SegmentSpace
 * @typedef {typeof import('../../src/segments/generate/generate-segment.ts')} Generator
 * @typedef {object} Tools
 *   Modules under src/, loaded by whoever measures.
 * @property {Generator['generateSegment']} generateSegment
 * @property {typeof import('../../src/segments/generate/toward.ts').directionOf} directionOf
 * @property {typeof import('../../src/core/rng.ts').createRandom} createRandom
 * @property {typeof import('../../src/core/block-cosine.ts').blockCosine} blockCosine
 * @property {typeof import('../../src/segments/generate/segment-space.ts').coherenceOf} coherenceOf
 * @property {typeof import('../../src/segments/generate/profile-math.ts').profileCosine} profileCosine
 * @typedef {object} Figures
 *   Means are over the segments that passed.
 * @property {number} generations
 * @property {number} passed
 * @property {Record<string, number>} refused - By guard.
 * @property {number} uniqueNames - Distinct names among those that passed.
 * @property {number} meanSupport
 * @property {number} leastSupport
 * @property {number} temperatureRankCorrelation - Spearman's, of temperature and distance.
 * @property {number} closerToNew - Share of segments whose row lies nearer to them than to the seed.
 * @property {number} meanCoherence
 * @property {number} randomCoherence
 * @property {number} meanDistance
 * @property {string[]} names - The first twelve.
 */

/**
 * Ranks with ties at their mean.
 *
 * @param {readonly number[]} values - Any.
 * @returns {number[]} From 1.
 */
function ranks(values) {
  const order = values.map((_, i) => i).sort((a, b) => Number(values[a]) - Number(values[b]));
  const out = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[Number(order[to])] === values[Number(order[from])]) to++;
    for (let i = from; i < to; i++) out[Number(order[i])] = (from + to + 1) / 2;
    from = to;
  }
  return out;
}

/**
 * Spearman's rank correlation.
 *
 * @param {readonly number[]} a - Any.
 * @param {readonly number[]} b - As many.
 * @returns {number} -1 to 1; NaN when one is constant.
 */
export function rankCorrelation(a, b) {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (x.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [dx, dy] = [value - mean, Number(y[i]) - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/**
 * @param {readonly number[]} values - Any.
 * @returns {number} 0 without values.
 */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * How well profiles that a model has not seen come back, whole and guessed from behaviour.
 *
 * @param {Tools} tools - Modules.
 * @param {SegmentModel} model - Trained on other samples.
 * @param {import('../../src/segments/generate/segment-model.ts').SegmentSamples} held - Samples.
 * @returns {{ heldOutCosine: number, guessedCosine: number }} Mean cosines over all dimensions;
 *   the second with nothing but the behaviour, over the samples that have one.
 */
export function reconstruction(tools, model, held) {
  const whole = [];
  const guessed = [];
  const nothing = new Float32Array(held.dims);
  for (let i = 0; i < held.count; i++) {
    const profile = held.profiles.subarray(i * held.dims, (i + 1) * held.dims);
    const behaviour = held.behaviours.subarray(i * held.dims, (i + 1) * held.dims);
    const near = (/** @type {Float64Array} */ code) =>
      tools.profileCosine(profile, model.decode(code));
    whole.push(near(model.encode(profile)));
    if (behaviour.some((value) => value !== 0))
      guessed.push(near(model.encode(nothing, behaviour)));
  }
  return { heldOutCosine: mean(whole), guessedCosine: mean(guessed) };
}

/**
 * Generates from each seed with items here in turn, each at another temperature.
 *
 * @param {Tools} tools - Modules.
 * @param {SegmentSpace} space - Candidates and segments.
 * @param {SegmentModel} model - Trained on it.
 * @param {number} count - Generations.
 * @returns {Figures} What came of it.
 */
export function measureGenerations(tools, space, model, count) {
  const seeds = space.nearest.flatMap((rows, s) => (rows.length > 0 ? [s] : []));
  const { blocks } = space.encoded.model.space;
  /** @type {Set<string>} */
  const taken = new Set();
  const passed = [];
  /** @type {Record<string, number>} */
  const refused = {};
  for (let i = 0; i < count; i++) {
    const seed = Number(seeds[i % seeds.length]);
    const temperature = ((i * 37) % 101) / 100;
    const random = tools.createRandom(i, 'generate');
    // Names of before are taken; whether a profile is new is asked of the library.
    const result = tools.generateSegment(space, model, { seed, temperature, random, taken });
    if (result.segment === null) {
      const { guard } = result.refusal;
      refused[guard] = (refused[guard] ?? 0) + 1;
      continue;
    }
    const { name, profile, rows, distance } = result.segment;
    taken.add(name.toLowerCase());
    const row = rows.slice(0, 12);
    const nearness = (
      /** @type {{ set: import('../../src/core/block-cosine.ts').VectorSet, row: number }} */ to,
    ) =>
      mean(
        row.map((/** @type {number} */ at) =>
          tools.blockCosine({ set: space.items, row: at }, to, blocks),
        ),
      );
    passed.push({
      name,
      support: rows.length,
      temperature,
      distance,
      coherence: tools.coherenceOf(space, rows),
      isCloser: nearness({ set: profile, row: 0 }) > nearness({ set: space.vectors, row: seed }),
    });
  }
  return {
    generations: count,
    passed: passed.length,
    refused,
    uniqueNames: new Set(passed.map(({ name }) => name)).size,
    meanSupport: mean(passed.map(({ support }) => support)),
    leastSupport: Math.min(...passed.map(({ support }) => support)),
    temperatureRankCorrelation: rankCorrelation(
      passed.map(({ temperature }) => temperature),
      passed.map(({ distance }) => distance),
    ),
    closerToNew: mean(passed.map(({ isCloser }) => Number(isCloser))),
    meanCoherence: mean(passed.map(({ coherence }) => coherence)),
    randomCoherence: space.randomCoherence,
    meanDistance: mean(passed.map(({ distance }) => distance)),
    names: passed.slice(0, 12).map(({ name }) => name),
  };
}

/** Items of a row. */
const ROW = 12;
/** Between near and far. */
const TEMPERATURE = 0.4;

/**
 * Generates toward "cheaper" from each seed with items here, and looks at prices.
 *
 * @param {Tools} tools - Modules.
 * @param {SegmentSpace} space - Candidates and segments.
 * @param {SegmentModel} model - Trained on it.
 * @param {readonly (number | undefined)[]} prices - Of the candidates, in their order.
 * @returns {{ asked: number, passed: number, cheaper: number, meanRatio: number }} Seeds; those from
 *   which a segment passed the guards; share of these whose row has a lower mean price than the
 *   seed's row; geometric mean of the one by the other.
 */
export function measureCheaper(tools, space, model, prices) {
  const seeds = space.nearest.flatMap((rows, s) => (rows.length >= ROW ? [s] : []));
  const direction = tools.directionOf(space, 'cheaper');
  const priceOf = (/** @type {readonly number[]} */ rows) =>
    mean(
      rows
        .slice(0, ROW)
        .map((row) => prices[row])
        .filter((price) => price !== undefined),
    );
  /** @type {number[]} */
  const ratios = [];
  for (const seed of direction === null ? [] : seeds) {
    const before = priceOf(space.nearest[seed] ?? []);
    if (before === 0) continue;
    const random = tools.createRandom(seed, 'cheaper');
    const { segment } = tools.generateSegment(space, model, {
      seed,
      random,
      temperature: TEMPERATURE,
      ...(direction === null ? {} : { direction }),
    });
    const after = priceOf(segment?.rows ?? []);
    if (segment !== null && after > 0) ratios.push(after / before);
  }
  return {
    asked: seeds.length,
    passed: ratios.length,
    cheaper: mean(ratios.map((ratio) => Number(ratio < 1))),
    meanRatio: Math.exp(mean(ratios.map((ratio) => Math.log(ratio)))),
  };
}
