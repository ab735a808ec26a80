/**
 * The words after `vitrine` → a checked job.
 *
 * @packageDocumentation
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { VitrineError } from '../core/errors.ts';
import { MOST_NEIGHBOURS } from '../pack/slice-codec.ts';
import { PROTOCOLS, type ProtocolName } from './split-data.ts';

/** How each command is called. */
export const USAGE: string = `vitrine train --data DIR --out PACK [--protocol ${PROTOCOLS.join('|')}] [--attributes FILE] [--max-bytes N] [--json FILE] [--report FILE.html]
vitrine evaluate --data DIR --pack PACK [--protocol P] [--slices] [--json FILE] [--report FILE.html]
vitrine enrich --data DIR --pack PACK --out DIR [--pictures DIR|auto [--picture-urls]] [--json FILE]
vitrine pack PACK [--json FILE]
vitrine copy DIR [--pack [PACK]] [--json FILE]
vitrine attributes --train FILE --test FILE (--label NAME | --scores NAMES [--declare FILE]) [--out FILE] [--json FILE]
vitrine slice --pack PACK --items FILE --out FILE [--neighbours N] [--json FILE]
vitrine rows --data DIR --pack PACK (--segment ID | --cluster N [--clusters K]) [--segments FILE] [--json FILE]
vitrine simulate [--data DIR] [--visitors N] [--visits M] [--policy thompson|epsilon|greedy|server|all] [--json FILE] [--report FILE.html]
vitrine index --data DIR --out DIR [--json FILE]
vitrine judge --log FILE|DIR --policy thompson|epsilon|greedy [--json FILE]
vitrine reports --log FILE [--json FILE]
All take --seed N (default 1).`;

const OPTIONS = {
  data: { type: 'string' },
  out: { type: 'string' },
  pack: { type: 'string' },
  protocol: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'string' },
  report: { type: 'string' },
  'max-bytes': { type: 'string' },
  attributes: { type: 'string' },
  items: { type: 'string' },
  neighbours: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  label: { type: 'string' },
  scores: { type: 'string' },
  declare: { type: 'string' },
  pictures: { type: 'string' },
  'picture-urls': { type: 'boolean' },
  slices: { type: 'boolean' },
  segment: { type: 'string' },
  segments: { type: 'string' },
  cluster: { type: 'string' },
  clusters: { type: 'string' },
  log: { type: 'string' },
  policy: { type: 'string' },
  visitors: { type: 'string' },
  visits: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Most clusters of visitors that are made. */
const MOST_CLUSTERS = 32;

/** Of a simulation. */
const MOST_VISITORS = 1_000_000;
const MOST_VISITS = 1_000;

type OptionName = Exclude<keyof typeof OPTIONS, 'help'>;

/** Name of a command. */
export type CommandName =
  | 'train'
  | 'evaluate'
  | 'enrich'
  | 'pack'
  | 'slice'
  | 'attributes'
  | 'rows'
  | 'index'
  | 'judge'
  | 'reports'
  | 'simulate';

/** Options beside `seed` and `json`, which all commands take; a `+` marks those that must be there. */
const COMMANDS: Readonly<Record<CommandName, readonly (OptionName | `+${OptionName}`)[]>> = {
  train: ['+data', '+out', 'protocol', 'report', 'max-bytes', 'attributes'],
  evaluate: ['+data', '+pack', 'protocol', 'report', 'slices'],
  enrich: ['+data', '+pack', '+out', 'pictures', 'picture-urls'],
  pack: ['+pack'],
  slice: ['+pack', '+items', '+out', 'neighbours'],
  attributes: ['+train', '+test', 'label', 'scores', 'declare', 'out'],
  rows: ['+data', '+pack', 'segment', 'segments', 'cluster', 'clusters'],
  index: ['+data', '+out'],
  judge: ['+log', '+policy'],
  reports: ['+log'],
  simulate: ['data', 'visitors', 'visits', 'policy', 'report'],
};

