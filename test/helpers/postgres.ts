/** A PostgreSQL of the test's own, from Debian's package; nothing of it stays. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

/** A running database. */
export interface Postgres {
  /** For the environment of whoever connects. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => void;
}

/** PostgreSQL refuses to run as root: then its own account does it. */
function asOwner(command: string, args: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const options = { cwd: '/', stdio: 'ignore' } as const;
  if (isRoot) execFileSync('runuser', ['-u', 'postgres', '--', command, ...args], options);
  else execFileSync(command, args, options);
}

/**
 * Starts a database that listens on a socket in its own folder only.
 *
 * @returns It, empty.
 * @throws Error that says what to install.
 */
export function startPostgres(): Postgres {
  const version = existsSync(VERSIONS) ? readdirSync(VERSIONS).toSorted().at(-1) : undefined;
  if (version === undefined) throw new Error('Needs PostgreSQL: apt-get install postgresql');
  const bin = (name: string): string => join(VERSIONS, version, 'bin', name);
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-postgres-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  mkdirSync(socket);
  chmodSync(socket, 0o777);
  asOwner(bin('initdb'), ['-D', data, '-A', 'trust', '-U', 'shop', '-E', 'UTF8', '--no-sync']);
  const options = `-c listen_addresses='' -c unix_socket_directories=${socket} -c fsync=off`;
  asOwner(bin('pg_ctl'), ['-D', data, '-o', options, '-w', 'start']);
  return {
    env: { PGHOST: socket, PGUSER: 'shop', PGDATABASE: 'postgres' },
    stop: () => {
      asOwner(bin('pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
