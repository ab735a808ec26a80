/**
 * A new segment from a seed: encode it, move in latent space, decode, put what is there in words,
 * and ask the guards.
 *
 * @packageDocumentation
 */
import { blockCosine, type VectorSet } from '../../core/block-cosine.ts';
import { drawNormal, type Random } from '../../core/rng.ts';
import type { SegmentDescription } from '../../core/types.ts';
import { describeEvidence } from './describe-evidence.ts';
import { type Draft, type Refusal, refusalOf } from './guards.ts';
import { nameSegment } from './name-segment.ts';
import { FAINT, meanOfRows, profileCosine, rowOf, unitBlocks } from './profile-math.ts';
import type { SegmentModel } from './segment-model.ts';
import type { SegmentSpace } from './segment-space.ts';
import { type Direction, reachOf } from './toward.ts';

/** A segment that passed all guards. */
export interface GeneratedProfile {
  /** Row title, unique among the space's segments. */
  readonly name: string;
  /** One sentence with the evidence. */
  readonly description: string;
  /** In words; encoding them gives `profile`. */
  readonly describes: SegmentDescription;
  /** One row. */
  readonly profile: VectorSet;
  /** Members, nearest first. */
  readonly rows: readonly number[];
  /** 1 − cosine to the seed over all dimensions, 0 to 2. */
  readonly distance: number;
}

/** What came of it. */
export type Generation =
  | { readonly segment: GeneratedProfile; readonly refusal: null }
  | { readonly segment: null; readonly refusal: Refusal };

/** What to generate. */
export interface GenerateOptions {
  /** Index of the seed among the space's segments. */
  readonly seed: number;
  /** 0 (as near as the guards allow) to 1. */
  readonly temperature: number;
  /** Where to. Left out: anywhere. */
  readonly direction?: Direction;
  /** [D] what the visitor was interested in lately. */
  readonly behaviour?: Float32Array;
  /** Names in use beside those of the space's segments, lower-cased. */
  readonly taken?: ReadonlySet<string>;
  /** Draws. */
  readonly random: Random;
}

/** Directions tried per call. */
const DIRECTIONS = 24;

/** Shares that a random code takes of the seed's: what is decoded stays a likely profile. */
const BLENDS = [0.15, 0.3, 0.5, 0.75, 1] as const;

/** Steps along a wanted direction, in standard deviations of the training codes. */
const STEPS = [0.4, 0.9, 1.6, 2.6, 4.2] as const;

/** How much of a wanted direction is added to a decoded profile, per step. */
const LEAN = 0.7;

/** Drafts put in words. */
const DRAFTS = 64;

/** Distance to the seed that temperatures 0 and 1 ask for; see `npm run segments`. */
const NEAREST = 0.2;
const FARTHEST = 0.85;

/** Items of a row. */
const SHOWN = 12;

/** Items that a profile is put in words by: one in sixty, within bounds. */
const EVIDENCE = { least: 24, most: 60, share: 1 / 60 } as const;

/** Unit directions in units of spread; all near the `way` when there is one. */
function drawDirections(
  model: SegmentModel,
  way: Float64Array | null,
  random: Random,
): Float64Array[] {
  return Array.from({ length: DIRECTIONS }, (_, i) => {
    const noise = Float64Array.from({ length: model.latent }, () => drawNormal(random));
    const raw = noise.map((value, k) =>
      way === null ? value : (way[k] as number) + (i === 0 ? 0 : 0.25 * value),
    );
    const length = Math.hypot(...raw);
    return length > 0 ? raw.map((value) => value / length) : raw;
  });
}

/** From the seed toward the target, as codes see it. */
function along(
  space: SegmentSpace,
  model: SegmentModel,
  { seed, direction, behaviour }: GenerateOptions,
): Float64Array | null {
  if (direction === undefined) return null;
  const { blocks } = space.encoded.model.space;
  const from = rowOf(space.vectors, seed);
  const to = rowOf(direction.target, 0);
  const shifted = from.map((value, d) => value + 1.5 * direction.sign * (to[d] as number));
  const target = unitBlocks(shifted, blocks, FAINT);
  const a = model.encode(from, behaviour);
  const b = model.encode(rowOf(target, 0), behaviour);
  const raw = a.map((value, k) => ((b[k] as number) - value) / (model.spread[k] as number));
  const length = Math.hypot(...raw);
  return length > 1e-9 ? raw.map((value) => value / length) : null;
}

/** The nearest items of a profile, those that its words will be made of. */
function nearestRows(space: SegmentSpace, profile: VectorSet): readonly number[] {
  const count = space.items.vectors.rows;
  const { least, most, share } = EVIDENCE;
  const size = Math.max(least, Math.min(most, Math.ceil(count * share)));
  return space.nearestTo(profile, size);
}

