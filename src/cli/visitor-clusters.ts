/**
 * Clusters of a shop's visitors, named by what their items have in common.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import { chooseCount, type CountWorth } from '../clusters/choose-count.ts';
import { sphericalMeans } from '../clusters/spherical-means.ts';
import { createRandom } from '../core/rng.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { sharedFacts } from '../segments/generate/facts.ts';
import { nameSegment } from '../segments/generate/name-segment.ts';
import type { SegmentSpace } from '../segments/generate/segment-space.ts';
import { evenly } from './evenly.ts';
import type { VisitorSequence } from './read-data.ts';
import { itemPoints, visitorPoints } from './visitor-points.ts';

/** What a cluster's items share, or an item that its visitors choose. */
interface ClusterEvidence {
  /** `item`, `category`, `brand`, `keyword`, or a kind of named feature. */
  readonly kind: string;
  /** In words; an item's title, or its id. */
  readonly value: string;
  /** Share of the cluster's typical items, for an item: of its visitors; 0 to 1. */
  readonly share: number;
  /** How many times that of all items, for an item: of all visitors. */
  readonly lift: number;
}

/** A cluster as it is told. */
export interface ClusterSummary {
  /** Number, from 1; the largest comes first. */
  readonly n: number;
  /** Visitors. */
  readonly size: number;
  /** Share of all visitors, 0 to 1. */
  readonly share: number;
  /** From the evidence, unique; `Group n` where there is none. */
  readonly name: string;
  /** Most telling first. */
  readonly evidence: readonly ClusterEvidence[];
}

/** A cluster with who is in it. */
export interface VisitorCluster {
  /** As it is told. */
  readonly summary: ClusterSummary;
  /** Indices of visitors, nearest to the middle first. */
  readonly members: readonly number[];
}

/** Clusters of a shop. */
export interface VisitorClusters {
  /** Largest first. */
  readonly clusters: readonly VisitorCluster[];
  /** What each number of clusters is worth; empty when the number was given. */
  readonly tried: readonly CountWorth[];
}

/** What clusters are made from. */
export interface ClusterInput {
  /** The catalog; visitors' item rows are its rows. */
  readonly encoded: EncodedItems;
  /** Facts to name clusters by. */
  readonly space: SegmentSpace;
  /** Embeddings. */
  readonly pack: RankerPack;
  /** Everybody. */
  readonly visitors: readonly VisitorSequence[];
  /** How many clusters; undefined: as many as are worth it. */
  readonly count?: number | undefined;
  /** Of all draws. */
  readonly seed: number;
}

/** Most clusters unless the number is given. */
const MOST = 12;

/** The number is chosen with at most so many visitors, evenly taken. */
const SAMPLE = 6_000;

/** Items that a cluster is named by. */
const TYPICAL = 40;

/** Fewer visitors who chose an item make it no habit. */
const MIN_CHOOSERS = 3;

/** An item by how it tells a cluster from everybody. */
interface TypicalItem {
  readonly row: number;
  readonly share: number;
  readonly lift: number;
}

function choosersOf(
  visitors: readonly VisitorSequence[],
  members: Iterable<number>,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const v of members) {
    for (const row of new Set(visitors[v]?.items)) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return counts;
}

