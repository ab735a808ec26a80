/**
 * Segment-like profiles to learn segment space from: the library's segments as the candidates see
 * them, groups of candidates, mixtures of both, and parts of one with parts of another.
 *
 * @packageDocumentation
 */
import type { Block } from '../../catalog/blocks.ts';
import type { VectorSet } from '../../core/block-cosine.ts';
import type { Random } from '../../core/rng.ts';
import { inOneGo, type Steps } from '../../core/steps.ts';
import { clusterSteps } from './clusters.ts';
import { FAINT, meanOfRows, rowOf, unitBlocks } from './profile-math.ts';
import type { SegmentSamples } from './segment-model.ts';

/** What samples are made of. */
export interface SampleSources {
  /** [N, D] candidates. */
  readonly items: VectorSet;
  /** [S, D] segments. */
  readonly segments: VectorSet;
  /** Rows of the nearest candidates by segment; a segment without any is passed over. */
  readonly nearest: readonly (readonly number[])[];
  /** Blocks of the space. */
  readonly blocks: readonly Block[];
}

/** A profile, and items that somebody who has that taste looks at. */
interface Source {
  readonly vector: Float32Array;
  readonly pool: readonly number[];
}

/** Share of samples that go with behaviour; the others learn to do without. */
const BEHAVIOUR_SHARE = 0.5;

/** Chance that a block is left out, so that profiles in few words are met too. */
const ABSENT_CHANCE = 0.15;

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

function someOf(pool: readonly number[], count: number, random: Random): number[] {
  return Array.from({ length: count }, () => pick(pool, random));
}

function drawSource(sources: SampleSources, lists: Lists, random: Random): Source {
  const { segments, clusters } = lists;
  const wantsSegment = random() < 0.5;
  if (segments.length > 0 && (wantsSegment || clusters.length === 0)) {
    const row = pick(segments, random);
    return { vector: rowOf(sources.segments, row), pool: sources.nearest[row] ?? [] };
  }
  const pool = pick(clusters, random);
  // A group's centre, perturbed: the mean of a few of its items.
  const rows = someOf(pool, 4 + Math.floor(random() * 9), random);
  return { vector: meanOfRows(sources.items, rows), pool };
}

function mixed(a: Source, b: Source, random: Random): Source {
  const share = 0.25 + 0.5 * random();
  const vector = a.vector.map((value, d) => share * value + (1 - share) * (b.vector[d] as number));
  return { vector, pool: [...a.pool, ...b.pool] };
}

function crossed(a: Source, b: Source, blocks: readonly Block[], random: Random): Source {
  const vector = a.vector.slice();
  for (const { start, size } of blocks) {
    if (random() < 0.35) vector.set(b.vector.subarray(start, start + size), start);
  }
  return { vector, pool: [...a.pool, ...b.pool] };
}

interface Lists {
  readonly segments: readonly number[];
  readonly clusters: readonly (readonly number[])[];
}

/** At least one block stays. */
function thinned(vector: Float32Array, blocks: readonly Block[], random: Random): Float32Array {
  const out = vector.slice();
  const kept = Math.floor(random() * blocks.length);
  for (const [b, { start, size }] of blocks.entries()) {
    if (b !== kept && random() < ABSENT_CHANCE) out.fill(0, start, start + size);
  }
  return out;
}

/** Samples that are drawn in one step. */
const SLICE = 25;

/**
 * Draws samples.
 *
 * @param sources - See {@link SampleSources}.
 * @param count - How many, at least 1.
 * @param random - The same draws give the same samples.
 * @returns Profiles with blocks of length √weight; all zeros without items and segments.
 */
export function segmentSamples(
  sources: SampleSources,
  count: number,
  random: Random,
): SegmentSamples {
  return inOneGo(sampleSteps(sources, count, random));
}

/**
 * The same in steps.
 *
 * @param sources - See {@link SampleSources}.
 * @param count - How many, at least 1.
 * @param random - The same draws give the same samples; fewer of them are the first of more.
 * @yields After some milliseconds each.
 * @returns As {@link segmentSamples}.
 */
export function* sampleSteps(
  sources: SampleSources,
  count: number,
  random: Random,
): Steps<SegmentSamples> {
  const { items, blocks } = sources;
  const { dims } = items.vectors;
  const lists: Lists = {
    segments: sources.nearest.flatMap((rows, s) => (rows.length > 0 ? [s] : [])),
    clusters: yield* clusterSteps(items, random),
  };
  const profiles = new Float32Array(count * dims);
  const behaviours = new Float32Array(count * dims);
  if (lists.segments.length + lists.clusters.length === 0) {
    return { count, dims, profiles, behaviours };
  }
  for (let i = 0; i < count; i++) {
    if (i % SLICE === 0) yield;
    const draw = (): Source => drawSource(sources, lists, random);
    const kind = random();
    const source =
      kind < 0.45
        ? draw()
        : kind < 0.75
          ? mixed(draw(), draw(), random)
          : crossed(draw(), draw(), blocks, random);
    const profile = unitBlocks(thinned(source.vector, blocks, random), blocks, FAINT);
    profiles.set(profile.vectors.data, i * dims);
    if (source.pool.length === 0 || random() >= BEHAVIOUR_SHARE) continue;
    const seen = meanOfRows(items, someOf(source.pool, 3 + Math.floor(random() * 6), random));
    behaviours.set(unitBlocks(seen, blocks).vectors.data, i * dims);
  }
  return { count, dims, profiles, behaviours };
}