/** A profile in words. */
type Wording = Pick<Draft, 'describes' | 'profile'>;

/** The same in fewer words: what a shelf's sign would say. */
function leanWords(describes: SegmentDescription): SegmentDescription {
  const { price, categories, keywords = [], features } = describes;
  const words = keywords.slice(0, 2);
  return {
    ...(price === undefined ? {} : { price }),
    ...(categories === undefined ? {} : { categories }),
    ...(features === undefined ? {} : { features }),
    ...(categories === undefined && words.length > 0 ? { keywords: words } : {}),
  };
}

/**
 * Puts a decoded profile in words and encodes them: what nobody can say does not get into the
 * segment.
 *
 * @param space - Candidates and segments.
 * @param raw - [D], as a model decodes it.
 * @returns All words and few of them, with their profiles.
 */
function wordingsOf(space: SegmentSpace, raw: ArrayLike<number>): Wording[] {
  const decoded = unitBlocks(raw, space.encoded.model.space.blocks);
  const rows = nearestRows(space, decoded);
  if (rows.length < 5) return [];
  const all = describeEvidence(space, rows, decoded);
  return [all, leanWords(all)].map((describes) => ({
    describes,
    profile: space.encode(describes),
  }));
}

/** A code that leaves the seed's for a share of it and goes some way in a direction. */
function moved(
  start: Float64Array,
  unit: Float64Array,
  { spread, latent }: SegmentModel,
  { step, stays }: { readonly step: number; readonly stays: number },
): Float64Array {
  // Without a direction, a whole step ends at a code as long as the training profiles' are.
  const length = stays < 1 ? step * Math.sqrt(latent) : step;
  return start.map(
    (value, k) => stays * value + length * (unit[k] as number) * (spread[k] as number),
  );
}

/** What a code of few dimensions cannot say of the direction is said to the profile itself. */
function leaned(raw: Float32Array, step: number, direction: Direction | undefined): Float32Array {
  if (direction === undefined) return raw;
  const target = rowOf(direction.target, 0);
  const share = LEAN * step * direction.sign;
  return raw.map((value, d) => value + share * (target[d] as number));
}

/** Decoded profiles of one call, from near the seed to far. */
function decodedProfiles(
  space: SegmentSpace,
  model: SegmentModel,
  options: GenerateOptions,
): Float32Array[] {
  const { seed, behaviour, random } = options;
  const from = rowOf(space.vectors, seed);
  const start = model.encode(from, behaviour);
  const { blocks } = space.encoded.model.space;
  const way = along(space, model, options);
  const decoded = drawDirections(model, way, random).flatMap((unit, i) =>
    (way === null ? BLENDS : STEPS).map((step) => {
      const code = moved(start, unit, model, { step, stays: way === null ? 1 - step : 1 });
      const raw = leaned(model.decode(code), step * (1 + i / 8), options.direction);
      const { data } = unitBlocks(raw, blocks).vectors;
      return { raw, distance: 1 - profileCosine(from, data) };
    }),
  );
  decoded.sort((a, b) => a.distance - b.distance);
  // Words move a profile once more, so drafts of all distances are put in words.
  const stride = decoded.length / DRAFTS;
  return Array.from(
    { length: DRAFTS },
    (_, i) => (decoded[Math.floor(i * stride)] as (typeof decoded)[number]).raw,
  );
}

function wantedDistance(temperature: number): number {
  return NEAREST + (FARTHEST - NEAREST) * temperature;
}

/** What the guards say of a draft, direction and name included. */
function judge(
  space: SegmentSpace,
  wording: Wording,
  taken: ReadonlySet<string>,
  leaves: (rows: readonly number[], profile: VectorSet) => Refusal | null,
): Generation {
  const { describes, profile } = wording;
  const support = space.supportOf(profile);
  const draft = { ...wording, support };
  const refusal = refusalOf(space, draft) ?? leaves(support.rows, profile);
  if (refusal !== null) return { segment: null, refusal };
  const named = nameSegment(space, support.rows, taken);
  if (named === null || space.sensitive.find(named.name) !== null) {
    const detail = 'what its items share is taken as a name, or cannot be one.';
    return { segment: null, refusal: { guard: 'name', detail } };
  }
  return {
    segment: { ...named, describes, profile, rows: support.rows, distance: 0 },
    refusal: null,
  };
}

