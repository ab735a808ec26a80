/**
 * The command line: `vitrine train`, `evaluate` and `pack`.
 *
 * @packageDocumentation
 */
import { parseArgs } from 'node:util';
import { isVitrineError, VitrineError } from '../core/errors.ts';
import { evaluate } from './evaluate.ts';
import { inspectPack } from './inspect-pack.ts';
import { PROTOCOLS, type ProtocolName } from './split-data.ts';
import { train } from './train.ts';

const USAGE = `vitrine train --data DIR --out PACK [--protocol ${PROTOCOLS.join('|')}] [--seed N] [--json FILE]
vitrine evaluate --data DIR --pack PACK --protocol P [--json FILE]
vitrine pack PACK`;

const OPTIONS = {
  data: { type: 'string' },
  out: { type: 'string' },
  pack: { type: 'string' },
  protocol: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Values = Partial<Record<keyof typeof OPTIONS, string | boolean>>;

let values: Values = {};
let positionals: readonly string[] = [];

/** A misspelt option ends in one line, not in a wrong run. */
function readArguments(): void {
  try {
    ({ values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new VitrineError('OPTION_INVALID', message);
  }
}

/** A text option that must be there. */
function required(name: 'data' | 'out' | 'pack'): string {
  const value = values[name];
  if (typeof value === 'string' && value.length > 0) return value;
  throw new VitrineError('OPTION_INVALID', `--${name} is missing.\n${USAGE}`);
}

function protocolOr(fallback: ProtocolName): ProtocolName {
  const given = values['protocol'] ?? fallback;
  const protocol = PROTOCOLS.find((name) => name === given);
  if (protocol !== undefined) return protocol;
  throw new VitrineError(
    'OPTION_INVALID',
    `--protocol: got ${String(given)}, expected one of ${PROTOCOLS.join(', ')}.`,
  );
}

function seedOf(): number {
  const given = values['seed'] ?? '1';
  const seed = Number(given);
  if (given !== '' && Number.isInteger(seed) && seed >= 0) return seed;
  throw new VitrineError('OPTION_INVALID', `--seed: got ${String(values['seed'])}.`);
}

async function run(command: string | undefined): Promise<string> {
  const json = typeof values['json'] === 'string' ? values['json'] : undefined;
  switch (command) {
    case 'train':
      return train({
        data: required('data'),
        out: required('out'),
        protocol: protocolOr('all'),
        seed: seedOf(),
        json,
      });
    case 'evaluate':
      return evaluate({
        data: required('data'),
        pack: required('pack'),
        protocol: protocolOr('leave-one-out'),
        json,
      });
    case 'pack':
      return inspectPack(positionals[1] ?? required('pack'));
    default:
      if (values['help'] === true) return USAGE;
      throw new VitrineError('OPTION_INVALID', `got ${command ?? 'no command'}.\n${USAGE}`);
  }
}

try {
  readArguments();
  console.log(await run(positionals[0]));
} catch (error) {
  // What is not ours is a fault of the program, and its stack is what a report needs.
  console.error(isVitrineError(error) ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}
