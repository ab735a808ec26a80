/**
 * One answer of a device to its shop: "which of your segments is this visitor's first?", by
 * randomised response. Only where the shop asked for it, with consent, and never with Global Privacy
 * Control; who calls this sees to that.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import { type Spending, mayAnswer, recentSpending } from './privacy-budget.ts';
import { respond } from './randomised-response.ts';

/** What is sent. The same size for everybody who was asked the same. */
export interface SegmentReport {
  /** Always `vitrine-segments`. */
  readonly format: 'vitrine-segments';
  /** Format version. */
  readonly version: 1;
  /** What the answer cost. */
  readonly epsilon: number;
  /** Ids that were asked about, the same for every visitor; the last digit stands for none of them. */
  readonly segments: readonly string[];
  /** One digit for each of them and one for "none". */
  readonly answer: string;
}

/** What stays on the device. */
interface Memory {
  readonly spent: readonly Spending[];
  /** Answers given, by what was asked and what is true. */
  readonly answers: readonly (readonly [key: string, answer: string])[];
}

/** What answering needs of the world. */
export interface ReportPorts {
  /** Reads what {@link ReportPorts.save} kept; anything, also from a stranger. */
  readonly load: () => Promise<unknown>;
  /** Keeps a value on disk. Resolves to whether it lies there now. */
  readonly save: (value: unknown) => Promise<boolean>;
  /** Sends a report. */
  readonly send: (report: SegmentReport) => Promise<void>;
  /** Cryptographic draws. */
  readonly random: Random;
}

/** A question of the shop. */
export interface SegmentQuestion {
  /** Ids asked about: the shop's own and predefined ones, never a visitor's. */
  readonly segments: readonly string[];
  /** The visitor's first segment; null, and any that was not asked about, counts as none. */
  readonly first: string | null;
  /** Above 0, at most 1. */
  readonly epsilon: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Answers that are remembered; a visitor has few first segments. */
const MAX_ANSWERS = 32;

/**
 * Answers, unless that would cost too much.
 *
 * The same truth has the same answer for as long as it is remembered, so that repeating it gives
 * nothing away; it is counted against the budget all the same. The cost is on disk before anything is
 * sent: a device that cannot keep it says nothing.
 *
 * @param question - See {@link SegmentQuestion}.
 * @param ports - See {@link ReportPorts}.
 * @returns Whether a report was sent.
 * @throws What the ports reject with; a report that was not sent has cost its share.
 */
export async function reportSegment(
  question: SegmentQuestion,
  ports: ReportPorts,
): Promise<boolean> {
  const { epsilon, now, segments } = question;
  const memory = readMemory(await ports.load());
  if (!mayAnswer(memory.spent, epsilon, now)) return false;
  const found = question.first === null ? -1 : segments.indexOf(question.first);
  const truth = found === -1 ? segments.length : found;
  const key = JSON.stringify([epsilon, truth, segments]);
  const known = memory.answers.find(([asked]) => asked === key)?.[1];
  const answer = known ?? respond(truth, segments.length + 1, epsilon, ports.random);
  const others = memory.answers.filter(([asked]) => asked !== key);
  const next: Memory = {
    spent: [...recentSpending(memory.spent, now), { time: now, epsilon }],
    answers: [...others.slice(1 - MAX_ANSWERS), [key, answer]],
  };
  if (!(await ports.save(next))) return false;
  await ports.send({ format: 'vitrine-segments', version: 1, epsilon, segments, answer });
  return true;
}

/** Anything that is not ours counts as nothing: an answer is drawn anew. */
function readMemory(value: unknown): Memory {
  const { answers, spent } = (value ?? {}) as { readonly [key in keyof Memory]?: unknown };
  return {
    spent: Array.isArray(spent) ? spent.filter(isSpending) : [],
    answers: Array.isArray(answers) ? answers.filter(isAnswer) : [],
  };
}

function isSpending(value: unknown): value is Spending {
  const { epsilon, time } = (value ?? {}) as { readonly [key in keyof Spending]?: unknown };
  return Number.isFinite(time) && Number.isFinite(epsilon) && (epsilon as number) > 0;
}

function isAnswer(value: unknown): value is readonly [string, string] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  return value.every((part) => typeof part === 'string') && /^[01]+$/u.test(value[1] as string);
}