/** A row that is nearer to the seed than to the new profile would be the seed's. */
function nearerTo(
  { items, vectors, encoded }: SegmentSpace,
  rows: readonly number[],
  profile: VectorSet,
  seed: number,
): Refusal | null {
  const { blocks } = encoded.model.space;
  const to = (set: VectorSet, at: number): number =>
    rows.reduce((sum, row) => sum + blockCosine({ set: items, row }, { set, row: at }, blocks), 0) /
    rows.length;
  const own = to(profile, 0);
  const old = to(vectors, seed);
  if (own > old) return null;
  const figures = `cosine ${own.toFixed(3)}, with the seed ${old.toFixed(3)}`;
  return { guard: 'novelty', detail: `its items are nearer to the seed: ${figures}.` };
}

/** Names in use, lower-cased. */
function takenNames(
  { segments }: SegmentSpace,
  more: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  return new Set([...segments.map(({ name }) => name.toLowerCase()), ...more]);
}

/**
 * Generates a segment.
 *
 * Cost: 120 decodings and at most 128 drafts of O(N·D) each.
 *
 * @param space - Candidates and segments.
 * @param model - Trained on this space.
 * @param options - See {@link GenerateOptions}.
 * @returns The segment whose distance to the seed comes nearest to what the temperature asks for,
 *   or the refusal of the best draft.
 */
export function generateSegment(
  space: SegmentSpace,
  model: SegmentModel,
  options: GenerateOptions,
): Generation {
  const { seed, temperature, direction } = options;
  if (space.nearest[seed]?.length === 0) {
    return { segment: null, refusal: { guard: 'support', detail: 'the seed has no items here.' } };
  }
  const wanted = wantedDistance(temperature);
  const taken = takenNames(space, options.taken);
  const from = rowOf(space.vectors, seed);
  const seedReach = direction ? reachOf(space, space.nearest[seed] ?? [], direction) : 0;
  const leaves = (rows: readonly number[], profile: VectorSet): Refusal | null => {
    const near = nearerTo(space, rows.slice(0, SHOWN), profile, seed);
    if (near !== null) return near;
    if (direction === undefined) return null;
    const reach = reachOf(space, rows.slice(0, 40), direction);
    if (reach > seedReach + 0.01) return null;
    const detail = `got ${reach.toFixed(3)}, the seed's items have ${seedReach.toFixed(3)}.`;
    return { guard: 'direction', detail };
  };
  const drafts = decodedProfiles(space, model, options)
    .flatMap((raw) => wordingsOf(space, raw))
    .map((wording) => ({ wording, distance: 1 - profileCosine(from, rowOf(wording.profile, 0)) }))
    .sort((a, b) => Math.abs(a.distance - wanted) - Math.abs(b.distance - wanted));
  let first: Generation | null = null;
  for (const { wording, distance } of drafts) {
    const judged = judge(space, wording, taken, leaves);
    if (judged.segment) return { segment: { ...judged.segment, distance }, refusal: null };
    first ??= judged;
  }
  const none: Refusal = { guard: 'evidence', detail: 'nothing could be decoded.' };
  return first ?? { segment: null, refusal: none };
}

/** A generation that says how much of the items it was made of it stands for. */
export type ItemsGeneration = Generation & {
  /** Share of the items that belong to the segment beside all others, 0 to 1. */
  readonly share: number;
};

/**
 * A segment from items: their mean as it is, and as the model sees it; of what passes the guards,
 * the one that stands for more of them.
 *
 * @param space - Candidates and segments.
 * @param model - Trained on this space.
 * @param vectors - [M, D] the items.
 * @returns The segment, its distance that to the items' mean, or the first refusal.
 */
export function segmentFromItems(
  space: SegmentSpace,
  model: SegmentModel,
  vectors: VectorSet,
): ItemsGeneration {
  const { blocks } = space.encoded.model.space;
  const rows = [...Array(vectors.vectors.rows).keys()];
  const mean = unitBlocks(meanOfRows(vectors, rows), blocks, FAINT).vectors.data;
  const taken = takenNames(space);
  let best: ItemsGeneration | null = null;
  for (const raw of [model.decode(model.encode(mean, mean)), mean]) {
    for (const wording of wordingsOf(space, raw)) {
      const judged = judge(space, wording, taken, () => null);
      const share = judged.segment ? space.shareOf(wording.profile, vectors) : 0;
      const distance = 1 - profileCosine(mean, rowOf(wording.profile, 0));
      const result: ItemsGeneration = judged.segment
        ? { segment: { ...judged.segment, distance }, refusal: null, share }
        : { ...judged, share };
      if (best === null || share > best.share) best = result;
    }
  }
  const refusal: Refusal = { guard: 'support', detail: 'there are hardly any candidates.' };
  return best ?? { segment: null, refusal, share: 0 };
}