function typicalItems(
  { visitors }: ClusterInput,
  members: readonly number[],
  everybody: ReadonlyMap<number, number>,
): TypicalItem[] {
  const weightOf = ({ lift, share }: TypicalItem): number => share * Math.log(lift);
  return [...choosersOf(visitors, members)]
    .filter(([, count]) => count >= Math.min(MIN_CHOOSERS, members.length))
    .map(([row, count]): TypicalItem => {
      const share = count / members.length;
      return { row, share, lift: share / ((everybody.get(row) ?? count) / visitors.length) };
    })
    .sort((a, b) => weightOf(b) - weightOf(a) || b.share - a.share || a.row - b.row)
    .slice(0, TYPICAL);
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** Facts before single items. */
function evidenceOf(input: ClusterInput, typical: readonly TypicalItem[]): ClusterEvidence[] {
  const { encoded, space } = input;
  const rows = typical.map(({ row }) => row);
  const facts = sharedFacts(space.facts, rows, 0.2)
    .filter(({ value }) => space.sensitive.find(value) === null)
    .slice(0, 5);
  const items = typical.slice(0, 5).map(({ row, ...rest }) => {
    const { id, title } = encoded.items[row] ?? { id: '' };
    return { kind: 'item', value: title ?? id, ...rest };
  });
  return [...facts, ...items].map(({ kind, value, share, lift }) => ({
    kind,
    value,
    share: rounded(share),
    lift: rounded(lift),
  }));
}

/** Where all that can be said is taken, the most typical item or the number tells the rest. */
function nameOf(
  { encoded, space }: ClusterInput,
  typical: readonly TypicalItem[],
  evidence: readonly ClusterEvidence[],
  taken: ReadonlySet<string>,
): string {
  const rows = typical.map(({ row }) => row);
  const named = rows.length > 0 ? nameSegment(space, rows, taken) : null;
  if (named !== null) return named.name;
  const group = `group ${taken.size + 1}`;
  const fact = evidence.find(({ kind }) => kind !== 'item')?.value;
  if (fact === undefined) return capital(group);
  const title = encoded.items[rows[0] ?? -1]?.title;
  return capital(`${fact}, ${title === undefined ? group : `such as “${title}”`}`);
}

function choose(input: ClusterInput): ReturnType<typeof chooseCount> {
  const { encoded, pack, seed, visitors } = input;
  const known = visitors.filter(({ items }) => items.length > 1);
  const sample = evenly(known, SAMPLE).map(({ items }) => items);
  const points = visitorPoints(
    itemPoints(encoded, pack),
    sample.map((items) => items.subarray(0, -1)),
  );
  const random = createRandom(seed, 'cluster-count');
  const numItems = encoded.items.length;
  return chooseCount({ points, choices: sample, numItems, most: MOST, random });
}

/** Members by cluster, nearest to the middle first. */
function membersOf(input: ClusterInput, count: number): number[][] {
  const { encoded, pack, seed, visitors } = input;
  const choices = visitors.map(({ items }) => items);
  const points = visitorPoints(itemPoints(encoded, pack), choices);
  const { centres, of } = sphericalMeans(points, count, createRandom(seed, 'clusters'));
  const nearness = (v: number): number => {
    const k = of[v] as number;
    let sum = 0;
    for (let d = 0; d < points.dims; d++) {
      sum +=
        (points.data[v * points.dims + d] as number) *
        (centres.data[k * points.dims + d] as number);
    }
    return sum;
  };
  const groups = Array.from({ length: centres.rows }, (): number[] => []);
  for (const v of choices.keys()) groups[of[v] as number]?.push(v);
  return groups
    .filter((members) => members.length > 0)
    .map((members) => {
      const near = new Map(members.map((v) => [v, nearness(v)]));
      return members.toSorted((a, b) => (near.get(b) ?? 0) - (near.get(a) ?? 0) || a - b);
    })
    .sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

/**
 * Finds clusters of visitors.
 *
 * @param input - See {@link ClusterInput}; at least one visitor.
 * @returns The same data and seed give the same clusters.
 */
export function clusterVisitors(input: ClusterInput): VisitorClusters {
  const { visitors } = input;
  const { count, tried } =
    input.count === undefined ? choose(input) : { count: input.count, tried: [] };
  const everybody = choosersOf(visitors, visitors.keys());
  const taken = new Set<string>();
  const clusters = membersOf(input, count).map((members, k): VisitorCluster => {
    const typical = typicalItems(input, members, everybody);
    const evidence = evidenceOf(input, typical);
    const name = nameOf(input, typical, evidence, taken);
    taken.add(name.toLowerCase());
    const size = members.length;
    const share = rounded(size / visitors.length);
    return { summary: { n: k + 1, size, share, name, evidence }, members };
  });
  return { clusters, tried };
}
