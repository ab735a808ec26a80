/**
 * Synthetic scores and latent dimensions as a block of the feature vector.
 *
 * Each is counted in standard deviations from the list's mean: what all candidates share tells
 * none from another. Scores of items that the model is guessing about do not count.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from '../core/generated-features.ts';
import type { Item, SegmentDescription } from '../core/types.ts';

/** What a list teaches about its scores. */
export interface GeneratedModel {
  /** Model that most of the list was scored by; others' scores do not count. */
  readonly modelId: string;
  /** Score names, one dimension each. */
  readonly names: readonly string[];
  /** Latent dimensions behind them. */
  readonly latent: number;
  /** [names + latent] */
  readonly mean: Float64Array;
  /** [names + latent] Standard deviation; 0 where all are equal. */
  readonly deviation: Float64Array;
}

/** Share of the latent dimensions in a vector's squared length, where all deviate alike. */
const LATENT_SHARE = 0.35;

/** Standard deviations that no single score goes beyond. */
const MAX_DEVIATION = 3;

/** How far from the mean a segment wants what it wants high or low. */
const WANTED = 1.5;

/** Deviations smaller than this are rounding. */
const LEAST_DEVIATION = 1e-4;

function counts(item: Item): GeneratedFeatures | undefined {
  return item.generated?.guessing === false ? item.generated : undefined;
}

function commonest(ids: readonly string[]): string | undefined {
  const tally = new Map<string, number>();
  for (const id of ids) tally.set(id, (tally.get(id) ?? 0) + 1);
  let best: string | undefined;
  for (const [id, count] of tally) if (count > (tally.get(best ?? '') ?? 0)) best = id;
  return best;
}

function rawRow({ scores, latent }: GeneratedFeatures, model: GeneratedModel): Float64Array {
  const row = new Float64Array(model.names.length + model.latent);
  for (const [d, name] of model.names.entries()) {
    row[d] = Object.hasOwn(scores, name) ? (scores[name] as number) : (model.mean[d] as number);
  }
  for (let d = 0; d < model.latent; d++) row[model.names.length + d] = latent[d] ?? 0;
  return row;
}

/**
 * Learns the block of a list.
 *
 * @param items - Candidates.
 * @returns Null when none of them has scores that count.
 */
export function learnGenerated(items: readonly Item[]): GeneratedModel | null {
  const modelId = commonest(items.flatMap((item) => counts(item)?.modelId ?? []));
  if (modelId === undefined) return null;
  const scored = items.flatMap((item) => {
    const own = counts(item);
    return own?.modelId === modelId ? [own] : [];
  });
  const names = [...new Set(scored.flatMap(({ scores }) => Object.keys(scores)))].sort();
  const latent = Math.max(0, ...scored.map((one) => one.latent.length));
  const dims = names.length + latent;
  const mean = new Float64Array(dims);
  const deviation = new Float64Array(dims);
  const model: GeneratedModel = { modelId, names, latent, mean, deviation };
  for (const [d, name] of names.entries()) {
    const known = scored.flatMap(({ scores }) => scores[name] ?? []);
    mean[d] = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  }
  for (let d = names.length; d < dims; d++) {
    const at = d - names.length;
    mean[d] = scored.reduce((sum, one) => sum + (one.latent[at] ?? 0), 0) / scored.length;
  }
  const variance = new Float64Array(dims);
  for (const one of scored) {
    for (const [d, value] of rawRow(one, model).entries()) {
      variance[d] = (variance[d] as number) + (value - (mean[d] as number)) ** 2 / scored.length;
    }
  }
  for (let d = 0; d < dims; d++) {
    const spread = Math.sqrt(variance[d] as number);
    deviation[d] = spread < LEAST_DEVIATION ? 0 : spread;
  }
  return model;
}

/** Standard deviations from the mean, at most three. */
function deviationOf(
  { deviation, mean }: GeneratedModel,
  dimension: number,
  value: number,
): number {
  const spread = deviation[dimension] as number;
  const steps = spread === 0 ? 0 : (value - (mean[dimension] as number)) / spread;
  return Math.max(-MAX_DEVIATION, Math.min(MAX_DEVIATION, steps));
}

/** What one standard deviation of a dimension counts. */
function weightOf({ names, latent }: GeneratedModel, dimension: number): number {
  const share = latent === 0 ? 0 : names.length === 0 ? 1 : LATENT_SHARE;
  return Math.sqrt(dimension < names.length ? (1 - share) / names.length : share / latent);
}

/**
 * Writes an item's scores.
 *
 * @param values - A vector, [D].
 * @param start - First dimension of the block.
 * @param item - Any item; one without scores of this model leaves the block empty.
 * @param model - Of the list.
 */
export function writeGenerated(
  values: Float64Array,
  start: number,
  item: Item,
  model: GeneratedModel,
): void {
  const own = counts(item);
  if (own?.modelId !== model.modelId) return;
  for (const [d, value] of rawRow(own, model).entries()) {
    values[start + d] = deviationOf(model, d, value) * weightOf(model, d);
  }
}

/**
 * Writes what a segment wants.
 *
 * @param values - A vector, [D].
 * @param start - First dimension of the block.
 * @param attributes - `high` or `low` by score name; names that no candidate has are left out.
 * @param model - Of the list.
 */
export function writeWanted(
  values: Float64Array,
  start: number,
  attributes: NonNullable<SegmentDescription['attributes']>,
  model: GeneratedModel,
): void {
  for (const [d, name] of model.names.entries()) {
    if (!Object.hasOwn(attributes, name) || model.deviation[d] === 0) continue;
    values[start + d] = attributes[name] === 'high' ? WANTED : -WANTED;
  }
}

/** Items whose mean lies this many standard deviations from the list's share what makes it so. */
const SHARED = 0.7;

/** Most scores that describe items. */
const MAX_SHARED = 2;

/**
 * What items have more or less of than the list.
 *
 * @param items - Some of the list; at least five of them with scores.
 * @param model - Of the list.
 * @returns The two that stand out most, or an empty object.
 */
export function sharedAttributes(
  items: readonly Item[],
  model: GeneratedModel,
): NonNullable<SegmentDescription['attributes']> {
  const scored = items.flatMap((item) => {
    const own = counts(item);
    return own?.modelId === model.modelId ? [rawRow(own, model)] : [];
  });
  if (scored.length < 5 || scored.length < items.length / 2) return {};
  const means = model.names.map((name, d) => {
    const sum = scored.reduce((total, row) => total + deviationOf(model, d, row[d] as number), 0);
    return { name, steps: sum / scored.length };
  });
  return Object.fromEntries(
    means
      .filter(({ steps }) => Math.abs(steps) >= SHARED)
      .sort((a, b) => Math.abs(b.steps) - Math.abs(a.steps) || (a.name < b.name ? -1 : 1))
      .slice(0, MAX_SHARED)
      .map(({ name, steps }) => [name, steps > 0 ? 'high' : 'low'] as const),
  );
}