/** What is to be done; options that the command does not take are undefined. */
export interface Job {
  /** Which command. */
  readonly command: CommandName;
  /** Data folder; empty when the command takes none. */
  readonly data: string;
  /** Where the result goes; empty when the command takes none. */
  readonly out: string;
  /** Pack folder; empty when the command takes none. */
  readonly pack: string;
  /** Protocol; undefined: the command's default. */
  readonly protocol: ProtocolName | undefined;
  /** Of all draws, 0 or more. */
  readonly seed: number;
  /** File for the figures. */
  readonly json: string | undefined;
  /** File for the page with plots. */
  readonly report: string | undefined;
  /** Most bytes of a trained pack. */
  readonly maxBytes: number | undefined;
  /** File of the attributes that a pack's model learns. */
  readonly attributes: string | undefined;
  /** File of candidates; empty when the command takes none. */
  readonly items: string;
  /** Most neighbours per candidate of a slice. */
  readonly neighbours: number | undefined;
  /** Folder of pictures, or `auto`. */
  readonly pictures: string | undefined;
  /** Whether pictures may be fetched. */
  readonly isOnline: boolean;
  /** Whether slices are measured as well. */
  readonly slices: boolean;
  /** File of labelled items that is learned from; empty when the command takes none. */
  readonly train: string;
  /** File of labelled items that is measured on; empty when the command takes none. */
  readonly test: string;
  /** Name of a label; undefined when the command takes none. */
  readonly label: string | undefined;
  /** Names of scores, with commas between. */
  readonly scores: string | undefined;
  /** File of declared attributes. */
  readonly declare: string | undefined;
  /** Id of a segment. */
  readonly segment: string | undefined;
  /** File of the shop's own segments. */
  readonly segments: string | undefined;
  /** Number of a cluster of visitors, from 1. */
  readonly cluster: number | undefined;
  /** How many clusters are made. */
  readonly clusters: number | undefined;
  /** An exported profile or a folder of such, or a file of received reports. */
  readonly log: string | undefined;
  /** Name of a policy of exploring. */
  readonly policy: string | undefined;
  /** How many visitors are simulated. */
  readonly visitors: number | undefined;
  /** How often each of them comes. */
  readonly visits: number | undefined;
}

/** What `vitrine copy` does: it takes a moment, so it is no {@link Job} for a thread of its own. */
export interface CopyJob {
  /** Where the files go. */
  readonly folder: string;
  /** Pack folder; true: the one of the package; undefined: no pack. */
  readonly pack: string | true | undefined;
  /** File for the figures. */
  readonly json: string | undefined;
}

type Flag = 'slices' | 'picture-urls';

type Values = Readonly<Partial<Record<Exclude<OptionName, Flag>, string>>> & {
  readonly [name in Flag]?: boolean;
};

function refuse(detail: string): never {
  throw new VitrineError('OPTION_INVALID', detail);
}

function protocolOf(given: string | undefined): ProtocolName | undefined {
  const protocol = PROTOCOLS.find((name) => name === given);
  if (given === undefined || protocol !== undefined) return protocol;
  return refuse(`--protocol: got ${given}, expected one of ${PROTOCOLS.join(', ')}.`);
}

function seedOf(given = '1'): number {
  const seed = Number(given);
  if (given !== '' && Number.isSafeInteger(seed) && seed >= 0) return seed;
  return refuse(`--seed: got ${given}, expected a whole number of 0 or more.`);
}

/** A whole number above 0 and at most `most`. */
function countOf(name: OptionName, given: string | undefined, most: number): number | undefined {
  if (given === undefined) return undefined;
  const count = Number(given);
  if (Number.isInteger(count) && count > 0 && count <= most) return count;
  const range = most < Infinity ? `from 1 to ${most}` : 'above 0';
  return refuse(`--${name}: got ${given}, expected a whole number ${range}.`);
}

/** What the command must have is there, and nothing that it would ignore. */
function checkOptions(command: string, taken: readonly string[], values: Values): void {
  for (const name of taken) {
    const isMissing = name.startsWith('+') && !values[name.slice(1) as OptionName];
    if (isMissing) refuse(`--${name.slice(1)} is missing.\n${USAGE}`);
  }
  for (const [name, value] of Object.entries(values)) {
    const isTaken = ['seed', 'json', ...taken].some((own) => own === name || own === `+${name}`);
    if (!isTaken) refuse(`vitrine ${command} takes no --${name}.\n${USAGE}`);
    if (value === '') refuse(`--${name}: got nothing.`);
  }
  checkPairs(command, values);
}

/** Options that go together, or instead of each other. */
function checkPairs(command: string, values: Values): void {
  if (values['picture-urls'] === true && values.pictures === undefined) {
    refuse(`--picture-urls goes with --pictures.\n${USAGE}`);
  }
  if (values.clusters !== undefined && values.cluster === undefined) {
    refuse(`--clusters goes with --cluster.\n${USAGE}`);
  }
  if (values.declare !== undefined && values.scores === undefined) {
    refuse(`--declare goes with --scores.\n${USAGE}`);
  }
  if (command === 'rows' && (values.segment === undefined) === (values.cluster === undefined)) {
    refuse(`rows: expected either --segment or --cluster.\n${USAGE}`);
  }
}

