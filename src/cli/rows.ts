/**
 * `vitrine rows`: the feed of a segment or of a cluster of visitors, for a server to render.
 *
 * @packageDocumentation
 */
import { createTextCache, encodeItems, type EncodedItems } from '../catalog/encode-items.ts';
import { VitrineError } from '../core/errors.ts';
import type { Feed, Item } from '../core/types.ts';
import { generatedSpace } from '../engine/generated-space.ts';
import { buildLibrary, type Library } from '../engine/library.ts';
import { decodePack } from '../pack/pack-codec.ts';
import type { SegmentSpace } from '../segments/generate/segment-space.ts';
import { validateSegments } from '../segments/validate-segments.ts';
import { writeWhole } from './drafts.ts';
import { evenly } from './evenly.ts';
import { dataError } from './fail.ts';
import { makeGroupFeed } from './group-feed.ts';
import { readPackFolder } from './pack-folder.ts';
import { readFileJson } from './read-file.ts';
import { say, startStage } from './progress.ts';
import { type Dataset, readWithProgress } from './read-data.ts';
import {
  clusterVisitors,
  type ClusterSummary,
  type VisitorCluster,
  type VisitorClusters,
} from './visitor-clusters.ts';

/** Options of the command; either `segment` or `cluster` is there. */
export interface RowsOptions {
  /** Data folder. */
  readonly data: string;
  /** Pack folder. */
  readonly pack: string;
  /** Id of a segment. */
  readonly segment?: string | undefined;
  /** File of the shop's own segments, as `createVitrine` takes them; they stand before the predefined. */
  readonly segments?: string | undefined;
  /** Number of a cluster, from 1. */
  readonly cluster?: number | undefined;
  /** How many clusters; undefined: as many as are worth it. */
  readonly clusters?: number | undefined;
  /** Of all draws, default 1. */
  readonly seed?: number | undefined;
  /** File for the feed. */
  readonly json?: string | undefined;
}

/** What {@link rows} writes as JSON: a feed as the page's. */
export interface RowsFigures extends Feed {
  /** The segment that was asked for. */
  readonly segment?: {
    readonly id: string;
    readonly name: string;
    /** Items of the catalog that belong to it. */
    readonly support: number;
    /** Visitors whose choices the feed rests on; 0: on the segment's nearest items. */
    readonly visitors: number;
  };
  /** The cluster that was asked for. */
  readonly cluster?: ClusterSummary;
  /** All of them, and what each number of clusters would be worth. */
  readonly clusters?: {
    readonly all: readonly Omit<ClusterSummary, 'evidence'>[];
    readonly tried: VisitorClusters['tried'];
  };
}

/** Visitors that a feed rests on. */
const VISITORS = 48;

/** Least share of a visitor's choices that belong to the segment. */
const MIN_SHARE = 0.3;

/** Choices that a visitor is thought to have made elsewhere. */
const ELSEWHERE = 2;

/** Without visitors, a feed rests on so many of the segment's nearest items. */
const NEAREST = 12;

/** What all of it is made from. */
interface Shop {
  readonly data: Dataset;
  readonly encoded: EncodedItems;
  readonly library: Library;
  readonly space: SegmentSpace;
}

/** Whom a feed is for. */
interface Group {
  readonly choices: readonly (readonly Item[])[];
  readonly segmentId?: string;
  readonly about: Pick<RowsFigures, 'segment' | 'cluster' | 'clusters'>;
  readonly lines: readonly string[];
}

function itemsOf({ data }: Shop, visitors: readonly number[]): Item[][] {
  return visitors.map((v) =>
    Array.from(data.visitors[v]?.items ?? [], (row) => data.items[row] as Item),
  );
}

/** Visitors who choose from a segment, those who do so most first. */
function visitorsOf({ data }: Shop, members: ReadonlySet<number>): number[] {
  const shares = data.visitors.map(({ items }) => {
    const own = items.reduce((sum, row) => sum + (members.has(row) ? 1 : 0), 0);
    return own / (items.length + ELSEWHERE);
  });
  const share = (v: number): number => shares[v] as number;
  return [...shares.keys()]
    .filter((v) => share(v) >= MIN_SHARE)
    .sort((a, b) => share(b) - share(a) || a - b)
    .slice(0, VISITORS);
}

function groupOfSegment(shop: Shop, id: string): Group {
  const { library, space, data } = shop;
  const at = library.segments.findIndex((segment) => segment.id === id);
  const segment = library.segments[at];
  if (segment === undefined) {
    const known = library.segments.map((other) => other.id).join(', ');
    throw new VitrineError('SEGMENT_UNKNOWN', `--segment: got ${id}, expected one of ${known}.`);
  }
  const members = space.members[at] ?? new Set<number>();
  if (members.size === 0) {
    throw new VitrineError('DATA_INVALID', `no item of the catalog belongs to ${id}.`);
  }
  const visitors = visitorsOf(shop, members);
  const nearest = (space.nearest[at] ?? []).filter((row) => members.has(row)).slice(0, NEAREST);
  const choices =
    visitors.length > 0
      ? itemsOf(shop, visitors)
      : [(nearest.length > 0 ? nearest : [...members]).map((row) => data.items[row] as Item)];
  const about = { id, name: segment.name, support: members.size, visitors: visitors.length };
  const from = visitors.length > 0 ? `${visitors.length} visitors` : 'its nearest items';
  return {
    choices,
    segmentId: id,
    about: { segment: about },
    lines: [`segment ${id}, “${segment.name}”: ${members.size} items; rows from ${from}`],
  };
}

