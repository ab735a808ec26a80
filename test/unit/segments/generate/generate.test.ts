/** Forty generations on the demo's catalog, the small sister of `npm run segments`. */
import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../../../../scripts/demo-catalog/generate.mjs';
import { measureGenerations, rankCorrelation } from '../../../../scripts/segments/measure.mjs';
import * as tools from '../../../../scripts/segments/tools.mjs';
import { directionOf, reachOf } from '../../../../src/segments/generate/toward.ts';

const { items } = tools.normalizeCandidates(generateCatalog({ seed: 1 }).items, {
  maxItems: 900,
});
const encoded = tools.encodeItems(items, tools.createTextCache());
const space = tools.generatedSpace(encoded, tools.buildLibrary(null, true));
const model = tools.learnLinearModel(tools.samplesOf(space, 1, 600));
const seedOf = (id: string): number => space.segments.findIndex((segment) => segment.id === id);

describe('forty generations', () => {
  const figures = measureGenerations(tools, space, model, 40);

  it('pass the guards or say which one refused', () => {
    const refused = Object.values(figures.refused).reduce((sum, count) => sum + count, 0);
    expect(figures.passed + refused).toBe(40);
    expect(figures.passed).toBeGreaterThan(30);
  });

  it('have names of their own', () => {
    expect(figures.uniqueNames).toBe(figures.passed);
  });

  it('have at least 20 members each', () => {
    expect(figures.leastSupport).toBeGreaterThanOrEqual(20);
  });

  it('go farther from their seed the warmer they are', () => {
    expect(figures.temperatureRankCorrelation).toBeGreaterThan(0.75);
  });

  it('have rows that are nearer to them than to the seed', () => {
    expect(figures.closerToNew).toBe(1);
  });

  it('hang together better than random rows', () => {
    expect(figures.meanCoherence).toBeGreaterThan(2 * figures.randomCoherence);
  });
});

describe('a name', () => {
  it('says only what at least half of the nearest members share', () => {
    for (const id of ['gardeners', 'home-cooks', 'fashion-lovers', 'outdoor-explorers']) {
      const random = tools.createRandom(1, id);
      const { segment } = tools.generateSegment(space, model, {
        seed: seedOf(id),
        temperature: 0.5,
        random,
      });
      const near = segment!.rows.slice(0, 40);
      const words = space.wordsOf(segment!.name.split(/ under | from | to /u)[0]!);
      const shares = words.map((word) => {
        const holds = (row: number): boolean =>
          space.facts.of[row]!.some(({ value }) => space.wordsOf(value).includes(word));
        return near.filter(holds).length / near.length;
      });
      // Two categories share a name when each has a fifth and both together more than half.
      expect(Math.min(...shares), segment!.name).toBeGreaterThanOrEqual(0.2);
      expect(Math.max(...shares), segment!.name).toBeGreaterThanOrEqual(0.5);
    }
  });

  it('that is taken is not given again', () => {
    const options = { seed: seedOf('gardeners'), temperature: 0.5 };
    const generate = (taken: ReadonlySet<string>): string | undefined =>
      tools.generateSegment(space, model, {
        ...options,
        taken,
        random: tools.createRandom(1, 'n'),
      }).segment?.name;
    const first = generate(new Set());
    expect(first).toBeDefined();
    expect(generate(new Set([first!.toLowerCase()]))).not.toBe(first);
  });
});

describe('the same draws', () => {
  it('give the same segment, others another', () => {
    const made = (stream: string): string =>
      JSON.stringify(
        tools.generateSegment(space, model, {
          seed: seedOf('gardeners'),
          temperature: 0.7,
          random: tools.createRandom(1, stream),
        }).segment?.describes,
      );
    expect(made('a')).toBe(made('a'));
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(made)).size).toBeGreaterThan(1);
  });
});

describe('behaviour', () => {
  it('moves what is generated', () => {
    const rows = space.nearest[seedOf('fashion-lovers')]!.slice(0, 5);
    const row = tools.unitBlocks(
      space.items.vectors.data.subarray(rows[0]! * 128, rows[0]! * 128 + 128),
      encoded.model.space.blocks,
    ).vectors.data;
    const seed = space.vectors.vectors.data.subarray(0, 128);
    expect([...model.encode(seed, row)]).not.toEqual([...model.encode(seed)]);
  });
});

describe('a direction', () => {
  it.each([
    ['cheaper', 1],
    ['more cotton', 1],
    ['less cotton', -1],
    ['gardeners', 1],
    ['Home cooks', 1],
  ])('is read from “%s”', (toward, sign) => {
    expect(directionOf(space, toward)).toMatchObject({ sign });
  });

  it('is not read from words that no candidate uses', () => {
    expect(directionOf(space, 'more zyzzyva')).toBeNull();
  });

  it.each(['cheaper', 'more cotton', 'less cotton'])(
    'toward “%s” gives a row that lies farther that way than the seed’s',
    (toward) => {
      const seed = seedOf('fashion-lovers');
      const direction = directionOf(space, toward)!;
      const { segment } = tools.generateSegment(space, model, {
        seed,
        temperature: 0.4,
        direction,
        random: tools.createRandom(1, toward),
      });
      const reach = (rows: readonly number[]): number =>
        reachOf(space, rows.slice(0, 40), direction);
      expect(reach(segment!.rows)).toBeGreaterThan(reach(space.nearest[seed]!));
    },
  );
});

describe('rank correlation', () => {
  it('is Spearman’s, ties at their mean rank', () => {
    expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1);
    expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1);
    // scipy.stats.spearmanr([1, 2, 2, 4], [1, 3, 2, 4]): 0.9486832980505139
    expect(rankCorrelation([1, 2, 2, 4], [1, 3, 2, 4])).toBeCloseTo(0.948683, 5);
  });
});
