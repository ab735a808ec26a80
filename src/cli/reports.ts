/**
 * `vitrine reports`: the shares of a shop's visitors, from their answers by randomised response.
 *
 * @packageDocumentation
 */
import { estimateShares } from '../telemetry/randomised-response.ts';
import { MAX_EPSILON } from '../telemetry/privacy-budget.ts';
import type { SegmentReport } from '../telemetry/segment-report.ts';
import { writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { type Line, readLinesOf } from './read-lines.ts';

/** Options of the command. */
export interface ReportsCommand {
  /** NDJSON file with one received report a line. */
  readonly log: string;
  /** File for the figures. */
  readonly json?: string | undefined;
}

/** What {@link reports} writes as JSON: one entry for each question that was asked. */
export interface ReportsFigures {
  readonly questions: readonly {
    /** What each answer cost. */
    readonly epsilon: number;
    /** How many answers there are. */
    readonly reports: number;
    /** Shares without bias; a small one may come out below 0. Null stands for "none of them". */
    readonly segments: readonly {
      readonly segmentId: string | null;
      readonly share: number;
      readonly standardError: number;
    }[];
  }[];
}

/** Answers to one question. */
interface Tally {
  readonly epsilon: number;
  readonly segments: readonly string[];
  readonly ones: number[];
  reports: number;
}

/** Most segments in a question. */
const MOST_SEGMENTS = 1000;

const EXPECTED = `expected a report: {"format":"vitrine-segments","version":1,"epsilon":1,"segments":[…],"answer":"01…"}`;

/** Anybody may send anything to the shop's address. */
function readReport({ file, line, value }: Line): SegmentReport {
  const { answer, epsilon, format, segments, version } = value;
  const isList =
    Array.isArray(segments) &&
    segments.length <= MOST_SEGMENTS &&
    segments.every((id) => typeof id === 'string');
  const isCost = typeof epsilon === 'number' && epsilon > 0 && epsilon <= MAX_EPSILON;
  const isAnswer = isList && typeof answer === 'string' && answer.length === segments.length + 1;
  if (format !== 'vitrine-segments' || version !== 1 || !isCost || !isAnswer) {
    throw dataError(file, line, EXPECTED);
  }
  if (!/^[01]+$/u.test(answer)) throw dataError(file, line, EXPECTED);
  return { format, version, epsilon, segments, answer };
}

function tallyOf(file: string): Tally[] {
  const tallies = new Map<string, Tally>();
  readLinesOf(file, (line) => {
    const { answer, epsilon, segments } = readReport(line);
    const key = JSON.stringify([epsilon, segments]);
    const known = tallies.get(key);
    const tally = known ?? { epsilon, segments, ones: Array.from(answer, () => 0), reports: 0 };
    if (known === undefined) tallies.set(key, tally);
    tally.reports++;
    tally.ones.forEach((count, i) => (tally.ones[i] = count + Number(answer[i])));
  });
  return [...tallies.values()];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/**
 * Estimates shares from reports.
 *
 * @param options - See {@link ReportsCommand}.
 * @returns Lines for the terminal.
 * @throws `DATA_INVALID` with file and line for what is no report, and for an empty file.
 */
export async function reports(options: ReportsCommand): Promise<string> {
  const tallies = tallyOf(options.log);
  if (tallies.length === 0) throw dataError(options.log, 0, EXPECTED);
  const questions = tallies.map((tally) => ({
    epsilon: tally.epsilon,
    reports: tally.reports,
    segments: estimateShares(tally.ones, tally.reports, tally.epsilon).map((estimate, i) => ({
      segmentId: tally.segments[i] ?? null,
      ...estimate,
    })),
  }));
  const figures: ReportsFigures = { questions };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  const lines = questions.flatMap(({ epsilon, reports: count, segments }) => [
    `${count} reports at epsilon ${epsilon}; visitors by first segment, with one standard error:`,
    ...segments
      .toSorted((a, b) => b.share - a.share)
      .map(
        ({ segmentId, share, standardError }) =>
          `${percent(share).padStart(9)} ± ${percent(standardError).padEnd(7)} ${segmentId ?? '(none)'}`,
      ),
  ]);
  return lines.join('\n');
}