function lineOf({ n, name, share, size }: ClusterSummary): string {
  return `${String(n).padStart(3)}  ${(100 * share).toFixed(1).padStart(5)} %  ${String(size).padStart(7)}  ${name}`;
}

function groupOfCluster(shop: Shop, { clusters, tried }: VisitorClusters, n: number): Group {
  const all = clusters.map(({ summary }) => summary);
  const found = clusters[n - 1] as VisitorCluster;
  // The nearer half: those at the edge might as well be in another cluster.
  const middle = found.members.slice(0, Math.ceil(found.members.length / 2));
  return {
    choices: itemsOf(shop, evenly(middle, VISITORS)),
    about: {
      cluster: found.summary,
      clusters: {
        all: all.map(({ n: own, name, share, size }) => ({ n: own, name, share, size })),
        tried,
      },
    },
    lines: ['  n    share visitors  name', ...all.map(lineOf)],
  };
}

function checkCluster(n: number, count: number): void {
  if (n <= count) return;
  throw new VitrineError('OPTION_INVALID', `--cluster: got ${n}, expected 1 to ${count}.`);
}

/** The predefined segments, and the shop's own before them; one with a fault ends the command. */
function readLibrary(file: string | undefined): Library {
  const own = file === undefined ? null : validateSegments(readFileJson(file), 'merchant');
  const library = buildLibrary(own, true);
  const [warning] = library.warnings;
  if (file === undefined || warning === undefined) return library;
  const { code, count, first } = warning;
  throw dataError(file, 0, `${first}${count > 1 ? ` (and ${count - 1} more)` : ''} (${code})`);
}

async function findGroup(
  options: RowsOptions,
  shop: Shop,
  pack: Awaited<ReturnType<typeof decodePack>>,
): Promise<Group> {
  const { cluster, segment = '', seed = 1 } = options;
  if (cluster === undefined) return groupOfSegment(shop, segment);
  if (options.clusters !== undefined) checkCluster(cluster, options.clusters);
  const report = startStage('Clustering visitors');
  const { visitors } = shop.data;
  const count = options.clusters;
  const clusters = clusterVisitors({ ...shop, visitors, pack, count, seed });
  report(1, 1);
  checkCluster(cluster, clusters.clusters.length);
  return groupOfCluster(shop, clusters, cluster);
}

/**
 * Makes the rows of a segment or of a cluster of visitors.
 *
 * @param options - See {@link RowsOptions}.
 * @returns Lines for the terminal.
 * @throws `SEGMENT_UNKNOWN`, `OPTION_INVALID` for a cluster that is not there, `DATA_INVALID` when
 *   a segment of the file is wrong, there is nobody to cluster, nothing in the segment, or the pack knows none of the items.
 */
export async function rows(options: RowsOptions): Promise<string> {
  const library = readLibrary(options.segments);
  const data = readWithProgress(options.data);
  if (options.cluster !== undefined && data.visitors.length === 0) {
    throw dataError(options.data, 0, '--cluster needs interactions.ndjson or .ndjson.gz, got none');
  }
  const files = readPackFolder(options.pack);
  const pack = await decodePack(files);
  if (!pack.ids.some((id) => data.rowOf.has(id))) {
    throw new VitrineError('DATA_INVALID', 'the pack was trained on another catalog.');
  }
  const report = startStage('Encoding the catalog');
  const encoded = encodeItems(data.items, createTextCache());
  const shop = { data, encoded, library, space: generatedSpace(encoded, library) };
  report(1, 1);
  const { about, choices, lines, segmentId } = await findGroup(options, shop, pack);
  const { killSwitch, packId } = files.manifest;
  const seed = options.seed ?? 1;
  // What is sold no more was chosen, but cannot be shown.
  const items = data.items.slice(0, data.numListed);
  const isCrowd = about.segment?.visitors !== 0;
  const made = { items, library, packId, pack, choices, isCrowd, segmentId, seed };
  const feed = await makeGroupFeed({ ...made, isKilled: killSwitch });
  if (feed.reason === 'KILL_SWITCH') say('Note: the pack’s kill switch is on.');
  const figures: RowsFigures = { ...feed, ...about };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  const titles = new Map(data.items.map(({ id, title }) => [id, title ?? id]));
  const shown = feed.rows.map(
    ({ items: row, title }) =>
      `${title}: ${row
        .slice(0, 4)
        .map(({ itemId }) => titles.get(itemId))
        .join(' · ')}${row.length > 4 ? ' …' : ''}`,
  );
  return [...lines, '', ...shown].join('\n');
}
