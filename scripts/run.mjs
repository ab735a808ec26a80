/** Starts the project's tools as child processes; no dependency, so that the set-up can use it too. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/**
 * Runs a command in the repository's root and waits for its end; its output goes to ours.
 *
 * @param {string} command - Program, found on the PATH.
 * @param {readonly string[]} args - Its arguments, not seen by a shell.
 * @param {NodeJS.ProcessEnv} [env] - Added to our environment.
 * @returns {Promise<number>} Exit code; 1 when a signal ended it, 127 when it could not start.
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a script that ends with how many of its cases passed; the process fails unless all did.
 *
 * @param {() => Promise<{ passed: number, failed: number }>} main
 * @returns {Promise<void>} Its last line is told, also when `main` rejects.
 */
export async function runCounted(main) {
  let counts = { passed: 0, failed: 1 };
  try {
    counts = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
}

/**
 * Runs an installed tool by its package, without npx and its start-up time.
 *
 * @param {string} name - Package name, optionally with the name of one of its commands: `pkg#bin`.
 * @param {readonly string[]} args - Its arguments.
 * @param {NodeJS.ProcessEnv} [env] - Added to our environment.
 * @returns {Promise<number>} Exit code.
 */
export function runTool(name, args, env = {}) {
  return run(process.execPath, [toolPath(name), ...args], env);
}

/**
 * The script that an installed package names as its command.
 *
 * @param {string} name - As for {@link runTool}.
 * @returns {string} Absolute path.
 */
export function toolPath(name) {
  const [packageName = '', command = packageName.split('/').at(-1)] = name.split('#');
  const folder = `${ROOT}node_modules/${packageName}/`;
  const { bin } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  const path = typeof bin === 'string' ? bin : bin[command ?? ''];
  if (path === undefined) throw new Error(`${packageName} has no command ${command}`);
  return folder + path;
}
