/**
 * `vitrine simulate`: visitors with hidden tastes come to pages made by the code of the page, and
 * what they would have liked best is known.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { writeSimulateReport } from '../report/simulate-report.ts';
import { figuresOf, type SimulatedFigures } from '../simulate/tally.ts';
import { readDemoItems } from './demo-items.ts';
import { writeWhole } from './drafts.ts';
import { startStage } from './progress.ts';
import { readWithProgress } from './read-data.ts';
import { playAll } from './simulate-threads.ts';
import { POLICIES, type SimulatedPolicy } from './simulate-visits.ts';

/** Options of the command. */
export interface SimulateOptions {
  /** Data folder; empty: the demo shop's catalog. */
  readonly data: string;
  /** How many visitors; default 500. */
  readonly visitors?: number | undefined;
  /** Visits of each; default 30. */
  readonly visits?: number | undefined;
  /** One policy, several with commas between, or `all`; default `thompson`. */
  readonly policy?: string | undefined;
  /** Of all draws, default 1. */
  readonly seed?: number | undefined;
  /** File for the figures. */
  readonly json?: string | undefined;
  /** File for the page with plots. */
  readonly report?: string | undefined;
}

const DEFAULTS = { visitors: 500, visits: 30, policy: 'thompson' } as const;

/** What {@link simulate} writes as JSON for one policy. */
export interface PolicyFigures extends SimulatedFigures {
  /** How pages were made. */
  readonly policy: SimulatedPolicy;
  /** Visits of each visitor. */
  readonly visits: number;
  /** Items of the catalog. */
  readonly items: number;
  /** Of all draws. */
  readonly seed: number;
  /** How long it took. */
  readonly seconds: number;
  /** Pages that were made in a second. */
  readonly pagesPerSecond: number;
}

function policiesOf(given: string): SimulatedPolicy[] {
  if (given === 'all') return [...POLICIES];
  const names = given.split(',');
  const known = POLICIES.filter((policy) => names.includes(policy));
  if (known.length === names.length) return known;
  const wrong = names.find((name) => !POLICIES.some((policy) => policy === name)) ?? given;
  throw new VitrineError(
    'OPTION_INVALID',
    `--policy: got ${wrong}, expected all, or some of ${POLICIES.join(', ')}.`,
  );
}

/** Four figures that count: more would be noise of the draws. */
function rounded<T>(value: T): T {
  if (typeof value === 'number') return Number(value.toPrecision(6)) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rounded(v)])) as T;
}

/** Figures, and how often each item was shown. */
interface Played {
  readonly figures: PolicyFigures;
  readonly shown: Int32Array;
}

async function playPolicy(
  items: readonly Item[],
  policy: SimulatedPolicy,
  options: { readonly visitors: number; readonly visits: number; readonly seed: number },
): Promise<Played> {
  const { visitors, visits, seed } = options;
  const start = performance.now();
  const report = startStage(`Simulating ${policy}`);
  const tally = await playAll({ items, policy, ...options }, report);
  const seconds = (performance.now() - start) / 1000;
  const pagesPerSecond = (visitors * visits) / seconds;
  const all = { ...figuresOf(tally), visits, items: items.length, seed, seconds, pagesPerSecond };
  return { figures: rounded({ policy, ...all }), shown: tally.shown };
}

function tableOf(all: readonly PolicyFigures[]): string {
  const head = ['clicks/visit', 'regret', 'at the end', 'drifting', 'segments', 'coverage', 's'];
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(10) + cells.map((cell) => cell.padStart(13)).join('');
  const rows = all.map((one) =>
    line(one.policy, [
      one.clicksPerVisit.toFixed(3),
      one.regret.toFixed(1),
      one.regretAtEnd.toFixed(2),
      (one.byKind.drifting?.regretAtEnd ?? NaN).toFixed(2),
      one.segmentsDiscovered.toFixed(2),
      `${(100 * one.catalogCoverage).toFixed(1)} %`,
      one.seconds.toFixed(0),
    ]),
  );
  const notes = all.map(
    ({ neverShown, policy }) =>
      `${policy}: ${(100 * neverShown).toFixed(0)} % of stock is never shown to anyone.`,
  );
  return [line('', head), ...rows, ...notes].join('\n');
}

/** What is sold no more cannot be shown. */
function listedItems(dir: string): readonly Item[] {
  const { items, numListed } = readWithProgress(dir);
  return items.slice(0, numListed);
}

/**
 * Simulates visitors.
 *
 * @param options - See {@link SimulateOptions}.
 * @returns A table for the terminal.
 * @throws `OPTION_INVALID` for an unknown policy, `DATA_INVALID` with file and line.
 */
export async function simulate(options: SimulateOptions): Promise<string> {
  const { visitors = DEFAULTS.visitors, visits = DEFAULTS.visits, seed = 1 } = options;
  const policies = policiesOf(options.policy ?? DEFAULTS.policy);
  const items = options.data === '' ? await readDemoItems() : listedItems(options.data);
  const played: Played[] = [];
  for (const policy of policies) {
    played.push(await playPolicy(items, policy, { visitors, visits, seed }));
  }
  const figures = played.map((one) => one.figures);
  const [first] = figures;
  const json = figures.length === 1 ? first : { policies: figures };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(json)}\n`);
  if (options.report !== undefined) writeWhole(options.report, writeSimulateReport(played));
  return tableOf(figures);
}
