/**
 * Which item of the visitor's history speaks most for a candidate, signal by signal.
 *
 * @packageDocumentation
 */
import { generatedCosine, sharedSegments } from './content-signals.ts';
import { ageWeightOf, rowDot } from './embedding-signals.ts';
import { HISTORY_EVENTS, RECENT_EVENTS, recencyOf } from './history-state.ts';
import { attributeCosine } from './metrics.ts';
import type { SignalModel, Sequence, TableName } from './types.ts';

/** One interaction of the history beside one candidate. */
interface Pair {
  readonly model: SignalModel;
  /** Item row of the interaction. */
  readonly source: number;
  /** Item row of the candidate. */
  readonly candidate: number;
  /** Steps since it happened. */
  readonly age: number;
  /** Interactions since it happened; 0 for the last. */
  readonly back: number;
}

type Share = (pair: Pair) => number;

function tableWeight({ model, source, candidate }: Pair, name: TableName): number {
  const { sources, weights, width } = model.tables[name];
  const row = sources.subarray(candidate * width, (candidate + 1) * width);
  const k = row.indexOf(source);
  return k < 0 ? 0 : (weights[candidate * width + k] as number);
}

function tableShares(name: TableName): [string, Share][] {
  return [
    [`${name}.sum`, (pair): number => recencyOf(pair.age) * tableWeight(pair, name)],
    [`${name}.share`, (pair): number => recencyOf(pair.age) * tableWeight(pair, name)],
    [`${name}.last`, (pair): number => (pair.age === 0 ? tableWeight(pair, name) : 0)],
    [`${name}.max`, (pair): number => tableWeight(pair, name)],
  ];
}

function embeddingShare({ model, source, candidate, age, back }: Pair): number {
  const { embedding } = model;
  if (back >= embedding.history) return 0;
  const at = { row: candidate, dims: embedding.dims };
  return ageWeightOf(embedding, age) * rowDot(embedding.source, source, embedding.target, at);
}

function lastShare({ model, source, candidate, back }: Pair): number {
  const { source: vectors, target, dims } = model.embedding;
  return back === 0 ? rowDot(vectors, source, target, { row: candidate, dims }) : 0;
}

function twinShare({ model, source, candidate, back }: Pair): number {
  if (back >= RECENT_EVENTS) return 0;
  const { target, dims } = model.embedding;
  const length = Math.sqrt(rowDot(target, source, target, { row: source, dims })) || 1;
  return rowDot(target, source, target, { row: candidate, dims }) / length;
}

function likeness({ model, source, candidate }: Pair): number {
  return attributeCosine(model.attributes, source, candidate);
}

function liftShare({ model, source, candidate }: Pair): number {
  const { attributes, attributeLift } = model;
  if (attributeLift.length === 0) return 0;
  const { pointers, index, weight, count } = attributes;
  let sum = 0;
  for (let e = pointers[source] as number; e < (pointers[source + 1] as number); e++) {
    for (let f = pointers[candidate] as number; f < (pointers[candidate + 1] as number); f++) {
      const lift = attributeLift[(index[e] as number) * count + (index[f] as number)] as number;
      sum += (weight[e] as number) * (weight[f] as number) * lift;
    }
  }
  return sum;
}

function characterShare({ model, source, candidate }: Pair): number {
  return model.content ? generatedCosine(model.content, source, candidate) : 0;
}

function segmentShare({ model, source, candidate }: Pair): number {
  return model.content ? sharedSegments(model.content, source, candidate) : 0;
}

const isLatest: Share = ({ back }) => (back === 0 ? 1 : 0);

/** Signals that are not here come from the candidate alone or from the whole history. */
const SHARES: ReadonlyMap<string, Share> = new Map<string, Share>([
  ...tableShares('ease'),
  ...tableShares('together'),
  ...tableShares('next'),
  ...tableShares('ahead'),
  ...tableShares('basket'),
  ['ease.perlen', (pair): number => recencyOf(pair.age) * tableWeight(pair, 'ease')],
  ['embed', embeddingShare],
  ['embed.rel', embeddingShare],
  ['embed.prob', embeddingShare],
  ['embed.last', lastShare],
  ['embed.twin', twinShare],
  ['attr.long', (pair): number => recencyOf(pair.age) * likeness(pair)],
  ['attr.rel', (pair): number => recencyOf(pair.age) * likeness(pair)],
  ['attr.last', (pair): number => (pair.age === 0 ? likeness(pair) : 0)],
  ['attr.max', (pair): number => (pair.back < RECENT_EVENTS ? likeness(pair) : 0)],
  ['lift.long', (pair): number => recencyOf(pair.age) * liftShare(pair)],
  ['lift.last', (pair): number => (pair.age === 0 ? liftShare(pair) : 0)],
  ['generated.long', (pair): number => recencyOf(pair.age) * characterShare(pair)],
  ['generated.last', (pair): number => (pair.age === 0 ? characterShare(pair) : 0)],
  ['segments.long', (pair): number => recencyOf(pair.age) * segmentShare(pair)],
  ['segments.last', (pair): number => (pair.age === 0 ? segmentShare(pair) : 0)],
  ['price.last', isLatest],
  ['page.diff', isLatest],
  ['place.diff', isLatest],
  ['place.back', isLatest],
  ['shelf.step', isLatest],
  ['shelf.turn', isLatest],
  ['shelf.met', isLatest],
  ['shelf.past', isLatest],
]);

const ONE_LOOK_COUNTS = ['.max', '.twin'];

/** What to explain. */
export interface SourceQuery {
  /** The visitor's history. */
  readonly history: Pick<Sequence, 'items' | 'step'>;
  /** Item row of the candidate. */
  readonly candidate: number;
  /** Signal name. */
  readonly name: string;
}

/**
 * The item of the history with the largest share of a signal. Several interactions with one item
 * add up, except where the signal itself takes a maximum. Ties go to the earlier in the history.
 *
 * Cost: O(history × K), meant for the few items that are explained, not for scoring.
 *
 * @param model - The model that the signal was computed from.
 * @param query - See {@link SourceQuery}.
 * @returns Item row; -1 when no item of the history raises the signal.
 */
export function strongestSource(model: SignalModel, query: SourceQuery): number {
  const { history, candidate, name } = query;
  const shareOf = SHARES.get(name);
  const length = history.items.length;
  if (shareOf === undefined || length === 0) return -1;
  const end = history.step[length - 1] as number;
  const isMax = ONE_LOOK_COUNTS.some((kind) => name.endsWith(kind));
  const totals = new Map<number, number>();
  for (let p = Math.max(0, length - HISTORY_EVENTS); p < length; p++) {
    const source = history.items[p] as number;
    const age = end - (history.step[p] as number);
    const share = shareOf({ model, source, candidate, age, back: length - 1 - p });
    const before = totals.get(source) ?? 0;
    totals.set(source, isMax ? Math.max(before, share) : before + share);
  }
  let best = -1;
  let most = 0;
  for (const [source, total] of totals) {
    if (total <= most) continue;
    best = source;
    most = total;
  }
  return best;
}