function jobOf(command: CommandName, values: Values): Job {
  return {
    command,
    data: values.data ?? '',
    out: values.out ?? '',
    pack: values.pack ?? '',
    protocol: protocolOf(values.protocol),
    seed: seedOf(values.seed),
    json: values.json,
    report: values.report,
    maxBytes: countOf('max-bytes', values['max-bytes'], Infinity),
    attributes: values.attributes,
    items: values.items ?? '',
    neighbours: countOf('neighbours', values.neighbours, MOST_NEIGHBOURS),
    pictures: values.pictures,
    isOnline: values['picture-urls'] === true,
    slices: values.slices === true,
    train: values.train ?? '',
    test: values.test ?? '',
    label: values.label,
    scores: values.scores,
    declare: values.declare,
    segment: values.segment,
    segments: values.segments,
    cluster: countOf('cluster', values.cluster, MOST_CLUSTERS),
    clusters: countOf('clusters', values.clusters, MOST_CLUSTERS),
    log: values.log,
    policy: values.policy,
    visitors: countOf('visitors', values.visitors, MOST_VISITORS),
    visits: countOf('visits', values.visits, MOST_VISITS),
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    // What follows tells how to write a file name that begins with “-”: not what was meant.
    const [problem] = (error as Error).message.split(/\. To specify|\n/u);
    return refuse(`${problem}.\n${USAGE}`);
  }
}

/**
 * Reads the command line of `vitrine copy`.
 *
 * @param words - What stands after `vitrine`.
 * @returns What to copy; null when it asks for another command, or for the usage.
 * @throws `OPTION_INVALID` as {@link readArguments}.
 * @example readCopyArguments(['copy', 'public/vitrine', '--pack'])?.pack // true
 */
export function readCopyArguments(words: readonly string[]): CopyJob | null {
  if (words[0] !== 'copy' || words.includes('--help')) return null;
  // Node's parser knows no option whose value may be left out.
  const isAlone = (word: string, i: number): boolean =>
    word === '--pack' && (words[i + 1] ?? '-').startsWith('-');
  const { positionals, values } = parse(words.filter((word, i) => !isAlone(word, i)));
  const [, folder = '', ...more] = positionals;
  if (folder === '') refuse(`copy: DIR is missing; it stands before --pack.\n${USAGE}`);
  if (more.length > 0) refuse(`copy: got ${more[0]}, expected nothing more.\n${USAGE}`);
  checkOptions('copy', ['pack'], values);
  const pack = words.some(isAlone) ? true : values.pack;
  return { folder, pack, json: values.json };
}

/**
 * Reads the command line.
 *
 * @param words - What stands after `vitrine`.
 * @returns A job, or null when only the usage was asked for.
 * @throws `OPTION_INVALID` for what is unknown, missing or out of its range: a misspelt option ends
 *   in one line, not in a wrong run.
 * @example readArguments(['pack', 'shop.pack'])?.command // 'pack'
 */
export function readArguments(words: readonly string[]): Job | null {
  const { positionals, values: read } = parse(words);
  const { help, ...given } = read;
  const [name, ...more] = positionals;
  if (help === true) return null;
  const command = Object.keys(COMMANDS).find((known) => known === name) as CommandName | undefined;
  if (command === undefined) return refuse(`got ${name ?? 'no command'}.\n${USAGE}`);
  const values: Values =
    command === 'pack' && more.length > 0 ? { pack: more.shift() as string, ...given } : given;
  if (more.length > 0) refuse(`${command}: got ${more[0]}, expected nothing more.\n${USAGE}`);
  checkOptions(command, COMMANDS[command], values);
  return jobOf(command, values);
}

/**
 * What a job writes, besides what it says on the terminal.
 *
 * @param job - A job.
 * @returns Paths of files and folders, as {@link sweepDrafts} wants them.
 */
export function outputsOf(job: Job): string[] {
  const { command, json, out, report } = job;
  const results = {
    train: [out],
    enrich: [join(out, 'catalog.ndjson.gz'), join(out, 'catalog.ndjson')],
    evaluate: [],
    pack: [],
    slice: [out],
    attributes: out === '' ? [] : [out],
    rows: [],
    index: [out],
    judge: [],
    reports: [],
    simulate: [],
  };
  return [...results[command], json, report].filter((path) => path !== undefined);
}
